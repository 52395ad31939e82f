"""A promoter's own counts: four kinds side by side by project, park, region, event and year, never added."""

from datetime import date

import pytest
from django.urls import reverse

from moussem.accounts.enums import Role
from moussem.directory.enums import PlaceKind
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period, Precision
from moussem.engines.values.units import Unit
from moussem.evidence.domain.figures import FigureFacts, record_figure
from moussem.evidence.enums import Kind, SubjectRole
from moussem.observatory.domain.queries.counts import Grouping, counts
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.directory import a_park, a_place, an_event, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    """A promoter with a region, a city in it, a park in the city, an event and two firms."""
    promoter = a_promoter("cri")
    by = at_work(promoter, Role.ORGANISER)
    region = a_place(by, "Oriental", PlaceKind.REGION)
    city = a_place(by, "Oujda", PlaceKind.CITY, within=region)
    firms = {"one": an_organisation(by, "Premier exemple"), "two": an_organisation(by, "Second exemple")}
    return {"promoter": promoter, "by": by, "park": a_park(by, place=city), "event": an_event(by), **firms}


def said(ground, holder, value, kind=Kind.ANNOUNCED, *, year=2026, **also):
    subjects = [(SubjectRole.HOLDER, ground[holder].subject), (SubjectRole.PARK, ground["park"].subject)]
    subjects.append((SubjectRole.EVENT, ground["event"].subject))
    day = Period(date(year, 3, 1), date(year, 3, 1), Precision.DAY)
    facts = FigureFacts(Measure.JOBS, value, Unit.JOBS, kind, Bound.EQUAL, stated_on=day, **also)
    return record_figure(by=ground["by"], at=AT, facts=facts, subjects=subjects)


def seen(ground, grouping):
    """label -> kind -> the values shown, for the measure of jobs."""
    found = {}
    for row in counts(ground["by"], grouping).rows:
        (measure,) = row.measures
        found[row.label] = {c.kind: [int(line.value) for line in c.figures] for c in measure.columns}
    return found


def test_kinds_stand_side_by_side_and_are_never_added(ground):
    said(ground, "one", 120)
    said(ground, "two", 80)
    said(ground, "one", 45, Kind.CONTRACTED)
    expected = {"announced": [200], "contracted": [45], "declared": [], "verified": []}
    assert seen(ground, Grouping.PARK) == {"Oujda Shore": expected}
    assert seen(ground, Grouping.EVENT) == {"17e SICCAM": expected}
    assert seen(ground, Grouping.REGION) == {"Oriental": expected}


def test_the_year_is_the_one_in_which_it_was_announced(ground):
    said(ground, "one", 120, year=2024)
    said(ground, "two", 80, year=2026)
    assert {year: row["announced"] for year, row in seen(ground, Grouping.YEAR).items()} == {
        "2024": [120],
        "2026": [80],
    }


def test_what_is_tied_to_no_project_is_a_row_of_its_own(ground):
    said(ground, "one", 120)
    assert list(seen(ground, Grouping.PROJECT)) == ["Non indiqué"]


def test_a_neighbours_figures_are_not_counted(ground):
    said(ground, "one", 120)
    stranger = at_work(a_promoter("voisin"), Role.ORGANISER)
    assert counts(stranger, Grouping.PARK).rows == ()


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_asks_as_much_for_three_rows_as_for_one(ground, client, times, django_assert_num_queries):
    for number in range(times):
        said(ground, "one", 10 + number, year=2020 + number)
    client.force_login(staff(ground["promoter"], Role.OBSERVER))
    address = reverse("observatory_desk:counts-list", args=["cri"])
    client.get(address)
    with django_assert_num_queries(8):
        page = client.get(address, {"by": "year"})
    assert page.status_code == 200
    assert page.content.decode().count("<h2>20") == times


def test_an_unknown_grouping_is_no_page(ground, client):
    client.force_login(staff(ground["promoter"], Role.OBSERVER))
    assert client.get(reverse("observatory_desk:counts-list", args=["cri"]), {"by": "weather"}).status_code == 404
