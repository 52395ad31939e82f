"""The forms of guests: the target list, the door, and the guest's own answer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from moussem.accounts.models import User
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.events.enums import EventMode
from moussem.events.models import Event, GuestKind
from moussem.guests.domain.answers import Answer, Colleague
from moussem.guests.domain.queries.guest import GuestPage
from moussem.guests.domain.space_seats import SpaceChoice
from moussem.guests.domain.targets import Aim, NamedGuest
from moussem.guests.enums import AttendanceMode, ContactOrigin, InvitationState, LegalBasis
from moussem.guests.models import Invitation, Target

LONGEST = 200


class RowField(forms.ModelChoiceField):
    """A choice among rows; which ones is told by the form, once it knows its actor and its event."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=None, to_field_name="public_id", **options)

    def label_from_instance(self, row: Any) -> str:
        """The name of a kind of guest, or of a user."""
        return say(row.name) if isinstance(row, GuestKind) else str(row)


class _AimFields(forms.Form):
    guest_kind = RowField(label=_("Kind of guest"), required=False, empty_label=_("no kind"))
    reasons = forms.CharField(
        label=_("Why this guest"), help_text=_("The guest reads this in the invitation."), required=False,
        max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    owner = RowField(label=_("Looked after by"), required=False, empty_label=_("nobody yet"))
    legal_basis = forms.ChoiceField(
        label=_("On which ground we write to them"), required=False,
        choices=[("", _("not stated")), *LegalBasis.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds: Any = self.fields["guest_kind"]
        kinds.queryset = GuestKind.objects.visible_to(actor).filter(event=event).order_by("position", "pk")
        owners: Any = self.fields["owner"]
        owners.queryset = User.objects.visible_to(actor).filter(is_active=True).order_by("label", "pk")

    @property
    def aim(self) -> Aim:
        """Why the person is wished for, once it is valid."""
        said = self.cleaned_data
        origin = ContactOrigin(said["origin"]) if said.get("origin") else None
        basis = LegalBasis(said["legal_basis"]) if said["legal_basis"] else None
        return Aim(said["guest_kind"], said["reasons"], said["owner"], basis, origin, said.get("origin_words", ""))


class NewTargetForm(_AimFields):
    """Somebody to put on the list: chosen from the directory, or new."""

    name = forms.CharField(
        label=_("Guest"), max_length=LONGEST, widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"})
    )
    organisation = forms.CharField(
        label=_("Organisation"), max_length=LONGEST, required=False,
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
        help_text=_("Choose a name of the directory, or type a new one."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Without one, the invitation is a link that you pass on.")
    )
    field_order = ("name", "organisation", "email", "guest_kind", "reasons", "owner", "legal_basis")

    @property
    def guest(self) -> NamedGuest:
        """Whom it is about, once it is valid."""
        said = self.cleaned_data
        return NamedGuest(said["name"], said["organisation"], said["email"])


class TargetForm(_AimFields):
    """Why somebody is wished for, to correct."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    origin = forms.ChoiceField(
        label=_("Where the contact comes from"), required=False,
        choices=[("", _("not stated")), *ContactOrigin.choices],
    )  # fmt: skip
    origin_words = forms.CharField(
        label=_("Which one"), required=False, max_length=200,
        help_text=_("The person’s name, the file or the document. The guest may read it."),
    )  # fmt: skip

    @staticmethod
    def initial_of(row: Target) -> Mapping[str, Any]:
        """What the form shows of a target as it stands."""
        return {
            "version": row.version, "reasons": row.reasons,
            "guest_kind": row.guest_kind.public_id if row.guest_kind else None,
            "owner": row.owner.public_id if row.owner else None, "legal_basis": row.legal_basis, "origin": row.origin,
            "origin_words": row.origin_words,
        }  # fmt: skip

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class TakeInForm(forms.Form):
    """Somebody who stands at the door."""

    name = forms.CharField(label=_("Guest"), max_length=LONGEST, widget=forms.TextInput(attrs={"list": "people"}))
    organisation = forms.CharField(
        label=_("Organisation"), max_length=LONGEST, required=False,
        widget=forms.TextInput(attrs={"list": "organisations"}),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=_("Here"), choices=AttendanceMode.choices, initial=AttendanceMode.ON_SITE, widget=forms.RadioSelect
    )
    guest_kind = RowField(label=_("Kind of guest"), required=False, empty_label=_("no kind"))

    def __init__(self, *args: Any, actor: Actor, event: Event, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds: Any = self.fields["guest_kind"]
        kinds.queryset = GuestKind.objects.visible_to(actor).filter(event=event).order_by("position", "pk")


COLLEAGUE, NO = "colleague", "no"
_ANSWERED = {
    InvitationState.ON_SITE: AttendanceMode.ON_SITE.value,
    InvitationState.ONLINE: AttendanceMode.ONLINE.value,
    InvitationState.DECLINED: NO,
    InvitationState.DELEGATED: COLLEAGUE,
}


def modes_of(event: Event) -> list[AttendanceMode]:
    """In which modes an event is offered: both, where it is not stated how it is held."""
    if event.mode == EventMode.ON_SITE:
        return [AttendanceMode.ON_SITE]
    return [AttendanceMode.ONLINE] if event.mode == EventMode.ONLINE else list(AttendanceMode)


def space_words(choice: SpaceChoice) -> str:
    """A space to choose, with the places left where a number is stated: "Meeting tables (3 places left on site)"."""
    name = say(choice.space.name)
    left = [
        ngettext("%(n)s place left, %(mode)s", "%(n)s places left, %(mode)s", n)
        % {"n": n, "mode": AttendanceMode(mode).label.lower()}
        for mode, n in choice.left.items() if n is not None
    ]  # fmt: skip
    return f"{name} ({' · '.join(left)})" if left else name


def _said_before(page: GuestPage) -> dict[str, Any]:
    row = page.invitation
    return {
        "answer": _ANSWERED.get(InvitationState(row.state), row.wanted_mode or None), "words": row.answered_words,
        "answered_by": row.answered_by, "shares": page.shares, "needs": row.needs,
        "spaces": [str(space.public_id) for space in page.chosen],
    }  # fmt: skip


class AnswerForm(forms.Form):
    """A guest's answer: on site, online, a colleague, or not this time."""

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    colleague_name = forms.CharField(label=_("Your colleague’s name"), max_length=LONGEST, required=False)
    colleague_email = forms.EmailField(label=_("Your colleague’s e-mail"), required=False)
    words = forms.CharField(
        label=_("A word for the organiser"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    answered_by = forms.CharField(
        label=_("Your name, if you answer for the guest"), max_length=LONGEST, required=False,
        help_text=_("The organiser reads: answered by you for the guest."),
    )  # fmt: skip
    spaces = forms.MultipleChoiceField(
        label=_("Where you wish a place"), required=False, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.CharField(
        label=_("What you need of access or diet"), max_length=300, required=False,
        help_text=_("A step-free way, no gluten: only those who prepare the day read it."),
    )  # fmt: skip
    shares = forms.BooleanField(label=_("Other guests may be told that I come, to propose a meeting."), required=False)

    def __init__(
        self, *args: Any, invitation: Invitation, choices: Sequence[SpaceChoice], page: GuestPage | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        """Without a `page` nothing is filled in from before: a form that was sent says everything itself."""
        super().__init__(*args, initial=_said_before(page) if page else {}, **options)
        if choices:
            spaces: Any = self.fields["spaces"]
            spaces.choices = [(str(choice.space.public_id), space_words(choice)) for choice in choices]
        else:
            del self.fields["spaces"]
        answers: Any = self.fields["answer"]
        offered = [(mode.value, mode.label) for mode in modes_of(invitation.event)]
        if invitation.is_asked_for:
            # A colleague registers, too; nobody answers in the place of who asked to come.
            for name in ("colleague_name", "colleague_email", "answered_by"):
                del self.fields[name]
            answers.choices = [*offered, (NO, _("I do not come"))]
        else:
            answers.choices = [*offered, (COLLEAGUE, _("A colleague comes in my place")), (NO, _("Not this time"))]

    def clean(self) -> dict[str, Any]:
        """Ask for the colleague's name and address where one is sent."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("answer") == COLLEAGUE:
            if not said.get("colleague_name"):
                self.add_error("colleague_name", _("Write your colleague’s name: the invitation will be theirs."))
            if not said.get("colleague_email") and "colleague_email" not in self.errors:
                self.add_error("colleague_email", _("Write your colleague’s e-mail: their own link is sent there."))
        return said

    @property
    def said(self) -> Answer:
        """The answer, once it is valid."""
        said = self.cleaned_data
        common = {name: said[name] for name in ("words", "answered_by", "shares", "needs") if name in said}
        if "spaces" in self.fields:
            common["spaces"] = tuple(UUID(key) for key in said["spaces"])
        if said["answer"] == COLLEAGUE:
            return Answer(colleague=Colleague(said["colleague_name"], said["colleague_email"]), **common)
        return Answer(mode=None if said["answer"] == NO else AttendanceMode(said["answer"]), **common)


class NotedAnswerForm(forms.Form):
    """An answer that staff heard: by telephone, in passing."""

    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("What was said"), max_length=300, required=False)

    def __init__(self, *args: Any, invitation: Invitation, **options: Any) -> None:
        super().__init__(*args, **options)
        answers: Any = self.fields["answer"]
        answers.choices = [*((mode.value, mode.label) for mode in modes_of(invitation.event)), (NO, _("Not this time"))]

    def said_to(self, actor: Actor) -> Answer:
        """The answer as this member of staff heard it, once it is valid."""
        said = self.cleaned_data
        mode = None if said["answer"] == NO else AttendanceMode(said["answer"])
        return Answer(mode=mode, words=said["words"], answered_by=actor.label)


class GuestFileForm(forms.Form):
    """A file with guests."""

    file = forms.FileField(
        label=_("File"), help_text=_("Excel, LibreOffice or CSV: one guest a row, the first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
    )  # fmt: skip


class TakeListForm(forms.Form):
    """The yes to a list of guests: the kind of those of whom the file says none, and whether they are invited now."""

    guest_kind = forms.ChoiceField(label=_("Kind of guest"), required=False)
    leave_out = forms.BooleanField(required=False)
    invites = forms.BooleanField(required=False)

    def __init__(self, *args: Any, kinds: Sequence[GuestKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = {str(kind.public_id): kind for kind in kinds}
        choices = [("", _("no kind")), *((key, say(kind.name)) for key, kind in self.kinds.items())]
        field: Any = self.fields["guest_kind"]
        field.choices, field.initial = choices, next(iter(self.kinds), "")

    @property
    def said(self) -> dict[str, Any]:
        """What was said, once it is valid."""
        said = self.cleaned_data
        return {**said, "guest_kind": self.kinds.get(said["guest_kind"])}
