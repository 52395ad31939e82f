"""Kept, slipped, open, silent, as a dossier tells them: each on both sides of the day on which it changes."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from moussem.core.actor import ANONYMOUS
from moussem.evidence.enums import Kind, StatementKind, SubjectKind, SubjectRole
from moussem.evidence.models import Figure, FigureSubject, StatementSubject
from moussem.observatory.domain.queries.dossier import dossier_of
from moussem.observatory.domain.queries.territories import MOST_MENTIONS
from tests.evidence import rows

pytestmark = pytest.mark.django_db
LAST_DAY = date(2020, 8, 31)
NEXT_DAY = LAST_DAY + timedelta(days=1)
SAID = rows.on(2020, 7, 10)


@pytest.fixture
def place():
    return rows.subject("Oujda", SubjectKind.PLACE)


@pytest.fixture
def firm():
    return rows.subject("Saccom")


def promised(firm, place, value=100, horizon=None):
    return rows.figure(firm, place=place, value=value, stated_on=SAID, horizon=horizon or rows.on(2020, 8, 31))


def reported(firm, place, value, on):
    when = rows.periods.day(on)
    return rows.figure(firm, place=place, value=value, kind=Kind.REPORTED, period=when, stated_on=when)


def opening(firm, place, kind=StatementKind.OPENING, **said):
    row = rows.statement(firm, kind=kind, words=f"{kind} à Oujda", **said)
    StatementSubject.tie(row, place, SubjectRole.PLACE).save()
    return row


def status_on(place, day):
    """How the one promise of a place stands on a day."""
    with override("en"):
        (line,) = dossier_of(place, ANONYMOUS, as_of=day).promises
    return line.status


@pytest.mark.parametrize(("day", "status"), [(LAST_DAY, "open"), (NEXT_DAY, "silent")])
def test_a_promise_is_open_through_its_last_day_and_silent_from_the_next(firm, place, day, status):
    promised(firm, place)
    assert status_on(place, day) == status


@pytest.mark.parametrize(("seen_on", "status"), [(LAST_DAY, "kept"), (NEXT_DAY, "slipped")])
def test_what_is_reached_on_the_last_day_is_kept_and_the_day_after_slipped(firm, place, seen_on, status):
    promised(firm, place)
    reported(firm, place, 100, seen_on)
    assert status_on(place, date(2021, 1, 1)) == status


@pytest.mark.parametrize(
    ("value", "seen_on", "status"),
    [
        (100, LAST_DAY, "kept"),
        (99, LAST_DAY, "slipped"),
        (99, LAST_DAY - timedelta(days=1), "silent"),
        (100, LAST_DAY - timedelta(days=1), "kept"),
    ],
)
def test_one_less_on_the_last_day_has_slipped_and_a_day_before_proves_nothing(firm, place, value, seen_on, status):
    promised(firm, place)
    reported(firm, place, value, seen_on)
    assert status_on(place, NEXT_DAY) == status


@pytest.mark.parametrize(("value", "status"), [(99, "slipped"), (100, "slipped")])
def test_after_the_date_less_than_promised_has_slipped_and_so_has_what_comes_late(firm, place, value, status):
    promised(firm, place)
    reported(firm, place, value, date(2020, 10, 1))
    assert status_on(place, date(2020, 10, 1)) == status


def test_a_later_source_counts_from_its_own_day_on(firm, place):
    promised(firm, place)
    reported(firm, place, 60, date(2020, 10, 1))
    assert (status_on(place, date(2020, 9, 30)), status_on(place, date(2020, 10, 1))) == ("silent", "slipped")


def test_a_promise_without_a_date_stays_open_for_good(firm, place):
    promised(firm, place, horizon=rows.periods.parse_period("à terme"))
    assert status_on(place, date(2040, 1, 1)) == "open"


@pytest.mark.parametrize(("started", "status"), [(LAST_DAY, "kept"), (NEXT_DAY, "slipped")])
def test_an_opening_in_its_month_is_kept_and_on_the_next_day_slipped(firm, place, started, status):
    opening(firm, place, forward=True, stated_on=SAID, horizon=rows.periods.month(2020, 8))
    opening(firm, place, StatementKind.STARTED, period=rows.periods.day(started))
    assert status_on(place, date(2021, 1, 1)) == status


@pytest.mark.parametrize(("day", "status"), [(LAST_DAY, "open"), (NEXT_DAY, "silent")])
def test_an_opening_of_which_nothing_is_heard_is_open_through_its_month(firm, place, day, status):
    opening(firm, place, forward=True, stated_on=SAID, horizon=rows.periods.month(2020, 8))
    assert status_on(place, day) == status


def test_the_counts_of_the_four_outcomes_are_those_of_the_lines(firm, place):
    promised(firm, place)
    promised(rows.subject("Notoriety"), place, horizon=rows.periods.parse_period("à terme"))
    dossier = dossier_of(place, ANONYMOUS, as_of=NEXT_DAY)
    assert {one.status: one.count for one in dossier.outcomes} == {"kept": 0, "slipped": 0, "open": 1, "silent": 1}
    for one in dossier.outcomes:
        narrowed = dossier_of(place, ANONYMOUS, as_of=NEXT_DAY, status=one.status)
        assert len(narrowed.promises) == one.count


def many(firm, place, count):
    """As many announced figures as asked for, in two statements."""
    first = promised(firm, place)
    copies = Figure.objects.bulk_create(
        Figure(
            promoter=first.promoter, measure=first.measure, value=n, unit=first.unit, kind=first.kind,
            published_at=first.published_at, recorded_at=first.recorded_at,
        )
        for n in range(count - 1)
    )  # fmt: skip
    FigureSubject.objects.bulk_create(FigureSubject.tie(figure, place, SubjectRole.PLACE) for figure in copies)


@pytest.mark.parametrize(("over", "is_large"), [(0, False), (1, True)])
def test_a_page_adds_up_as_many_mentions_as_it_reads_and_of_one_more_keeps_the_sums_apart(firm, place, over, is_large):
    many(firm, place, MOST_MENTIONS + over)
    dossier = dossier_of(place, ANONYMOUS, as_of=NEXT_DAY)
    assert dossier.is_large is is_large
    assert bool(dossier.whole) is not is_large
    assert sum(one.count for one in dossier.outcomes) == (0 if is_large else MOST_MENTIONS)
