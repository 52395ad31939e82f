"""The pages of the tables in an installation that did not load the season."""

import pytest

from tests.evidence import rows

pytestmark = pytest.mark.django_db


def opened(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_the_season_the_documents_do_not_speak_of_its_tables(client):
    rows.document()
    assert "/en/tables/" not in opened(client, "/en/documents/")


def test_where_the_season_is_not_loaded_the_page_says_so_row_by_row(client):
    assert opened(client, "/en/tables/").count("not loaded in this installation") == 25
