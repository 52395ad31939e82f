"""The form of minutes: their text, and rows of decisions, each of which may become a next step."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moussem.accounts.models import User
from moussem.actions.domain.queries.actions import colleagues_at_work
from moussem.core.actor import Actor
from moussem.events.domain.minutes import Decided
from moussem.events.domain.missions import ROLES
from moussem.events.enums import PartKind
from moussem.events.models import Decision, Minutes, Outcome

NEW_ROWS = 6
LONGEST_TEXT = 20_000


class MinutesForm(forms.Form):
    """What was said, and what was decided. `version` is that of the minutes that were read; empty: the first ones."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    text = forms.CharField(
        label=gettext_lazy("Minutes"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("Who was there is taken from the door."),
        error_messages={"required": gettext_lazy("Write what was said; decisions alone are no minutes.")},
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, standing: Sequence[Decision] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self._colleagues: Mapping[str, User] = {str(user.public_id): user for user in colleagues_at_work(actor)}
        self._standing = standing
        choices = [("", _("Nobody yet")), *((key, str(user)) for key, user in self._colleagues.items())]
        for row in standing:
            # A decision that somebody else wrote meanwhile was not on the form that is sent.
            asked = not self.is_bound or f"kept_{row.pk}" in self.data
            self.fields[f"kept_{row.pk}"] = forms.CharField(
                label=_("Decision"), max_length=300, initial=row.words, required=asked,
                error_messages={"required": _("A decision stays on record: say it otherwise, it cannot be emptied.")},
            )  # fmt: skip
        for number in range(1, NEW_ROWS + 1):
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("New decision %(n)s") % {"n": number}, max_length=300, required=False
            )
            self.fields[f"owner_{number}"] = forms.ChoiceField(label=_("Whose"), choices=choices, required=False)
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("Until when"), required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )  # fmt: skip

    @staticmethod
    def initial_of(minutes: Minutes) -> dict[str, Any]:
        """What the form shows of minutes as they stand."""
        return {"version": minutes.version, "text": minutes.text}

    def kept_fields(self) -> Iterator[tuple[Decision, BoundField]]:
        """The decisions on record, each with its field."""
        for row in self._standing:
            yield row, self[f"kept_{row.pk}"]

    def new_rows(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """The rows for new decisions: words, owner, date."""
        for number in range(1, NEW_ROWS + 1):
            yield self[f"words_{number}"], self[f"owner_{number}"], self[f"due_{number}"]

    def clean(self) -> dict[str, Any]:
        """Ask for words where somebody or a date is given."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, NEW_ROWS + 1):
            given = cleaned.get(f"owner_{number}") or cleaned.get(f"due_{number}")
            if given and not cleaned.get(f"words_{number}") and f"words_{number}" not in self.errors:
                self.add_error(f"words_{number}", _("Say what was decided."))
        return cleaned

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant; what was typed stays."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

    @property
    def reworded(self) -> dict[int, str]:
        """The decisions on record as they are said now, by inner key; those that were not on the form stay away."""
        said = self.cleaned_data
        return {row.pk: said[f"kept_{row.pk}"] for row in self._standing if f"kept_{row.pk}" in self.data}

    @property
    def decided(self) -> list[Decided]:
        """The new decisions, in order, empty rows left out."""
        said = self.cleaned_data
        return [
            Decided(said[f"words_{n}"], owner=self._colleagues.get(said[f"owner_{n}"]), due_on=said[f"due_{n}"])
            for n in range(1, NEW_ROWS + 1)
            if said[f"words_{n}"]
        ]


class OutcomeForm(MinutesForm):
    """What came of a visit, and the next steps it asks for."""

    text = forms.CharField(
        label=gettext_lazy("What came of it"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what came of it.")},
    )  # fmt: skip

    @staticmethod
    def initial_of(outcome: Outcome | None) -> dict[str, Any]:  # type: ignore[override]
        """What the form shows of an outcome as it stands."""
        return {"version": outcome.version, "text": outcome.words} if outcome else {}


class DelegateForm(forms.Form):
    """Who travels with a mission, or was met there: a person, an organisation, or both, and as what."""

    kind = forms.ChoiceField(
        label=gettext_lazy("As"), choices=[(kind.value, kind.label) for kind in ROLES], initial=PartKind.DELEGATE
    )
    person = forms.CharField(
        label=gettext_lazy("Person"), max_length=200, required=False, widget=forms.TextInput(attrs={"list": "people"})
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"list": "organisations"}),
        help_text=gettext_lazy("Choose a name of the directory, or type a new one."),
    )  # fmt: skip
    role_fr = forms.CharField(label=gettext_lazy("Role in French"), max_length=200, required=False)
    role_en = forms.CharField(label=gettext_lazy("Role in English"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for somebody."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not (cleaned.get("person") or cleaned.get("organisation")):
            self.add_error("person", _("Name a person or an organisation."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What was filled in, as the verb takes it."""
        said = self.cleaned_data
        word = said["role_fr"] or said["role_en"]
        words = {"fr": said["role_fr"] or word, "en": said["role_en"] or word} if word else None
        return {
            "kind": PartKind(said["kind"]), "person": said["person"], "organisation": said["organisation"],
            "words": words,
        }  # fmt: skip
