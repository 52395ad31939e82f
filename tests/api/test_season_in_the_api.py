"""The demonstration through the API: every number of the texts and tables, and every other fact in its resource."""

from decimal import Decimal

import pytest

from moussem.evidence.models import Contradiction, Document, Figure, Statement
from tests.demo.numbers import NUMBERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(ask):
    """All items of a list, page by page."""

    def read(address):
        found, cursor = [], ""
        while cursor is not None:
            joint = "&" if "?" in address else "?"
            status, page = ask(f"{address}{joint}limit=200" + (f"&cursor={cursor}" if cursor else ""))
            assert status == 200
            found += page["items"]
            cursor = page["next"]
        return found

    return read


@pytest.mark.parametrize(
    ("measure", "value", "value_max", "bound", "unit", "kind", "about"),
    NUMBERS,
    ids=[f"{number[0]}-{number[1]}-{number[5]}" for number in NUMBERS],
)
def test_every_number_is_answered_with_its_source(
    season, everything, measure, value, value_max, bound, unit, kind, about
):
    given = everything(f"figures?measure={measure}&bound={bound}&unit={unit}&kind={kind}")
    found = [
        item for item in given if item["value"] == value and {subject["label"] for subject in item["subjects"]} == about
    ]
    assert len(found) == 1
    item = found[0]
    assert item["value_max"] == value_max
    assert item["citation"]["document"]
    assert all(subject["id"] and subject["kind"] and subject["role"] for subject in item["subjects"])


def test_every_figure_statement_and_document_of_the_season_is_listed_once(season, everything):
    for resource, model in (("figures?replaced=true", Figure), ("statements", Statement), ("documents", Document)):
        found = [item["id"] for item in everything(resource)]
        assert len(found) == len(set(found))
        assert set(found) == {str(key) for key in model.objects.values_list("public_id", flat=True)}


def test_the_api_gives_the_same_number_as_the_row(season, everything):
    rows = {str(row.public_id): row for row in Figure.objects.all()}
    for item in everything("figures?replaced=true"):
        row = rows[item["id"]]
        assert (item["value"] is None) == (row.value is None)
        assert row.value is None or Decimal(item["value"]) == row.quantity.value


def test_sayings_of_the_texts_are_found_as_statements(season, everything):
    words = " ".join(item["words"] for item in everything("statements"))
    for said in ("Intelcia", "Jerada", "FIRO", "incubateur"):
        assert said in words, said


def test_the_texts_say_where_they_come_from_and_nothing_they_do_not_state(season, everything):
    texts = {item["key"]: item for item in everything("documents?kind=text")}
    assert len(texts) == 5
    assert all(item["published_on"] is None for item in texts.values())
    assert [texts[f"text-00{n}"]["publisher"] for n in range(5)] == [None, "MAP", None, None, "L'Économiste"]


def test_a_text_is_given_with_its_passages_and_silences(season, ask, everything):
    for item in everything("documents?kind=text"):
        whole = ask(f"documents/{item['id']}")[1]
        assert whole["passages"]
        assert whole["not_stated"]
        assert all(len(passage["fragment"].split()) <= 12 for passage in whole["passages"])


def test_people_stand_in_their_roles(season, everything):
    (hanouf,) = everything("people?name=Abderrafie Hanouf")
    assert {role["organisation"]["label"] for role in hanouf["affiliations"]} >= {"MEDZ"}
    (bernoussi,) = everything("people?name=Karim Bernoussi")
    assert [role["organisation"]["label"] for role in bernoussi["affiliations"]] == ["Intelcia"]


def test_the_seventeenth_siccam_has_its_four_spaces_theme_and_days(season, everything):
    (siccam,) = everything("events?edition=17")
    assert {space["kind"] for space in siccam["spaces"]} == {"exhibition", "conference", "signing", "webinar"}
    assert (siccam["period"]["start"], siccam["period"]["end"]) == ("2020-07-10", "2020-07-11")
    assert siccam["period"]["inferred"]
    assert "post-Covid-19" in siccam["theme"]


def test_firms_that_no_source_names_are_described(season, everything):
    unnamed = everything("organisations?named=false")
    assert unnamed
    assert all(item["description"] for item in unnamed)


def test_places_lie_in_one_another(season, everything):
    oujda = next(item for item in everything("places?kind=city") if item["name"] == "Oujda")
    assert oujda["within"]["label"] == "L'Oriental"
    regions = everything("places?kind=region")
    assert len(regions) == 12
    assert oujda["within"]["id"] in {item["id"] for item in regions}


def test_a_park_is_found_by_its_name_and_its_figures_by_the_park(season, everything):
    (park,) = everything("parks?name=Oujda Shore")
    assert {item["measure"] for item in everything(f"figures?park={park['id']}")} >= {"jobs", "employees"}


def test_both_sides_of_a_contradiction_are_there(season, everything):
    figures = {item["id"] for item in everything("figures?replaced=true")}
    statements = {item["id"] for item in everything("statements")}
    for contradiction in Contradiction.objects.all():
        assert {str(f.public_id) for f in contradiction.figures.all()} <= figures
        assert {str(s.public_id) for s in contradiction.statements.all()} <= statements


def test_a_figure_names_what_contradicts_it(season, ask):
    said = {row.key: row for row in Figure.objects.filter(key__in=["indicators-05", "indicators-06", "001-members"])}
    _, item = ask(f"figures/{said['indicators-05'].public_id}")
    (against,) = item["contradictions"]
    assert set(against["figures"]) == {str(said[key].public_id) for key in ("indicators-05", "indicators-06")}
    assert against["statements"] == []
    assert "6.86" in against["words"] or "6,86" in against["words"]
    assert ask(f"figures/{said['001-members'].public_id}")[1]["contradictions"] == []


def test_a_statement_names_what_contradicts_it(season, ask):
    announced, started = (Statement.objects.get(key=key) for key in ("004-intelcia-opening", "oujda-31"))
    _, item = ask(f"statements/{announced.public_id}")
    (against,) = item["contradictions"]
    assert set(against["statements"]) == {str(announced.public_id), str(started.public_id)}


def test_every_contradiction_is_found_from_each_of_its_sides(season, everything):
    items = [*everything("figures?replaced=true"), *everything("statements")]
    told = {(item["id"], key) for item in items for one in item["contradictions"] for key in _sides(one)}
    for contradiction in Contradiction.objects.all():
        sides = [str(s.public_id) for s in (*contradiction.figures.all(), *contradiction.statements.all())]
        assert {(one, other) for one in sides for other in sides} <= told


def _sides(contradiction):
    return [*contradiction["figures"], *contradiction["statements"]]


def test_members_stand_with_their_place_and_the_sources_word_for_the_tie(season, everything):
    (ampa,) = everything("organisations?name=AMPA")
    (member,) = ampa["members"]
    assert (member["person"]["label"], member["role"]) == ("Ali Mouline", None)
    assert member["place"]["label"] in ("États-Unis", "United States")
    counted = {item["measure"]: item["value"] for item in everything(f"figures?holder={ampa['id']}")}
    assert (counted["members"], counted["states"]) == ("140", "17")
    (club,) = everything("organisations?kind=club")
    assert len(club["members"]) == 3
    assert {member["role"] for member in club["members"]} <= {"Initiateur du Club", "Initiator of the Club"}
    assert {member["person"] for member in club["members"]} == {None}


def test_who_is_of_belgium_is_found_with_that_place(season, everything):
    (laureate,) = everything("people?name=Marie Agnès Verron")
    assert laureate["place"]["label"] in ("Belgique", "Belgium")
    (ali,) = everything("people?name=Ali Mouline")
    assert (ali["place"], ali["memberships"][0]["association"]["label"]) == (None, "AMPA")


def test_agreements_stand_with_their_parties_and_null_where_the_text_is_silent(season, everything):
    told = {item["title"]: item for item in everything("agreements?language=fr")}
    convention = told["Convention de partenariat entre l'APEBI et le CRI Fès-Meknès"]
    assert [party["organisation"]["label"] for party in convention["parties"]] == ["APEBI", "CRI Fès-Meknès"]
    assert (convention["signed_on"]["start"], convention["signed_on"]["inferred"]) == ("2020-12-18", True)
    assert (convention["event"]["kind"], convention["place"]) == ("event", None)
    assert [party["signatory"] for party in convention["parties"]] == [None, None]
    lines = convention["obligations"]
    assert [(line["kind"], line["debtor"], line["due"], line["measure"], line["value"]) for line in lines] == [
        ("objective", None, None, None, None)
    ] * 4
    assert all(line["citations"][0]["quote"] for line in lines)
    pact = told["Pacte d'associés entre le FIRO et Notoriety"]
    assert [party["organisation"]["label"] for party in pact["parties"]] == ["FIRO", "Notoriety"]
    (other,) = told["Mémorandum d'entente avec un autre opérateur, non nommé"]["parties"]
    assert "non nommé" in other["organisation"]["label"]
    assert len(told) == 4
    for item in told.values():
        assert item["citations"]


def test_projects_stand_with_what_is_known_their_sources_and_null_for_the_rest(season, everything):
    told = {item["name"]: item for item in everything("projects?language=fr")}
    seen = {
        name: (item["stage"], item["status"], item["origin"], item["park"] and item["park"]["label"])
        for name, item in told.items()
    }
    assert seen == {
        "Intelcia, Oujda": ("active", "won", "announcement", None),
        "Saccom, Oujda Shore": ("active", None, "announcement", "Oujda Shore"),
        "Notoriety, Oujda Shore": ("active", None, "announcement", "Oujda Shore"),
        "Eca groupe, Oujda": ("active", None, "announcement", None),
    }
    for item in told.values():
        assert item["citations"][0]["document"]
        assert (item["event"]["label"], item["agreement"], item["lost_to"]) == ("SICCAM, 17e édition", None, None)
    figures = {name: everything(f"figures?project={item['id']}&language=fr") for name, item in told.items()}
    assert {name: sorted(f["value"] for f in found) for name, found in figures.items()} == {
        "Intelcia, Oujda": ["800"], "Saccom, Oujda Shore": ["1000", "3000"], "Notoriety, Oujda Shore": ["3000", "500"],
        "Eca groupe, Oujda": ["3000"],
    }  # fmt: skip
    joint = {figure["id"] for found in figures.values() for figure in found if figure["value"] == "3000"}
    assert len(joint) == 1


def test_the_fund_firo_the_eight_trophies_and_the_intake_carry_their_sources(season, everything):
    told = {item["name"]: item for item in everything("programmes?language=fr")}
    fund = told["Fonds d'aide à l'investissement du Conseil de la région (texte 002)"]
    assert (fund["envelope"], fund["giver"]["label"]) == ("55000000", "Conseil de la région de l'Oriental")
    inferred, stated = fund["rule_sets"]
    assert (stated["number"], stated["inferred"], inferred["number"]) == (1, None, 2)
    assert "aucune source" in inferred["inferred"]
    assert all(rules["citations"] for rules in (stated, inferred))
    assert told["FIRO (capital-investissement)"]["kind"] == "equity"
    awards = told["Trophées de la 17e édition du SICCAM"]["awards"]
    assert [(award["count"], award["person"] and award["person"]["label"]) for award in awards] == [
        (3, None), (4, None), (1, "Marie Agnès Verron"),
    ]  # fmt: skip
    assert sum(award["count"] for award in awards) == 8
    assert all(award["citations"] for award in awards)
    intake = told["Admission à un incubateur (Club de l'Offshoring de l'Oriental)"]
    assert (intake["kind"], intake["rule_sets"], intake["calls"]) == ("incubation", [], [])
    assert intake["citations"]


def test_the_clubs_mission_is_announced_without_date_and_without_anybody_having_taken_part(season, everything):
    (mission,) = everything("events?kind=mission")
    assert (mission["period"], mission["parts"], mission["place"]["label"]) == (None, [], "Casablanca")
