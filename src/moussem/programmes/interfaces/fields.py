"""Fields in which a person writes amounts and counts, and points to rows and organisations."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.directory.domain.queries.lists import organisation_named
from moussem.directory.models import Organisation
from moussem.engines.values.units import LossOfDigits, Unit, from_scaled, to_scaled

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_TWO_WAYS = re.compile(r"\d{1,3}[.,]\d{3}")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,}")


class ScaledField(forms.CharField):
    """A number from zero up, as an integer in the scale of its unit; None where nothing is written: not stated.

    "1.000" and "1,000" could be a thousand or one: they are asked about, never guessed.
    """

    def __init__(self, unit: Unit, **options: Any) -> None:
        """Keep the unit, and offer digits on a phone."""
        keyboard = "decimal" if unit.scale else "numeric"
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": keyboard}), **options)
        self.unit = unit

    def clean(self, value: Any) -> int | None:
        """Read the number; what cannot be read is told with what to write instead."""
        written = super().clean(value)
        return self._read(written) if written else None

    def _read(self, written: str) -> int:
        plain = _SPACES.sub("", written)
        if _TWO_WAYS.fullmatch(plain):
            raise ValidationError(
                _("“%(written)s” can be read in two ways. Write 1000 for a thousand, or 1,5 for one and a half.")
                % {"written": written}
            )
        plain = re.sub(r"[.,]", "", plain) if _POINTED.fullmatch(plain) else plain.replace(",", ".")
        if not re.fullmatch(r"\d+(\.\d+)?", plain):
            raise ValidationError(_("“%(written)s” is no number. Write digits only, e.g. 1000.") % {"written": written})
        try:
            return to_scaled(Decimal(plain), self.unit)
        except (InvalidOperation, LossOfDigits):
            raise ValidationError(
                _("“%(written)s” has too many digits for this field.") % {"written": written}
            ) from None


def written(scaled: int | None, unit: Unit) -> str:
    """A kept number as its field shows it; "" where it is not stated."""
    return "" if scaled is None else f"{from_scaled(scaled, unit):f}"


class RowField(forms.ModelChoiceField):
    """A choice among rows; the form says which ones, once it knows its actor."""

    def __init__(self, table: type[Model], **options: Any) -> None:
        """Keep the table; nothing is offered yet."""
        super().__init__(queryset=None, to_field_name="public_id", **options)
        self.table = table

    def label_from_instance(self, row: Any) -> str:
        """The name or title of a row in the reader's language."""
        name = getattr(row, "name", None)
        return say(name) if isinstance(name, dict) else name or getattr(row, "title", "") or str(row)


class OrganisationField(forms.CharField):
    """One of the promoter's own organisations by its name, acronym, other name or the address of its page."""

    actor: Actor

    def __init__(self, **options: Any) -> None:
        """Say how an organisation is named."""
        hint = gettext_lazy("Its name, acronym or other name, or the address of its page.")
        super().__init__(max_length=300, help_text=hint, **options)

    def clean(self, value: Any) -> Organisation | None:
        """The one organisation meant; none or several are told, with what to do next."""
        said = super().clean(value)
        if not said:
            return None
        found = organisation_named(self.actor, said)
        if not found:
            raise ValidationError(
                _("No organisation is called “%(name)s”. Check the spelling, or add it first.") % {"name": said}
            )
        if len(found) > 1:
            raise ValidationError(
                _("Several organisations are called “%(name)s”. Paste the address of the page of the one you mean.")
                % {"name": said}
            )
        return found[0]
