"""What became of promises, with the numbers of the parks and of Oujda."""

from datetime import date

import pytest

from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Bound, Kind, Scope
from moussem.engines.values.measures import Measure, rules
from moussem.engines.values.period import month, open_ended, parse_period
from moussem.engines.values.promises import (
    Because,
    Caveat,
    NoPromise,
    Opening,
    Slip,
    Started,
    Status,
    follow,
    is_comparable,
    reaches,
)
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.shares import Share, share_reached
from moussem.engines.values.units import Unit

AS_OF = date(2024, 1, 1)


def fact(key, value, *, kind=Kind.REPORTED, on="", by="", bound=Bound.EQUAL, measure=Measure.JOBS, **about):
    unit = about.pop("unit", rules(measure).units[0])
    quantity = None if value is None else Quantity(value, unit, bound, about.pop("top", None))
    return FigureFact(
        key=key,
        measure=measure,
        kind=kind,
        quantity=quantity,
        stated_on=parse_period(on),
        horizon=parse_period(by),
        places=about.pop("places", ("park",)),
        **about,
    )


def promise(value, *, on="2010", by="", **about):
    return fact("promise", value, kind=about.pop("kind", Kind.ANNOUNCED), on=on, by=by, **about)


def opening(horizon):
    return Opening("opens", ("intelcia",), ("oujda",), horizon, parse_period("2020-07"))


def started(on):
    return Started("started", ("intelcia",), ("oujda",), parse_period(on))


def jobs(value, bound=Bound.EQUAL, top=None):
    return Quantity(value, Unit.JOBS, bound, top)


def test_intelcia_announced_august_and_started_in_october_a_slip_of_two_months():
    answer = follow(opening(month(2020, 8, "dès août prochain", inferred=True)), [started("2020-10")], AS_OF)

    assert (answer.status, answer.because) == (Status.SLIPPED, Because.STARTED_LATE)
    assert answer.slip == Slip(2, 2)
    assert answer.decided_by == ("started",)


def test_an_opening_in_the_last_month_of_its_horizon_is_kept_and_a_month_later_slips_by_one():
    august = month(2020, 8)

    assert follow(opening(august), [started("2020-08-31")], AS_OF).status is Status.KEPT
    assert follow(opening(august), [started("2020-09-01")], AS_OF).slip == Slip(1, 1)


def test_an_opening_of_which_nothing_is_heard_is_silent_once_its_horizon_has_passed():
    august = month(2020, 8)

    assert follow(opening(august), [], date(2020, 8, 31)).status is Status.OPEN
    assert follow(opening(august), [], date(2020, 9, 1)).status is Status.SILENT


def test_a_start_that_is_dated_by_its_year_only_may_have_slipped_or_not_and_says_so():
    coarse = follow(opening(month(2020, 8)), [started("2020")], AS_OF)
    next_year = follow(opening(month(2020, 8)), [started("2021")], AS_OF)

    assert coarse.status is Status.KEPT
    assert coarse.caveats == (Caveat.DATE_TOO_COARSE,)
    assert next_year.slip == Slip(5, 16)


def test_another_firms_start_says_nothing_of_this_promise():
    other = Started("other", ("webhelp",), ("oujda",), parse_period("2020-08"))

    assert follow(opening(month(2020, 8)), [other], AS_OF).because is Because.NOTHING_LATER


def test_technopolis_promised_30000_by_2013_and_later_figures_are_below():
    employees_2013 = fact("seen-2013", 6000, on="2013", measure=Measure.EMPLOYEES)
    jobs_2020 = fact("seen-2020", 8000, on="2020-01")

    answer = follow(promise(30000, on="2008", by="2013"), [jobs_2020, employees_2013], AS_OF)

    assert (answer.status, answer.because) == (Status.SLIPPED, Because.BELOW_AT_HORIZON)
    assert answer.decided_by == ("seen-2020",)
    assert answer.missing == 22000
    assert [(row.key, row.share.percent) for row in answer.evidence] == [("seen-2013", 20), ("seen-2020", 27)]
    assert answer.evidence[0].caveats == (Caveat.OTHER_MEASURE,)


def test_a_promise_a_terme_stays_open_with_the_share_reached_beside_it():
    answer = follow(promise(1200, on="2013-06", by="open"), [fact("owner", 200, on="2020-01")], AS_OF)

    assert (answer.status, answer.because) == (Status.OPEN, Because.HORIZON_OPEN)
    assert answer.evidence[0].share == Share(17, Bound.EQUAL)


def test_a_promise_a_terme_is_kept_only_once_it_is_reached():
    answer = follow(promise(30000, by="à terme"), [fact("owner", 30000, on="2020-01")], AS_OF)
    one_less = follow(promise(30000, by="à terme"), [fact("owner", 29999, on="2020-01")], AS_OF)

    assert answer.status is Status.KEPT
    assert one_less.status is Status.OPEN
    assert one_less.evidence[0].share.percent == 99


def test_a_horizon_that_is_not_stated_keeps_the_promise_open():
    assert follow(promise(10), [], AS_OF).because is Because.HORIZON_NOT_STATED


def test_a_promise_whose_horizon_passed_without_a_later_source_is_silent():
    answer = follow(promise(200, on="2019-03", by="2019-12-31", bound=Bound.OVER), [], date(2020, 1, 1))

    assert (answer.status, answer.because) == (Status.SILENT, Because.NOTHING_LATER)
    assert answer.evidence == ()


def test_a_promise_is_open_through_the_last_day_of_its_horizon():
    assert follow(promise(200, by="2019-12-31"), [], date(2019, 12, 31)).because is Because.HORIZON_AHEAD


def test_a_figure_below_before_the_horizon_is_no_proof_once_the_horizon_has_passed():
    answer = follow(promise(100, by="2015"), [fact("early", 20, on="2013")], AS_OF)

    assert (answer.status, answer.because) == (Status.SILENT, Because.LATER_CANNOT_SAY)
    assert answer.evidence[0].share.percent == 20


def test_a_promise_first_seen_reached_after_its_horizon_slipped_and_may_have_been_reached_before():
    answer = follow(promise(100, by="2015-12-31"), [fact("late", 120, on="2016-03")], AS_OF)

    assert (answer.status, answer.because) == (Status.SLIPPED, Because.REACHED_LATE)
    assert answer.slip == Slip(3, 3)
    assert Caveat.FIRST_SEEN_LATE in answer.caveats


def test_a_figure_older_than_the_promise_is_no_evidence():
    answer = follow(promise(100, on="2015", by="2016"), [fact("older", 100, on="2014")], AS_OF)

    assert answer.evidence == ()


def test_a_figure_of_after_the_day_asked_about_is_not_known_yet():
    answer = follow(promise(100, by="2016"), [fact("future", 100, on="2016-06")], date(2016, 5, 1))

    assert answer.status is Status.OPEN
    assert answer.evidence == ()


def test_two_sources_of_one_date_that_disagree_are_both_named():
    answer = follow(promise(100, by="2016"), [fact("yes", 100, on="2016"), fact("no", 90, on="2016")], AS_OF)

    assert answer.status is Status.KEPT
    assert Caveat.CONTRADICTED in answer.caveats
    assert {row.key for row in answer.evidence} == {"yes", "no"}


def test_a_tenants_own_figure_can_show_that_the_parks_promise_is_reached_but_not_that_it_is_not():
    tenant_below = fact("tenant", 70, on="2019", holders=("first",))
    tenant_above = fact("tenant", 130, on="2016", holders=("first",))

    assert follow(promise(100, by="2016"), [tenant_below], AS_OF).because is Because.LATER_CANNOT_SAY
    assert follow(promise(100, by="2016"), [tenant_above], AS_OF).status is Status.KEPT


def test_an_announcement_or_a_doubtful_match_is_no_evidence():
    again = fact("again", 100, kind=Kind.ANNOUNCED, on="2015")
    doubtful = fact("doubtful", 100, on="2015", holders=("unnamed",), may_be_of=("eca",))

    assert follow(promise(100, by="2016"), [again, doubtful], AS_OF).evidence == ()


def test_a_ceiling_cannot_fall_short():
    up_to = promise(800, by="2021", bound=Bound.AT_MOST)

    assert follow(up_to, [fact("some", 300, on="2022")], AS_OF).because is Because.WITHIN_CEILING
    assert follow(up_to, [fact("none", 0, on="2022")], AS_OF).status is Status.SLIPPED


def test_a_promise_without_a_number_cannot_be_reached():
    answer = follow(promise(None, by="2016"), [fact("some", 5, on="2016")], AS_OF)

    assert (answer.status, answer.because) == (Status.SILENT, Because.NO_NUMBER)


def test_direct_jobs_against_jobs_of_unstated_scope_carry_the_caveat():
    answer = follow(promise(100, by="open", scope=Scope.DIRECT), [fact("seen", 50, on="2015")], AS_OF)

    assert answer.evidence[0].caveats == (Caveat.OTHER_SCOPE,)


def test_money_in_two_currencies_is_not_compared():
    promised = promise(100, by="open", measure=Measure.INVESTMENT, unit=Unit.MAD)
    seen = fact("seen", 100, on="2015", measure=Measure.INVESTMENT, unit=Unit.EUR)

    assert follow(promised, [seen], AS_OF).evidence == ()


def test_a_figure_that_says_what_is_cannot_be_followed():
    with pytest.raises(NoPromise):
        follow(fact("seen", 5, on="2015"), [], AS_OF)


@pytest.mark.parametrize(
    ("one", "other", "comparable"),
    [
        (Measure.JOBS, Measure.EMPLOYEES, True),
        (Measure.JOBS, Measure.POSITIONS, True),
        (Measure.EMPLOYEES, Measure.POSITIONS, True),
        (Measure.JOBS, Measure.RECRUITS, True),
        (Measure.EMPLOYEES, Measure.RECRUITS, False),
        (Measure.JOBS, Measure.INVESTMENT, False),
        (Measure.OFFICE_AREA, Measure.OFFICE_AREA, True),
    ],
)
def test_stocks_and_flows_of_work_are_compared_only_through_jobs(one, other, comparable):
    assert is_comparable(one, other) is comparable
    assert is_comparable(other, one) is comparable


@pytest.mark.parametrize(
    ("promised", "shown", "answer"),
    [
        (jobs(100), jobs(99), False),
        (jobs(100), jobs(100), True),
        (jobs(100, Bound.OVER), jobs(100), False),
        (jobs(100, Bound.OVER), jobs(101), True),
        (jobs(100, Bound.OVER), jobs(100, Bound.OVER), True),
        (jobs(100, Bound.OVER), jobs(100, Bound.AT_LEAST), None),
        (jobs(100), jobs(90, Bound.OVER), None),
        (jobs(100), jobs(100, Bound.AT_MOST), None),
        (jobs(100), jobs(100, Bound.UNDER), False),
        (jobs(100), jobs(99, Bound.AT_MOST), False),
        (jobs(100, Bound.RANGE, 200), jobs(100), True),
        (jobs(100), jobs(90, Bound.RANGE, 110), None),
        (jobs(100, Bound.AT_MOST), jobs(100), True),
    ],
)
def test_bounds_decide_whether_a_number_is_reached_or_cannot_say(promised, shown, answer):
    assert reaches(promised, shown) is answer


@pytest.mark.parametrize(
    ("announced", "reported", "percent"),
    [(30000, 30000, 100), (30000, 8000, 27), (10000, 2000, 20), (1200, 200, 17), (10000, 1500, 15)],
)
def test_the_five_parks_reached_100_27_20_17_and_15_percent(announced, reported, percent):
    assert share_reached(jobs(announced), jobs(reported)) == Share(percent, Bound.EQUAL)


def test_shares_round_halves_up_but_never_to_all_or_to_nothing():
    assert share_reached(jobs(200), jobs(25)).percent == 13
    assert share_reached(jobs(100000), jobs(99999)).percent == 99
    assert share_reached(jobs(100000), jobs(1)).percent == 1
    assert share_reached(jobs(100), jobs(0)).percent == 0
    assert share_reached(jobs(100), jobs(150)).percent == 150
    assert share_reached(jobs(0), jobs(10)) is None


def test_bounds_of_the_two_numbers_bound_the_share():
    assert share_reached(jobs(3000, Bound.OVER), jobs(300)) == Share(10, Bound.AT_MOST)
    assert share_reached(jobs(3000), jobs(300, Bound.OVER)) == Share(10, Bound.AT_LEAST)
    assert share_reached(jobs(3000, Bound.OVER), jobs(300, Bound.OVER)) == Share(10, Bound.ABOUT)
    assert share_reached(jobs(3000, Bound.ABOUT), jobs(300)) == Share(10, Bound.ABOUT)


def test_open_ended_horizons_never_pass():
    assert follow(opening(open_ended("à terme")), [], AS_OF).because is Because.HORIZON_OPEN
