"""The forms of a session: to add, to correct, to move."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.events.domain.hours import Hours, hours_of
from moussem.events.domain.planning import SessionFacts
from moussem.events.enums import SESSION_LANGUAGES
from moussem.events.interfaces.forms import DAY, LONGEST, MOST_SEATS, RowField, Versioned
from moussem.events.interfaces.words import changed_words, own_words
from moussem.events.models import Event, Session, Space

CLOCK: Mapping[str, Any] = {"attrs": {"type": "time"}, "format": "%H:%M"}


class _PlacedForm(forms.Form):
    """Where and when a session is held."""

    space = RowField(label=_("Space"), required=False, empty_label=_("not stated"))
    on = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    begins = forms.TimeField(label=_("Begins at"), required=False, widget=forms.TimeInput(**CLOCK))
    ends = forms.TimeField(label=_("Ends at"), required=False, widget=forms.TimeInput(**CLOCK))

    def __init__(self, *args: Any, actor: Actor, event: Event, initial: Any = None, **options: Any) -> None:
        super().__init__(*args, initial=initial or {"on": event.period_start}, **options)
        spaces: Any = self.fields["space"]
        spaces.queryset = Space.objects.visible_to(actor).filter(event=event).order_by("position", "pk")

    def clean(self) -> dict[str, Any]:
        """Ask for the day and the beginning where there is an end."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("ends") and not said.get("begins"):
            self.add_error("begins", _("State when it begins as well, or leave both empty."))
        if said.get("begins") and not said.get("on"):
            self.add_error("on", _("State the day as well."))
        return said

    @property
    def hours(self) -> Hours | None:
        """The hours that were filled in, once the form is valid; None where no beginning is."""
        said = self.cleaned_data
        return Hours(said["on"], said["begins"], said["ends"]) if said["begins"] else None

    @staticmethod
    def placed(row: Session) -> Mapping[str, Any]:
        """What the form shows of where and when a session stands."""
        hours = hours_of(row)
        return {
            "version": row.version, "space": row.space.public_id if row.space else None,
            "on": hours.on if hours else row.event.period_start,
            "begins": hours.begins if hours else None, "ends": hours.ends if hours else None,
        }  # fmt: skip


class MoveForm(_PlacedForm, Versioned):
    """A session to move."""

    @staticmethod
    def initial_of(row: Session) -> Mapping[str, Any]:
        """What the form shows of a session as it stands."""
        return _PlacedForm.placed(row)


class SessionForm(_PlacedForm):
    """A session to add."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("not stated")), *SESSION_LANGUAGES.items()]
    )
    interpretation = forms.MultipleChoiceField(
        label=_("Interpreted into"), required=False, choices=list(SESSION_LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    expected = forms.IntegerField(
        label=_("People expected on site"), required=False, min_value=0, max_value=MOST_SEATS,
        help_text=_("Where it is more than the seats of the space, the agenda says so. The public does not see it."),
    )  # fmt: skip
    field_order = ("title", "space", "on", "begins", "ends", "language", "interpretation", "expected")

    def clean(self) -> dict[str, Any]:
        """Refuse an interpretation into the language that is spoken."""
        said = super().clean()
        if said.get("language") and said["language"] in said.get("interpretation", ()):
            self.add_error("interpretation", _("It is held in this language: nobody interprets into it."))
        return said

    def facts_of(self, row: Session | None = None) -> SessionFacts:
        """What was filled in, once it is valid; `row` is the one that is corrected."""
        said = self.cleaned_data
        title = changed_words(row.title, said["title"]) if row else own_words(said["title"])
        return SessionFacts(
            title, said["space"], said["language"], self.hours, said["interpretation"], said["expected"]
        )


class CorrectSessionForm(SessionForm, Versioned):
    """A session to correct."""

    @staticmethod
    def initial_of(row: Session) -> Mapping[str, Any]:
        """What the form shows of a session as it stands."""
        return {
            **_PlacedForm.placed(row), "title": say(row.title), "language": row.language,
            "interpretation": row.interpretation, "expected": row.expected,
        }  # fmt: skip
