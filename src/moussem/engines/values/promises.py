"""What became of a promise: kept, slipped, open or silent, with the figures that show it.

A promise is a figure that looks forward, or an announced opening. What is later is a figure that says what is
(reported, declared, verified, observed) or a start with its date. The answer is data for a sentence, no
sentence.

- **kept**: a later figure dated on or before the horizon reaches what was promised, or the start came by
  then;
- **slipped**: it was reached, or started, after the horizon (by how many months), or a figure at or after the
  horizon's last day is below it;
- **open**: the horizon is open ("à terme"), not stated, or has not passed; it is kept once it is reached;
- **silent**: the horizon has passed and no later source says whether it was reached.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from moussem.engines.values.coverage import Coverage, Wider, close
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.shares import Share, share_reached


class Status(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    SLIPPED = "slipped"
    OPEN = "open"
    SILENT = "silent"


class Because(StrEnum):
    """What the status rests on."""

    REACHED_IN_TIME = "reached_in_time"
    REACHED_LATE = "reached_late"
    WITHIN_CEILING = "within_ceiling"
    """Only an upper end was promised ("up to 800") and something came; a ceiling cannot fall short."""
    BELOW_AT_HORIZON = "below_at_horizon"
    STARTED_IN_TIME = "started_in_time"
    STARTED_LATE = "started_late"
    HORIZON_OPEN = "horizon_open"
    HORIZON_NOT_STATED = "horizon_not_stated"
    HORIZON_AHEAD = "horizon_ahead"
    NOTHING_LATER = "nothing_later"
    LATER_CANNOT_SAY = "later_cannot_say"
    """Later sources exist, but their bound, date or coverage does not show whether it was reached."""
    NO_NUMBER = "no_number"
    """The promise states no number that could be reached."""


class Caveat(StrEnum):
    """What must be printed beside the comparison."""

    OTHER_MEASURE = "other_measure"
    """Jobs against employees or positions: comparable, not equal (one job may be two half posts)."""
    OTHER_SCOPE = "other_scope"
    OTHER_PERIMETER = "other_perimeter"
    NARROWER = "narrower"
    """The later figure is of some of the holders or places only: it can show that it was reached, not that not."""
    ABOUT = "about"
    """One of the two numbers is only about."""
    FIRST_SEEN_LATE = "first_seen_late"
    """The first source that shows it is later than the horizon; it may have been reached before."""
    DATE_TOO_COARSE = "date_too_coarse"
    """The later date is stated too coarsely to lie clearly before or after the horizon."""
    CONTRADICTED = "contradicted"
    """Another source of the same date does not show it."""


class NoPromise(ValueError):
    """A figure that says what is was to be followed as a promise; holds its key in `key`."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"{key} says what is, not what shall be")


@dataclass(frozen=True, slots=True)
class Opening:
    """An announced opening; its horizon is None where no date is stated."""

    key: str
    holders: tuple[str, ...]
    places: tuple[str, ...]
    horizon: Period | None
    stated_on: Period | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A later source that says something opened or started, and when (None: the date is not stated)."""

    key: str
    holders: tuple[str, ...]
    places: tuple[str, ...]
    on: Period | None


@dataclass(frozen=True, slots=True)
class Slip:
    """Months from the horizon's last month to the one it came in; two numbers where that date is coarse."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A later figure beside the promise: the share it shows, and what must be said with it."""

    key: str
    share: Share | None
    """None when one of the two numbers is not stated, or the promised one is zero."""
    reaches: bool | None
    """None: its bound or coverage cannot say."""
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of one promise."""

    promise: str
    status: Status
    because: Because
    decided_by: tuple[str, ...]
    """Keys of the later facts that the status rests on; empty when it rests on the horizon alone."""
    evidence: tuple[Evidence, ...]
    """All comparable later figures in the order of their dates, also of an open promise."""
    slip: Slip | None
    missing: int | None
    """Scaled: the promised number less the one at the horizon, when that falls short."""
    caveats: tuple[Caveat, ...]


# Stocks and flows are different measures; "jobs" may be either, so it stands in both sets.
_COMPARABLE = (
    frozenset({Measure.JOBS, Measure.EMPLOYEES, Measure.POSITIONS}),
    frozenset({Measure.JOBS, Measure.JOBS_CREATED, Measure.JOBS_ADDITIONAL, Measure.RECRUITS}),
)


def is_comparable(promised: Measure, later: Measure) -> bool:
    """Whether a later measure may be held against a promised one; other than the same needs `OTHER_MEASURE`.

    Jobs are comparable with employees and positions (what is there) and with jobs created and recruits
    (what came about); employees and recruits are not comparable with each other.
    """
    return promised is later or any({promised, later} <= group for group in _COMPARABLE)


def follow(
    promise: FigureFact | Opening,
    later: Iterable[FigureFact | Started],
    as_of: date,
    *,
    wider: Wider | None = None,
) -> Followed:
    """Say what became of a promise as it was known on a day; later facts that do not concern it are ignored.

    `wider` says which places contain which. Raises `NoPromise` for a figure that says what is.
    """
    around = close(wider or {})
    if isinstance(promise, Opening):
        starts = [fact for fact in later if isinstance(fact, Started) and _concerns_start(promise, fact, around)]
        return _follow_opening(promise, starts, as_of)
    if not promise.kind.looks_forward:
        raise NoPromise(promise.key)
    figures = [fact for fact in later if isinstance(fact, FigureFact) and _concerns(promise, fact, as_of, around)]
    figures.sort(key=lambda fact: (_day(fact), fact.key))
    seen = [_Seen(fact, _evidence(promise, fact)) for fact in figures]
    return _follow_figure(promise, seen, as_of)


@dataclass(frozen=True, slots=True)
class _Seen:
    fact: FigureFact
    evidence: Evidence

    @property
    def dated(self) -> Period | None:
        return self.fact.dated


def _day(fact: FigureFact) -> date:
    return (fact.dated and fact.dated.start) or date.max


def _coverage(of: FigureFact | Opening | Started) -> Coverage:
    return Coverage(frozenset(of.holders), frozenset(of.places))


def _concerns(promise: FigureFact, fact: FigureFact, as_of: date, wider: Wider) -> bool:
    """Whether a later figure may be held against the promise: what is, of the promised or a part of it, in time."""
    if fact.kind.looks_forward or fact.replaced or fact.may_be_of:
        return False
    if not is_comparable(promise.measure, fact.measure):
        return False
    units = {of.quantity.unit for of in (promise, fact) if of.quantity}
    if promise.measure is fact.measure and len(units) > 1:
        return False
    if fact.dated and promise.stated_on and fact.dated.is_before(promise.stated_on):
        return False
    known = _day(fact) <= as_of or fact.dated is None
    return known and _coverage(promise).covers(_coverage(fact), wider)


def _concerns_start(promise: Opening, fact: Started, wider: Wider) -> bool:
    same_holders = frozenset(promise.holders) == frozenset(fact.holders)
    return same_holders and _coverage(promise).touches(_coverage(fact), wider)


def _evidence(promise: FigureFact, fact: FigureFact) -> Evidence:
    narrower = _coverage(promise) != _coverage(fact)
    promised, shown = promise.quantity, fact.quantity
    bounds = {quantity.bound for quantity in (promised, shown) if quantity}
    checks = (
        (Caveat.OTHER_MEASURE, promise.measure is not fact.measure),
        (Caveat.OTHER_SCOPE, promise.scope is not fact.scope),
        (Caveat.OTHER_PERIMETER, promise.perimeter != fact.perimeter),
        (Caveat.NARROWER, narrower),
        (Caveat.ABOUT, Bound.ABOUT in bounds),
    )
    caveats = tuple(caveat for caveat, holds in checks if holds)
    if promised is None or shown is None:
        return Evidence(fact.key, None, None, caveats)
    reaches_it = reaches(promised, shown)
    if narrower and reaches_it is False:
        reaches_it = None
    return Evidence(fact.key, share_reached(promised, shown), reaches_it, caveats)


def reaches(promised: Quantity, shown: Quantity) -> bool | None:
    """Whether the shown number is what was promised, or more; None when their bounds cannot say.

    "Over 3,000" is reached by 3,001; a range by its lower end; a ceiling by the ceiling itself. Shown "over
    3,000" reaches over 3,000, shown "at most 2,999" does not, shown "over 2,000" cannot say.
    """
    floor = promised.scaled
    strict = promised.bound is Bound.OVER
    seen = shown.interval()
    if seen.low is not None and (seen.low > floor or (seen.low == floor and not (strict and seen.low_included))):
        return True
    nothing_at_floor = strict or not seen.high_included
    if seen.high is not None and (seen.high < floor or (seen.high == floor and nothing_at_floor)):
        return False
    return None


def _follow_figure(promise: FigureFact, seen: list[_Seen], as_of: date) -> Followed:
    end = promise.horizon.end if promise.horizon else None
    reaching = [one for one in seen if one.evidence.reaches and one.dated]
    if reaching:
        return _reached(promise, seen, reaching, end)
    waiting = _still_open(promise.horizon, as_of)
    if waiting is None and end is not None:
        below = [one for one in seen if one.evidence.reaches is False and _last(one.dated) >= end]
        if below:
            return _fell_short(promise, seen, below[-1], end)
    status = Status.OPEN if waiting else Status.SILENT
    because = waiting or (Because.LATER_CANNOT_SAY if seen else Because.NOTHING_LATER)
    if promise.quantity is None:
        because = Because.NO_NUMBER
    return _followed(promise, seen, status, because)


def _still_open(horizon: Period | None, as_of: date) -> Because | None:
    if horizon is None:
        return Because.HORIZON_NOT_STATED
    if horizon.is_open:
        return Because.HORIZON_OPEN
    return None if horizon.has_passed(as_of) else Because.HORIZON_AHEAD


def _last(dated: Period | None) -> date:
    """The last day of a date; the first of all days for one that is not stated or has no end."""
    return (dated and dated.end) or date.min


def _first(dated: Period | None) -> date:
    return (dated and dated.start) or date.max


def _reached(promise: FigureFact, seen: list[_Seen], reaching: list[_Seen], end: date | None) -> Followed:
    by_then = [one for one in reaching if end is None or _first(one.dated) <= end]
    surely = [one for one in by_then if end is None or _last(one.dated) <= end]
    first = (surely or by_then or reaching)[0]
    caveats = []
    if any(
        other.evidence.reaches is False and first.dated and other.dated and first.dated.overlaps(other.dated)
        for other in seen
    ):
        caveats.append(Caveat.CONTRADICTED)
    if by_then:
        if not surely:
            caveats.append(Caveat.DATE_TOO_COARSE)
        return _followed(promise, seen, Status.KEPT, Because.REACHED_IN_TIME, first, caveats=caveats)
    caveats.append(Caveat.FIRST_SEEN_LATE)
    slip = _slip(end, first.dated)
    return _followed(promise, seen, Status.SLIPPED, Because.REACHED_LATE, first, slip=slip, caveats=caveats)


def _fell_short(promise: FigureFact, seen: list[_Seen], at: _Seen, end: date) -> Followed:
    promised, shown = promise.quantity, at.fact.quantity
    caveats = [Caveat.DATE_TOO_COARSE] if _first(at.dated) < end else []
    if promised and shown and promised.bound.is_ceiling and shown.highest_stated > 0:
        return _followed(promise, seen, Status.KEPT, Because.WITHIN_CEILING, at, caveats=caveats)
    missing = promised.scaled - shown.highest_stated if promised and shown else None
    return _followed(promise, seen, Status.SLIPPED, Because.BELOW_AT_HORIZON, at, missing=missing, caveats=caveats)


def _followed(
    promise: FigureFact,
    seen: list[_Seen],
    status: Status,
    because: Because,
    by: _Seen | None = None,
    *,
    slip: Slip | None = None,
    missing: int | None = None,
    caveats: Iterable[Caveat] = (),
) -> Followed:
    said = by.evidence.caveats if by else ()
    return Followed(
        promise=promise.key,
        status=status,
        because=because,
        decided_by=(by.fact.key,) if by else (),
        evidence=tuple(one.evidence for one in seen),
        slip=slip,
        missing=missing,
        caveats=(*said, *caveats),
    )


def _follow_opening(promise: Opening, starts: list[Started], as_of: date) -> Followed:
    known = sorted(
        (start for start in starts if _first(start.on) <= as_of),
        key=lambda start: (_first(start.on), start.key),
    )
    waiting = _still_open(promise.horizon, as_of)
    end = promise.horizon.end if promise.horizon else None
    caveats: tuple[Caveat, ...] = ()
    slip = None
    decided_by: tuple[str, ...] = ()
    if known:
        first = known[0]
        decided_by = (first.key,)
        status, because = Status.KEPT, Because.STARTED_IN_TIME
        if end is not None and _first(first.on) > end:
            status, because, slip = Status.SLIPPED, Because.STARTED_LATE, _slip(end, first.on)
        elif end is not None and _last(first.on) > end:
            caveats = (Caveat.DATE_TOO_COARSE,)
    elif waiting:
        status, because = Status.OPEN, waiting
    else:
        status = Status.SILENT
        because = Because.LATER_CANNOT_SAY if starts else Because.NOTHING_LATER
    return Followed(promise.key, status, because, decided_by, (), slip, None, caveats)


def _slip(end: date | None, came: Period | None) -> Slip | None:
    if end is None or came is None or came.start is None:
        return None
    last = came.end or came.start
    return Slip(_months(end, came.start), _months(end, last))


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month
