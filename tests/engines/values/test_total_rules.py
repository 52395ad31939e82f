"""The rules of a total one by one: dates, steps, contradictions, joint figures, doubts, whole places, gaps."""

import pytest

from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Bound, Kind, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.parts import Reason
from moussem.engines.values.period import parse_period
from moussem.engines.values.quantity import Quantity, UnitsDontMix
from moussem.engines.values.readings import Basis
from moussem.engines.values.total import (
    KeysRepeat,
    KindsDontMix,
    MeasureIsNotAdded,
    PerimetersDontMix,
    ScopesDontMix,
    targets,
    total,
    totals,
)
from moussem.engines.values.units import Unit


def jobs(key, value, *holders, kind=Kind.REPORTED, on="", period="", by="", bound=Bound.EQUAL, top=None, **about):
    return FigureFact(
        key=key,
        measure=Measure.JOBS,
        kind=kind,
        quantity=None if value is None else Quantity(value, Unit.JOBS, bound, top),
        holders=holders,
        stated_on=parse_period(on),
        period=parse_period(period),
        horizon=parse_period(by),
        **about,
    )


def read(*figures, kind=Kind.REPORTED, **options):
    return total(figures, kind=kind, measure=Measure.JOBS, **options)


def number(value, bound=Bound.EQUAL, top=None):
    return Quantity(value, Unit.JOBS, bound, top)


def test_the_latest_figure_of_a_holder_counts():
    answer = read(jobs("old", 800, "cgi", on="2014-06"), jobs("new", 900, "cgi", on="2015"))

    assert answer.quantity == number(900)
    assert answer.left_out == (("old", Reason.SUPERSEDED),)


def test_the_time_a_count_is_about_weighs_more_than_the_day_it_was_said():
    said_later = jobs("about-2018", 70, "a", on="2021", period="2018")
    said_earlier = jobs("about-2020", 90, "a", on="2020-12", period="2020")

    assert read(said_later, said_earlier).quantity == number(90)


def test_dates_too_coarse_to_order_leave_a_range_and_a_contradiction():
    answer = read(jobs("month", 200, "a", on="2020-07"), jobs("year", 300, "a", on="2020"))

    assert answer.quantity == number(200, Bound.RANGE, 300)
    assert answer.reading.contradictions == (("month", "year"),)
    assert answer.reading.included == ("month", "year")


def test_a_figure_without_a_date_supersedes_nothing_and_is_superseded_by_nothing():
    assert read(jobs("undated", 1, "a"), jobs("dated", 2, "a", on="2020")).quantity == number(1, Bound.RANGE, 2)


def test_three_horizons_of_one_announcement_are_steps_and_the_furthest_counts():
    steps = [
        jobs("200", 200, "third", kind=Kind.ANNOUNCED, on="2020", by="2020-12-31"),
        jobs("400", 400, "third", kind=Kind.ANNOUNCED, on="2020", by="2021"),
        jobs("800", 800, "third", kind=Kind.ANNOUNCED, on="2020", by="2022"),
    ]

    answer = read(*steps, kind=Kind.ANNOUNCED)

    assert answer.quantity == number(800)
    assert answer.left_out == (("200", Reason.EARLIER_STEP), ("400", Reason.EARLIER_STEP))


def test_two_sources_that_say_the_same_count_once():
    answer = read(jobs("one", 70, "a", on="2019-03"), jobs("two", 70, "a", on="2019-03"))

    assert answer.quantity == number(70)
    assert answer.left_out == (("two", Reason.SAID_TWICE),)
    assert answer.reading.contradictions == ()


def test_a_replaced_figure_never_counts():
    answer = read(jobs("wrong", 900, "a", replaced=True), jobs("right", 90, "a"))

    assert answer.quantity == number(90)
    assert answer.left_out == (("wrong", Reason.REPLACED),)


def test_a_holders_own_later_and_larger_figure_is_flagged_and_still_not_added():
    answer = read(jobs("joint", 100, "a", "b", on="2019"), jobs("own", 150, "a", on="2020"))

    assert answer.quantity == number(100)
    (own,) = answer.reading.of_which
    assert own.later
    assert own.exceeds


def test_a_joint_figure_inside_a_wider_joint_figure_is_of_which_of_the_widest():
    answer = read(jobs("wide", 100, "a", "b", "c"), jobs("narrow", 60, "a", "b"), jobs("own", 10, "a"))

    assert answer.quantity == number(100)
    assert [(row.key, row.of) for row in answer.reading.of_which] == [("narrow", ("wide",)), ("own", ("wide",))]


def test_joint_figures_that_share_a_holder_are_not_added_and_the_doubt_is_shown():
    answer = read(jobs("ab", 100, "a", "b"), jobs("bc", 80, "b", "c"))

    assert answer.quantity == number(100)
    assert answer.reading.with_all_on_top == number(180)
    assert answer.left_out == (("bc", Reason.OVERLAPS),)


def test_a_joint_figure_without_a_number_stands_for_nobody_and_leaves_the_sum_incomplete():
    answer = read(jobs("joint", None, "a", "b"), jobs("own", 10, "a"))

    assert answer.quantity == number(10)
    assert answer.reading.incomplete


def test_a_firm_at_two_unrelated_places_adds_and_at_a_park_of_the_city_does_not():
    at_park = jobs("park", 10, "a", places=("oujda-shore",))
    at_city = jobs("city", 30, "a", places=("oujda",))
    elsewhere = jobs("fes", 5, "a", places=("fes",))

    answer = read(at_park, at_city, elsewhere, wider={"oujda-shore": {"oujda"}})

    assert answer.quantity == number(35)
    assert answer.reading.of_which[0].key == "park"


def test_wider_places_are_followed_to_their_end():
    park, region = jobs("park", 10, places=("park",)), jobs("region", 40, places=("region",))

    assert read(park, region, wider={"park": {"city"}, "city": {"region"}}).quantity == number(40)


def test_a_whole_park_and_its_tenants_are_two_readings_and_never_one_sum():
    answer = read(jobs("park", 200, places=("park",)), jobs("tenant", 70, "first", places=("park",)))

    assert (answer.reading.basis, answer.quantity) == (Basis.HOLDERS, number(70))
    assert (answer.alternative.basis, answer.alternative.quantity) == (Basis.WHOLE_PLACES, number(200))
    assert answer.left_out == (("park", Reason.OTHER_READING),)


def test_four_whole_parks_are_added_where_no_tenant_states_a_number():
    parks = [jobs(name, value, places=(name,)) for name, value in (("casa", 30000), ("rabat", 8000), ("fes", 2000))]

    answer = read(*parks, jobs("tenant", None, "a", places=("casa",)))

    assert (answer.reading.basis, answer.quantity) == (Basis.WHOLE_PLACES, number(40000))
    assert answer.alternative.incomplete


def test_the_caller_may_doubt_a_figure_too():
    answer = read(jobs("a", 10, "a"), jobs("b", 5, "b"), on_top=("b",))

    assert answer.quantity == number(10)
    assert answer.reading.on_top[0].total == number(15)


def test_figures_that_may_be_inside_each_other_let_the_larger_stand():
    answer = read(jobs("a", 10, "a", may_be_inside="b"), jobs("b", 50, "b", may_be_inside="a"))

    assert answer.reading.included == ("b",)
    assert answer.reading.with_all_on_top == number(60)


def test_a_doubt_about_a_figure_that_is_not_there_is_no_doubt():
    assert read(jobs("a", 10, "a", may_be_inside="elsewhere")).quantity == number(10)


def test_a_doubt_about_a_superseded_figure_is_one_about_the_current():
    joint_2019, joint_2020 = jobs("j19", 100, "b", "c", on="2019"), jobs("j20", 120, "b", "c", on="2020")

    answer = read(joint_2019, joint_2020, jobs("a", 10, "a", may_be_inside="j19"))

    assert answer.quantity == number(120)
    assert answer.reading.on_top[0].keys == ("a",)


@pytest.mark.parametrize(
    ("about", "refusal"),
    [({"scope": Scope.DIRECT}, ScopesDontMix), ({"perimeter": "FMES"}, PerimetersDontMix)],
)
def test_scopes_and_perimeters_are_kept_apart(about, refusal):
    figures = [jobs("a", 100000, "a"), jobs("b", 120000, "b", **about)]

    with pytest.raises(refusal):
        read(*figures)
    assert len(totals(figures).totals) == 2


def test_two_currencies_are_kept_apart():
    mad, eur = (
        FigureFact(
            key=unit.value,
            measure=Measure.INVESTMENT,
            kind=Kind.ANNOUNCED,
            quantity=Quantity(100, unit),
            holders=(unit.value,),
        )
        for unit in (Unit.MAD, Unit.EUR)
    )
    with pytest.raises(UnitsDontMix):
        total([mad, eur], kind=Kind.ANNOUNCED, measure=Measure.INVESTMENT)

    assert {row.unit for row in totals([mad, eur]).totals} == {Unit.MAD, Unit.EUR}


def test_ranks_are_listed_and_never_added():
    rank = FigureFact(key="r", measure=Measure.RANK, kind=Kind.OBSERVED, quantity=Quantity(40, Unit.RANK))

    with pytest.raises(MeasureIsNotAdded):
        total([rank], kind=Kind.OBSERVED, measure=Measure.RANK)
    assert totals([rank]).not_added == ("r",)


def test_targets_take_planned_figures_only_and_show_their_contradictions():
    plans = [
        jobs("p1", 2000, kind=Kind.PLANNED, by="2020", places=("oriental",)),
        jobs("p2", 2500, kind=Kind.PLANNED, by="2020", places=("oriental",)),
    ]

    (shown,) = targets(plans)
    assert shown.quantity == number(2000, Bound.RANGE, 2500)
    with pytest.raises(KindsDontMix):
        targets([jobs("r", 1)])


def test_a_key_names_one_figure():
    with pytest.raises(KeysRepeat):
        read(jobs("a", 1, "a"), jobs("a", 2, "b"))
