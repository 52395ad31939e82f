"""Another way to the same answers: every value is tried, and sums are fractions of single points."""

from fractions import Fraction

from moussem.engines.targeting.criterion import Band, Choice, Question
from moussem.engines.values.kinds import Bound

VALUES = {"yes": Fraction(1), "partly": Fraction(1, 2), "no": Fraction(0)}
FAR = 400


def answer_of_number(band, n):
    if (band.low is None or n >= band.low) and (band.high is None or n <= band.high):
        return "yes"
    short = band.low is not None and n < band.low and Fraction(band.low - n, band.low) <= Fraction(1, 5)
    over = band.high is not None and n > band.high and n - band.high <= Fraction(band.high, 5)
    return "partly" if short or over else "no"


def numbers(stated):
    """Every number that a statement allows, up to far beyond every end in these tests."""
    low, high = (None if end is None else int(end) for end in (stated.value, stated.value_max))
    return {
        Bound.EQUAL: lambda: [low],
        Bound.AT_LEAST: lambda: range(low, FAR),
        Bound.OVER: lambda: range(low + 1, FAR),
        Bound.AT_MOST: lambda: range(low + 1),
        Bound.UNDER: lambda: range(low),
        Bound.RANGE: lambda: range(low, high + 1),
    }[stated.bound]()


def answer(rule, fact):
    if fact is None or isinstance(rule, Question):
        return "cannot_say"
    if isinstance(rule, Band):
        if fact.bound is Bound.ABOUT:
            return "cannot_say"
        said = {answer_of_number(rule, n) for n in numbers(fact)}
        return said.pop() if len(said) == 1 else "cannot_say"
    assert isinstance(rule, Choice)
    for value in sorted(rule.values):
        if value in fact.values:
            return "yes"
    for value in sorted(rule.values | rule.near):
        if value in fact.near or (value in rule.near and value in fact.values):
            return "partly"
    if fact.is_open or not fact.values:
        return "cannot_say"
    return "no"


def points(answers):
    known = [(weight, VALUES[said]) for weight, said in answers if said != "cannot_say"]
    weight = sum(w for w, _ in known)
    return None if not weight else sum(w * value for w, value in known) / weight * 100


def points_with_unknown_as_no(answers):
    """What a careless score does: what is not known takes points away."""
    weight = sum(w for w, _ in answers)
    return None if not weight else sum(w * VALUES.get(said, 0) for w, said in answers) / weight * 100
