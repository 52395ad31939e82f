"""Today: what waits for a person at a promoter, and for nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.enums import Role
from tests.evidence import rows
from tests.factories.accounts import a_promoter, staff

pytestmark = pytest.mark.django_db


def opened(client, promoter):
    answer = client.get(f"/p/{promoter.slug}/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_unpublished_figure_waits_for_a_person_and_a_published_one_does_not(client):
    cri = a_promoter("cri")
    client.force_login(staff(cri, Role.ORGANISER))
    assert "Nothing waits for you" in opened(client, cri)
    by = rows.editor(cri)
    rows.figure(by=by, publish=False)
    rows.figure(by=by)
    page = opened(client, cri)
    assert "Figures not yet published" in page
    assert '<span class="m-wait-n">1</span>' in page


def test_what_waits_at_another_promoter_is_not_counted_here(client):
    cri, other = a_promoter("cri"), a_promoter("other")
    rows.figure(by=rows.editor(other), publish=False)
    client.force_login(staff(cri, Role.ORGANISER))
    assert "Nothing waits for you" in opened(client, cri)


def test_the_desk_of_another_promoter_does_not_exist(client):
    cri, other = a_promoter("cri"), a_promoter("other")
    client.force_login(staff(cri, Role.ORGANISER))
    assert client.get(f"/p/{other.slug}/").status_code == 404
    client.logout()
    assert client.get(f"/p/{cri.slug}/").status_code == 302


def test_today_asks_as_often_for_three_figures_as_for_one(client):
    cri = a_promoter("cri")
    client.force_login(staff(cri, Role.ORGANISER))
    asked = []
    for added in (1, 2):
        for _ in range(added):
            rows.figure(by=rows.editor(cri), publish=False)
        with CaptureQueriesContext(connection) as queries:
            opened(client, cri)
        asked.append(len(queries))
    assert asked[0] == asked[1]
