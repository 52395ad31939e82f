"""Fields in which a person names an organisation, or writes since when something holds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moussem.core.actor import Actor
from moussem.directory.domain.queries.lists import organisation_named, person_named
from moussem.directory.models import Organisation, Person
from moussem.engines.values.kinds import Precision
from moussem.engines.values.period import Period, PeriodUnreadable, parse_period


class PeriodField(forms.CharField):
    """Since when, as finely as it is stated; None where nothing is written, which means not stated."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            max_length=40,
            help_text=gettext_lazy("As finely as it is stated: 2020, 2020-07 or 2020-07-10. Empty: not stated."),
            **options,
        )

    def clean(self, value: Any) -> Period | None:
        """Read the date; what cannot be read is told with the forms that can."""
        try:
            return parse_period(super().clean(value) or "")
        except PeriodUnreadable:
            raise ValidationError(
                _("“%(written)s” is no date. Write 2020, 2020-07 or 2020-07-10.") % {"written": value}
            ) from None


class OrganisationField(forms.CharField):
    """An organisation by its name, acronym, other name, identifier or the address of its page.

    `actor` is set by the form; only what the actor's promoter has of its own is found, unless `among` widens that.
    """

    actor: Actor

    def __init__(self, *, among: Q | None = None, **options: Any) -> None:
        self.among = among
        super().__init__(
            max_length=300,
            help_text=gettext_lazy("Its name, acronym or other name, or the address of its page."),
            **options,
        )

    def clean(self, value: Any) -> Organisation | None:
        """The one organisation meant; none or several are told, with what to do next."""
        written = super().clean(value)
        if not written:
            return None
        found = organisation_named(self.actor, written, among=self.among)
        if not found:
            raise ValidationError(
                _("No organisation is called “%(name)s”. Check the spelling, or add it first.") % {"name": written}
            )
        if len(found) > 1:
            raise ValidationError(
                _("Several organisations are called “%(name)s”. Paste the address of the page of the one you mean.")
                % {"name": written}
            )
        return found[0]


class PersonField(forms.CharField):
    """A person by name, identifier or the address of their page, among those the actor sees."""

    actor: Actor

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=300, help_text=gettext_lazy("The name, or the address of the page."), **options)

    def clean(self, value: Any) -> Person | None:
        """The one person meant; none or several are told, with what to do next."""
        written = super().clean(value)
        if not written:
            return None
        found = person_named(self.actor, written)
        if not found:
            raise ValidationError(
                _("Nobody is called “%(name)s”. Check the spelling, or add the person first.") % {"name": written}
            )
        if len(found) > 1:
            raise ValidationError(
                _("Several people are called “%(name)s”. Paste the address of the page of the one you mean.")
                % {"name": written}
            )
        return found[0]


def written_period(period: Period | None) -> str:
    """A period as the field reads it; "" where it is not stated."""
    if period is None:
        return ""
    start, end = period.start, period.end
    if start is None or end is None:
        return "open"
    written = {
        Precision.DAY: start.isoformat(),
        Precision.MONTH: f"{start:%Y-%m}",
        Precision.QUARTER: f"{start.year}-Q{(start.month + 2) // 3}",
        Precision.HALF: f"{start.year}-H{1 if start.month == 1 else 2}",
        Precision.YEAR: f"{start.year}",
    }
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    span = f"{start.year}-{end.year}" if whole_years else f"{start.isoformat()}/{end.isoformat()}"
    return written.get(period.precision, span)
