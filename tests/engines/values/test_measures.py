"""A figure that contradicts its measure is refused with the facts for a sentence."""

import pytest

from moussem.engines.values.kinds import Bound, Kind
from moussem.engines.values.measures import (
    BoundMismatch,
    KindMismatch,
    Measure,
    Nature,
    UnitMismatch,
    ValueMismatch,
    check_figure,
    rules,
)
from moussem.engines.values.units import LARGEST, Unit

ONE_PERCENT = 10_000


def check(measure, value, bound="equal", *, top=None, unit=None, kind="reported"):
    check_figure(measure, value, top, bound, unit or rules(Measure(measure)).units[0], kind)


@pytest.mark.parametrize(
    ("measure", "value", "bound", "unit", "kind"),
    [
        ("jobs", 3000, "over", "jobs", "announced"),
        ("employees", 4500, "about", "people", "reported"),
        ("envelope", 5_500_000_000, "equal", "MAD", "reported"),
        ("eligible_investment", 100_000_000, "at_least", "MAD", "reported"),
        ("premium_per_job", 600_000, "equal", "MAD_per_job", "reported"),
        ("investment", 9_100_000_000, "equal", "EUR", "planned"),
        ("land_area", 220_000, "equal", "ha", "planned"),
        ("share_of_jobs", 11 * ONE_PERCENT, "about", "percent", "reported"),
        ("growth", 181_000, "equal", "percent", "observed"),
        ("rank", 30, "at_most", "rank", "reported"),
        ("rank_change", 12, "equal", "places", "observed"),
        ("members", 140, "equal", "members", "reported"),
        ("delay", 17, "equal", "days", "reported"),
        ("recruits", 500, "equal", "people", "contracted"),
    ],
)
def test_the_numbers_of_the_sources_have_a_home(measure, value, bound, unit, kind):
    check_figure(measure, value, None, bound, unit, kind)


def test_a_unit_that_is_not_the_measures_is_refused_with_those_that_are():
    with pytest.raises(UnitMismatch) as refusal:
        check("jobs", 20, unit="MAD")

    assert refusal.value.got is Unit.MAD
    assert refusal.value.rules.units == (Unit.JOBS,)


def test_a_rank_cannot_be_over_forty_nor_be_contracted_nor_be_zero():
    with pytest.raises(BoundMismatch):
        check("rank", 40, "over")
    with pytest.raises(KindMismatch):
        check("rank", 40, kind="contracted")
    with pytest.raises(ValueMismatch):
        check("rank", 0)
    check("rank", 1)


def test_shares_end_at_one_hundred_included():
    check("occupancy", 100 * ONE_PERCENT)
    check("occupancy", 0)
    with pytest.raises(ValueMismatch):
        check("occupancy", 100 * ONE_PERCENT + 1)
    with pytest.raises(ValueMismatch):
        check("occupancy", 100 * ONE_PERCENT, "over")
    with pytest.raises(ValueMismatch):
        check("occupancy", 99 * ONE_PERCENT, "range", top=101 * ONE_PERCENT)


def test_nothing_counted_is_negative_but_growth_may_fall():
    check("growth", -5 * ONE_PERCENT)
    check("growth", -100 * ONE_PERCENT)
    with pytest.raises(ValueMismatch):
        check("growth", -100 * ONE_PERCENT - 1)
    with pytest.raises(ValueMismatch):
        check("jobs", -1)
    with pytest.raises(ValueMismatch):
        check("jobs", 0, "under")


def test_a_range_needs_two_ends_in_order_and_no_other_bound_has_two():
    for value, top, bound in ((20, None, "range"), (20, 20, "range"), (20, 30, "equal"), (None, 30, "equal")):
        with pytest.raises(BoundMismatch):
            check("participants", value, bound, top=top)
    check("participants", 20, "range", top=30)


def test_a_figure_without_a_number_is_stated_and_takes_no_bound():
    check("jobs", None)
    with pytest.raises(BoundMismatch):
        check("jobs", None, "over")


def test_a_threshold_is_never_counted_nor_only_about():
    with pytest.raises(KindMismatch):
        check("eligible_jobs", 20, "at_least", kind="observed")
    with pytest.raises(BoundMismatch):
        check("eligible_jobs", 20, "about")
    assert rules(Measure.ELIGIBLE_JOBS).nature is Nature.RULE


def test_a_number_beyond_both_databases_is_refused():
    with pytest.raises(ValueMismatch):
        check("jobs", LARGEST + 1)


def test_a_word_that_is_in_no_list_is_refused():
    with pytest.raises(ValueError, match="handshakes"):
        check_figure("handshakes", 1, None, "equal", "jobs", "reported")


def test_every_measure_admits_a_kind_a_bound_and_a_unit():
    for measure in Measure:
        admitted = rules(measure)
        assert admitted.units
        assert admitted.forbidden_kinds < set(Kind)
        assert admitted.forbidden_bounds < set(Bound)


def test_ranks_percentages_premiums_and_thresholds_are_never_added():
    apart = {measure for measure in Measure if not rules(measure).additive}

    assert apart >= {Measure.RANK, Measure.OCCUPANCY, Measure.PREMIUM_PER_JOB, Measure.ELIGIBLE_INVESTMENT}
    assert not apart & {Measure.JOBS, Measure.INVESTMENT, Measure.LAND_AREA, Measure.MEMBERS}
