"""The forms of next steps."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from moussem.actions.domain.queries.actions import colleagues_at_work
from moussem.actions.models import Action
from moussem.core.actor import Actor
from moussem.evidence.domain.queries.names import subject_named
from moussem.evidence.models import Subject

A_WEEK = timedelta(days=7)


class SubjectField(forms.CharField):
    """What it is about: a name, or the identifier that a page's button brings; None where nothing is written.

    `actor` is set by the form.
    """

    actor: Actor

    def clean(self, value: Any) -> Subject | None:
        """The one subject meant; none or several are told, with what to write instead."""
        written = super().clean(value).strip()
        if not written:
            return None
        try:
            key = uuid.UUID(written)
        except ValueError:
            return self._named(written)
        found = Subject.objects.visible_to(self.actor).filter(public_id=key).first()
        if found is None:
            raise ValidationError(_("This is not known here. Write its name instead."))
        return found

    def _named(self, written: str) -> Subject:
        found = subject_named(self.actor, written)
        if found.subject is None:
            close = _("Did you mean: %(names)s?") % {"names": ", ".join(found.may_mean)} if found.may_mean else ""
            raise ValidationError(" ".join(part for part in (_("Nothing is called exactly so."), close) if part))
        return found.subject


class PlanForm(forms.Form):
    """What is to be done, whose it is, until when; `version` is that of the row that was read."""

    words = forms.CharField(label=gettext_lazy("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Whose"), queryset=None, to_field_name="public_id", required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )  # fmt: skip
    due_on = forms.DateField(
        label=pgettext_lazy("next step", "Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = colleagues_at_work(actor)

    @staticmethod
    def initial_of(action: Action) -> dict[str, Any]:
        """The row as the form shows it."""
        owner = action.owner.public_id if action.owner else None
        return {"words": action.words, "owner": owner, "due_on": action.due_on, "version": action.version}

    def reading(self, version: int) -> None:
        """Let the next attempt be made on this version of the row; what was typed stays."""
        self.data = self.data.copy()
        self.data["version"] = version

    @property
    def plan(self) -> dict[str, Any]:
        """What was written, as the verbs take it."""
        return {name: self.cleaned_data[name] for name in ("words", "owner", "due_on")}


class NewActionForm(PlanForm):
    """A next step to be opened; it is one's own, in a week, unless one says otherwise."""

    about = SubjectField(
        label=gettext_lazy("About"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The name of an organisation, a person, an event."),
    )
    field_order = ("words", "about", "owner", "due_on")

    def __init__(self, *args: Any, actor: Actor, today: date, about: Subject | None = None, **options: Any) -> None:
        initial = {"owner": actor.id, "due_on": today + A_WEEK, **options.pop("initial", {})}
        if about is not None:
            initial["about"] = about.public_id
        super().__init__(*args, actor=actor, initial=initial, **options)
        self.fields["about"].actor = actor
        if about is not None:
            self.fields["about"].widget = forms.HiddenInput()


class SettleForm(forms.Form):
    """What came of it, or why it is dropped."""

    words = forms.CharField(label=gettext_lazy("What came of it, or why it is dropped"), max_length=300, required=False)
