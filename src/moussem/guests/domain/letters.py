"""The letters to guests: invitation, reminder, freed seat, changed, cancelled. Links are computed when one leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from moussem.accounts.domain.links import link_address
from moussem.accounts.models import Link
from moussem.core.formats import period
from moussem.core.texts import say
from moussem.events.domain.hours import calendar_sequence, timed_span_of, zone_of
from moussem.events.domain.letters import filled_in, words_in
from moussem.events.enums import Letter
from moussem.guests.domain.zones import clocks
from moussem.guests.enums import InvitationState
from moussem.guests.models import Invitation, Target
from moussem.mail.domain.appointments import Appointment, Method, calendar_entry
from moussem.mail.domain.stops import stop_address
from moussem.mail.domain.templates import Attachment, Rendered, from_templates, mail_template
from moussem.mail.models import Message

INVITATION = "guests.invitation"
REMINDER = "guests.reminder"
SEAT_FREED = "guests.seat_freed"
CHANGED = "guests.changed"
CANCELLED = "guests.cancelled"
REGISTERED = "guests.registered"
REFUSED = "guests.refused"
KNOWN = "guests.known"
TRIAL = "guests.trial"
GUEST_LETTERS = frozenset({INVITATION, REMINDER, SEAT_FREED, CHANGED, CANCELLED, REGISTERED, REFUSED, KNOWN})
"""The mails to guests; each names its invitation."""
RELATED = ("event__place", "person", "organisation", "link", "target", "promoter")


def page_of(link: Link) -> str:
    """The whole address of a guest's page. It is written into letters and copied by hand, and kept nowhere."""
    return settings.SITE_URL + reverse("link", args=[link_address(link)])


@dataclass(frozen=True, slots=True)
class Reach:
    """How one letter reaches its guest: language, e-mail address, the address of their page, and where they refuse
    further mail.
    """

    language: str
    email: str
    page: str
    stop: str


def unopened_page() -> str:
    """What stands for a guest's personal address in a preview: nobody but the guest gets the true one."""
    return f"{settings.SITE_URL}/l/…"


def unopened_stop() -> str:
    """What stands for the address that refuses further mail in a preview: it would refuse it for the guest."""
    return f"{settings.SITE_URL}/mail/stop/…"


def appointment_of(
    invitation: Invitation, *, language: str, attendee: str, at: datetime | None = None
) -> Attachment | None:
    """The event as a calendar entry for one guest, written at a time (None: when it was sent); None where its days are
    not stated. One entry for ever: its sequence rises with each change, and a cancelled event leaves the calendar.
    """
    event = invitation.event
    span = timed_span_of(event)
    if span is None:
        return None
    appointment = Appointment(
        key=str(invitation.public_id), sequence=calendar_sequence(event), starts=span.starts, ends=span.ends,
        zone=zone_of(event).key, summary=say(event.name, language),
        place=say(event.place.name, language) if event.place else "", whole_days=span.whole_days,
    )  # fmt: skip
    return calendar_entry(
        appointment, method=Method.CANCEL if event.cancelled_at else Method.REQUEST, organiser=settings.MAIL_FROM,
        attendee=attendee, at=at or invitation.sent_at or span.starts,
        host=urlsplit(settings.SITE_URL).hostname or "",
    )  # fmt: skip


@mail_template(INVITATION)
def invitation(message: Message) -> Rendered:
    """Who invites, to what, when, where, why this guest; the link; the event for the calendar."""
    return _letter(message, "invitation")


@mail_template(REMINDER)
def reminder(message: Message) -> Rendered:
    """The same, to a guest who has not answered."""
    return _letter(message, "reminder")


@mail_template(SEAT_FREED)
def seat_freed(message: Message) -> Rendered:
    """A seat was freed for a guest who waited for one."""
    return _letter(message, "seat_freed")


@mail_template(CHANGED)
def changed(message: Message) -> Rendered:
    """The event is at another time or place; the same entry of the calendar changes."""
    return _letter(message, "changed")


@mail_template(CANCELLED)
def cancelled(message: Message) -> Rendered:
    """The event is cancelled; its entry leaves the calendar."""
    return _letter(message, "cancelled")


@mail_template(REGISTERED, essential=True)
def registered(message: Message) -> Rendered:
    """To who registered: a seat, a rank on the waiting list, or that it is being looked at; the link; the event for the
    calendar where they come.
    """
    return _letter(message, "registered")


@mail_template(REFUSED, essential=True)
def refused(message: Message) -> Rendered:
    """Not this time, to who registered."""
    return _letter(message, "refused")


@mail_template(KNOWN, essential=True)
def known(message: Message) -> Rendered:
    """To a guest whose address was typed into the open form once more: their link, and that nothing changed."""
    return _letter(message, "known")


@mail_template(TRIAL, essential=True)
def trial(message: Message) -> Rendered:
    """A letter as a guest will get it, sent to who asked for it: without the guest's personal addresses."""
    target = Target.objects.select_related(*_OF_TARGET).get(public_id=message.arguments["target"])
    found = would_be_invited(target)
    reach = Reach(message.arguments["language_read"], message.address, unopened_page(), unopened_stop())
    letter = letter_to(found, message.arguments["letter"], reach, at=message.created_at)
    with override(message.language):
        subject = gettext("Trial: %(subject)s") % {"subject": letter.subject}
    return Rendered(subject[:200], letter.text, letter.html, letter.attachments)


_OF_TARGET = ("event__place", "event__promoter", "person", "organisation", "guest_kind")


def would_be_invited(target: Target) -> Invitation:
    """The invitation of a target, or the one it will have: kept nowhere."""
    found = Invitation.objects.select_related(*RELATED).filter(target=target).first()
    return found or Invitation(
        promoter=target.event.promoter, event=target.event, target=target, person=target.person,
        organisation=target.organisation, guest_kind=target.guest_kind,
    )  # fmt: skip


def _letter(message: Message, name: str) -> Rendered:
    found = Invitation.objects.select_related(*RELATED).get(public_id=message.arguments["invitation"])
    reach = Reach(message.language, message.address, page_of(found.link), stop_address(message))
    return letter_to(found, name, reach, at=message.created_at)


_ON_REQUEST = frozenset({"registered", "refused", "known"})
"""Letters that their reader asked for: they hold an entry for the calendar only where the guest comes."""


def letter_to(invitation: Invitation, name: str, reach: Reach, *, at: datetime) -> Rendered:
    """The letter called `name` to one guest. It tells how the event stands now: of one that was cancelled while the
    letter waited, it says so.
    """
    event, language = invitation.event, reach.language
    name = "cancelled" if event.cancelled_at else name
    values = {
        "promoter": invitation.promoter.name,
        "guest": invitation.person.name,
        "event": say(event.name, language),
        "when": period(event.period, language),
        "place": say(event.place.name, language) if event.place else "",
    }
    with override(language):
        mode = str(invitation.get_state_display()) if invitation.comes else ""
    context = {
        **values,
        "own": _own_words(invitation, name, values, language),
        "theme": say(event.theme, language),
        "clocks": [str(clock) for clock in clocks(invitation, language)],
        "reasons": invitation.target.reasons if invitation.target else "",
        "mode": mode,
        "state": str(invitation.state),
        "address": reach.page,
        "stop": reach.stop,
    }
    has_entry = name not in _ON_REQUEST or (name == "registered" and invitation.comes)
    entry = appointment_of(invitation, language=language, attendee=reach.email, at=at) if has_entry else None
    return from_templates(f"guests/letters/{name}", context, language, attachments=(entry,) if entry else ())


def _written_as(invitation: Invitation, name: str) -> str:
    """Which of the letters with own words this one is: to who registered and waits for a seat the house alone speaks,
    since words of a seat would not be true.
    """
    if name != "registered":
        return name
    is_asked = invitation.state == InvitationState.ASKED
    return Letter.RECEIVED if is_asked else Letter.APPROVED if invitation.comes else ""


def _own_words(invitation: Invitation, name: str, values: Mapping[str, str], language: str) -> Mapping[str, str]:
    """The event's own words in this letter; empty where the house's stand.

    Somebody who reads a language that the house does not speak gets the event's words in it, where it has them.
    """
    letters, read, written = invitation.event.letters, invitation.person.language, _written_as(invitation, name)
    own = words_in(letters, written, read) or words_in(letters, written, language)
    return {part: filled_in(text, values) for part, text in own.items()}
