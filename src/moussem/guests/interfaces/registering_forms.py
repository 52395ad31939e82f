"""The forms of registering: the one the public fills in, and the one that says how."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moussem.core.texts import say
from moussem.events.models import Event
from moussem.guests.domain.open_forms import KindFacts, OpenFormFacts
from moussem.guests.domain.registering import Applicant
from moussem.guests.domain.space_seats import SpaceChoice
from moussem.guests.enums import AskedField, Asking, AttendanceMode
from moussem.guests.interfaces.forms import LONGEST, modes_of, space_words
from moussem.guests.interfaces.robots import QUICKEST, opened_at, stamp
from moussem.guests.models import OpenKind

LONGEST_ANSWER = 300
_LONG = (AskedField.PURPOSE,)
_FILLED_IN = {
    AskedField.ORGANISATION: "organization", AskedField.ROLE: "organization-title", AskedField.PHONE: "tel",
}  # fmt: skip


class RegisterForm(forms.Form):
    """What somebody of one kind is asked to register, with a field for robots and the time at which it was opened."""

    name = forms.CharField(
        label=_("Your name"), max_length=LONGEST, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Your personal link is sent there: by it you change or cancel, without an account."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("How you come"), widget=forms.RadioSelect)
    spaces = forms.MultipleChoiceField(
        label=_("Where you wish a place"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.GUEST_LANGUAGES)
    website = forms.CharField(
        label=_("Leave this empty"), required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, event: Event, kind: OpenKind, choices: Sequence[SpaceChoice], language: str, at: datetime,
        **options: Any,
    ) -> None:  # fmt: skip
        """`at` is now: when the form is opened, or was sent; `language` the one of the page."""
        initial = {"language": language, "opened": stamp(event.public_id, at=at)}
        super().__init__(*args, initial=initial, **options)
        self.event, self.kind, self.at = event, kind, at
        asked = [field for field in AskedField if kind.asked.get(field.value) in (Asking.MAY, Asking.MUST)]
        for field in asked:
            self.fields[field.value] = _answer_field(field, is_needed=kind.asked[field.value] == Asking.MUST)
        self._offer(choices)
        self.order_fields(["name", "email", *(field.value for field in asked), "mode", "spaces", "language"])

    def _offer(self, choices: Sequence[SpaceChoice]) -> None:
        modes: Any = self.fields["mode"]
        offered = modes_of(self.event)
        modes.choices = [(mode.value, mode.label) for mode in offered]
        if len(offered) == 1:
            del self.fields["mode"]
        if choices:
            spaces: Any = self.fields["spaces"]
            spaces.choices = [(str(choice.space.public_id), space_words(choice)) for choice in choices]
        else:
            del self.fields["spaces"]

    @property
    def is_robots(self) -> bool:
        """Whether the field that nobody sees was filled in."""
        return bool(self.data.get("website", "").strip())

    def clean(self) -> dict[str, Any]:
        """Refuse a form that was not opened here, or came back quicker than anybody fills it in."""
        said: dict[str, Any] = super().clean() or {}
        opened = opened_at(said.get("opened", ""), self.event.public_id)
        if opened is None:
            self.data = self.data.copy()
            self.data["opened"] = stamp(self.event.public_id, at=self.at)
            self.add_error(
                None, _("This form was not opened here, or long ago. Look at it once more and send it again.")
            )
        elif self.at - opened < QUICKEST:
            self.add_error(None, _("This came back very quickly. Look at it once more and send it again."))
        return said

    @property
    def applicant(self) -> Applicant:
        """Who registers, once it is valid."""
        said = self.cleaned_data
        mode = said.get("mode") or modes_of(self.event)[0].value
        return Applicant(
            name=said["name"], email=said["email"], language=said["language"], kind=self.kind,
            mode=AttendanceMode(mode), said={field: said[field] for field in AskedField.values if said.get(field)},
            wished=tuple(UUID(key) for key in said.get("spaces", ())),
        )  # fmt: skip


def _answer_field(field: AskedField, *, is_needed: bool) -> forms.CharField:
    attrs = {"autocomplete": _FILLED_IN[field]} if field in _FILLED_IN else {}
    widget = forms.Textarea(attrs={"rows": 3}) if field in _LONG else forms.TextInput(attrs=attrs)
    longest = 40 if field == AskedField.PHONE else LONGEST_ANSWER
    return forms.CharField(label=field.label, required=is_needed, max_length=longest, widget=widget)


_HOUR = "%Y-%m-%dT%H:%M"


def _hour_field(label: Any, hint: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, help_text=hint, required=False, input_formats=[_HOUR, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_HOUR),
    )  # fmt: skip


class OpenFormForm(forms.Form):
    """How people register for an event: from when to when, which kinds, what each is asked, who is approved."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    is_on = forms.BooleanField(label=_("People may register"), required=False)
    opens_at = _hour_field(_("Open from"), _("Left empty: as soon as the gathering is public."))
    closes_at = _hour_field(_("Open until"), _("Left empty: until the gathering begins."))
    shows_seats = forms.BooleanField(label=_("The public reads how many seats are left"), required=False)

    def __init__(
        self, *args: Any, version: int, facts: OpenFormFacts, proposed: Sequence[KindFacts], **options: Any
    ) -> None:
        """`facts` are what stands, `proposed` every kind of the event with what one usually asks."""
        self.kinds = list(proposed)
        super().__init__(*args, initial=self.initial_of(version, facts, proposed), **options)
        for number, one in enumerate(self.kinds):
            name = say(one.guest_kind.name) if one.guest_kind else _("Everybody else")
            self.fields[f"offered_{number}"] = forms.BooleanField(label=name, required=False)
            self.fields[f"approval_{number}"] = forms.BooleanField(label=_("Each is approved by you"), required=False)
            for field in AskedField:
                self.fields[f"{field.value}_{number}"] = forms.ChoiceField(label=field.label, choices=Asking.choices)

    @staticmethod
    def initial_of(version: int, facts: OpenFormFacts, proposed: Sequence[KindFacts]) -> dict[str, Any]:
        """What the form shows of a registration as it stands; of a kind that is not offered, what one usually asks."""
        shown: dict[str, Any] = {
            "version": version, "is_on": facts.is_on, "opens_at": facts.opens_at, "closes_at": facts.closes_at,
            "shows_seats": facts.shows_seats,
        }  # fmt: skip
        known = {one.guest_kind.pk if one.guest_kind else None: one for one in facts.kinds}
        named = any(one.guest_kind for one in proposed)
        for number, usual in enumerate(proposed):
            found = known.get(usual.guest_kind.pk if usual.guest_kind else None)
            is_new = version == 0
            # Where the gathering names its kinds, everybody else is asked for only by somebody's choice.
            shown[f"offered_{number}"] = found is not None and not (is_new and named and usual.guest_kind is None)
            one = found or usual
            shown[f"approval_{number}"] = one.needs_approval
            for field in AskedField.values:
                shown[f"{field}_{number}"] = one.asked.get(field, Asking.NO)
        return shown

    @property
    def kind_fields(self) -> list[Mapping[str, Any]]:
        """The fields of each kind, for the page: whether it is offered, whether approved, what it is asked."""
        return [
            {
                "offered": self[f"offered_{number}"], "approval": self[f"approval_{number}"],
                "asked": [self[f"{field}_{number}"] for field in AskedField.values],
            }
            for number in range(len(self.kinds))
        ]  # fmt: skip

    @staticmethod
    def as_typed(shown: Mapping[str, Any]) -> dict[str, Any]:
        """What a form shows, with its hours as they are typed: by the clock that holds now."""
        return {
            name: timezone.localtime(value).strftime(_HOUR) if isinstance(value, datetime) else value
            for name, value in shown.items()
        }

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

    @property
    def facts(self) -> OpenFormFacts:
        """The form as it is to be, once it is valid."""
        said = self.cleaned_data
        kinds = [
            KindFacts(
                one.guest_kind, said[f"approval_{number}"],
                {field: said[f"{field}_{number}"] for field in AskedField.values
                 if said[f"{field}_{number}"] != Asking.NO},
            )
            for number, one in enumerate(self.kinds) if said[f"offered_{number}"]
        ]  # fmt: skip
        return OpenFormFacts(said["is_on"], kinds, said["opens_at"], said["closes_at"], said["shows_seats"])
