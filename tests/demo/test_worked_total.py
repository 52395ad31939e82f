"""The worked example on the season's own rows: announced jobs at Oujda, and what deciding a match would change."""

import random
from datetime import date

import pytest

from moussem.core.actor import ANONYMOUS
from moussem.directory.models import Organisation, OrganisationMatch, Place
from moussem.engines.values.kinds import Bound, Kind
from moussem.engines.values.measures import Measure
from moussem.engines.values.parts import Reason
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from moussem.evidence.domain.queries.tallies import figures_about, tally
from moussem.evidence.models import Figure

pytestmark = pytest.mark.django_db


def over(value):
    return Quantity(value, Unit.JOBS, Bound.OVER)


def jobs(kind, *, since=None, shuffled=0, **assumed):
    oujda = Place.objects.get(name__fr="Oujda").subject
    figures = figures_about([oujda], ANONYMOUS, measures=[Measure.JOBS])
    random.Random(shuffled).shuffle(figures)
    return tally(figures, since=since, **assumed).of(kind, Measure.JOBS)


def key(name):
    return str(Figure.objects.get(key=name).pk)


@pytest.mark.parametrize("shuffled", range(5))
def test_announced_jobs_are_over_3000_and_over_3800_if_intelcia_comes_on_top(season, shuffled):
    (total,) = jobs(Kind.ANNOUNCED, since=date(2020, 1, 1), shuffled=shuffled)
    assert total.quantity == over(3000)
    assert total.reading.with_all_on_top == over(3800)
    assert [top.keys for top in total.reading.on_top] == [(key("oujda-32"),)]
    assert [part.key for part in total.reading.of_which] == [key("004-saccom-jobs")]


def test_verified_jobs_are_not_stated(season):
    assert jobs(Kind.VERIFIED) == ()


def test_the_six_hundred_of_the_second_project_wait_for_a_person(season):
    match = OrganisationMatch.objects.get(left__name__startswith="Second projet")
    unnamed, named = match.left.subject_id, match.right.subject_id
    (undecided,) = jobs(Kind.ANNOUNCED, doubtful={unnamed: [named]})
    assert (key("oujda-06"), Reason.UNDECIDED) in undecided.left_out
    assert undecided.quantity == over(3000)
    (same,) = jobs(Kind.ANNOUNCED, assuming={unnamed: named})
    assert same.quantity == over(3000)
    assert key("oujda-06") in {part.key for part in same.reading.of_which}
    (other,) = jobs(Kind.ANNOUNCED)
    assert other.quantity == over(3600)


def test_the_joint_figure_has_five_holders_and_intelcia_is_none_of_them(season):
    holders = Figure.objects.get(key="004-joint-jobs").links.filter(role="holder")
    assert holders.count() == 5
    assert not holders.filter(subject=Organisation.objects.get(name="Intelcia").subject).exists()
