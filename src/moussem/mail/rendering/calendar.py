"""Calendar entries (RFC 5545, RFC 5546): one UID for ever, a rising sequence; REQUEST invites, CANCEL withdraws."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from moussem.mail.rendering.messages import Attachment


class Method(StrEnum):
    """What the recipient's calendar shall do with the entry."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a calendar entry says. `key` never changes (it becomes the UID); `sequence` rises with each change that the
    recipient must see. `starts` and `ends` (excluded) are instants, shown at the wall time of `zone` (an IANA name);
    with `whole_days` only their days there count, since no hour is stated.
    """

    key: str
    sequence: int
    starts: datetime
    ends: datetime
    zone: str
    summary: str
    place: str = ""
    text: str = ""
    address: str = ""
    whole_days: bool = False


def calendar_entry(
    appointment: Appointment, *, method: Method, organiser: str, attendee: str, at: datetime, host: str
) -> Attachment:
    """The appointment as an attachment for one attendee; `at` is when it is written, `host` ends the UID.

    Raises `ValueError` where it ends before it starts, or an instant has no zone.
    """
    if appointment.starts.tzinfo is None or appointment.ends.tzinfo is None:
        raise ValueError("a calendar entry needs instants")
    if appointment.ends <= appointment.starts:
        raise ValueError("a calendar entry ends after it starts")
    calendar = Calendar()
    calendar.add("prodid", "-//moussem//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(_event(appointment, method, organiser, attendee, at, host))
    calendar.add_missing_timezones()
    return Attachment("appointment.ics", "text/calendar", calendar.to_ical(), method.value)


def _event(appointment: Appointment, method: Method, organiser: str, attendee: str, at: datetime, host: str) -> Event:
    zone = ZoneInfo(appointment.zone)
    event = Event()
    event.add("uid", f"{appointment.key}@{host}")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    starts, ends = appointment.starts.astimezone(zone), appointment.ends.astimezone(zone)
    event.add("dtstart", starts.date() if appointment.whole_days else starts)
    event.add("dtend", ends.date() if appointment.whole_days else ends)
    event.add("summary", appointment.summary)
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    for name, value in (
        ("location", appointment.place),
        ("description", appointment.text),
        ("url", appointment.address),
    ):
        if value:
            event.add(name, value)
    event["organizer"] = vCalAddress(f"mailto:{organiser}")
    invited = vCalAddress(f"mailto:{attendee}")
    invited.params["RSVP"] = vText("TRUE" if method is Method.REQUEST else "FALSE")
    event.add("attendee", invited, encode=0)
    return event
