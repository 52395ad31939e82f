"""Fields in which a person names a thing, or writes a number or a date as it stands in an act."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from moussem.core.actor import Actor
from moussem.engines.values.period import Period, PeriodUnreadable, Precision, parse_period
from moussem.evidence.domain.queries.names import names_of_kinds, subject_named

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_OPEN_WORDS = {"in time", "open", "à terme", "a terme"}


class NamedField(forms.CharField):
    """A thing the actor sees, by its name, of one of the kinds of subjects; `row` is the column that leads to it.

    `actor` is set by the form. The names are offered in a list below the field.
    """

    actor: Actor

    def __init__(self, *, kinds: tuple[str, ...], row: str, list_id: str, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": list_id, "autocomplete": "off"})
        super().__init__(max_length=300, widget=widget, **options)
        self.kinds, self.row, self.list_id = kinds, row, list_id

    def offered(self) -> list[str]:
        """The names to choose from."""
        return names_of_kinds(self.actor, self.kinds)

    def clean(self, value: Any) -> Any:
        """The one thing meant; none or several are told, with what to do next."""
        written = super().clean(value)
        if not written:
            return None
        found = subject_named(self.actor, written, self.kinds)
        if found.subject is not None:
            return getattr(found.subject, self.row)
        facts = {"name": written, "names": ", ".join(found.may_mean)}
        if found.may_mean:
            sentence = _("“%(name)s” is not the name of exactly one thing. Did you mean: %(names)s? Write it so.")
        else:
            sentence = _("Nothing here is called “%(name)s”. Check the spelling, or add it to the directory first.")
        raise ValidationError(sentence % facts)


class DateField(forms.CharField):
    """A date as finely as it is stated, or “in time”; None where nothing is written, which means not stated."""

    def __init__(self, **options: Any) -> None:
        hint = gettext_lazy("As finely as it is stated: 2026, 2026-07 or 2026-07-10. Empty: not stated.")
        super().__init__(**{"required": False, "max_length": 40, "help_text": hint, **options})

    def clean(self, value: Any) -> Period | None:
        """Read the date; what cannot be read is told with the forms that can."""
        written = super().clean(value) or ""
        if slashed := _SLASHED.fullmatch(written):
            written = f"{slashed[3]}-{int(slashed[2]):02}-{int(slashed[1]):02}"
        try:
            return parse_period("à terme" if written.lower() in _OPEN_WORDS else written)
        except PeriodUnreadable:
            raise ValidationError(
                _("“%(written)s” is no date. Write 2026, 2026-07, 2026-07-10 or “in time”.") % {"written": written}
            ) from None


def written_date(period: Period | None) -> str:
    """A date as a person would type it into a `DateField`."""
    if period is None:
        return ""
    if period.is_open or period.start is None or period.end is None:
        return _("in time")
    start, end = period.start, period.end
    written = {
        Precision.DAY: start.isoformat(),
        Precision.MONTH: f"{start:%Y-%m}",
        Precision.QUARTER: f"{start.year}-Q{(start.month + 2) // 3}",
        Precision.HALF: f"{start.year}-H{1 if start.month < 7 else 2}",
        Precision.YEAR: str(start.year),
    }
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    span = f"{start.year}-{end.year}" if whole_years else f"{start.isoformat()}/{end.isoformat()}"
    return written.get(period.precision, span)


class AmountField(forms.CharField):
    """A number as a reader of French or English writes it; None where nothing is written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "max_length": 30, **options})

    def clean(self, value: Any) -> Decimal | None:
        """Read the number; a text that can be read in two ways is asked about, never guessed."""
        written = super().clean(value)
        plain = _SPACES.sub("", written or "")
        if not plain:
            return None
        english = (get_language() or "").startswith("en")
        if english and _THOUSANDS.fullmatch(plain.split(".")[0]):
            plain = plain.replace(",", "")
        elif not english and _THOUSANDS.fullmatch(plain):
            raise ValidationError(
                _("“%(written)s” can be read in two ways. Write 1000 for a thousand, or 1,5 for one and a half.")
                % {"written": written}
            )
        try:
            number = Decimal(plain.replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0:
            raise ValidationError(_("“%(written)s” is no number. Write digits only, e.g. 1000.") % {"written": written})
        return number
