"""Numbers, money, bounds, periods and horizons as a reader of French, English or Arabic writes them.

French thousands and the space before % are U+202F; a number and its unit, a day and its month are tied by
U+00A0. Every function answers in the active language, or in `language`. What is absent is never a dash or a
zero: callers show `not_stated()`. Arabic numbers keep the digits 0-9, as Morocco writes them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, npgettext, override, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

NBSP = "\u00a0"
NARROW = "\u202f"
MILLION = Decimal(1_000_000)
BILLION = Decimal(1_000_000_000)
COMPACT_DECIMALS = 3
CURRENCIES = {"MAD": ("MAD", "DH"), "EUR": ("EUR", "€")}


class Dated(Protocol):
    """A period as the product keeps it: two days or none, how finely it is stated, the source's words."""

    @property
    def start(self) -> date | None:
        """First day, or None."""

    @property
    def end(self) -> date | None:
        """Last day, included, or None."""

    @property
    def precision(self) -> str:
        """One of day, month, quarter, half, year, span, open."""

    @property
    def words(self) -> str:
        """The source's own words, or the empty string."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in the pieces a page sets apart: "plus de", "3 000", "emplois". Any piece may be empty."""

    before: str
    value: str
    after: str

    def __str__(self) -> str:
        tied = NBSP.join(piece for piece in (self.value, self.after) if piece)
        return f"{self.before} {tied}" if self.before else tied


def _speaking(language: str | None) -> AbstractContextManager[None]:
    return override(language) if language else nullcontext()


def _locale() -> str:
    """Babel's name of the active language; Arabic as Morocco writes it."""
    code = (get_language() or "fr").split("-")[0]
    return {"ar": "ar_MA", "en": "en_GB"}.get(code, code)


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def not_stated(language: str | None = None) -> str:
    """What stands in the place of everything that no source states."""
    with _speaking(language):
        return gettext("not stated")


def number(value: Decimal | int, language: str | None = None) -> str:
    """A number with its thousands and all its decimals, without needless zeros: 1 000, 11,5 in French."""
    with _speaking(language):
        locale = "fr" if _locale() == "ar_MA" else _locale()
        return _written(value, locale)


@lru_cache(maxsize=4096)
def _written(value: Decimal | int, locale: str) -> str:
    return format_decimal(value, format="#,##0.####", locale=locale)


def percent(value: Decimal | int, language: str | None = None) -> str:
    """A share already in percent: 27 becomes "27 %" in French, "27%" in English."""
    with _speaking(language):
        return number(value) + ("%" if _is_english() else f"{NARROW}%")


def money(value: Decimal | int, currency: str, language: str | None = None) -> str:
    """An amount: "55 M DH", "MAD 55 million". Millions and billions are used only where no digit is lost by
    it.
    """
    with _speaking(language):
        english, short = CURRENCIES[currency]
        figure, scale = _compact(Decimal(value))
        if _is_english():
            word = {"M": f"{NBSP}million", "Md": f"{NBSP}billion"}.get(scale, "")
            return f"{english}{NBSP}{figure}{word}"
        return NBSP.join(piece for piece in (figure, scale, short) if piece)


def _compact(value: Decimal) -> tuple[str, str]:
    for size, scale in ((BILLION, "Md"), (MILLION, "M")):
        if abs(value) >= size:
            reduced = (value / size).normalize()
            if -int(reduced.as_tuple().exponent) <= COMPACT_DECIMALS:
                return number(reduced), scale
    return number(value), ""


def ordinal(value: int, language: str | None = None) -> str:
    """A place in a ranking: "3rd", "3e"."""
    with _speaking(language):
        if not _is_english():
            return f"{number(value)}{'er' if value == 1 else 'e'}"
        tens, ones = value % 100, value % 10
        ending = "th" if tens in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(ones, "th")
        return f"{number(value)}{ending}"


def bound_word(bound: str, language: str | None = None) -> str:
    """The word before a bounded value: "more than", "about"; empty for an exact value and for a range."""
    with _speaking(language):
        return str(_BOUNDS.get(bound, ""))


_BOUNDS = {
    "about": pgettext_lazy("before a number", "about"),
    "at_least": pgettext_lazy("before a number", "at least"),
    "over": pgettext_lazy("before a number", "more than"),
    "at_most": pgettext_lazy("before a number", "at most"),
    "under": pgettext_lazy("before a number", "less than"),
}


def kind_word(kind: str, language: str | None = None) -> str:
    """The word of a kind of figure: announced, verified..."""
    with _speaking(language):
        return str(_KINDS[kind][0])


def kind_meaning(kind: str, language: str | None = None) -> str:
    """One sentence that says what a kind of figure is worth as evidence."""
    with _speaking(language):
        return str(_KINDS[kind][1])


def kinds_in_order() -> list[str]:
    """The kinds of figures from a wish to a count."""
    return list(_KINDS)


_KINDS = {
    "planned": (
        pgettext_lazy("kind of figure", "planned"),
        _("A target set by an authority or a promoter; nobody has promised it."),
    ),
    "announced": (
        pgettext_lazy("kind of figure", "announced"),
        _("Said by or for an operator about what it will do."),
    ),
    "contracted": (pgettext_lazy("kind of figure", "contracted"), _("Owed under a signed act.")),
    "reported": (pgettext_lazy("kind of figure", "reported"), _("Somebody says what is, without counting.")),
    "declared": (pgettext_lazy("kind of figure", "declared"), _("The operator’s own return.")),
    "verified": (
        pgettext_lazy("kind of figure", "verified"),
        _("Checked by a named body against a named piece of evidence."),
    ),
    "observed": (
        pgettext_lazy("kind of figure", "observed"),
        _("Counted by a body that does not promote what it counts."),
    ),
}


def scope_word(scope: str, value: Decimal | int, language: str | None = None) -> str:
    """The adjective that narrows a count of jobs, agreeing with it; empty where the source does not narrow it."""
    with _speaking(language):
        return _SCOPES[scope](_plural_count(value)) if scope in _SCOPES else ""


_SCOPES: dict[str, Callable[[int], str]] = {
    "direct": lambda n: npgettext("jobs that are", "direct", "direct", n),
    "indirect": lambda n: npgettext("jobs that are", "indirect", "indirect", n),
    "direct_and_indirect": lambda n: npgettext("jobs that are", "direct and indirect", "direct and indirect", n),
    "stable": lambda n: npgettext("jobs that are", "stable", "stable", n),
    "direct_stable": lambda n: npgettext("jobs that are", "direct stable", "direct stable", n),
    "new": lambda n: npgettext("jobs that are", "new", "new", n),
    "new_direct": lambda n: npgettext("jobs that are", "new direct", "new direct", n),
}


def unit_word(unit: str, value: Decimal | int, scope: str = "", language: str | None = None) -> str:
    """The unit as a word that agrees with the value, narrowed by the scope: "jobs", "emplois directs",
    "m²".
    """
    with _speaking(language):
        count = _plural_count(value)
        word = _UNITS[unit](count) if unit in _UNITS else "" if unit in _SAID_WITH_THE_VALUE else unit
        adjective = scope_word(scope, value)
        return gettext("%(scope)s %(unit)s") % {"scope": adjective, "unit": word} if adjective else word


def _plural_count(value: Decimal | int) -> int:
    """The whole number that chooses the plural: French keeps the singular below two, English only at one."""
    whole = int(abs(value))
    return whole if whole == abs(value) or not _is_english() else whole + 2


_UNITS: dict[str, Callable[[int], str]] = {
    "jobs": lambda n: ngettext("job", "jobs", n),
    "people": lambda n: ngettext("person", "people", n),
    "positions": lambda n: ngettext("position", "positions", n),
    "companies": lambda n: ngettext("company", "companies", n),
    "centres": lambda n: ngettext("centre", "centres", n),
    "students": lambda n: ngettext("student", "students", n),
    "members": lambda n: ngettext("member", "members", n),
    "states": lambda n: ngettext("federal state", "federal states", n),
    "provinces": lambda n: ngettext("province", "provinces", n),
    "participants": lambda n: ngettext("participant", "participants", n),
    "investors": lambda n: ngettext("investor", "investors", n),
    "files": lambda n: ngettext("application file", "application files", n),
    "projects": lambda n: ngettext("project", "projects", n),
    "conventions": lambda n: ngettext("agreement", "agreements", n),
    "awards": lambda n: ngettext("award", "awards", n),
    "spaces": lambda n: ngettext("space", "spaces", n),
    "editions": lambda n: ngettext("edition", "editions", n),
    "m2": lambda n: "m²",
    "ha": lambda n: ngettext("hectare", "hectares", n),
    "days": lambda n: ngettext("day", "days", n),
    "months": lambda n: ngettext("month", "months", n),
    "years": lambda n: ngettext("year", "years", n),
    "places": lambda n: ngettext("place in the ranking", "places in the ranking", n),
    "MAD_per_job": lambda n: gettext("per job"),
    "MAD_per_month": lambda n: gettext("per month"),
}


_SAID_WITH_THE_VALUE = frozenset({"MAD", "EUR", "percent", "rank"})


def _said(value: Decimal | int, unit: str) -> str:
    if unit in CURRENCIES:
        return money(value, unit)
    if unit.startswith("MAD_per_"):
        return money(value, "MAD")
    if unit == "percent":
        return percent(value)
    if unit == "rank":
        return ordinal(int(value))
    return number(value)


def amount(
    value: Decimal | int,
    unit: str,
    bound: str = "equal",
    *,
    value_max: Decimal | int | None = None,
    scope: str = "",
    language: str | None = None,
) -> Amount:
    """A stated quantity in the pieces a page sets apart; `value_max` is the upper end of a range,
    included.
    """
    with _speaking(language):
        if unit == "rank" and bound == "at_most":
            return Amount("", gettext("among the top %(value)s") % {"value": number(value)}, "")
        after = unit_word(unit, value if value_max is None else value_max, scope)
        if value_max is None:
            return Amount(bound_word(bound), _said(value, unit), after)
        ends = {"low": _said(value, unit), "high": _said(value_max, unit)}
        return Amount("", gettext("%(low)s to %(high)s") % ends, after)


def day(value: date, language: str | None = None) -> str:
    """A day: "10 juillet 2020", "1er mars 2021", "10 July 2020"."""
    with _speaking(language):
        return _tied(value, "d MMMM y")


def clock(at: datetime | time) -> str:
    """A time of the day by the clock on the wall: "09:30"."""
    return f"{at:%H:%M}"


def clock_of_end(at: datetime | time, language: str | None = None) -> str:
    """When something ends: "11:30"; at midnight the word, since 00:00 would be read as the day's beginning."""
    with _speaking(language):
        return clock(at) if (at.hour, at.minute) != (0, 0) else pgettext("end of the day", "midnight")


def hours(begins: datetime | time, ends: datetime | time | None, language: str | None = None) -> str:
    """From one time of the day to another: "09:30-11:30"; only the first where no end is stated."""
    return clock(begins) + (f"–{clock_of_end(ends, language)}" if ends is not None else "")


def last_day(ends: datetime) -> date:
    """The day to which an end belongs (by its own clock): at midnight the one that is over then."""
    return (ends - timedelta(microseconds=1)).date()


def until(value: datetime, language: str | None = None) -> str:
    """Until when something lasts, by the clock of `value`: at midnight the day that is over then, with the word."""
    with _speaking(language):
        if (value.hour, value.minute) != (0, 0):
            return date_format(value, "DATETIME_FORMAT")
        return pgettext("until", "%(day)s at midnight") % {"day": date_format(last_day(value), "DATE_FORMAT")}


def _tied(value: date, pattern: str) -> str:
    written = format_date(value, format=pattern, locale=_locale())
    if _locale() == "fr" and value.day == 1 and pattern.startswith("d"):
        written = "1er" + written[1:]
    head, _, tail = written.partition(" ")
    return f"{head}{NBSP}{tail}" if pattern.startswith("d") and tail else written


def period(value: Dated | None, language: str | None = None) -> str:
    """A period as finely as the source states it; "not stated" where there is none."""
    with _speaking(language):
        if value is None:
            return not_stated()
        if value.precision == "open":
            return _open(value.words)
        start, end = value.start, value.end
        if start is None or end is None:
            return _one_end(start, end) or value.words or not_stated()
        return _between(start, end, value.precision)


def _open(words: str) -> str:
    if words == "at start":
        return pgettext("horizon", "at the start")
    return pgettext("horizon", "in time")


def _one_end(start: date | None, end: date | None) -> str:
    if start:
        return gettext("from %(day)s") % {"day": day(start)}
    return gettext("until %(day)s") % {"day": day(end)} if end else ""


def _between(start: date, end: date, precision: str) -> str:
    if precision == "month":
        return format_date(start, format="MMMM y", locale=_locale())
    if precision == "year":
        return str(start.year)
    if precision == "quarter":
        said = {"part": ordinal((start.month - 1) // 3 + 1), "year": start.year}
        return gettext("%(part)s quarter of %(year)s") % said
    if precision == "half":
        said = {"part": ordinal(1 if start.month < 7 else 2), "year": start.year}
        return gettext("%(part)s half of %(year)s") % said
    return day(start) if start == end else _span(start, end)


def _span(start: date, end: date) -> str:
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}-{end.year}" if start.year != end.year else str(start.year)
    same_month = (start.year, start.month) == (end.year, end.month)
    if same_month:
        return f"{start.day}-{_tied(end, 'd MMMM y')}"
    head = _tied(start, "d MMMM" if start.year == end.year else "d MMMM y")
    return gettext("%(start)s to %(end)s") % {"start": head, "end": day(end)}


def horizon(value: Dated | None, language: str | None = None) -> str:
    """For when a promise is made: "à terme", "pour 2013", "pour fin 2019"; empty where there is no promise's
    date.
    """
    with _speaking(language):
        if value is None:
            return ""
        if value.precision == "open":
            return _open(value.words)
        end = value.end
        if value.precision == "day" and end and (end.month, end.day) == (12, 31):
            return gettext("for the end of %(year)s") % {"year": end.year}
        if value.precision == "day":
            return pgettext("horizon", "for %(day)s") % {"day": period(value)}
        return pgettext("horizon", "for %(period)s") % {"period": period(value)}
