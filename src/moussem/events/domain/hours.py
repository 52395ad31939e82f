"""The clock of a gathering: its zone, the hours of its sessions, when it begins and when it is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet, Sum

from moussem.core.asking import question, read
from moussem.events.models import Event, Session


class EndsBeforeItBegins(Exception):
    """The end of a session is not after its beginning."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a session is held, by the clock on the wall; `ends` None where only its beginning is stated."""

    on: date
    begins: time
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant to another (excluded). `whole_days`: no hours are stated, only the days count."""

    starts: datetime
    ends: datetime
    whole_days: bool


def zone_of(event: Event) -> ZoneInfo:
    """The time zone of the event's wall clock; the installation's where none is set."""
    return ZoneInfo(event.zone or settings.TIME_ZONE)


def hours_columns(event: Event, hours: Hours | None) -> dict[str, Any]:
    """The columns of a session that hold its hours: the instants, and what the clock on the wall says.

    Raises `EndsBeforeItBegins`.
    """
    if hours is None:
        return {"starts_at": None, "ends_at": None, "local_time": "", "zone": ""}
    if hours.ends is not None and hours.ends <= hours.begins:
        raise EndsBeforeItBegins
    zone = zone_of(event)
    wall = datetime.combine(hours.on, hours.begins)
    return {
        "starts_at": wall.replace(tzinfo=zone).astimezone(UTC),
        "ends_at": datetime.combine(hours.on, hours.ends, zone).astimezone(UTC) if hours.ends else None,
        "local_time": wall.isoformat(timespec="minutes"),
        "zone": zone.key,
    }


def hours_of(session: Session) -> Hours | None:
    """The hours of a session by the clock on the wall; None where no time is stated."""
    if session.starts_at is None or not session.zone:
        return None
    zone = ZoneInfo(session.zone)
    begins = session.starts_at.astimezone(zone)
    return Hours(begins.date(), begins.time(), session.ends_at.astimezone(zone).time() if session.ends_at else None)


def session_words(session: Session, *, with_day: bool) -> str:
    """The hours of a session by the clock on the wall ("10:00-11:30"), after its day where asked; "" for none."""
    hours = hours_of(session)
    if hours is None:
        return session.local_time
    said = f"{hours.begins:%H:%M}" + (f"–{hours.ends:%H:%M}" if hours.ends else "")
    return f"{hours.on:%d/%m} {said}" if with_day else said


def span_of(event: Event) -> Span | None:
    """The days of an event from their first midnight to their last one; None where they are not stated to the day."""
    period = event.period
    if period is None or period.start is None or period.end is None or period.precision not in ("day", "span"):
        return None
    zone = zone_of(event)
    first = datetime.combine(period.start, time(0), zone)
    return Span(first, datetime.combine(period.end + timedelta(days=1), time(0), zone), True)


def timed_span_of(event: Event) -> Span | None:
    """From the first stated hour of its sessions to the last one; the days of the event where no hour is stated."""
    return span_with(event, read([_hours([event.pk])])[0])


@question
def _hours(events: Sequence[int]) -> "QuerySet[Any]":
    return stated_hours(Session.objects.filter(event__in=events))


def stated_hours(sessions: "QuerySet[Session]") -> "QuerySet[Any]":
    """The stated hours of those of the sessions that are held."""
    return sessions.filter(starts_at__isnull=False, cancelled_at=None).values_list("starts_at", "ends_at")


def span_with(event: Event, timed: Sequence[tuple[datetime, datetime | None]]) -> Span | None:
    """`timed_span_of` an event whose `stated_hours` are known."""
    days = span_of(event)
    if days is None or not timed:
        return days
    starts = min(start for start, _ in timed)
    ends = max(end or start + timedelta(hours=1) for start, end in timed)
    return Span(starts, ends, False)


def answers_until(event: Event) -> datetime | None:
    """Until when (excluded) a guest may answer and change the answer: until the event begins.

    Where no hour is stated, until its first day is over; None where no day is stated.
    """
    return closing_of(timed_span_of(event))


def closing_of(span: Span | None) -> datetime | None:
    """`answers_until` of an event whose span (`timed_span_of`) is known."""
    if span is None:
        return None
    return span.starts + timedelta(days=1) if span.whole_days else span.starts


def calendar_sequence(event: Event) -> int:
    """The number that rises with each change of an event or of its sessions, for entries of calendars (RFC 5545,
    3.8.7.4). Sessions are added and corrected and never deleted, so that it never falls.
    """
    versions = Session.objects.filter(event=event).aggregate(all=Sum("version"))["all"] or 0
    return event.version + versions
