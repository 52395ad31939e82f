"""The letters to guests: invitation, reminder, freed seat. Links are computed here, when a letter leaves."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from moussem.accounts.domain.links import link_address
from moussem.accounts.models import Link
from moussem.core.formats import period
from moussem.core.texts import say
from moussem.events.domain.hours import timed_span_of, zone_of
from moussem.events.domain.letters import filled_in, words_in
from moussem.guests.models import Invitation
from moussem.mail.domain.appointments import Appointment, Method, calendar_entry
from moussem.mail.domain.templates import Attachment, Rendered, from_templates, mail_template
from moussem.mail.models import Message

INVITATION = "guests.invitation"
REMINDER = "guests.reminder"
SEAT_FREED = "guests.seat_freed"


def page_of(link: Link) -> str:
    """The whole address of a guest's page. It is written into letters and copied by hand, and kept nowhere."""
    return settings.SITE_URL + reverse("link", args=[link_address(link)])


def appointment_of(invitation: Invitation, *, language: str, attendee: str) -> Attachment | None:
    """The event as a calendar entry for one guest; None where its days are not stated."""
    event = invitation.event
    span = timed_span_of(event)
    if span is None:
        return None
    appointment = Appointment(
        key=str(invitation.public_id), sequence=event.version, starts=span.starts, ends=span.ends,
        zone=zone_of(event).key, summary=say(event.name, language),
        place=say(event.place.name, language) if event.place else "", whole_days=span.whole_days,
    )  # fmt: skip
    return calendar_entry(
        appointment, method=Method.REQUEST, organiser=settings.MAIL_FROM, attendee=attendee,
        at=invitation.sent_at or span.starts, host=urlsplit(settings.SITE_URL).hostname or "",
    )  # fmt: skip


@mail_template(INVITATION)
def invitation(message: Message) -> Rendered:
    """Who invites, to what, when, where, why this guest; the link; the event for the calendar."""
    return _letter(message, "invitation", with_calendar=True)


@mail_template(REMINDER)
def reminder(message: Message) -> Rendered:
    """The same, to a guest who has not answered."""
    return _letter(message, "reminder")


@mail_template(SEAT_FREED)
def seat_freed(message: Message) -> Rendered:
    """A seat was freed for a guest who waited for one."""
    return _letter(message, "seat_freed", with_calendar=True)


def _letter(message: Message, name: str, *, with_calendar: bool = False) -> Rendered:
    rows = Invitation.objects.select_related("event__place", "person", "link", "target", "promoter")
    found = rows.get(public_id=message.arguments["invitation"])
    language, event = message.language, found.event
    values = {
        "promoter": found.promoter.name,
        "guest": found.person.name,
        "event": say(event.name, language),
        "when": period(event.period, language),
        "place": say(event.place.name, language) if event.place else "",
    }
    context = {
        **values,
        "own": _own_words(found, name, values, language),
        "theme": say(event.theme, language),
        "reasons": found.target.reasons if found.target else "",
        "mode": found.get_state_display() if found.comes else "",
        "address": page_of(found.link),
    }
    entry = appointment_of(found, language=language, attendee=message.address) if with_calendar else None
    return from_templates(f"guests/letters/{name}", context, language, attachments=(entry,) if entry else ())


def _own_words(invitation: Invitation, name: str, values: Mapping[str, str], language: str) -> Mapping[str, str]:
    """The event's own words in this letter; empty where the house's stand.

    Somebody who reads a language that the house does not speak gets the event's words in it, where it has them.
    """
    letters, read = invitation.event.letters, invitation.person.language
    own = words_in(letters, name, read) or words_in(letters, name, language)
    return {part: filled_in(text, values) for part, text in own.items()}
