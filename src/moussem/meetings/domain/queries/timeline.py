"""What meetings know of a timeline and of an organisation's thread: for the promoter's own staff only."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext

from moussem.core.actor import Actor
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


def meeting_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> list[Entry]:
    """The newest meetings of an organisation or a person; a source of `core.timelines`."""
    rows = _of(actor, subjects)
    if rows is None:
        return []
    rows = rows.exclude(state=MeetingState.CANCELLED).select_related("slot", "event", *_SIDES)
    if before is not None:
        rows = rows.filter(_older(before))
    return [_entry(meeting, subjects) for meeting in rows.order_by("-slot__starts_at", "-public_id")[:limit]]


def met(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Met, where a meeting took place by the word of its sides; begun, where one is placed."""
    rows = _of(actor, subjects)
    if rows is None:
        return None
    newest = rows.filter(state__in=(MeetingState.HELD, MeetingState.PLACED)).select_related("slot", "event")
    found = newest.order_by(F("state").asc(), "-slot__starts_at").first()  # "held" before "placed"
    if found is None:
        return None
    day = periods.day(found.slot.starts_at.astimezone(zone_of(found.event)).date())
    return Step("", period(day), "done" if found.state == MeetingState.HELD else "part")


_SIDES = tuple(f"request__{side}__{what}" for side in ("asker", "asked") for what in ("person", "organisation"))


def _of(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Meeting] | None":
    """The meetings of what stands behind the subjects; None for whom they are no business of."""
    if not can_see_meetings(actor) or kind_of(subjects) not in COLUMNS:
        return None
    column = COLUMNS[SubjectKind(kind_of(subjects))]
    guests = Registration.objects.visible_to(actor).filter(**{f"{column}__in": list(subjects)}).values("pk")
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
