"""The forms in which facts of a project are stated: to try the rules, and to apply."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from moussem.core.actor import Actor
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.models import Organisation
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from moussem.programmes.domain.applications import correct_application
from moussem.programmes.domain.queries.pages import acted_for
from moussem.programmes.domain.rules import GIVES_MONEY, UNIT_OF_FACT, RulesUnreadable, facts_asked, rule_of
from moussem.programmes.domain.words import answer
from moussem.programmes.enums import Fact
from moussem.programmes.interfaces.fields import OrganisationField, RowField, ScaledField, written
from moussem.programmes.interfaces.refusals import REFUSALS, meanwhile, sentence_of
from moussem.programmes.models import Application, Call, RuleSet

HINTS = {Unit.MAD: _("In dirhams. Leave it empty where it is not known yet.")}
COUNTED = _("A number. Leave it empty where it is not known yet.")


class FactsForm(forms.Form):
    """One field for each fact that the rules ask for; empty means not stated."""

    def __init__(self, *args: Any, rule_set: RuleSet, **options: Any) -> None:
        """Ask what `rule_set` asks."""
        super().__init__(*args, **options)
        self.asked = facts_asked(rule_of(rule_set.criteria))
        for fact in self.asked:
            unit = UNIT_OF_FACT[fact]
            self.fields[fact.value] = ScaledField(
                unit, label=Fact(fact).label, help_text=HINTS.get(unit, COUNTED), required=False
            )

    @property
    def facts(self) -> dict[str, Quantity]:
        """What was stated, once it is valid."""
        said = ((fact, self.cleaned_data.get(fact.value)) for fact in self.asked)
        return {
            fact.value: Quantity(scaled, UNIT_OF_FACT[fact], Bound.EQUAL) for fact, scaled in said if scaled is not None
        }


class WhatIfForm(FactsForm):
    """Figures to try the rules with; nothing is kept."""


class ApplicationForm(FactsForm):
    """An application: what is planned, its facts, and what is asked for where the programme gives money."""

    title = forms.CharField(
        label=_("What you plan, in one line"), max_length=200, help_text=_("For example: a call centre of 40 seats")
    )

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        """Ask by the rules of the call."""
        super().__init__(*args, rule_set=call.rule_set, **options)
        if call.programme.kind in GIVES_MONEY:
            self.fields["asked_for"] = ScaledField(
                Unit.MAD, label=_("Amount asked for"), help_text=_("In dirhams."), required=False
            )

    @property
    def wanted(self) -> dict[str, Any]:
        """What the domain's verbs take, once it is valid."""
        said = self.cleaned_data
        return {"title": said["title"], "facts": self.facts, "asked_for": said.get("asked_for")}

    @staticmethod
    def initial_of(row: Application) -> dict[str, Any]:
        """What the form shows of an application as it stands."""
        kept = {name: written(said["value"], UNIT_OF_FACT[name]) for name, said in row.values.items()}
        return {"title": row.title, "asked_for": written(row.asked_for, Unit.MAD), "version": row.version, **kept}


class OwnApplicationForm(ApplicationForm):
    """An application by somebody who acts for one organisation or several."""

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Offer the organisations that the actor acts for; where there is one, it is meant."""
        super().__init__(*args, **options)
        rows = acted_for(actor)
        self.organisations = list(rows)
        if len(self.organisations) > 1:
            field = RowField(Organisation, label=_("In the name of"), empty_label=_("choose"))
            field.queryset = rows
            self.fields = {"organisation": field, **self.fields}

    @property
    def organisation(self) -> Organisation:
        """In whose name, once it is valid."""
        chosen: Organisation = self.cleaned_data.get("organisation") or self.organisations[0]
        return chosen


class EnteredApplicationForm(ApplicationForm):
    """An application that a fund officer enters for an organisation of the directory."""

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Look the organisation up among the promoter's own."""
        super().__init__(*args, **options)
        field = OrganisationField(label=_("Applicant"))
        field.actor = actor
        self.fields = {"organisation": field, **self.fields}

    @property
    def organisation(self) -> Organisation:
        """Who applies, once it is valid."""
        named: Organisation = self.cleaned_data["organisation"]
        return named


class CorrectedApplicationForm(ApplicationForm):
    """An application to correct or complete; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


def try_rules(asked: QueryDict, rule_set: RuleSet | None) -> dict[str, Any]:
    """The what-if of a page from the words of its address: the form, and the answer where figures were stated.

    Nothing where no rules can be tried; looking at an answer changes nothing and keeps nothing.
    """
    if rule_set is None:
        return {}
    try:
        form = WhatIfForm(asked if "try" in asked else None, rule_set=rule_set)
        said = answer(rule_set, form.facts) if form.is_bound and form.is_valid() else None
    except RulesUnreadable:
        return {}
    return {"what_if": form, "answer": said, "tried": rule_set}


def save_corrected(*, by: Actor, at: datetime, application: Application, form: CorrectedApplicationForm) -> bool:
    """Save a corrected application; what is refused becomes a sentence of the form, which keeps what was typed."""
    version = form.cleaned_data["version"]
    try:
        correct_application(by=by, at=at, application=application, read_version=version, **form.wanted)
    except REFUSALS as refusal:
        form.add_error(None, sentence_of(refusal))
        return False
    except ChangedMeanwhile as changed:
        form.reading(changed.current.version)
        initial = CorrectedApplicationForm.initial_of(changed.current)  # type: ignore[arg-type]
        there = [str(value) for name, value in initial.items() if name != "version" and value]
        form.add_error(None, meanwhile(", ".join(there)))
        return False
    return True
