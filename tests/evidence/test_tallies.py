"""What the figures of a subject come to, from rows to the engine and back."""

from datetime import date
from decimal import Decimal

import pytest

from moussem.core.actor import ANONYMOUS
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.queries.sides import columns_of, contradictions_about
from moussem.evidence.domain.queries.tallies import total_for
from moussem.evidence.domain.statements import set_against
from moussem.evidence.domain.subjects import let_stand_for
from moussem.evidence.enums import Kind, SubjectKind
from tests.evidence import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def oujda():
    """Oujda in the Oriental, with its park."""
    oriental = rows.subject("Oriental", SubjectKind.PLACE)
    city = rows.subject("Oujda", SubjectKind.PLACE, within=oriental)
    return oriental, city, rows.subject("Oujda Shore", SubjectKind.PARK, within=city)


@pytest.fixture
def promises(oujda):
    """The announced jobs of July 2020."""
    _, city, park = oujda
    said = rows.on(2020, 7, 10)
    saccom, eca, notoriety, one, two = (
        rows.subject(name) for name in ("Saccom", "Eca", "Notoriety", "first group", "second group")
    )
    joint = rows.figure(
        saccom, eca, notoriety, one, two, place=city, value=3000, bound=Bound.OVER, stated_on=said, key="joint"
    )
    own = rows.figure(saccom, place=park, value=1000, stated_on=said, key="saccom")
    intelcia = rows.figure(
        rows.subject("Intelcia"),
        place=city,
        value=800,
        bound=Bound.AT_MOST,
        stated_on=said,
        maybe_within=joint,
        key="intelcia",
    )
    return joint, own, intelcia


def announced(place, **asked):
    tally = total_for([place], measure=Measure.JOBS, kind=Kind.ANNOUNCED, actor=ANONYMOUS, **asked)
    (total,) = tally.of(Kind.ANNOUNCED, Measure.JOBS)
    return tally, total


def test_over_3000_and_over_3800_if_intelcia_comes_on_top(oujda, promises):
    joint, own, _ = promises
    tally, total = announced(oujda[1])
    assert (total.quantity.value, total.quantity.bound) == (Decimal(3000), Bound.OVER)
    assert total.reading.with_all_on_top.value == Decimal(3800)
    assert [tally.figures[key].key for key in total.reading.included] == [joint.key]
    assert [tally.figures[row.key].key for row in total.reading.of_which] == [own.key]


def test_the_region_counts_what_was_promised_for_its_park(oujda, promises):
    assert announced(oujda[0])[1].quantity.value == Decimal(3000)


def test_a_planned_figure_is_a_target_and_never_in_a_total(oujda, promises):
    rows.figure(rows.subject("CRI"), place=oujda[0], value=2000, kind=Kind.PLANNED, horizon=rows.on(2020, 12, 31))
    tally = total_for([oujda[0]], measure=Measure.JOBS, kind=Kind.PLANNED, actor=ANONYMOUS)
    assert tally.totals.totals == ()
    assert [target.quantity.value for target in tally.totals.targets] == [Decimal(2000)]


def test_figures_before_the_day_asked_for_and_without_a_date_are_named_not_counted(oujda, promises):
    old = rows.figure(place=oujda[1], value=600, stated_on=rows.on(2019, 3, 1))
    undated = rows.figure(place=oujda[1], value=50)
    tally, total = announced(oujda[1], since=date(2020, 7, 1))
    assert tally.earlier == (str(old.pk),)
    assert tally.undated == (str(undated.pk),)
    assert total.quantity.value == Decimal(3000)


def test_what_is_not_published_is_counted_for_nobody_else(oujda, promises):
    rows.figure(place=oujda[1], value=5000, publish=False, stated_on=rows.on(2021, 1, 1))
    assert announced(oujda[1])[1].quantity.value == Decimal(3000)


def test_two_firms_that_were_merged_are_counted_once(oujda):
    one, other = rows.subject("Saccom"), rows.subject("SACCOM Maroc")
    said = rows.on(2020, 7, 10)
    rows.figure(one, place=oujda[1], value=1000, stated_on=said)
    rows.figure(other, place=oujda[1], value=1000, stated_on=said)
    assert announced(oujda[1])[1].quantity.value == Decimal(2000)
    let_stand_for(by=rows.editor(), subject=other, canonical=one)
    assert announced(oujda[1])[1].quantity.value == Decimal(1000)


def test_a_doubtful_match_is_left_out_until_decided_and_its_effect_is_known_before(oujda):
    third, saccom = rows.subject("third operator"), rows.subject("Saccom")
    said = rows.on(2020, 1, 31)
    rows.figure(third, place=oujda[2], value=800, stated_on=said)
    rows.figure(saccom, place=oujda[2], value=1000, stated_on=rows.on(2020, 7, 10))
    doubtful = {third.pk: [saccom.pk]}
    assert announced(oujda[1], doubtful=doubtful)[1].quantity.value == Decimal(1000)
    assert announced(oujda[1], assuming={third.pk: saccom.pk})[1].quantity.value == Decimal(1000)
    assert announced(oujda[1])[1].quantity.value == Decimal(1800)


@pytest.mark.parametrize("count", [1, 3])
def test_a_total_asks_the_database_as_often_for_one_figure_as_for_three(oujda, count, django_assert_num_queries):
    for number in range(count):
        rows.figure(place=oujda[2], value=100 + number)
    with django_assert_num_queries(4):
        announced(oujda[0])


def test_kinds_stand_side_by_side_and_the_empty_ones_stay(oujda, promises):
    (jobs,) = columns_of(ANONYMOUS, [oujda[1].pk])
    assert [column.kind for column in jobs.columns] == ["planned", "announced", "reported", "verified"]
    assert [line.value for line in jobs.columns[1].figures] == [Decimal(800), Decimal(3000)]
    assert jobs.columns[3].figures == ()


def test_a_column_shows_the_newest_and_says_that_there_are_more(oujda):
    firm = rows.subject()
    for year in (2018, 2019, 2020, 2021):
        rows.figure(firm, value=year, stated_on=rows.on(year, 1, 1))
    (jobs,) = columns_of(ANONYMOUS, [firm.pk])
    assert [line.value for line in jobs.columns[1].figures] == [2021, 2020, 2019]
    assert jobs.more


@pytest.mark.parametrize("count", [1, 3])
def test_columns_ask_as_often_for_one_figure_as_for_three(count, django_assert_num_queries):
    firm = rows.subject()
    for number in range(count):
        rows.figure(firm, value=number + 1)
    with django_assert_num_queries(3):
        columns_of(ANONYMOUS, [firm.pk])


def test_contradictions_of_a_subject_show_both_sides_with_their_sources():
    park = rows.subject("Fès Shore", SubjectKind.PARK)
    area = {"measure": Measure.LAND_AREA, "unit": Unit.HA, "kind": Kind.REPORTED}
    sides = [rows.figure(park, value=value, **area) for value in (200000, 220000)]
    set_against(by=rows.editor(), at=rows.NOW, words={"fr": "superficie"}, figures=sides, publish=True)
    (against,) = contradictions_about(ANONYMOUS, [park.pk])
    assert against.about == "superficie"
    assert [saying.figure.value for saying in against.sayings] == [20, 22]
    assert all(saying.figure.sources for saying in against.sayings)


def test_a_contradiction_with_one_closed_side_is_not_shown_to_the_public():
    park = rows.subject("Fès Shore", SubjectKind.PARK)
    sides = [rows.figure(park, value=20), rows.figure(park, value=22, publish=False)]
    set_against(by=rows.editor(), at=rows.NOW, words={"fr": "postes"}, figures=sides, publish=True)
    assert contradictions_about(ANONYMOUS, [park.pk]) == []
    assert len(contradictions_about(rows.editor(), [park.pk])) == 1
