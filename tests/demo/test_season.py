"""The season as it stands in the database: every number of the five texts and the tables, findable and cited."""

from decimal import Decimal
from html import unescape

import pytest
from django.db.models import Count

from moussem.core.actor import ANONYMOUS
from moussem.demo.domain.mapping import FACT_TABLES, refusals
from moussem.demo.domain.reading import table
from moussem.demo.domain.season import found_commons, play_season, season_actor
from moussem.directory.enums import MatchState
from moussem.directory.models import (
    Affiliation,
    Membership,
    Organisation,
    OrganisationMatch,
    Park,
    Person,
    Place,
    Taxonomy,
)
from moussem.engines.values.units import Unit, from_scaled
from moussem.events.models import Event, Part, Space
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import (
    Citation,
    CitedRecord,
    Contradiction,
    Document,
    Figure,
    Passage,
    Statement,
    Subject,
)
from moussem.guests.models import Criterion, Judgement, Prequalification, Standing, Target
from tests.demo.conftest import PLAYED_AT
from tests.demo.numbers import NUMBERS

pytestmark = pytest.mark.django_db
EVERYTHING = (Document, Figure, Statement, Contradiction, Citation, Passage, Organisation, Person, Event, Part, Park)


@pytest.mark.parametrize(
    ("measure", "value", "value_max", "bound", "unit", "kind", "about"),
    NUMBERS,
    ids=[f"{number[0]}-{number[1]}-{number[5]}" for number in NUMBERS],
)
def test_every_number_is_found_with_its_bound_kind_and_subjects(
    season, measure, value, value_max, bound, unit, kind, about
):
    figures = Figure.objects.visible_to(ANONYMOUS).filter(measure=measure, bound=bound, unit=unit, kind=kind)
    found = [
        figure
        for figure in figures.prefetch_related("subjects")
        if from_scaled(figure.value, Unit(unit)) == Decimal(value)
        and {subject.label["fr"] for subject in figure.subjects.all()} == about
    ]
    assert len(found) == 1
    upper = found[0].value_max
    assert (upper is None) == (value_max is None)
    assert upper is None or from_scaled(upper, Unit(unit)) == Decimal(value_max)


def test_everything_is_loaded_once(season):
    assert season.new
    assert (season.documents, season.figures, season.statements) == (72, 189, 70)
    assert (Place.objects.count(), Park.objects.count()) == (27, 7)
    assert (Person.objects.count(), Organisation.objects.count()) == (19, 49)


def test_playing_it_again_changes_nothing(season, django_assert_num_queries):
    commons = found_commons(at=PLAYED_AT)
    before = {model: model.objects.count() for model in EVERYTHING}
    with django_assert_num_queries(3):
        again = play_season(by=season_actor(commons), at=PLAYED_AT)
    assert (again.new, again.refused) == (False, season.refused)
    assert {model: model.objects.count() for model in EVERYTHING} == before


def test_every_row_of_the_tables_is_loaded_or_refused(season):
    rows = [row["row"] for name in FACT_TABLES for row in table(name)]
    loaded = set(Figure.objects.values_list("key", flat=True)) | set(Statement.objects.values_list("key", flat=True))
    refused = {refusal.row for refusal in refusals()}
    assert len(rows) == 203
    assert [row for row in rows if (row in loaded) == (row in refused)] == []


def test_what_a_refused_row_repeats_is_there(season):
    keys = set(Figure.objects.values_list("key", flat=True)) | set(Statement.objects.values_list("key", flat=True))
    assert {refusal.already for refusal in refusals()} <= keys


def test_nothing_is_public_without_a_source(season):
    for model in (Figure, Statement):
        assert not model.objects.annotate(sources=Count("citations")).filter(sources=0).exists()
        assert not model.objects.filter(published_at=None).exists()


def test_the_public_sees_the_documents_figures_and_people(season):
    for model in (Document, Figure, Statement, Contradiction, Organisation, Person, Park, Place, Event):
        assert model.objects.visible_to(ANONYMOUS).count() == model.objects.count() > 0


def test_the_public_texts_do_not_state_when_they_were_published(season):
    texts = Document.objects.filter(key__startswith="text-")
    assert texts.count() == 5
    assert not texts.exclude(published_on_start=None).exists()
    assert dict(texts.values_list("key", "publisher")) == {
        "text-000": "", "text-001": "MAP", "text-002": "", "text-003": "", "text-004": "L'Économiste",
    }  # fmt: skip


def test_the_seventeenth_siccam_has_four_spaces_and_an_inferred_year(season):
    event = Event.objects.get(edition=17)
    assert set(Space.objects.filter(event=event).values_list("kind", flat=True)) == {
        "exhibition", "conference", "signing", "webinar",
    }  # fmt: skip
    assert (event.period.start.isoformat(), event.period.end.isoformat()) == ("2020-07-10", "2020-07-11")
    assert event.period.inferred
    assert event.mode == "both"


def test_no_day_is_preferred_for_the_sixteenth_siccam(season):
    event = Event.objects.get(edition=16)
    assert event.period is None
    sides = Contradiction.objects.get(key="siccam-16-days").statements.all()
    assert {(side.period.start.day, side.period.end.day) for side in sides} == {(18, 19), (19, 20)}


def test_the_gathering_is_on_the_margins_of_the_sixteenth_siccam(season):
    assert Event.objects.get(margins_of__edition=16).theme == {"fr": "Orientaliser l’offshoring et le digital"}


@pytest.mark.parametrize(
    ("key", "figures", "statements"),
    [
        ("casanearshore-opening", 0, 2),
        ("receipts-2011", 2, 0),
        ("receipts-2023", 2, 0),
        ("jobs-2019-2020", 2, 0),
        ("siccam-16-days", 0, 2),
        ("oriental-students", 2, 0),
        ("intelcia-month", 0, 2),
        ("002-margins-or-edition", 0, 3),
        ("003-fes-shore-land", 2, 0),
        ("004-saccom-installed-or-next-month", 0, 2),
    ],
)
def test_contradictions_stand_side_by_side(season, key, figures, statements):
    contradiction = Contradiction.objects.get(key=key)
    assert (contradiction.figures.count(), contradiction.statements.count()) == (figures, statements)


def test_intelcia_announced_august_and_its_own_page_says_october(season):
    announced = Statement.objects.get(key="004-intelcia-opening")
    started = Statement.objects.get(key="oujda-31")
    assert (announced.forward, announced.horizon.start.month, announced.horizon.inferred) == (True, 8, True)
    assert (started.forward, started.period.start.month) == (False, 10)


def test_intelcias_eight_hundred_may_be_inside_the_joint_figure(season):
    assert Figure.objects.get(key="oujda-32").maybe_within.key == "004-joint-jobs"


def test_firms_without_a_name_are_described_and_wait_for_a_person(season):
    unnamed = Organisation.objects.filter(named=False)
    assert unnamed.count() == 7
    assert not unnamed.exclude(canonical=None).exists()
    matches = OrganisationMatch.objects.all()
    assert matches.count() == 4
    assert {match.state for match in matches} == {MatchState.PROPOSED}
    pairs = {(match.left.name, match.right.name) for match in matches.select_related("left", "right")}
    assert ("Premier locataire d'Oujda Shore, non nommé (2019)", "Notoriety") in pairs
    assert ("Troisième opérateur d'Oujda Shore, non nommé (2020)", "Saccom") in pairs


def test_people_have_names_and_roles_and_no_contact_details(season):
    assert not Person.objects.exclude(email="", phone="", contact_source="").exists()
    hanouf = Person.objects.get(name="Abderrafie Hanouf")
    assert hanouf.printed_names == ["Abderrafie HANOUF"]
    assert set(hanouf.affiliations.values_list("organisation__name", flat=True)) == {"MEDZ", "MedZ Sourcing"}
    assert Affiliation.objects.filter(person__name="Marc Onetto", former=True).count() == 3
    assert Affiliation.objects.get(person__name="Mark Miles").role == {}


def test_memberships_stand_with_their_place_and_the_club_with_those_who_began_it(season):
    mouline = Membership.objects.get(person__name="Ali Mouline")
    assert (mouline.association.name, mouline.place.name["fr"], mouline.role) == ("AMPA", "États-Unis", {})
    club = Membership.objects.filter(association__name="Club de l'Offshoring de l'Oriental")
    assert {row.organisation.name for row in club} == {"CRI de l'Oriental", "APEBI", "SICCAM (organisation du salon)"}
    assert {row.role["en"] for row in club} == {"Initiator of the Club"}
    for row in Membership.objects.all():
        assert CitedRecord.objects.about("membership", row.public_id).exists()


def test_who_is_of_belgium_stands_on_the_page_of_belgium(season, client):
    person = Person.objects.get(name="Marie Agnès Verron")
    assert person.place.name["en"] == "Belgium"
    assert Person.objects.exclude(place=None).get() == person
    assert "Marie Agnès Verron" in client.get(f"/en/places/{person.place.public_id}/").content.decode()


def test_nothing_public_is_without_a_page_of_its_own(season, client):
    for subject in Subject.objects.all():
        assert subject.address, subject.label
    for subject in Subject.objects.filter(kind=SubjectKind.PROGRAMME):
        page = client.get(f"/en/{subject.address}")
        assert page.status_code == 200
        assert subject.label["en"] in unescape(page.content.decode())


def test_what_is_in_fes_is_not_said_to_be_in_fes_shore(season):
    assert not Park.objects.get(name="Fès Shore").establishments.exists()
    assert Place.objects.get(name__fr="Fès").establishments.count() == 3


def test_who_said_it_is_kept(season):
    saccom = Figure.objects.get(key="004-saccom-jobs")
    assert saccom.stated_by_person.label["fr"] == "Moulay Zine El Oudghiri"
    joint = Figure.objects.get(key="004-joint-jobs")
    assert (joint.stated_by_person, joint.stated_by_organisation, joint.stated_by_words) == (None, None, "")


def test_every_legal_rule_asks_to_be_checked(season):
    for figure in Figure.objects.filter(key__startswith="incentives-"):
        assert "Bulletin officiel" in figure.note["fr"], figure.key
    for statement in Statement.objects.filter(key__startswith="incentives-"):
        assert "Bulletin officiel" in statement.words["fr"], statement.key


def test_a_years_time_is_marked_where_a_reader_worked_it_out(season):
    employees = Figure.objects.get(key="003-employees")
    assert (employees.period.start.year, employees.period.words, employees.period.inferred) == (
        2019, "l’année dernière", True,
    )  # fmt: skip
    assert "period" in employees.inferred


def test_the_five_official_branches_are_there_from_july_2025(season):
    taxonomy = Taxonomy.objects.get()
    assert taxonomy.valid_from.isoformat() == "2025-07-01"
    assert set(taxonomy.branches.values_list("code", flat=True)) == {"ITO", "BPO", "CRM", "ESO", "KPO"}


def test_nobody_real_has_a_score(season):
    """The season speaks of real people: no list, no criterion and no answer is about any of them."""
    assert Person.objects.exists()
    assert not any(table.objects.exists() for table in (Target, Criterion, Standing, Judgement, Prequalification))
