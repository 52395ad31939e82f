"""A second evaluation of a total, written from the rules alone: pairwise, slow, without any shared code path.

It reads the rules as sentences over single figures and never groups, indexes or sorts ahead. Nothing here calls
the engine but for its data classes.
"""

from dataclasses import dataclass
from datetime import date

from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Bound


@dataclass(frozen=True)
class Naive:
    """What the rules give: low and high are the written numbers, low == high without contradiction."""

    low: int | None
    high: int | None
    open_upwards: str
    on_top: frozenset[str]
    included: frozenset[str]
    of_which: frozenset[str]
    not_current: frozenset[str]
    other_reading: frozenset[str]
    incomplete: bool


def naive_total(figures: list[FigureFact], wider: dict[str, set[str]]) -> Naive:
    """Evaluate one measure and kind."""
    usable = [f for f in figures if not f.replaced and not f.may_be_of]
    known = [f for f in figures if f.replaced or not f.may_be_of]
    held = evaluate([f for f in usable if f.holders], [f for f in known if f.holders], wider)
    whole = evaluate([f for f in usable if not f.holders], [f for f in known if not f.holders], wider)
    first, second = (held, whole) if held.included | held.on_top or not whole.included | whole.on_top else (whole, held)
    current = first.included | first.on_top | first.of_which | second.included | second.on_top | second.of_which
    return Naive(
        first.low,
        first.high,
        first.open_upwards,
        first.on_top | second.on_top,
        first.included,
        first.of_which | second.of_which,
        frozenset(f.key for f in figures) - current,
        second.included,
        first.incomplete,
    )


def evaluate(figures: list[FigureFact], known: list[FigureFact], wider: dict[str, set[str]]) -> Naive:
    """One reading: only holders' figures, or only those of whole places; `known` has the replaced ones too."""
    named = [f for f in known if any(same(f, g) for g in figures)]
    current = [f for f in figures if f.quantity and counts_now(f, figures)]
    inside = {f.key for f in current if any(stands_for(g, f, current, wider) for g in current)}
    standing = [f for f in current if f.key not in inside]
    doubt = {f.key for f in standing if in_doubt(f, standing, current, named, wider)}
    certain: list[FigureFact] = []
    crossing: set[str] = set()
    for f in sorted(standing, key=lambda f: heaviness(f, current)):
        if f.key in doubt:
            continue
        if any(not same(f, g) and meets(f, g, wider) for g in certain):
            crossing.add(f.key)
        else:
            certain.append(f)
    missing = any(
        not any(g.quantity and same(f, g) for g in figures) and not any(covers(g, f, wider) for g in current)
        for f in figures
    )
    low, high, opens = added(certain)
    return Naive(
        low,
        high,
        opens,
        frozenset(doubt | crossing),
        frozenset(f.key for f in certain),
        frozenset(inside),
        frozenset(),
        frozenset(),
        missing,
    )


def same(f: FigureFact, g: FigureFact) -> bool:
    return set(f.holders) == set(g.holders) and set(f.places) == set(g.places)


def when(f: FigureFact):
    return f.stated_on if f.kind.looks_forward else (f.period or f.stated_on)


def by_when(f: FigureFact) -> date:
    return f.horizon.end if f.horizon and f.horizon.end else date.max


def outdated(f: FigureFact, figures: list[FigureFact]) -> bool:
    return any(
        g.quantity
        and same(f, g)
        and when(f)
        and when(g)
        and when(f).end
        and when(g).start
        and when(f).end < when(g).start
        for g in figures
    )


def counts_now(f: FigureFact, figures: list[FigureFact]) -> bool:
    if outdated(f, figures):
        return False
    rivals = [g for g in figures if g.quantity and same(f, g) and not outdated(g, figures)]
    if any(by_when(g) > by_when(f) for g in rivals):
        return False
    last = [g for g in rivals if by_when(g) == by_when(f)]
    return not any(g.quantity == f.quantity and g.key < f.key for g in last)


def lies_in(inner: str, outer: str, wider: dict[str, set[str]]) -> bool:
    return inner == outer or any(lies_in(step, outer, wider) for step in wider.get(inner, ()))


def covers(g: FigureFact, f: FigureFact, wider: dict[str, set[str]]) -> bool:
    if same(f, g) or not set(f.holders) <= set(g.holders):
        return False
    if not g.places:
        return True
    return bool(f.places) and all(any(lies_in(p, q, wider) for q in g.places) for p in f.places)


def heaviness(f: FigureFact, current: list[FigureFact]):
    alike = [g for g in current if same(f, g)]
    numbers = [g.quantity.scaled if g.quantity.scaled_max is None else g.quantity.scaled_max for g in alike]
    high = max(numbers)
    bounds = {g.quantity.bound for g in alike}
    if len(alike) > 1 and bounds & {Bound.OVER, Bound.AT_LEAST}:
        lows = [g.quantity.scaled for g in alike]
        high = 0 if bounds & {Bound.AT_MOST, Bound.UNDER} else min(lows)
    return (-high, sorted(g.key for g in alike))


def stands_for(g: FigureFact, f: FigureFact, current: list[FigureFact], wider: dict[str, set[str]]) -> bool:
    if not covers(g, f, wider):
        return False
    return not covers(f, g, wider) or heaviness(g, current) < heaviness(f, current)


def meets(f: FigureFact, g: FigureFact, wider: dict[str, set[str]]) -> bool:
    if f.holders and not set(f.holders) & set(g.holders):
        return False
    if not f.places or not g.places:
        return True
    return any(lies_in(p, q, wider) or lies_in(q, p, wider) for p in f.places for q in g.places)


def in_doubt(f, standing, current, figures, wider) -> bool:
    """Whether a chain of "may be inside" leads from the figure's group to one that outlasts its own circle."""
    beyond = chain(f, standing, current, figures, wider)
    for g in beyond:
        if not any(same(f, h) for h in chain(g, standing, current, figures, wider)):
            return True
        if heaviness(g, current) < heaviness(f, current):
            return True
    return False


def chain(f, standing, current, figures, wider):
    found: list[FigureFact] = []
    ahead = [f]
    while ahead:
        here = ahead.pop()
        for g in [g for g in current if same(g, here)]:
            for target in figures:
                if target.key != g.may_be_inside:
                    continue
                for end in standing:
                    reached = same(end, target) or (
                        not any(same(s, target) for s in standing)
                        and end is outermost(target, standing, current, wider)
                    )
                    if reached and not any(end is one for one in found):
                        found.append(end)
                        ahead.append(end)
    return found


def outermost(target, standing, current, wider):
    around = [g for g in standing if covers(g, target, wider)]
    return min(around, key=lambda g: (heaviness(g, current), g.key), default=None)


def added(certain: list[FigureFact]):
    """The written numbers: lower ends and upper ends of each group added, and how the sum is open."""
    groups: list[list[FigureFact]] = []
    for f in certain:
        mine = [group for group in groups if same(group[0], f)]
        if mine:
            mine[0].append(f)
        else:
            groups.append([f])
    if not groups:
        return None, None, ""
    ends = [hull([f.quantity for f in group]) for group in groups]
    words = {word for _, _, word in ends}
    word = next((w for w in ("over", "at_least", "range", "under", "at_most", "about") if w in words), "equal")
    if word == "range":
        low = sum(low for low, _, mine in ends if mine not in ("under", "at_most"))
        return low, sum(high for _, high, _ in ends), word
    total = sum(low for low, _, _ in ends)
    return total, total, word


def hull(quantities) -> tuple[int, int, str]:
    if len(quantities) == 1:
        (q,) = quantities
        return q.scaled, q.scaled if q.scaled_max is None else q.scaled_max, q.bound.value
    words = {q.bound.value for q in quantities}
    tops = [q.scaled if q.scaled_max is None else q.scaled_max for q in quantities]
    lows = [q.scaled for q in quantities]
    if words & {"over", "at_least"}:
        if words & {"under", "at_most"}:
            return 0, 0, "at_least"
        low = min(lows)
        only_over = {q.bound.value for q in quantities if q.scaled == low} == {"over"}
        return low, low, "over" if only_over else "at_least"
    if words & {"under", "at_most"}:
        high = max(tops)
        only_under = {q.bound.value for q, top in zip(quantities, tops, strict=True) if top == high} == {"under"}
        return high, high, "under" if only_under else "at_most"
    if min(lows) == max(tops):
        return lows[0], lows[0], "about"
    return min(lows), max(tops), "range"
