"""Dates as sources state them: a first and a last day, how finely they are stated, and the words themselves.

A date that is not stated is None everywhere in the product; it is never guessed and forms a bucket of its own
on a timeline. A date that a reader worked out from other words is kept with `inferred=True`.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from moussem.engines.values.kinds import Precision


class PeriodMismatch(ValueError):
    """The days do not fit the precision: a month that starts on the 2nd, an end before its start."""

    def __init__(self, start: date | None, end: date | None, precision: Precision) -> None:
        self.start = start
        self.end = end
        self.precision = precision
        super().__init__(f"{start} to {end} is no {precision}")


class PeriodUnreadable(ValueError):
    """The text is no date in any of the forms that `parse_period` knows; holds it in `text`."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"no period: {text!r}")


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both days included. An open period has no end; its start may be stated."""

    start: date | None
    end: date | None
    precision: Precision
    words: str = ""
    """The source's own words, where they say more than the dates ("early 2009", "à terme")."""
    inferred: bool = False
    """True when a reader worked the date out and the source does not write it."""

    def __post_init__(self) -> None:
        """Refuse days that do not fit the precision (`PeriodMismatch`)."""
        if self.precision is Precision.OPEN:
            fits = self.end is None
        else:
            fits = self.start is not None and self.end is not None and self._days_fit(self.start, self.end)
        if not fits:
            raise PeriodMismatch(self.start, self.end, self.precision)

    def _days_fit(self, start: date, end: date) -> bool:
        if self.precision is Precision.DAY:
            return start == end
        if self.precision is Precision.SPAN:
            return start <= end
        months = _MONTHS_IN[self.precision]
        first_month = (start.month - 1) % months == 0
        return start.day == 1 and first_month and end == _last_day(start.year, start.month + months - 1)

    @property
    def is_open(self) -> bool:
        """Whether no end is given ("à terme")."""
        return self.precision is Precision.OPEN

    def is_before(self, other: "Period") -> bool:
        """Whether the whole of this period is over before the other starts; an open period never is."""
        return self.end is not None and other.start is not None and self.end < other.start

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day. An open period has no end; without a start it shares no known day."""
        if self.start is None or other.start is None:
            return False
        starts_in_time = other.end is None or self.start <= other.end
        return starts_in_time and (self.end is None or other.start <= self.end)

    def contains(self, other: "Period") -> bool:
        """Whether every day of the other lies within this one; without a start it contains nothing known."""
        if self.start is None or other.start is None or other.start < self.start:
            return False
        return self.end is None or (other.end is not None and other.end <= self.end)

    def has_passed(self, as_of: date) -> bool:
        """Whether the last day lies before `as_of`; on that day it has not passed, and open never does."""
        return self.end is not None and self.end < as_of

    def inferring(self, words: str = "") -> "Period":
        """The same period marked as worked out by a reader, with the words it was worked out from."""
        return replace(self, words=words or self.words, inferred=True)


_MONTHS_IN: Final[dict[Precision, int]] = {
    Precision.MONTH: 1,
    Precision.QUARTER: 3,
    Precision.HALF: 6,
    Precision.YEAR: 12,
}


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _unit(year: int, first_month: int, precision: Precision, words: str, inferred: bool) -> Period:
    last = _last_day(year, first_month + _MONTHS_IN[precision] - 1)
    return Period(date(year, first_month, 1), last, precision, words, inferred)


def day(on: date, words: str = "", *, inferred: bool = False) -> Period:
    """One day."""
    return Period(on, on, Precision.DAY, words, inferred)


def month(year_number: int, month_number: int, words: str = "", *, inferred: bool = False) -> Period:
    """One calendar month, 1 to 12; raises ValueError outside."""
    return _unit(year_number, month_number, Precision.MONTH, words, inferred)


def quarter(year_number: int, number: int, words: str = "", *, inferred: bool = False) -> Period:
    """One quarter of a year, 1 to 4; raises ValueError outside."""
    return _unit(year_number, 3 * number - 2, Precision.QUARTER, words, inferred)


def half(year_number: int, number: int, words: str = "", *, inferred: bool = False) -> Period:
    """One half of a year, 1 or 2; raises ValueError outside."""
    return _unit(year_number, 6 * number - 5, Precision.HALF, words, inferred)


def year(number: int, words: str = "", *, inferred: bool = False) -> Period:
    """One calendar year."""
    return _unit(number, 1, Precision.YEAR, words, inferred)


def span(start: date, end: date, words: str = "", *, inferred: bool = False) -> Period:
    """From one day to another, both included."""
    return Period(start, end, Precision.SPAN, words, inferred)


def open_ended(words: str = "", *, start: date | None = None, inferred: bool = False) -> Period:
    """A horizon without a date: "à terme", "at start", "in the coming years"."""
    return Period(start, None, Precision.OPEN, words, inferred)


TimelineKey = tuple[int, date, date]
"""Sorts a timeline: dated rows by start then end, then open horizons, then what is not stated."""


def timeline_key(period: Period | None) -> TimelineKey:
    """Where a row stands on a timeline; bucket 0 is dated, 1 is open, 2 is not stated."""
    if period is None:
        return (2, date.max, date.max)
    if period.is_open:
        return (1, period.start or date.max, date.max)
    return (0, period.start or date.max, period.end or date.max)


def parse_period(text: str) -> Period | None:
    """Read a date as the data files write it; an empty text is not stated (None).

    Reads `2013`, `2013-06`, `2013-06-20`, `2016-H1`, `2016-Q3`, `2014-2018`, `2009/2010`, `2019-04-18/19`,
    `2019-04-18/2019-04-20`, `early 2009`, `late 2009` (the year, with the words), and `open`, `à terme`,
    `à terme (2013)` (open, with the words). Raises `PeriodUnreadable` for anything else.
    """
    written = text.strip()
    if not written:
        return None
    for pattern, build in _FORMS:
        found = pattern.fullmatch(written)
        if found is None:
            continue
        try:
            return build(found)
        except ValueError as wrong:
            raise PeriodUnreadable(text) from wrong
    raise PeriodUnreadable(text)


def _numbers(found: re.Match[str]) -> tuple[int, int]:
    return int(found[1]), int(found[2])


def _parsed_span(found: re.Match[str]) -> Period:
    first_year, last_year = _numbers(found)
    return span(date(first_year, 1, 1), date(last_year, 12, 31), found[0])


def _parsed_days(found: re.Match[str]) -> Period:
    first = date.fromisoformat(found[1])
    return span(first, first.replace(day=int(found[2])), found[0])


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period]], ...]] = (
    (re.compile(r"([0-9]{4})"), lambda found: year(int(found[1]))),
    (re.compile(r"([0-9]{4})-([0-9]{2})"), lambda found: month(*_numbers(found))),
    (re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})"), lambda found: day(date.fromisoformat(found[1]))),
    (re.compile(r"([0-9]{4})-H([12])"), lambda found: half(*_numbers(found))),
    (re.compile(r"([0-9]{4})-Q([1-4])"), lambda found: quarter(*_numbers(found))),
    (re.compile(r"([0-9]{4})[-/]([0-9]{4})"), _parsed_span),
    (re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{2})"), _parsed_days),
    (
        re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})"),
        lambda found: span(date.fromisoformat(found[1]), date.fromisoformat(found[2]), found[0]),
    ),
    (re.compile(r"(?:early|late|mid) ([0-9]{4})"), lambda found: year(int(found[1]), found[0])),
    (re.compile(r"(?:open|à terme|a terme)(?: \([0-9]{4}\))?"), lambda found: open_ended(found[0])),
)
