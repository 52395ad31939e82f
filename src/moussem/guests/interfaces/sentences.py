"""What people are told when something about guests is not done: the reason, and the next step."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from moussem.core.texts import say
from moussem.directory.domain.imports.deciding import DoubtsOpen, NothingToImport, NotWaiting, RowsWrong
from moussem.engines.targeting.criterion import EndsCrossed, NothingWanted, WeightOutOfBounds
from moussem.events.domain.naming import SeveralBearTheName
from moussem.guests.domain.answers import AnswersClosed, ColleagueNamed, NotApprovedYet, NotThisTime, OwnAddress
from moussem.guests.domain.approving import MOST, TooManyChosen
from moussem.guests.domain.criteria import CriteriaContradict, CriterionTwice, TooManyCriteria, TooManyValues
from moussem.guests.domain.invitations import (
    EventBegun,
    EventCancelled,
    EventUndated,
    NotSilent,
    PersonObjects,
    RemindedAlready,
)
from moussem.guests.domain.judging import OtherList
from moussem.guests.domain.open_forms import ClosesBeforeItOpens, NobodyOffered
from moussem.guests.domain.presence import AlreadyHere, RegistrationCancelled
from moussem.guests.domain.registering import KindNotOffered, RegistrationClosed
from moussem.guests.domain.seats import NoSeatLeft
from moussem.guests.domain.sendings import SendingLeft
from moussem.guests.domain.space_seats import SpaceFull
from moussem.guests.domain.targets import AlreadyInvited, AlreadyTargeted, ContactHeld, Objected
from moussem.guests.domain.waves import NobodyWanted
from moussem.guests.enums import AttendanceMode
from moussem.guests.interfaces.reasons import criterion_words


def sentence_of(refusal: Exception) -> str:
    """The sentence for one of `REFUSALS`."""
    return _SENTENCES[type(refusal)](refusal)


def _no_seat(refusal: NoSeatLeft) -> str:
    if refusal.mode == AttendanceMode.ON_SITE:
        return _("No seat is left on site. What was answered before stands.")
    return _("No seat is left online. What was answered before stands.")


def _several(refusal: SeveralBearTheName) -> str:
    said = (
        _("Several people are called “%(name)s”. State the organisation, or decide in the directory who is one.")
        if refusal.is_person
        else _("Several organisations are called “%(name)s”. Paste the address of the page of the one you mean.")
    )
    return said % {"name": refusal.name}


def _here(refusal: AlreadyHere) -> str:
    first = refusal.presence
    values = {"who": first.noted_by, "mode": first.get_mode_display(), "guest": first.registration.person.name}
    return _("%(guest)s is here already: noted by %(who)s (%(mode)s). The first mark stands.") % values


def _held(refusal: ContactHeld) -> str:
    values = {"owner": refusal.person.owner or _("Somebody else"), "guest": refusal.person.name}
    return _("%(owner)s looks after %(guest)s and alone changes their e-mail. Leave the field empty.") % values


def _space_full(refusal: SpaceFull) -> str:
    values = {"space": say(refusal.space.name), "mode": AttendanceMode(refusal.mode).label}
    return (
        _("Every place in “%(space)s” is taken (%(mode)s). Leave it out; the rest of your answer is unchanged.")
        % values
    )


_OF_CRITERIA: dict[type[Exception], Callable[[Any], str]] = {
    CriteriaContradict: lambda r: (
        _("Nobody can meet this and “%(other)s” at once. Put both into one criterion, or leave one out.")
        % {"other": criterion_words(r.other)}
    ),
    CriterionTwice: lambda r: _("The list looks for this already: “%(other)s”.") % {"other": criterion_words(r.other)},
    EndsCrossed: lambda r: _("The lower number is above the upper one."),
    NothingWanted: lambda r: _("Say what is looked for: choose or write at least one value."),
    OtherList: lambda r: _("This criterion is not one of this list any more. Open the page again."),
    TooManyCriteria: lambda r: _("A list has twelve criteria at most. Drop one first."),
    TooManyValues: lambda r: _("A criterion looks for thirty values at most."),
    WeightOutOfBounds: lambda r: _("A weight is a whole number from 1 to 100."),
}
_OF_GUESTS: dict[type[Exception], Callable[[Any], str]] = {
    AnswersClosed: lambda r: _("The gathering has begun, and answers are closed. Ask the organiser at the door."),
    ColleagueNamed: lambda r: _("You named a colleague before. Write to the organiser if it is somebody else now."),
    EventCancelled: lambda r: _("This gathering is cancelled: nobody is invited, is reminded or answers any more."),
    KindNotOffered: lambda r: _("This kind of guest registers no more. Open the gathering’s page again."),
    NoSeatLeft: _no_seat,
    NotApprovedYet: lambda r: _("Your registration is still looked at. A colleague who wishes to come registers, too."),
    NotThisTime: lambda r: _("There is no seat for you this time. Write to the organiser if you think this is wrong."),
    RegistrationClosed: lambda r: _("Registration is closed. Write to the organiser if you wish to come."),
    OwnAddress: lambda r: _("This is your own address. Write your colleague’s, or choose another answer."),
    SpaceFull: _space_full,
}
_OF_STAFF: dict[type[Exception], Callable[[Any], str]] = {
    AlreadyHere: _here,
    AlreadyInvited: lambda r: _("This guest is invited. Note that they do not come; the invitation stays on record."),
    AlreadyTargeted: lambda r: _("%(guest)s is on the list already.") % {"guest": r.target.person.name},
    ContactHeld: _held,
    ClosesBeforeItOpens: lambda r: _("It would close before it opens. Correct one of the two."),
    EventBegun: lambda r: _("The gathering has begun: nobody is invited or reminded any more."),
    EventUndated: lambda r: _("This gathering has no day yet. State it first: a guest must know when it is."),
    DoubtsOpen: lambda r: _("Some rows are doubtful. Say whom they mean first."),
    NobodyOffered: lambda r: _("Nobody could register: tick a kind of guest, or switch registration off."),
    NobodyWanted: lambda r: _("State how many guests of each kind are wanted first: waves end at that number."),
    Objected: lambda r: (
        _("%(guest)s objected to standing on our lists, and was not added. Only their own yes changes that.")
        % {"guest": r.target.person.name}
    ),
    NotSilent: lambda r: _("This guest has answered, or was not invited yet. Nothing was sent."),
    PersonObjects: lambda r: _("%(guest)s objects to invitations. Nothing was sent.") % {"guest": r.person.name},
    RegistrationCancelled: lambda r: _("This guest gave the seat back. Take them in at the door if they come."),
    RemindedAlready: lambda r: _("This guest was reminded less than 20 hours ago. Wait until tomorrow."),
    SendingLeft: lambda r: _("The minute is over, and the letters have left. Nothing was undone."),
    NotWaiting: lambda r: (
        _("The list is in another state now: %(state)s. Nothing was changed by you.")
        % {"state": r.imported.get_state_display()}
    ),
    NothingToImport: lambda r: _("No row of this list can be imported. Correct the file and drop it again."),
    RowsWrong: lambda r: _("Some rows are to be corrected. Correct the file, or say that they are left out."),
    SeveralBearTheName: _several,
    TooManyChosen: lambda r: _("At most %(most)s are decided of at once. Nothing was done.") % {"most": MOST},
}
_SENTENCES = {**_OF_GUESTS, **_OF_CRITERIA, **_OF_STAFF}
REFUSALS = tuple(_SENTENCES)
"""The refusals that have a sentence."""
