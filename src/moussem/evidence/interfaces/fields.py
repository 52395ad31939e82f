"""Fields in which a person writes numbers and dates as they stand in a source."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from moussem.engines.values.kinds import Precision
from moussem.engines.values.period import Period, PeriodUnreadable, parse_period

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SLASHED = re.compile(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})")
_OPEN_WORDS = {"in time", "open", "à terme", "a terme"}


class WrittenField(forms.CharField):
    """A text that is read into a value; its length is held before it is read. Sixty characters unless said."""

    def __init__(self, *, max_length: int = 60, **kwargs: Any) -> None:
        """Keep the length for the control as well."""
        super().__init__(max_length=max_length, **kwargs)

    def written(self, value: Any) -> str:
        """What was typed, without the space around it; refused where it is too long."""
        text: str = super().to_python(value) or ""
        super().run_validators(text)
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another text was typed than the one that stood there."""
        return str(initial or "").strip() != str(data or "").strip()

    def run_validators(self, value: Any) -> None:
        """Nothing more: what was typed has been held, and the value is no text."""


class NumberField(WrittenField):
    """A number as a reader of French or English writes it; None where nothing is written.

    "1.000" in French and "1,000" in French could be a thousand or one: they are asked about, never guessed. English
    commas separate thousands.
    """

    def to_python(self, value: Any) -> Decimal | None:
        """Read the number; what cannot be read is told with what to write instead."""
        written = _SPACES.sub("", self.written(value))
        if not written:
            return None
        english = (get_language() or "").startswith("en")
        if english:
            plain = written.replace(",", "") if _THOUSANDS.fullmatch(written.split(".")[0]) else written
        elif _THOUSANDS.fullmatch(written):
            raise ValidationError(
                _("“%(written)s” can be read in two ways. Write 1000 for a thousand, or 1,5 for one and a half.")
                % {"written": value}
            )
        else:
            plain = written.replace(",", ".")
        try:
            number = Decimal(plain)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or "e" in plain.lower():
            raise ValidationError(_("“%(written)s” is no number. Write digits only, e.g. 1000.") % {"written": value})
        return number


class PeriodField(WrittenField):
    """A date as finely as the source states it; None where nothing is written, which means not stated."""

    def to_python(self, value: Any) -> Period | None:
        """Read the date; what cannot be read is told with the forms that can."""
        written = self.written(value)
        if written.lower() in _OPEN_WORDS:
            written = "à terme"
        slashed = _SLASHED.fullmatch(written)
        if slashed:
            day, month, year = slashed.groups()
            written = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        try:
            return parse_period(written)
        except PeriodUnreadable:
            raise ValidationError(
                _("“%(written)s” is no date we can read. Write 2020, 2020-07, 2020-07-10, 2014-2018 or “in time”.")
                % {"written": value}
            ) from None


def written_period(period: Period | None) -> str:
    """A period as a person would type it into a `PeriodField`."""
    if period is None:
        return ""
    if period.is_open or period.start is None or period.end is None:
        return _("in time")
    start, end = period.start, period.end
    forms_of = {
        Precision.DAY: start.isoformat(),
        Precision.MONTH: f"{start:%Y-%m}",
        Precision.QUARTER: f"{start.year}-Q{(start.month + 2) // 3}",
        Precision.HALF: f"{start.year}-H{1 if start.month < 7 else 2}",
        Precision.YEAR: str(start.year),
    }
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    span = f"{start.year}-{end.year}" if whole_years else f"{start.isoformat()}/{end.isoformat()}"
    return forms_of.get(period.precision, span)


def written_number(value: Decimal | None) -> str:
    """A number as a person would type it into a `NumberField` in the reader's language."""
    if value is None:
        return ""
    plain = format(value, "f")
    return plain if (get_language() or "").startswith("en") else plain.replace(".", ",")
