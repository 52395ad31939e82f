"""The programmes of the season: the fund, what is only inferred of it, FIRO, the eight trophies, the intake."""

import pytest

from moussem.core.actor import ANONYMOUS
from moussem.programmes.domain.queries.pages import programme_page
from moussem.programmes.models import Award, Call, Programme
from tests.factories.accounts import AT

pytestmark = pytest.mark.django_db
FUND = "Fonds d'aide à l'investissement du Conseil de la région (texte 002)"


@pytest.fixture
def programmes(season):
    return {row.name["fr"]: row for row in Programme.objects.visible_to(ANONYMOUS).select_related("subject", "giver")}


@pytest.mark.parametrize(
    ("stated", "verdict", "wanted"),
    [
        ("investment=999999&jobs=20", "no", []),
        ("investment=1000000&jobs=19", "no", []),
        ("investment=1000000&jobs=20", "yes", []),
        ("investment=1000000", "cannot_say", ["jobs"]),
    ],
)
def test_the_council_s_fund_answers_its_three_cases(client, programmes, stated, verdict, wanted):
    fund = programmes[FUND]
    said = client.get(f"/api/v1/programmes/{fund.public_id}/assess?{stated}").json()
    assert (said["verdict"], said["ask"], said["rule_set"]) == (verdict, wanted, 1)
    page = client.get(f"/fr/programmes/{fund.public_id}/?try=1&{stated}").content.decode()
    word = {"no": "Non éligible", "yes": "Éligible", "cannot_say": "Ne peut pas être dit"}[verdict]
    assert f"</svg>{word}</span></h3>" in page


def test_that_it_is_the_grant_of_2016_is_an_inference_and_says_why(client, programmes):
    fund = programmes[FUND]
    page = programme_page(ANONYMOUS, fund, at=AT)
    stated, inferred = page.rule_sets
    assert (stated.rule_set.number, stated.inferred, inferred.rule_set.number) == (1, "", 2)
    assert "aucune source ne dit que c'est le même fonds" in inferred.inferred
    assert [mark.quote for mark in stated.sources] == [
        "supérieur ou égal à 1 million de dirhams",
        "avec au moins 20 emplois à créer",
    ]
    assert inferred.sources
    assert (page.envelope.stated, page.giver.label) == ("55\u00a0M\u00a0DH", "Conseil de la région de l'Oriental")
    assert (page.envelope.committed, page.envelope.left) == (None, None)
    assert [mark.quote for mark in page.envelope_sources] == ["doté d’un montant de 55 millions de dirhams"]


def test_the_fund_s_period_is_not_stated_and_firo_is_another_programme(programmes):
    assert programmes[FUND].period is None
    firo = programmes["FIRO (capital-investissement)"]
    assert (firo.kind, firo.giver.name, firo.envelope) == ("equity", "FIRO", None)
    assert programmes["Charte de l'investissement, dispositif principal"].rule_sets.get().criteria.keys() == {"any"}


def test_eight_trophies_of_which_one_winner_is_named(client, programmes):
    awards = Award.objects.visible_to(ANONYMOUS).filter(programme=programmes["Trophées de la 17e édition du SICCAM"])
    told = [(row.count, row.person and row.person.name, row.event.edition) for row in awards.order_by("position")]
    assert told == [(3, None, 17), (4, None, 17), (1, "Marie Agnès Verron", 17)]
    for address in (f"events/{awards[0].event.public_id}/", f"people/{awards.get(count=1).person.public_id}/"):
        assert "Trophée du webinaire" in client.get(f"/fr/{address}").content.decode()


def test_the_club_s_intake_states_no_rule_and_no_call_is_invented(client, programmes):
    intake = programmes["Admission à un incubateur (Club de l'Offshoring de l'Oriental)"]
    assert (intake.kind, intake.giver.name) == ("incubation", "Club de l'Offshoring de l'Oriental")
    page = client.get(f"/fr/programmes/{intake.public_id}/").content.decode()
    assert "Qui est éligible" in page
    assert 'id="try"' not in page
    assert not Call.objects.exists()


def test_every_programme_opens_from_its_subject_with_at_most_twelve_queries(client, programmes):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for row in programmes.values():
        assert row.subject.address == f"programmes/{row.public_id}/"
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/en/programmes/{row.public_id}/?try=1&jobs=20").status_code == 200
        assert len(captured) <= 12, [query["sql"][:90] for query in captured]
