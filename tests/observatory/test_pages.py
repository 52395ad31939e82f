"""The pages of the observatory as the public opens them."""

import csv
import io
import re
from importlib.resources import files

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from moussem.accounts.domain.promoters import grant_role
from moussem.accounts.enums import Role
from moussem.core.ids import uuid7
from moussem.directory.models import Park, Place
from moussem.evidence.enums import SubjectKind
from moussem.observatory.domain.queries.parks import parks_compared
from tests.evidence import rows
from tests.factories.accounts import AT, INSTALLATION, a_user

pytestmark = pytest.mark.django_db


def opened(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_shares_of_parks_are_100_27_20_17_and_15_percent_and_agadir_is_not_stated(season):
    with override("en"):
        lines = parks_compared()
    expected = csv.DictReader(io.StringIO((files("moussem.demo") / "tables/announced_vs_observed.csv").read_text()))
    shares = [int(row["share_pct"]) if row["share_pct"] else None for row in expected]
    assert [line.share.percent if line.share else None for line in lines] == shares
    assert lines[-1].name == "Agadir Shore"
    assert lines[-1].later is None


def test_the_observatory_prints_its_caveat_beside_every_share(client, season):
    page = opened(client, "/en/observatory/")
    assert page.count("Perimeters differ, and most later figures are the park owner’s own") == 2
    assert "of what was promised" in page
    assert page.count('class="m-b-announced"') == 5


def test_the_first_page_shows_oujda_the_five_texts_and_the_way_in(client, season):
    page = opened(client, "/fr/")
    assert "plus de 3\u202f000, et plus de 3\u202f800 si Intelcia vient en plus" in page
    assert len(set(re.findall(r'<li><h3><a href="(/fr/documents/[0-9a-f-]+/)"', page))) == 5
    assert 'href="/accounts/login/"' in page


def test_every_indicator_says_what_it_covers_its_time_its_kind_and_its_source(client, season):
    page = opened(client, "/en/indicators/?measure=export_receipts")
    assert page.count("<tr>") > 15
    assert "Office des changes, old series" in page
    assert "renewed series" in page
    assert page.count('class="m-kind m-kind-') >= page.count("<tr>") - 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_place_and_park_has_its_page(client, season, language):
    for row in [*Place.objects.all(), *Park.objects.all()]:
        page = opened(client, f"/{language}/dossiers/{row.public_id}/")
        assert f'<html lang="{language}"' in page


def test_a_region_without_a_word_has_a_dignified_empty_page(client, season):
    empty = Place.objects.get(name__fr="Béni Mellal-Khénifra")
    page = opened(client, f"/en/dossiers/{empty.public_id}/")
    assert "Nothing was promised here in any document" in page


def test_an_outcome_narrows_the_promises_and_an_unknown_one_is_not_found(client, season):
    oujda = Place.objects.get(name__fr="Oujda")
    page = opened(client, f"/en/dossiers/{oujda.public_id}/?outcome=slipped")
    promises = page.split('id="promises"')[1].split('id="plans"')[0]
    assert promises.count('class="m-obs-promise"') == 1
    assert client.get(f"/en/dossiers/{oujda.public_id}/?outcome=lost").status_code == 404


def test_an_unknown_or_unpublished_place_and_an_organisation_are_the_same_404(client):
    closed = rows.subject("Closed", SubjectKind.PLACE, published=False)
    firm = rows.subject("Saccom")
    answers = [client.get(f"/en/dossiers/{key}/") for key in (uuid7(), closed.public_id, firm.public_id)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_what_is_not_published_never_enters_a_dossier(client):
    place = rows.subject("Oujda", SubjectKind.PLACE)
    rows.figure(rows.subject("Seen"), place=place, value=1000)
    rows.figure(rows.subject("Hidden firm"), place=place, value=5000, publish=False)
    page = opened(client, f"/en/dossiers/{place.public_id}/")
    assert "1,000" in page
    assert "Hidden firm" not in page
    assert "5,000" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_dossier_asks_as_often_for_three_promises_as_for_one(client, count):
    place = rows.subject("Oujda", SubjectKind.PLACE)
    for number in range(count):
        rows.figure(rows.subject(f"Firm {number}"), place=place, value=100 + number)
    with CaptureQueriesContext(connection) as asked:
        opened(client, f"/en/dossiers/{place.public_id}/")
    assert len(asked) == 7


def test_who_works_at_the_shared_rows_is_led_to_the_decision_and_nobody_else_is(client, season):
    oujda = Place.objects.get(name__fr="Oujda")
    address = f"/en/dossiers/{oujda.public_id}/"
    assert ">Decide<" not in opened(client, address)
    user = a_user("decides@test.example")
    client.force_login(user)
    assert ">Decide<" not in opened(client, address)
    grant_role(user=user, promoter=season, role=Role.ACCOUNT_OWNER, by=INSTALLATION, at=AT)
    page = opened(client, address)
    assert f'href="/p/{season.slug}/matches/"' in page
    assert ">Decide<" in page
