"""Quantities as stated: exact values, bounds read as intervals, sums, and what contradicting sources leave."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import (
    NOT_STATED,
    EndsMismatch,
    Interval,
    NotAdditive,
    Quantity,
    UnitsDontMix,
    add,
    either,
)
from moussem.engines.values.units import LARGEST, LossOfDigits, Unit, from_scaled, to_scaled


def jobs(value, bound=Bound.EQUAL, top=None):
    return Quantity(value, Unit.JOBS, bound, top)


def test_money_is_kept_to_the_centime_and_shares_as_they_are_written():
    assert to_scaled(Decimal("2520000000.01"), Unit.MAD) == 252000000001
    assert to_scaled(Decimal("18.1"), Unit.PERCENT) == 181000
    assert to_scaled(Decimal("22"), Unit.HA) == 220000
    assert str(from_scaled(252000000001, Unit.MAD)) == "2520000000.01"
    assert str(from_scaled(5500000000, Unit.MAD)) == "55000000"
    assert str(from_scaled(0, Unit.MAD)) == "0"


@pytest.mark.parametrize("written", ["0.001", "1E+17", "-1E+17", "NaN", "Infinity", "1E+999999", "1E-999999"])
def test_a_value_that_the_unit_cannot_hold_exactly_is_refused(written):
    with pytest.raises(LossOfDigits):
        to_scaled(Decimal(written), Unit.MAD)


def test_the_largest_value_of_both_databases_is_held_and_one_more_is_not():
    assert to_scaled(Decimal(LARGEST), Unit.JOBS) == LARGEST
    with pytest.raises(LossOfDigits):
        to_scaled(Decimal(LARGEST + 1), Unit.JOBS)


@settings(max_examples=200, deadline=None)
@given(st.integers(-LARGEST, LARGEST), st.sampled_from(list(Unit)))
def test_every_scaled_number_comes_back_as_itself(scaled, unit):
    assert to_scaled(from_scaled(scaled, unit), unit) == scaled


def test_a_range_needs_a_higher_upper_end_and_nothing_else_takes_one():
    for bound, top in ((Bound.RANGE, None), (Bound.RANGE, 20), (Bound.RANGE, 19), (Bound.EQUAL, 30)):
        with pytest.raises(EndsMismatch):
            jobs(20, bound, top)
    assert jobs(20, Bound.RANGE, 30).value_max == 30


@pytest.mark.parametrize(
    ("quantity", "interval"),
    [
        (jobs(9), Interval(9, 9, True, True)),
        (jobs(9, Bound.ABOUT), Interval(9, 9, True, True, about=True)),
        (jobs(9, Bound.OVER), Interval(9, None, False, False)),
        (jobs(9, Bound.AT_LEAST), Interval(9, None, True, False)),
        (jobs(9, Bound.UNDER), Interval(None, 9, False, False)),
        (jobs(9, Bound.AT_MOST), Interval(None, 9, False, True)),
        (jobs(9, Bound.RANGE, 12), Interval(9, 12, True, True)),
    ],
)
def test_each_bound_is_read_as_an_interval(quantity, interval):
    assert quantity.interval() == interval


def test_over_excludes_its_number_and_at_least_includes_it():
    assert not jobs(3000, Bound.OVER).interval().holds(3000)
    assert jobs(3000, Bound.OVER).interval().holds(3001)
    assert jobs(20, Bound.AT_LEAST).interval().holds(20)
    assert not jobs(20, Bound.AT_LEAST).interval().holds(19)


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ([jobs(1), jobs(2)], jobs(3)),
        ([jobs(1), jobs(2, Bound.ABOUT)], jobs(3, Bound.ABOUT)),
        ([jobs(1), jobs(2, Bound.AT_LEAST)], jobs(3, Bound.AT_LEAST)),
        ([jobs(1, Bound.OVER), jobs(2, Bound.AT_LEAST)], jobs(3, Bound.OVER)),
        ([jobs(1), jobs(2, Bound.RANGE, 5)], jobs(3, Bound.RANGE, 6)),
        ([jobs(1, Bound.AT_MOST)], jobs(1, Bound.AT_MOST)),
        ([jobs(1, Bound.AT_MOST), jobs(2)], jobs(3, Bound.AT_MOST)),
        ([jobs(1, Bound.UNDER), jobs(2, Bound.AT_MOST)], jobs(3, Bound.UNDER)),
        ([jobs(8, Bound.AT_MOST), jobs(2, Bound.RANGE, 5)], jobs(2, Bound.RANGE, 13)),
        ([jobs(3000, Bound.OVER), jobs(800, Bound.AT_MOST)], jobs(3800, Bound.OVER)),
    ],
)
def test_sums_say_what_their_parts_allow(parts, answer):
    assert add(parts).quantity == answer
    assert add(reversed(parts)).quantity == answer


def test_a_ceiling_inside_a_sum_is_named():
    assert add([jobs(3000, Bound.OVER), jobs(800, Bound.AT_MOST)]).ceilings == (jobs(800, Bound.AT_MOST),)


def test_what_is_not_stated_is_not_zero():
    assert add([]).quantity is None
    assert add([NOT_STATED]).quantity is None
    assert add([NOT_STATED]).incomplete
    assert add([jobs(5), None]).incomplete
    assert add([jobs(5), None]).quantity == jobs(5)
    assert not add([jobs(5), jobs(0)]).incomplete
    assert not NOT_STATED


def test_two_currencies_and_two_percentages_are_not_added():
    with pytest.raises(UnitsDontMix):
        add([Quantity(1, Unit.MAD), Quantity(1, Unit.EUR)])
    with pytest.raises(NotAdditive):
        add([Quantity(1, Unit.PERCENT), Quantity(1, Unit.PERCENT)])


@pytest.mark.parametrize(
    ("given_ones", "answer"),
    [
        ([jobs(200), jobs(300)], jobs(200, Bound.RANGE, 300)),
        ([jobs(200), jobs(200, Bound.ABOUT)], jobs(200, Bound.ABOUT)),
        ([jobs(200), jobs(300, Bound.OVER)], jobs(200, Bound.AT_LEAST)),
        ([jobs(200, Bound.OVER), jobs(300)], jobs(200, Bound.OVER)),
        ([jobs(200), jobs(150, Bound.AT_MOST)], jobs(200, Bound.AT_MOST)),
        ([jobs(200, Bound.UNDER), jobs(150)], jobs(200, Bound.UNDER)),
        ([jobs(100, Bound.AT_MOST), jobs(300, Bound.OVER)], jobs(0, Bound.AT_LEAST)),
        ([jobs(200)], jobs(200)),
    ],
)
def test_contradicting_sources_leave_the_narrowest_quantity_that_holds_both(given_ones, answer):
    assert either(given_ones) == answer


def test_two_units_do_not_contradict_they_do_not_compare():
    with pytest.raises(UnitsDontMix):
        either([Quantity(1, Unit.MAD), Quantity(1, Unit.EUR)])
    with pytest.raises(ValueError, match="empty"):
        either([])
