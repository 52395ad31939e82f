"""Announced jobs at Oujda after July 2020: the worked example, with the numbers of its sources."""

import random

import pytest

from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Bound, Kind
from moussem.engines.values.measures import Measure
from moussem.engines.values.parts import Reason
from moussem.engines.values.period import parse_period
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.total import (
    KindsDontMix,
    MeasuresDontMix,
    PlannedIsNoPromise,
    effect_of_match,
    targets,
    total,
    totals,
)
from moussem.engines.values.units import Unit

WIDER = {"oujda-shore": {"oujda"}, "oujda": {"oriental"}}


def jobs(key, value, *, bound=Bound.EQUAL, kind=Kind.ANNOUNCED, stated_on, horizon="open", **about):
    return FigureFact(
        key=key,
        measure=about.pop("measure", Measure.JOBS),
        kind=kind,
        quantity=None if value is None else Quantity(value, about.pop("unit", Unit.JOBS), bound),
        stated_on=parse_period(stated_on),
        horizon=parse_period(horizon),
        **about,
    )


JOINT = jobs(
    "joint",
    3000,
    bound=Bound.OVER,
    stated_on="2020-07",
    holders=("group-1", "group-2", "notoriety", "saccom", "eca"),
    places=("oujda",),
)
SACCOM = jobs("saccom-1000", 1000, stated_on="2020-07", holders=("saccom",), places=("oujda-shore",))
INTELCIA = jobs(
    "intelcia-800",
    800,
    bound=Bound.AT_MOST,
    stated_on="2020",
    holders=("intelcia",),
    places=("oujda",),
    may_be_inside="joint",
)
SECOND_PROJECT = jobs(
    "second-600",
    600,
    stated_on="2019-03",
    holders=("second-project",),
    places=("oujda-shore",),
    may_be_of=("eca",),
)
ANNOUNCED = [JOINT, SACCOM, INTELCIA, SECOND_PROJECT]
PLANNED = [
    jobs("by-2022", 4000, kind=Kind.PLANNED, stated_on="2019-04-24", horizon="2022", places=("oriental",)),
    jobs("by-2020", 2000, kind=Kind.PLANNED, stated_on="2019-04-24", horizon="2020", places=("oriental",)),
    jobs("park", 1200, kind=Kind.PLANNED, stated_on="2013-06", places=("oujda-shore",)),
]
REPORTED = jobs("owner-200", 200, kind=Kind.REPORTED, stated_on="2020-01", horizon="", places=("oujda-shore",))


def over(value):
    return Quantity(value, Unit.JOBS, Bound.OVER)


def announced(figures=ANNOUNCED):
    return total(figures, kind=Kind.ANNOUNCED, measure=Measure.JOBS, wider=WIDER)


def test_announced_jobs_at_oujda_are_over_3000_and_over_3800_if_intelcia_comes_on_top():
    answer = announced()

    assert answer.quantity == over(3000)
    (intelcia,) = answer.reading.on_top
    assert intelcia.keys == ("intelcia-800",)
    assert intelcia.total == over(3800)
    assert answer.reading.with_all_on_top == over(3800)


def test_what_was_included_and_what_was_left_out_is_said_with_the_reason():
    answer = announced()

    assert answer.reading.included == ("joint",)
    assert answer.left_out == (
        ("intelcia-800", Reason.MAY_BE_INSIDE),
        ("saccom-1000", Reason.OF_WHICH),
        ("second-600", Reason.UNDECIDED),
    )


def test_saccoms_own_thousand_is_shown_as_of_which_and_never_added():
    (saccom,) = announced().reading.of_which

    assert (saccom.key, saccom.of) == ("saccom-1000", ("joint",))
    assert not saccom.later
    assert not saccom.exceeds


def test_deciding_that_the_second_project_is_eca_leaves_the_total_and_another_firm_raises_it():
    effect = effect_of_match(
        ANNOUNCED,
        unnamed="second-project",
        candidate="eca",
        kind=Kind.ANNOUNCED,
        measure=Measure.JOBS,
        wider=WIDER,
    )

    assert effect.now.undecided == ("second-600",)
    assert effect.if_same.quantity == over(3000)
    assert {row.key for row in effect.if_same.reading.of_which} == {"saccom-1000", "second-600"}
    assert effect.if_other.quantity == over(3600)
    assert effect.if_other.reading.with_all_on_top == over(4400)


def test_verified_jobs_are_not_stated_rather_than_zero():
    answer = total([], kind=Kind.VERIFIED, measure=Measure.JOBS)

    assert answer.quantity is None
    assert answer.reading.included == ()


def test_planned_jobs_have_no_total_and_stand_apart_by_horizon():
    with pytest.raises(PlannedIsNoPromise):
        total(PLANNED, kind=Kind.PLANNED, measure=Measure.JOBS)

    shown = [(row.places, row.quantity.scaled) for row in targets(PLANNED)]
    assert shown == [(("oriental",), 2000), (("oriental",), 4000), (("oujda-shore",), 1200)]


def test_a_reported_figure_among_announced_ones_is_refused():
    with pytest.raises(KindsDontMix) as refusal:
        announced([*ANNOUNCED, REPORTED])

    assert refusal.value.found == ("announced", "reported")


def test_employees_are_not_totalled_with_jobs():
    people = jobs("firm-70", 70, stated_on="2019-03", holders=("first",), measure=Measure.EMPLOYEES, unit=Unit.PEOPLE)
    with pytest.raises(MeasuresDontMix):
        announced([*ANNOUNCED, people])


def test_a_mixed_set_is_kept_apart_by_kind_with_planned_in_its_own_column():
    answer = totals([*ANNOUNCED, *PLANNED, REPORTED], wider=WIDER)

    assert [(row.kind, row.quantity) for row in answer.totals] == [
        (Kind.ANNOUNCED, over(3000)),
        (Kind.REPORTED, Quantity(200, Unit.JOBS)),
    ]
    assert len(answer.targets) == 3
    assert answer.of(Kind.VERIFIED, Measure.JOBS) == ()


def test_the_order_of_the_figures_never_matters():
    figures = [*ANNOUNCED, *PLANNED, REPORTED]
    expected = totals(figures, wider=WIDER)
    shuffler = random.Random(7)

    for _ in range(50):
        shuffler.shuffle(figures)
        assert totals(figures, wider=WIDER) == expected
