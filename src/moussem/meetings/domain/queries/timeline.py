"""What meetings know of a timeline and of an organisation's thread: for the promoter's own staff only."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.components import Event as Drawn
from moussem.core.components import Step
from moussem.core.formats import period
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment
from moussem.directory.domain.queries.timeline import kind_of
from moussem.engines.values import period as periods
from moussem.events.domain.hours import zone_of
from moussem.evidence.enums import SubjectKind
from moussem.guests.models import Registration
from moussem.meetings.enums import MeetingState
from moussem.meetings.models import Meeting
from moussem.meetings.permissions import can_see_meetings

COLUMNS = {SubjectKind.ORGANISATION: "organisation__subject", SubjectKind.PERSON: "person__subject"}


@answered
def meeting_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest meetings of an organisation or a person; a source of `core.timelines`."""
    if not _may_know(actor, subjects):
        return []
    (found,) = yield [_newest(actor, kind_of(subjects), subjects, before, limit)]
    return [_entry(meeting, subjects) for meeting in found]


@question
def _newest(actor: Actor, kind: str, subjects: Sequence[int], before: Moment | None, limit: int) -> "QuerySet[Any]":
    rows = _of(actor, kind, subjects).exclude(state=MeetingState.CANCELLED)
    if before is not None:
        rows = rows.filter(_older(before))
    return rows.select_related("slot", "event", *_SIDES).order_by("-slot__starts_at", "-public_id")[:limit]


@answered
def met(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Met, where a meeting took place by the word of its sides; begun, where one is placed."""
    if not _may_know(actor, subjects):
        return None
    (rows,) = yield [_furthest(actor, kind_of(subjects), subjects)]
    if not rows:
        return None
    found = rows[0]
    day = periods.day(found.slot.starts_at.astimezone(zone_of(found.event)).date())
    return Step("", period(day), "done" if found.state == MeetingState.HELD else "part")


_SIDES = tuple(f"request__{side}__{what}" for side in ("asker", "asked") for what in ("person", "organisation"))


def _may_know(actor: Actor, subjects: Sequence[int]) -> bool:
    return can_see_meetings(actor) and kind_of(subjects) in COLUMNS


@question
def _furthest(actor: Actor, kind: str, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = _of(actor, kind, subjects).filter(state__in=(MeetingState.HELD, MeetingState.PLACED))
    # "held" before "placed"
    return rows.select_related("slot", "event").order_by(F("state").asc(), "-slot__starts_at")[:1]


def _of(actor: Actor, kind: str, subjects: Sequence[int]) -> "QuerySet[Meeting]":
    """The meetings of what stands behind the subjects."""
    column = COLUMNS[SubjectKind(kind)]
    guests = Registration.objects.visible_to(actor).filter(**{f"{column}__in": subjects}).values("pk")
    side = Q(request__asker__in=guests) | Q(request__asked__in=guests)
    return Meeting.objects.visible_to(actor).filter(side)


def _older(before: Moment) -> Q:
    """Meetings before a moment of the timeline; a day is read as UTC's, by which entries stand, too."""
    if before.on is None:
        return Q(pk__in=())
    day = datetime.combine(before.on, time(0), UTC)
    same_day = Q(slot__starts_at__gte=day, slot__starts_at__lt=day + timedelta(days=1), public_id__lt=before.key)
    return Q(slot__starts_at__lt=day) | same_day


def _entry(meeting: Meeting, subjects: Sequence[int]) -> Entry:
    mine = [side for side in meeting.request.sides if _subject_keys(side) & set(subjects)]
    other = meeting.request.asked if mine and mine[0].pk == meeting.request.asker_id else meeting.request.asker
    firm = other.organisation.name if other.organisation else ""
    name = ", ".join(part for part in (other.person.name, firm) if part)
    drawn = Drawn(
        title=gettext("Meeting with %(name)s") % {"name": name},
        icon="handshake",
        period=periods.day(meeting.slot.starts_at.astimezone(zone_of(meeting.event)).date()),
        text=f"{say(meeting.event.name)} · {meeting.get_state_display()}",
        tone="ours",
        ahead=meeting.state == MeetingState.PLACED,
    )
    return Entry(Moment(meeting.slot.starts_at.astimezone(UTC).date(), meeting.public_id), drawn)


def _subject_keys(side: Registration) -> set[int]:
    firm = {side.organisation.subject_id} if side.organisation else set()
    return {side.person.subject_id, *firm}
