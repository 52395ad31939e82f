"""Scores of target lists: what is unknown is no no, order never matters, and each answer is what every value says."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moussem.engines.targeting.criterion import (
    Band,
    Choice,
    Criterion,
    EndsCrossed,
    NothingWanted,
    Question,
    WeightOutOfBounds,
    clashes,
)
from moussem.engines.targeting.judge import Answer, FactOfOtherSort, Known, judge
from moussem.engines.targeting.score import Score, score
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from tests.engines.targeting import naive

MANY = settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
WEIGHTED = st.lists(st.tuples(st.integers(1, 100), st.sampled_from(Answer)), max_size=12)


def looks_for(rule, weight=10, field="branch", key="c", single=False):
    return Criterion(key, field, weight, rule, single)


def people(value, bound=Bound.EQUAL, value_max=None):
    return Quantity(value, Unit.PEOPLE, bound, value_max)


def drawn(seed):
    """A rule and a fact for it, drawn by Python's own generator."""
    draw = Random(seed)
    if draw.random() < 0.5:
        names = list("abcdef")
        some = lambda most: frozenset(draw.sample(names, draw.randint(0, most)))  # noqa: E731
        rule = Choice(some(3) | {draw.choice(names)}, some(2))
        return rule, draw.choice([None, Known(some(3), some(2), draw.random() < 0.3)])
    low, width = draw.randint(1, 60), draw.randint(0, 60)
    rule = draw.choice([Band(low), Band(None, low), Band(low, low + width)])
    bound, value, more = draw.choice([None, *Bound]), draw.randint(1, 90), draw.randint(1, 20)
    return rule, None if bound is None else people(value, bound, value + more if bound is Bound.RANGE else None)


@MANY
@given(st.integers(0, 2**64 - 1))
def test_each_answer_is_what_every_value_that_the_fact_allows_says(seed):
    rule, fact = drawn(seed)
    assert judge(looks_for(rule), fact) == naive.answer(rule, fact)


@MANY
@given(WEIGHTED)
def test_the_points_are_those_of_a_second_sum_by_fractions(answers):
    found, exact = score(answers), naive.points(answers)
    assert found.points == (None if exact is None else int(exact + Fraction(1, 2)))
    assert 0 <= found.lowest <= (found.points or 0) <= 100 or found.points is None
    assert found.points is None or found.points <= found.highest + 1


@MANY
@given(WEIGHTED, st.randoms(use_true_random=False))
def test_order_never_matters(answers, random):
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert score(shuffled) == score(answers)
    assert score(shuffled).sort_code == score(answers).sort_code


@MANY
@given(WEIGHTED, st.integers(1, 100))
def test_what_is_not_known_takes_no_point_away_and_is_told(answers, weight):
    before, after = score(answers), score([*answers, (weight, Answer.CANNOT_SAY)])
    assert after.points == before.points
    assert after.share < 100


def test_a_careless_score_takes_points_away_for_what_is_not_known():
    """The control: the same statement about the careless variant is false."""
    answers = [(10, Answer.YES)]
    more = [*answers, (10, Answer.CANNOT_SAY)]
    assert naive.points_with_unknown_as_no(answers) != naive.points_with_unknown_as_no(more)


@MANY
@given(WEIGHTED)
def test_whatever_the_missing_answers_turn_out_to_be_the_points_stay_between_both_ends(answers):
    found = score(answers)
    for turned in (Answer.YES, Answer.PARTLY, Answer.NO):
        full = score([(weight, turned if said is Answer.CANNOT_SAY else said) for weight, said in answers])
        assert full.points is None or found.lowest <= full.points <= found.highest + 1


def test_a_score_worked_by_hand():
    answers = [(40, Answer.YES), (30, Answer.PARTLY), (10, Answer.NO), (20, Answer.CANNOT_SAY)]
    found = score(answers)
    assert (found.points, found.share, found.lowest, found.highest) == (69, 80, 55, 75)
    assert found.is_placed


def test_half_of_the_weight_included_places_somebody():
    assert score([(50, Answer.NO), (50, Answer.CANNOT_SAY)]).is_placed
    assert not score([(49, Answer.YES), (51, Answer.CANNOT_SAY)]).is_placed
    assert not Score().is_placed


def test_who_is_placed_stands_before_who_is_little_known_and_who_is_not_known_at_all():
    best, worse = score([(2, Answer.YES)]), score([(2, Answer.NO)])
    little, unknown = score([(1, Answer.YES), (9, Answer.CANNOT_SAY)]), score([(9, Answer.CANNOT_SAY)])
    places = [row.sort_code for row in (best, worse, little, unknown)]
    assert places == sorted(places)
    assert len(set(places)) == 4
    assert {len(place) for place in places} == {11}


def test_of_two_with_the_same_points_who_is_better_known_stands_first():
    better, less = score([(10, Answer.YES)]), score([(10, Answer.YES), (5, Answer.CANNOT_SAY)])
    assert (better.points, less.points) == (100, 100)
    assert better.sort_code < less.sort_code


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (people(250), "yes"), (people(249), "partly"), (people(200), "partly"), (people(199), "no"),
        (people(250, Bound.AT_LEAST), "yes"), (people(249, Bound.OVER), "yes"), (people(240, Bound.OVER), "cannot_say"),
        (people(500, Bound.ABOUT), "cannot_say"), (people(100, Bound.UNDER), "no"), (None, "cannot_say"),
    ],
)  # fmt: skip
def test_from_two_hundred_and_fifty_employees_included(stated, said):
    assert judge(looks_for(Band(250), field="size"), stated) == said


def test_a_list_that_may_be_incomplete_never_says_no():
    here = looks_for(Choice(frozenset({"oujda"})))
    assert judge(here, Known(frozenset({"lyon"}), is_open=True)) is Answer.CANNOT_SAY
    assert judge(here, Known(frozenset({"lyon"}))) is Answer.NO
    assert judge(here, Known()) is Answer.CANNOT_SAY


def test_the_same_country_is_partly():
    here = looks_for(Choice(frozenset({"oujda"}), frozenset({"ma"})))
    assert judge(here, Known(frozenset({"fes", "ma"}))) is Answer.PARTLY


def test_a_question_is_answered_by_people_only():
    with pytest.raises(FactOfOtherSort):
        judge(looks_for(Question("Interested?")), Known(frozenset({"yes"})))


@pytest.mark.parametrize("weight", [0, -1, 101])
def test_a_weight_lies_between_one_and_a_hundred(weight):
    with pytest.raises(WeightOutOfBounds):
        looks_for(Band(1), weight)


@pytest.mark.parametrize("weight", [1, 100])
def test_both_ends_of_a_weight_are_allowed(weight):
    assert looks_for(Band(1), weight).weight == weight


def test_a_criterion_that_looks_for_nothing_is_refused():
    for make in (lambda: Choice(frozenset()), Band, lambda: Question(" ")):
        with pytest.raises(NothingWanted):
            make()
    with pytest.raises(EndsCrossed):
        Band(2, 1)


def clash(one, other, *, single=True):
    found = list(clashes([looks_for(one, key="a", single=single), looks_for(other, key="b", single=single)]))
    return [("same" if row.is_same else "apart", row.first, row.second) for row in found]


def test_the_same_criterion_twice_and_two_that_nobody_meets_both_clash():
    one, other = Choice(frozenset({"x"})), Choice(frozenset({"y"}))
    assert clash(one, one) == [("same", "a", "b")]
    assert clash(one, other) == [("apart", "a", "b")]
    assert clash(one, other, single=False) == []
    assert clash(one, Choice(frozenset({"x", "y"}))) == []
    assert clash(Band(500), Band(None, 499)) == [("apart", "a", "b")]
    assert clash(Band(500), Band(None, 500)) == []
