"""How much of a promised number a later one shows, in whole percent."""

from dataclasses import dataclass

from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Share:
    """Whole percent of the promised number; `bound` says what the bounds of the two numbers leave of it."""

    percent: int
    bound: Bound


def share_reached(announced: Quantity, reported: Quantity) -> Share | None:
    """The share of an announced number that a reported one shows, of the numbers as written.

    Rounded to the nearest percent, halves up (8,000 of 30,000 is 27), but never up to 100 when less was
    reached and never down to 0 when something was. A range counts with its lower end when promised and with
    its upper end when reported, which favours who promised; it is then `about`. None when nothing or less
    was announced.
    """
    if announced.scaled <= 0:
        return None
    reached = reported.highest_stated * 10**announced.unit.scale
    promised = announced.scaled * 10**reported.unit.scale
    percent = (200 * reached + promised) // (2 * promised)
    if reached < promised:
        percent = min(percent, 99)
    if reached > 0:
        percent = max(percent, 1)
    return Share(percent, _bound(announced.bound, reported.bound))


def _bound(announced: Bound, reported: Bound) -> Bound:
    """An open number above makes the share open upwards, an open one below makes it open downwards."""
    if announced is Bound.EQUAL and reported is Bound.EQUAL:
        return Bound.EQUAL
    upwards = reported.opens_upwards or announced.is_ceiling
    downwards = reported.is_ceiling or announced.opens_upwards
    exact_enough = not {announced, reported} & {Bound.ABOUT, Bound.RANGE}
    if exact_enough and upwards != downwards:
        return Bound.AT_LEAST if upwards else Bound.AT_MOST
    return Bound.ABOUT
