"""The registrations of an event as a file of a spreadsheet, and the form that asks why it is taken out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from moussem.core.sheets.writing import Value, written_sheet
from moussem.core.texts import say
from moussem.events.domain.hours import zone_of
from moussem.events.models import Event
from moussem.guests.domain.queries.registrations import TakenOut
from moussem.guests.enums import AttendanceMode, Decision, InvitationState

LONGEST_REASON = 300


class TakingOutForm(forms.Form):
    """Which registrations are taken out, and what for."""

    state = forms.ChoiceField(label=gettext_lazy("Which registrations"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("What the file is for"), max_length=LONGEST_REASON,
        help_text=gettext_lazy("The file names people: who took it out, when and what for stays in the ledger."),
    )  # fmt: skip

    def __init__(self, *args: object, states: Sequence[tuple[str, object]], **options: object) -> None:
        """`states` are those that can be chosen, each with its name."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["state"].choices = [("", _("All registrations")), *states]  # type: ignore[attr-defined]


def registrations_sheet(event: Event, rows: Iterable[TakenOut]) -> Iterator[bytes]:
    """The file in pieces, a row at a time; headings and states in the language of now, hours by the event's clock."""
    head = [
        _("Guest"), _("Name as written"), pgettext("registration", "Organisation"), pgettext("registration", "Role"),
        pgettext("registration", "Town and country"), _("Kind of guest"), _("State"), _("Mode"),
        _("Rank on the waiting list"), _("Decision"), _("Decided by"), _("Asked on"), _("Answered on"), _("Needs"),
        pgettext("registration", "What brings you"), _("Their words"), _("Mail not delivered"), _("E-mail"),
        pgettext("registration", "Telephone"),
    ]  # fmt: skip
    return written_sheet(say(event.name), head, _rows(_words_of(event), rows))


@dataclass(frozen=True, slots=True)
class _Words:
    """What values are called in the language in which the file was asked for, and the clock of the event."""

    states: Mapping[str, str]
    modes: Mapping[str, str]
    decisions: Mapping[str, str]
    yes: str
    language: str
    zone: tzinfo


def _words_of(event: Event) -> _Words:
    called = [
        {str(value): str(label) for value, label in choices.choices}
        for choices in (InvitationState, AttendanceMode, Decision)
    ]
    return _Words(*called, _("yes"), get_language() or "", zone_of(event))


def _rows(words: _Words, rows: Iterable[TakenOut]) -> Iterator[Sequence[Value]]:
    for row in rows:
        said = row.said.get
        yield (
            row.name, said("name"), said("organisation"), said("role"), said("city"),
            say(row.guest_kind, words.language) if row.guest_kind else None,
            words.states.get(row.state, row.state), words.modes.get(row.mode, row.mode), row.rank,
            words.decisions.get(row.decision, row.decision), row.decided_by, row.asked_at.astimezone(words.zone),
            row.answered_at and row.answered_at.astimezone(words.zone), row.needs, said("purpose"), row.words,
            words.yes if row.undelivered else None, row.email, row.phone,
        )  # fmt: skip
