"""The pages of the tables: how their words were read, and what became of every single row."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from moussem.demo.domain.mapping import FACT_TABLES, refusals
from moussem.demo.domain.queries.tables import NoTable, mapped, rules, table_lines, table_view
from moussem.demo.domain.reading import mapping, table

pytestmark = pytest.mark.django_db


def opened(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_front_page_of_the_documents_leads_to_the_tables_with_their_counts(client, season):
    page = opened(client, "/en/documents/")
    assert "184 rows were loaded, each with its source," in page
    assert "19 were refused, each with the reason." in page
    assert 'href="/en/tables/"' in page


def test_every_row_is_loaded_or_refused_and_the_counts_add_up():
    lines = table_lines()
    assert [line.code for line in lines] == list(FACT_TABLES)
    assert all(line.loaded + line.refused == line.rows == len(table(line.code)) for line in lines)
    assert (sum(line.loaded for line in lines), sum(line.refused for line in lines)) == (184, 19)


@pytest.mark.parametrize("code", FACT_TABLES)
def test_each_row_of_a_table_shows_the_record_it_became_or_why_it_was_refused(season, code):
    with override("en"):
        lines = table_view(code).lines
    assert [line.row for line in lines] == [row["row"] for row in table(code)]
    assert all((line.figure is None) != (line.statement is None) for line in lines)
    assert {line.row for line in lines if line.reason} == {one.row for one in refusals() if one.table == code}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_names_each_rule_of_the_mapping_and_each_refused_row_with_its_reason(client, season, language):
    page = opened(client, f"/{language}/tables/")
    with override(language):
        seen = mapped()
    assert len(seen.refused) == 19
    assert len(seen.pairs) == 6
    assert all(f'<th scope="row">{line.row}</th>' in page for line in (*seen.refused, *seen.pairs))
    assert len(re.findall(r"<tr>", page)) == 4 + len(table_lines()) + len(rules()) + 19 + 6
    assert "non chargé" not in page
    assert "not loaded in this installation" not in page


def test_the_mapping_shows_every_nature_every_exception_and_every_measure():
    said = mapping()
    assert len(rules()) == len(said["nature"]) + len(said["observed"]) + len(said["measure"])
    assert all(rule.kind or rule.becomes for rule in rules())
    assert all(rule.reason for rule in rules())


def test_a_refused_row_leads_to_the_fact_that_says_the_same_already(season):
    with override("en"):
        line = next(line for line in mapped().refused if line.row == "parks-46")
    assert (line.word, line.holds.value, line.figure.kind) == ("announced", 1200, "planned")
    assert "more precise, is followed" in line.reason


def test_an_unknown_table_is_not_found(client):
    assert client.get("/en/tables/people/").status_code == 404
    with pytest.raises(NoTable):
        table_view("people")


@pytest.mark.parametrize("address", ["/en/tables/", "/en/tables/oujda/", "/en/tables/incentives/"])
def test_a_table_asks_a_fixed_number_of_times_however_many_rows_it_has(client, season, address):
    with CaptureQueriesContext(connection) as asked:
        opened(client, address)
    assert len(asked) == 6
