"""The forms of headcount returns: asked by the staff, filled in by the operator, verified by a second person."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moussem.engines.values.period import Period
from moussem.evidence.enums import SubjectKind
from moussem.projects.domain.returns import Numbers
from moussem.projects.interfaces.fields import DateField, NamedField
from moussem.projects.interfaces.forms import ActorForm
from moussem.projects.models import HeadcountReturn

MOST = 1_000_000
ANSWER_IN = timedelta(days=15)


def last_quarter(today: date) -> str:
    """The last whole quarter before `today`, as a person would type it."""
    year, number = (today.year - 1, 4) if today.month < 4 else (today.year, (today.month - 1) // 3)
    return f"{year}-Q{number}"


class AskForm(ActorForm):
    """Which period, until when, and to whom it is written."""

    period = DateField(label=gettext_lazy("Period"), required=True, help_text=gettext_lazy("2026-Q3, 2026-09 or 2026."))
    due_on = forms.DateField(label=gettext_lazy("Answer by"), widget=forms.DateInput(attrs={"type": "date"}))
    to = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("Empty: nobody is written to; pass the link on yourself."),
        required=False,
    )  # fmt: skip
    person = forms.CharField(label=gettext_lazy("Name of the person"), max_length=200, required=False)

    def clean_period(self) -> Period | None:
        """A period with two ends."""
        period: Period | None = self.cleaned_data["period"]
        if period is None or period.start is None or period.end is None:
            raise ValidationError(_("Write a period with a beginning and an end: 2026-Q3, 2026-09 or 2026."))
        return period

    @staticmethod
    def initial_on(today: date) -> dict[str, Any]:
        """The last quarter, to be answered within fifteen days."""
        return {"period": last_quarter(today), "due_on": (today + ANSWER_IN).isoformat()}


class NumbersForm(forms.Form):
    """Three numbers, and what they rest on."""

    present = forms.IntegerField(label=gettext_lazy("Present at the end"), min_value=0, max_value=MOST)
    hired = forms.IntegerField(label=gettext_lazy("Hired"), min_value=0, max_value=MOST)
    left = forms.IntegerField(label=gettext_lazy("Left"), min_value=0, max_value=MOST)
    evidence_words = forms.CharField(
        label=gettext_lazy("What it rests on"),
        help_text=gettext_lazy("A total, e.g. “payroll of September: 240”. Never names."),
        max_length=300,
        required=False,
    )
    evidence_file = forms.FileField(
        label=gettext_lazy("A file with the total"), help_text=gettext_lazy("Without any name."), required=False
    )

    @property
    def numbers(self) -> Numbers:
        """The three numbers, once the form is valid."""
        said = self.cleaned_data
        return Numbers(said["present"], said["hired"], said["left"])


class CorrectionForm(NumbersForm):
    """Other numbers in the place of those declared, and why."""

    field_order = ("present", "hired", "left", "reason", "evidence_words")
    reason = forms.CharField(label=gettext_lazy("Why it is corrected"), max_length=300)
    evidence_file = None

    def __init__(self, *args: Any, row: HeadcountReturn, **options: Any) -> None:
        standing = {name: getattr(row, name) for name in ("present", "hired", "left", "evidence_words")}
        super().__init__(*args, initial=standing, **options)


class VerifyForm(ActorForm):
    """What an independent body counted."""

    body = NamedField(
        label=gettext_lazy("Who verified it"),
        help_text=gettext_lazy("A body that is neither the operator nor this promoter."),
        kinds=(SubjectKind.ORGANISATION,), row="organisation", list_id="organisations",
    )  # fmt: skip
    present = forms.IntegerField(label=gettext_lazy("Number found"), min_value=0, max_value=MOST)
    evidence_words = forms.CharField(
        label=gettext_lazy("What it rests on"),
        help_text=gettext_lazy("A certificate, a register, an inspection: with its date."),
        max_length=300,
    )
