"""The forms of the lines of an agreement: added, corrected before it is signed, amended afterwards."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moussem.agreements.domain.obligations import ObligationFacts
from moussem.agreements.domain.queries.pages import party_name
from moussem.agreements.enums import DutyKind
from moussem.agreements.interfaces.fields import AmountField, DateField, written_date
from moussem.agreements.interfaces.forms import ActorForm, in_this_language
from moussem.agreements.models import Agreement, Obligation, Party
from moussem.core.texts import say
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure, rules
from moussem.engines.values.units import Unit, from_scaled, to_scaled
from moussem.evidence.enums import BOUND_LABELS, MEASURE_LABELS

OWED = (
    Measure.JOBS,
    Measure.INVESTMENT,
    Measure.JOBS_CREATED,
    Measure.EMPLOYEES,
    Measure.POSITIONS,
    Measure.RECRUITS,
    Measure.SUBSIDY,
    Measure.LAND_AREA,
    Measure.OFFICE_AREA,
    Measure.TURNOVER,
    Measure.EXPORT_TURNOVER,
)
"""The measures offered for a line of an act, the usual ones first."""
BOUNDS = tuple(bound for bound in Bound if bound is not Bound.RANGE)


class ObligationForm(ActorForm):
    """A line of an act: who owes what, how much and by when."""

    debtor = forms.ModelChoiceField(
        label=gettext_lazy("Who owes it"), queryset=None, required=False, to_field_name="public_id",
        empty_label=gettext_lazy("nobody is named: an objective"),
    )  # fmt: skip
    measure = forms.ChoiceField(
        label=gettext_lazy("What is owed"),
        choices=[("", gettext_lazy("no number, only words")), *((m.value, MEASURE_LABELS[m]) for m in OWED)],
        initial=Measure.JOBS.value,
        required=False,
    )
    bound = forms.ChoiceField(
        label=gettext_lazy("Bound"), choices=[(b.value, BOUND_LABELS[b]) for b in BOUNDS], initial=Bound.EQUAL.value
    )
    value = AmountField(label=gettext_lazy("Number"), help_text=gettext_lazy("Empty: not stated. Money in dirhams."))
    due = DateField(
        label=gettext_lazy("By when"), help_text=gettext_lazy("2028, 2028-06, or “in time”. Empty: not stated.")
    )
    words = forms.CharField(label=gettext_lazy("What is owed, in words"), max_length=400, required=False)

    def __init__(self, *args: Any, agreement: Agreement, **options: Any) -> None:
        super().__init__(*args, **options)
        parties = Party.objects.visible_to(self.actor).filter(agreement=agreement).select_related("organisation")
        self.fields["debtor"].queryset = parties.order_by("position", "pk")
        self.fields["debtor"].label_from_instance = party_name
        first = next((p for p in self.fields["debtor"].queryset if p.organisation_id), None)
        self.initial.setdefault("debtor", first.public_id if first else None)

    def clean(self) -> dict[str, Any]:
        """Ask for words where nothing is measured."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("words") and not cleaned.get("measure"):
            self.add_error("words", _("Say in words what is owed, or choose what is counted."))
        if cleaned.get("value") is not None and not cleaned.get("measure"):
            self.add_error("measure", _("Say of what this is the number."))
        return cleaned

    def unit_of(self, measure: Measure) -> Unit:
        """The unit in which a number is typed."""
        return rules(measure).units[0]

    def facts(self) -> ObligationFacts:
        """The line as the domain takes it; `LossOfDigits` where the unit cannot hold the number."""
        said = self.cleaned_data
        measure = Measure(said["measure"]) if said["measure"] else None
        unit = self.unit_of(measure) if measure else None
        words = said["words"] or str(MEASURE_LABELS[measure] if measure else "")
        stated = said["value"] is not None
        return ObligationFacts(
            words=in_this_language(words),
            kind=DutyKind.OBLIGATION if said["debtor"] else DutyKind.OBJECTIVE,
            debtor=said["debtor"],
            measure=measure,
            unit=unit,
            value=to_scaled(said["value"], unit) if stated and unit else None,
            bound=Bound(said["bound"]) if stated else Bound.EQUAL,
            due=said["due"],
        )


class CorrectedObligationForm(ObligationForm):
    """A line of an act that is not signed; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, obligation: Obligation, **options: Any) -> None:
        self.obligation = obligation
        super().__init__(*args, agreement=obligation.agreement, initial=written_obligation(obligation), **options)
        offer_written(self, obligation)

    def unit_of(self, measure: Measure) -> Unit:
        """The unit of the line, as long as the same is counted."""
        return Unit(self.obligation.unit) if measure.value == self.obligation.measure else super().unit_of(measure)

    def facts(self) -> ObligationFacts:
        """The line; what was not touched keeps its other languages, its words and the upper end of a range."""
        return keeping(self, super().facts(), self.obligation)


class AmendmentForm(ActorForm):
    """Other words, another quantity or date in the place of those signed, and by what; `version` is the one read."""

    words = forms.CharField(label=gettext_lazy("What is owed, in words"), max_length=400)
    bound = forms.ChoiceField(label=gettext_lazy("Bound"), choices=[(b.value, BOUND_LABELS[b]) for b in BOUNDS])
    value = AmountField(label=gettext_lazy("Number"), help_text=gettext_lazy("Empty: not stated. Money in dirhams."))
    due = DateField(
        label=gettext_lazy("By when"), help_text=gettext_lazy("2028, 2028-06, or “in time”. Empty: not stated.")
    )
    reason = forms.CharField(
        label=gettext_lazy("By which amendment"), max_length=300,
        help_text=gettext_lazy("e.g. “amendment no. 1 of 3 March 2026”. The old line stays beside it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, obligation: Obligation, **options: Any) -> None:
        self.obligation = obligation
        super().__init__(*args, initial=written_obligation(obligation), **options)
        offer_written(self, obligation)
        if not obligation.measure:
            del self.fields["value"], self.fields["bound"]

    def facts(self) -> ObligationFacts:
        """The amended line; who owes it and what is counted stay as they were signed."""
        said, row = self.cleaned_data, self.obligation
        unit = Unit(row.unit) if row.unit else None
        stated = said.get("value") is not None
        facts = ObligationFacts(
            words=in_this_language(said["words"]), kind=DutyKind(row.kind), debtor=row.debtor,
            measure=Measure(row.measure) if row.measure else None, unit=unit,
            value=to_scaled(said["value"], unit) if stated and unit else None,
            bound=Bound(said["bound"]) if stated else Bound.EQUAL, due=said["due"],
        )  # fmt: skip
        return keeping(self, facts, row)


def written_obligation(row: Obligation) -> dict[str, Any]:
    """A line as it stands in a form."""
    unit = Unit(row.unit) if row.unit else None
    return {
        "version": row.version,
        "debtor": row.debtor.public_id if row.debtor else None,
        "measure": row.measure,
        "bound": row.bound,
        "value": "" if row.value is None or unit is None else f"{from_scaled(row.value, unit):f}",
        "due": written_date(row.due),
        "words": say(row.words),
    }


def offer_written(form: forms.Form, row: Obligation) -> None:
    """Offer also what the line says and the form does not usually offer."""
    for name, value, labels in (("bound", row.bound, BOUND_LABELS), ("measure", row.measure, MEASURE_LABELS)):
        field = form.fields.get(name)
        if field is not None and value and value not in dict(field.choices):
            label = next(text for key, text in labels.items() if key.value == value)
            field.choices = [*field.choices, (value, label)]


def keeping(form: forms.Form, facts: ObligationFacts, row: Obligation) -> ObligationFacts:
    """The facts with what nobody touched as it was: a text's other languages, a date's words, a range's upper end."""
    untouched = set(form.fields) - set(form.changed_data)
    words = row.words if form.cleaned_data["words"] == say(row.words) else {**row.words, **facts.words}
    same_range = {"value", "bound"} <= untouched and row.value_max is not None
    return replace(
        facts, words=words, due=row.due if "due" in untouched else facts.due, evidence_asked=row.evidence_asked,
        value_max=row.value_max if same_range else None,
    )  # fmt: skip
