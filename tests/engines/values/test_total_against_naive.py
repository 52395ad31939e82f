"""Random sets of figures: the engine against a second evaluation, order, kinds, money, and wrong variants caught."""

from dataclasses import replace
from datetime import date
from itertools import combinations, permutations, product
from random import Random

import pytest
from hypothesis import Phase, assume, find, given, settings
from hypothesis import strategies as st

from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Bound, Kind
from moussem.engines.values.measures import Measure
from moussem.engines.values.parts import Reason
from moussem.engines.values.period import day, month, open_ended, year
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.total import FiguresDontMix, PlannedIsNoPromise, total, totals
from moussem.engines.values.units import LARGEST, Unit
from tests.engines.values.naive_total import naive_total

WIDER = {"park": {"city"}, "other-park": {"city"}, "city": {"region"}, "far": set()}
PLACES = (*WIDER, "region")
HOLDERS = ("a", "b", "c", "d")
DATES = (None, day(date(2019, 3, 8)), month(2020, 7), year(2020), day(date(2020, 12, 31)), year(2021))
HORIZONS = (None, None, year(2020), year(2022), open_ended("à terme"))
TIMES = tuple(product((None, day(date(2019, 3, 8)), year(2020)), HORIZONS))

ANNOUNCED_ONLY = st.just(Kind.ANNOUNCED)
FINDING = settings(max_examples=5_000, deadline=None, database=None, phases=(Phase.generate,))


NUMBERS = (0, 70, 200, 600, 800, 1000, 3000)
QUANTITIES = (
    None,
    None,
    *(Quantity(low, Unit.JOBS, bound) for low in NUMBERS for bound in Bound if bound is not Bound.RANGE),
    *(Quantity(low, Unit.JOBS, Bound.RANGE, low + width) for low in NUMBERS for width in (1, 200, 450)),
)
HELD_BY = ((), (), *((holder,) for holder in HOLDERS), *permutations(HOLDERS, 2), *combinations(HOLDERS, 3))
AT = ((), *((place,) for place in PLACES), *permutations(PLACES, 2))
STATES = (*(((), False),) * 8, (("a",), False), ((), True))


@st.composite
def figure_sets(draw, kinds=ANNOUNCED_ONLY):
    facts = draw(
        st.lists(
            st.tuples(
                st.sampled_from(QUANTITIES),
                st.sampled_from(HELD_BY),
                st.sampled_from(AT),
                st.sampled_from(DATES),
                st.sampled_from(TIMES),
                st.integers(-8, 6),
                st.sampled_from(STATES),
                kinds,
            ),
            max_size=7,
        )
    )
    return as_figures(facts)


def figures_of(seed):
    """A set drawn by Python's own generator: thousands of them cost what hypothesis takes for hundreds."""
    draw = Random(seed)
    choices = (QUANTITIES, HELD_BY, AT, DATES, TIMES, range(-8, 7), STATES, (Kind.ANNOUNCED, Kind.REPORTED))
    return as_figures([tuple(draw.choice(some) for some in choices) for _ in range(draw.randint(0, 7))])


def as_figures(facts):
    return [
        FigureFact(
            key=f"f{n}",
            measure=Measure.JOBS,
            kind=kind,
            quantity=quantity,
            holders=holders,
            places=places,
            stated_on=stated_on,
            period=period,
            horizon=horizon,
            may_be_inside=f"f{inside}" if inside >= 0 else None,
            may_be_of=may_be_of,
            replaced=replaced,
        )
        for n, (quantity, holders, places, stated_on, (period, horizon), inside, (may_be_of, replaced), kind) in (
            enumerate(facts)
        )
    ]


def engine(figures, kind=Kind.ANNOUNCED):
    return total(figures, kind=kind, measure=Measure.JOBS, wider=WIDER)


def naive_answer(figures):
    naive = naive_total(figures, WIDER)
    numbers = (naive.low, naive.high, naive.open_upwards)
    sets = (naive.included, naive.on_top, naive.of_which, naive.not_current, naive.other_reading)
    return (*numbers, *sets, naive.incomplete)


def engine_answer(figures, evaluate=engine):
    answer = evaluate(figures)
    quantity = answer.quantity
    numbers = (None, None, "") if quantity is None else (quantity.scaled, quantity.highest_stated, quantity.bound.value)
    reasons = {reason: {key for key, why in answer.left_out if why is reason} for reason in Reason}
    on_top = reasons[Reason.MAY_BE_INSIDE] | reasons[Reason.OVERLAPS]
    not_current = {key for key, _ in answer.left_out} - on_top - reasons[Reason.OF_WHICH]
    return (
        *numbers,
        frozenset(answer.reading.included),
        frozenset(on_top),
        frozenset(reasons[Reason.OF_WHICH]),
        frozenset(not_current - reasons[Reason.OTHER_READING]),
        frozenset(reasons[Reason.OTHER_READING]),
        answer.reading.incomplete,
    )


def differs(figures, evaluate) -> bool:
    return engine_answer(figures, evaluate) != naive_answer(figures)


@settings(max_examples=300, deadline=None)
@given(figure_sets())
def test_a_total_is_what_a_second_evaluation_says(figures):
    assert engine_answer(figures) == naive_answer(figures)


@pytest.mark.slow
def test_ten_thousand_random_sets_are_what_a_second_evaluation_says():
    seen = {"sets": 0, "distinct": set(), "on_top": 0, "of_which": 0, "range": 0}

    @settings(max_examples=10_000, deadline=None, database=None)
    @given(st.integers(0, 2**64 - 1))
    def compare(seed):
        figures = figures_of(seed)
        for kind in (Kind.ANNOUNCED, Kind.REPORTED):
            alike = [fact for fact in figures if fact.kind is kind]
            answer = engine_answer(alike, lambda facts, kind=kind: engine(facts, kind))
            assert answer == naive_answer(alike)
            seen["on_top"] += bool(answer[4])
            seen["of_which"] += bool(answer[5])
            seen["range"] += answer[2] == "range"
        seen["sets"] += 1
        seen["distinct"].add(hash(tuple(figures)))

    compare()

    assert seen["sets"] >= 10_000
    assert len(seen["distinct"]) > 8_000
    assert min(seen["on_top"], seen["of_which"], seen["range"]) > 200


@settings(max_examples=100, deadline=None)
@given(figure_sets(), st.randoms(use_true_random=False))
def test_the_order_of_figures_holders_and_places_never_matters(figures, shuffler):
    turned = [
        replace(fact, holders=tuple(reversed(fact.holders)), places=tuple(reversed(fact.places))) for fact in figures
    ]
    shuffler.shuffle(turned)

    assert engine(turned) == engine(figures)


@settings(max_examples=100, deadline=None)
@given(figure_sets())
def test_every_figure_is_included_or_left_out_with_one_reason(figures):
    answer = engine(figures)

    accounted = [*answer.reading.included, *(key for key, _ in answer.left_out)]
    assert sorted(accounted) == sorted(fact.key for fact in figures)


@settings(max_examples=100, deadline=None)
@given(figure_sets(kinds=st.sampled_from(list(Kind))))
def test_kinds_never_mix(figures):
    apart = totals(figures, wider=WIDER)

    kind_of = {fact.key: fact.kind for fact in figures}
    for row in apart.totals:
        keys = [*row.reading.included, *(key for key, _ in row.left_out)]
        assert {kind_of[key] for key in keys} == {row.kind}
        assert row.kind is not Kind.PLANNED
    if len(set(kind_of.values())) > 1:
        for kind in Kind:
            with pytest.raises((FiguresDontMix, PlannedIsNoPromise)):
                engine(figures, kind)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, LARGEST // 40), min_size=1, max_size=40))
def test_money_is_added_to_the_last_centime(amounts):
    firms = [
        FigureFact(
            key=str(n),
            measure=Measure.INVESTMENT,
            kind=Kind.DECLARED,
            quantity=Quantity(amount, Unit.MAD),
            holders=(str(n),),
        )
        for n, amount in enumerate(amounts)
    ]

    answer = total(firms, kind=Kind.DECLARED, measure=Measure.INVESTMENT)

    assert answer.quantity == Quantity(sum(amounts), Unit.MAD)
    assert answer.quantity.value * 100 == sum(amounts)


@settings(max_examples=100, deadline=None)
@given(figure_sets())
def test_what_comes_on_top_never_lowers_a_total(figures):
    reading = engine(figures).reading
    assume(reading.quantity is not None)

    for row in reading.on_top:
        assert row.total.highest_stated >= reading.quantity.scaled
    if len(reading.on_top) == 1:
        assert reading.with_all_on_top == reading.on_top[0].total
    assert reading.with_all_on_top.highest_stated >= reading.quantity.scaled


def with_joint_added_to_its_holders_own(figures):
    """A wrong engine: each figure stands alone, so that a joint one is added to those inside it."""
    lonely = [replace(fact, holders=("+".join(sorted(fact.holders)),) if fact.holders else ()) for fact in figures]
    return engine(lonely)


def with_kinds_mixed(figures):
    """A wrong engine: reported figures pass for announced ones."""
    return engine([replace(fact, kind=Kind.ANNOUNCED) for fact in figures])


def with_older_figures_counted(figures):
    """A wrong engine: dates are dropped, so that nothing is superseded."""
    return engine([replace(fact, stated_on=None) for fact in figures])


def with_missing_as_zero(figures):
    """A wrong engine: what is not stated counts as zero."""
    return engine([replace(fact, quantity=fact.quantity or Quantity(0, Unit.JOBS)) for fact in figures])


@pytest.mark.parametrize(
    "wrong", [with_joint_added_to_its_holders_own, with_older_figures_counted, with_missing_as_zero]
)
def test_a_wrong_engine_is_caught_by_the_same_comparison(wrong):
    caught = find(figure_sets(), lambda figures: differs(figures, wrong), settings=FINDING)

    assert differs(caught, wrong)
    assert not differs(caught, engine)


def test_an_engine_that_mixes_kinds_is_caught_by_the_same_comparison():
    def mixes(figures):
        announced = [fact for fact in figures if fact.kind is Kind.ANNOUNCED]
        return engine_answer(figures, with_kinds_mixed) != naive_answer(announced)

    two_kinds = figure_sets(kinds=st.sampled_from((Kind.ANNOUNCED, Kind.REPORTED)))
    caught = find(two_kinds, mixes, settings=FINDING)

    assert {fact.kind for fact in caught} >= {Kind.REPORTED}
