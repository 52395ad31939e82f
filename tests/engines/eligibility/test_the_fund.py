"""The fund's own bounds, and what a stated bound, a range or silence does to them."""

import pytest

from moussem.engines.eligibility.assess import UnitOfFact, Verdict, assess, judge
from moussem.engines.eligibility.criterion import (
    BoundOutOfRange,
    Combination,
    Comparison,
    Criterion,
    Group,
    NoCriterion,
    criteria_of,
)
from moussem.engines.eligibility.words import Ask, asked_for, reasons
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.CANNOT_SAY
INVESTMENT = Criterion("investment", Unit.MAD, Comparison.FROM, 100_000_000)
JOBS = Criterion("jobs", Unit.JOBS, Comparison.FROM, 20)
FUND = Group(Combination.ALL, (INVESTMENT, JOBS))


def dirhams(value, bound=Bound.EQUAL, value_max=None):
    return Quantity.of(value, Unit.MAD, bound, value_max)


def jobs(value, bound=Bound.EQUAL, value_max=None):
    return Quantity.of(value, Unit.JOBS, bound, value_max)


@pytest.mark.parametrize(
    ("investment", "employed", "verdict"),
    [
        (1_000_000, 20, YES),
        (999_999, 20, NO),
        ("999999.99", 20, NO),
        (1_000_000, 19, NO),
        (999_999, 19, NO),
        (1_000_000, None, OPEN),
        (None, 20, OPEN),
        (None, None, OPEN),
        (999_999, None, NO),
        (None, 19, NO),
    ],
)
def test_the_fund_is_open_from_one_million_dirhams_and_twenty_jobs_included(investment, employed, verdict):
    facts = {
        "investment": None if investment is None else dirhams(investment),
        "jobs": None if employed is None else jobs(employed),
    }
    assert assess(FUND, facts).verdict is verdict


def test_jobs_that_nobody_stated_are_asked_for_and_are_not_zero():
    answer = assess(FUND, {"investment": dirhams(1_000_000)})
    assert (answer.verdict, asked_for(answer)) == (OPEN, ("jobs",))
    money, people = reasons(answer)
    assert (money.verdict, money.ask, money.decides) == (YES, Ask.NOTHING, False)
    assert (people.verdict, people.ask, people.decides, people.stated) == (OPEN, Ask.VALUE, True, None)


def test_nothing_is_asked_for_where_one_rule_already_says_no():
    answer = assess(FUND, {"investment": dirhams(999_999)})
    assert (answer.verdict, asked_for(answer)) == (NO, ())
    assert [(r.criterion.fact, r.decides) for r in reasons(answer)] == [("investment", True), ("jobs", False)]


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        (dirhams(900_000, Bound.OVER), OPEN),
        (dirhams(1_000_000, Bound.AT_LEAST), YES),
        (dirhams(1_000_000, Bound.OVER), YES),
        (dirhams(1_000_000, Bound.AT_MOST), OPEN),
        (dirhams(1_000_000, Bound.UNDER), NO),
        (dirhams(999_999, Bound.AT_MOST), NO),
        (dirhams(1_000_000, Bound.RANGE, 2_000_000), YES),
        (dirhams(900_000, Bound.RANGE, 1_000_000), OPEN),
        (dirhams(800_000, Bound.RANGE, 900_000), NO),
        (dirhams(5_000_000, Bound.ABOUT), OPEN),
    ],
)
def test_a_stated_bound_is_read_as_all_the_values_that_it_allows(stated, verdict):
    assert judge(INVESTMENT, stated) is verdict


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        (jobs(19, Bound.OVER), YES),
        (jobs(18, Bound.OVER), OPEN),
        (jobs(20, Bound.UNDER), NO),
        (jobs(21, Bound.UNDER), OPEN),
    ],
)
def test_jobs_are_counted_whole_so_that_more_than_nineteen_is_twenty(stated, verdict):
    assert judge(JOBS, stated) is verdict


@pytest.mark.parametrize(
    ("included", "value", "verdict"), [(True, 30, YES), (False, 30, NO), (False, 29, YES), (True, 31, NO)]
)
def test_a_ceiling_may_include_its_bound_or_not(included, value, verdict):
    assert judge(Criterion("jobs", Unit.JOBS, Comparison.UP_TO, 30, included), jobs(value)) is verdict


def test_one_open_door_of_several_is_enough_and_only_what_could_open_one_is_asked_for():
    """The Investment Charter: 50 million and 50 stable jobs, or 150 stable jobs alone."""
    stable = [Criterion("stable_jobs", Unit.JOBS, Comparison.FROM, bound) for bound in (50, 150)]
    large = Criterion("investment", Unit.MAD, Comparison.FROM, 5_000_000_000)
    charter = Group(Combination.ANY, (Group(Combination.ALL, (large, stable[0])), stable[1]))
    assert [c.bound for c in criteria_of(charter)] == [5_000_000_000, 50, 150]
    assert assess(charter, {"stable_jobs": jobs(150)}).verdict is YES
    known = {"stable_jobs": jobs(149)}
    assert asked_for(assess(charter, known)) == ("investment",)
    assert assess(charter, known | {"investment": dirhams(49_999_999)}).verdict is NO
    assert assess(charter, {"investment": dirhams(50_000_000)}).verdict is OPEN


def test_a_value_too_loose_is_asked_for_more_exactly():
    answer = assess(FUND, {"investment": dirhams(900_000, Bound.OVER), "jobs": jobs(20)})
    assert [r.ask for r in reasons(answer)] == [Ask.EXACT_VALUE, Ask.NOTHING]
    assert asked_for(answer) == ("investment",)


def test_euros_are_not_compared_with_dirhams():
    with pytest.raises(UnitOfFact):
        judge(INVESTMENT, Quantity.of(1_000_000, Unit.EUR))


def test_rules_that_ask_nothing_are_refused():
    with pytest.raises(NoCriterion):
        Group(Combination.ALL, ())


@pytest.mark.parametrize("bound", [-1, 2**63])
def test_a_bound_that_no_figure_reaches_is_refused(bound):
    with pytest.raises(BoundOutOfRange):
        Criterion("jobs", Unit.JOBS, Comparison.FROM, bound)
