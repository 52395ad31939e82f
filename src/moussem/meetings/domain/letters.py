"""The letters of meetings: asked, answered, placed, changed, cancelled, and whether it took place.

Links and words are made when a letter leaves. A letter about a meeting tells how it stands then, so that a late one
never puts a cancelled meeting back into a calendar.
"""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from moussem.core.actor import Actor
from moussem.core.formats import day, hours
from moussem.core.texts import say
from moussem.guests.domain.invitations import language_of
from moussem.guests.domain.letters import page_of
from moussem.guests.models import Invitation, Registration
from moussem.mail.domain.appointments import Appointment, Method, calendar_entry
from moussem.mail.domain.outbox import queue
from moussem.mail.domain.templates import Attachment, Rendered, from_templates, mail_template
from moussem.mail.models import Message
from moussem.meetings.enums import MeetingState
from moussem.meetings.models import Meeting, MeetingRequest

ASKED, ACCEPTED, DECLINED = "meetings.asked", "meetings.accepted", "meetings.declined"
PLACED, CHANGED, CANCELLED = "meetings.placed", "meetings.changed", "meetings.cancelled"
OUTCOME = "meetings.outcome"
_GUEST = "person", "organisation"
_PAIR = [f"{side}__{what}" for side in ("asker", "asked") for what in _GUEST]


def write_of_request(*, template: str, by: Actor, at: datetime, to: Registration, asking: MeetingRequest) -> None:
    """Queue a letter about a request to one of its guests, each once."""
    _write(template, by, at, to, f"{template}:{asking.public_id}", request=asking.public_id)


def write_of_meeting(*, template: str, by: Actor, at: datetime, meeting: Meeting) -> None:
    """Queue a letter about a meeting to both guests, each once for each change of the meeting."""
    for guest in meeting.request.sides:
        write_to_side(template=template, by=by, at=at, to=guest, meeting=meeting)


def write_to_side(*, template: str, by: Actor, at: datetime, to: Registration, meeting: Meeting) -> None:
    """Queue a letter about a meeting to one of its guests, once for each change of the meeting."""
    change = str(meeting.version) if template == CHANGED else ""
    key = f"{template}:{meeting.public_id}:{to.public_id}:{change}"
    _write(template, by, at, to, key, meeting=meeting.public_id, guest=to.public_id)


def _write(template: str, by: Actor, at: datetime, to: Registration, key: str, **ids: UUID) -> None:
    """Nothing where no address of the guest is known, or they do not come any more."""
    if to.person.email and to.cancelled_at is None:
        queue(
            template=template, to=to.person.email, language=language_of(to.person), key=key, promoter=to.promoter,
            by=by, at=at, **ids,
        )  # fmt: skip


@mail_template(ASKED)
def asked(message: Message) -> Rendered:
    """Who would like to meet the guest, about what, and until when they may answer."""
    return _of_request(message, "asked", to_asker=False)


@mail_template(ACCEPTED)
def accepted(message: Message) -> Rendered:
    """The guest who was asked wants to meet as well."""
    return _of_request(message, "accepted", to_asker=True)


@mail_template(DECLINED)
def declined(message: Message) -> Rendered:
    """The guest who was asked does not meet this time."""
    return _of_request(message, "declined", to_asker=True)


@mail_template(PLACED)
def placed(message: Message) -> Rendered:
    """When and where the two meet, with the entry for the calendar."""
    return _of_meeting(message, "placed")


@mail_template(CHANGED)
def changed(message: Message) -> Rendered:
    """Another hour, table or room; the same entry of the calendar changes."""
    return _of_meeting(message, "changed")


@mail_template(CANCELLED)
def cancelled(message: Message) -> Rendered:
    """The meeting is cancelled; its entry leaves the calendar."""
    return _of_meeting(message, "cancelled")


@mail_template(OUTCOME)
def outcome(message: Message) -> Rendered:
    """Did it take place? Answered by the guest's own link."""
    return _of_meeting(message, "outcome")


def _of_request(message: Message, name: str, *, to_asker: bool) -> Rendered:
    rows = MeetingRequest.objects.select_related("event", *_PAIR)
    row = rows.get(public_id=message.arguments["request"])
    guest, other = row.sides if to_asker else reversed(row.sides)
    context = _context(guest, other, message.language)
    context |= {"words": row.words, "until": day(row.expires_at.date(), message.language)}
    return from_templates(f"meetings/letters/{name}", context, message.language)


def _of_meeting(message: Message, name: str) -> Rendered:
    rows = Meeting.objects.select_related(
        "event__place", "slot", "table__space", "request__event", *(f"request__{side}" for side in _PAIR)
    )
    row = rows.get(public_id=message.arguments["meeting"])
    asker, asked = row.request.sides
    guest, other = (asker, asked) if str(asker.public_id) == message.arguments["guest"] else (asked, asker)
    language, zone = message.language, ZoneInfo(row.slot.zone)
    starts, ends = row.slot.starts_at.astimezone(zone), row.slot.ends_at.astimezone(zone)
    name = "cancelled" if row.state == MeetingState.CANCELLED else name
    context = _context(guest, other, language)
    context |= {
        "day": day(starts.date(), language),
        "hours": hours(starts, ends, language),
        "table": row.table.name if row.table else "",
        "room": row.room_address,
    }
    entries = () if name == "outcome" else (_entry(row, context, message),)
    return from_templates(f"meetings/letters/{name}", context, language, attachments=entries)


def _context(guest: Registration, other: Registration, language: str) -> dict[str, str]:
    firm = other.organisation.name if other.organisation else ""
    invitation = Invitation.objects.filter(event=guest.event_id, person=guest.person_id).select_related("link").first()
    return {
        "guest": guest.person.name,
        "other": ", ".join(part for part in (other.person.name, firm) if part),
        "event": say(guest.event.name, language),
        "address": page_of(invitation.link) if invitation and invitation.link else "",
    }


def _entry(meeting: Meeting, context: dict[str, str], message: Message) -> Attachment:
    """The meeting in the guest's calendar: one entry for ever, whose sequence rises with each change."""
    is_off = meeting.state == MeetingState.CANCELLED
    space = say(meeting.table.space.name, message.language) if meeting.table and meeting.table.space else ""
    town = say(meeting.event.place.name, message.language) if meeting.event.place else ""
    appointment = Appointment(
        key=str(meeting.public_id), sequence=meeting.version, starts=meeting.slot.starts_at,
        ends=meeting.slot.ends_at, zone=meeting.slot.zone, summary=f"{context['other']} · {context['event']}",
        place=", ".join(part for part in (context["table"], space, town) if part) if meeting.table else "",
        address=meeting.room_address,
    )  # fmt: skip
    return calendar_entry(
        appointment, method=Method.CANCEL if is_off else Method.REQUEST, organiser=settings.MAIL_FROM,
        attendee=message.address, at=message.created_at, host=urlsplit(settings.SITE_URL).hostname or "",
    )  # fmt: skip
