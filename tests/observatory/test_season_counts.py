"""The season counted by project, park, region, event and year: the joint figure once, kinds and rows never added."""

import pytest
from django.urls import reverse

from moussem.accounts.enums import Role
from moussem.directory.enums import MatchState
from moussem.directory.models import OrganisationMatch
from moussem.events.models import Event
from moussem.evidence.domain.queries.tallies import total_for
from moussem.evidence.models import Figure
from moussem.observatory.domain.queries.counts import Grouping, counted, counts, doubts_of
from moussem.observatory.domain.queries.event_return import return_of
from moussem.projects.models import Project
from tests.factories.accounts import at_work, staff

pytestmark = pytest.mark.django_db
NOTHING = {"announced": [], "contracted": [], "declared": [], "verified": []}


@pytest.fixture
def observer(season):
    return at_work(season, Role.OBSERVER)


def sides(measure):
    return {column.kind: [(int(line.value), line.bound) for line in column.figures] for column in measure.columns}


def rows(observer, grouping):
    """label -> measure -> kind -> the numbers shown, and label -> what stands beside."""
    found = counts(observer, grouping).rows
    numbers = {row.label: {measure.label: sides(measure) for measure in row.measures} for row in found}
    return numbers, {row.label: row for row in found}


def test_by_project_each_has_its_own_and_the_joint_figure_stands_beside_three_and_in_no_column(observer):
    numbers, seen = rows(observer, Grouping.PROJECT)
    assert list(numbers) == [
        "Eca groupe, Oujda", "Intelcia, Oujda", "Notoriety, Oujda Shore", "Saccom, Oujda Shore", "Non indiqué",
    ]  # fmt: skip
    assert numbers["Eca groupe, Oujda"] == {}
    assert numbers["Intelcia, Oujda"] == {"Emplois": NOTHING | {"announced": [(800, "at_most")]}}
    assert numbers["Notoriety, Oujda Shore"] == {"Recrutements": NOTHING | {"contracted": [(500, "equal")]}}
    assert numbers["Saccom, Oujda Shore"] == {"Emplois": NOTHING | {"announced": [(1000, "equal")]}}
    beside = {label: [line.value for line in row.joint] for label, row in seen.items()}
    assert beside == {
        "Eca groupe, Oujda": [3000], "Intelcia, Oujda": [], "Notoriety, Oujda Shore": [3000],
        "Saccom, Oujda Shore": [3000], "Non indiqué": [],
    }  # fmt: skip


def test_counting_the_joint_figure_as_each_ones_own_would_say_three_thousand_three_times(observer):
    """The negative control: without the rule each of three rows claims the jobs of all."""
    naive = []
    for project in Project.objects.exclude(name__fr="Intelcia, Oujda"):
        figures = Figure.objects.filter(links__subject=project.subject_id, measure="jobs").distinct()
        naive += [line.value for measure in counted(list(figures), observer) for line in measure.columns[0].figures]
    assert naive == [3000, 3000, 3000]


def test_by_event_the_seventeenth_siccam_has_over_3000_and_over_3800_if_intelcia_comes_on_top(observer):
    numbers, seen = rows(observer, Grouping.EVENT)
    assert numbers["SICCAM, 17e édition"] == {"Emplois": NOTHING | {"announced": [(3000, "over")]}}
    (line,) = seen["SICCAM, 17e édition"].measures[0].columns[0].figures
    assert line.note == "plus de 3\u202f000, et plus de 3\u202f800 si Intelcia vient en plus"
    assert len(line.sources) == 2
    assert numbers["SICCAM, 16e édition"] == {"Recrutements": NOTHING | {"contracted": [(500, "equal")]}}


def test_by_region_and_by_year_the_worked_total_is_the_same(observer):
    assert rows(observer, Grouping.REGION)[0]["L'Oriental"]["Emplois"]["announced"][0] == (3000, "over")
    year = rows(observer, Grouping.YEAR)[1]["2020"].measures[0].columns[0].figures
    assert [(int(line.value), line.bound) for line in year] == [(3000, "over"), (5426, "equal")]
    assert year[1].note == "127 projets approuvés"
    assert rows(observer, Grouping.REGION)[0]["L'Oriental"]["Recrutements"]["contracted"] == [(500, "equal")]


def test_by_park_oujda_shore_has_saccoms_thousand_and_not_the_citys_joint_figure(observer):
    numbers, _ = rows(observer, Grouping.PARK)
    assert numbers["Oujda Shore"]["Emplois"]["announced"] == [(1000, "equal")]
    assert numbers["Oujda Shore"]["Emplois"]["verified"] == []


def test_a_project_at_the_park_does_not_bring_the_citys_figures_into_its_territory(season, observer, oujda_shore):
    """The joint figure is about the city; that one of its projects lies within the park moves nothing."""
    joint = Figure.objects.get(key="004-joint-jobs")
    assert joint.links.filter(role="project", subject__within=oujda_shore).count() == 2
    tally = total_for([oujda_shore], measure="jobs", kind="announced", actor=observer)
    assert str(joint.pk) not in tally.figures


def test_what_waits_for_a_person_is_counted_nowhere_and_shown(season, observer):
    match = OrganisationMatch.objects.get(left__name__startswith="Second projet")
    measure = rows(observer, Grouping.PARK)[1]["Oujda Shore"].measures[0]
    assert [line.value for line in measure.waiting] == [600]
    assert match.left.subject_id in doubts_of(observer)
    OrganisationMatch.objects.filter(pk=match.pk).update(state=MatchState.APART)
    measure = rows(observer, Grouping.PARK)[1]["Oujda Shore"].measures[0]
    assert (measure.waiting, sides(measure)["announced"]) == ((), [(1600, "equal")])
    OrganisationMatch.objects.filter(pk=match.pk).update(state=MatchState.PROPOSED)


def test_the_return_of_the_seventeenth_siccam_says_what_is_known_and_not_stated_for_the_rest(season, observer, client):
    event = Event.objects.get(edition=17)
    seen = return_of(event, observer)
    assert [step.count for step in seen.steps] == [None] * 6 + [2, 4]
    assert [row.agreement.kind for row in seen.agreements] == ["mou", "pact"]
    assert len(seen.projects) == 4
    (jobs,) = seen.jobs
    assert sides(jobs) == NOTHING | {"announced": [(3000, "over")]}
    assert {entry.title for entry in seen.stated} >= {"Espaces", "Prix décernés"}
    client.force_login(staff(season, Role.OBSERVER, email="observer@season.example"))
    page = client.get(reverse("observatory_desk:events-return", args=["commons", event.public_id])).content.decode()
    assert page.count('<div class="m-stat-value"><span class="m-none">non indiqué</span></div>') >= 6


def test_the_return_of_the_sixteenth_counts_what_was_contracted_there_and_no_project_as_its_own(season, observer):
    seen = return_of(Event.objects.get(edition=16), observer)
    assert [step.count for step in seen.steps] == [None] * 8
    assert [sides(measure)["contracted"] for measure in seen.jobs] == [[(500, "equal")]]
