"""What events know of a timeline and of an organisation's thread: the gatherings in which somebody took part."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.components import Event as Drawn
from moussem.core.components import SourceMark, Step
from moussem.core.formats import period
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.directory.domain.queries.cited import marks_of
from moussem.directory.domain.queries.timeline import kind_of
from moussem.events.models import Event, Part
from moussem.evidence.enums import SubjectKind

TAKING_PART = (SubjectKind.ORGANISATION, SubjectKind.PERSON)
HOLDING = (SubjectKind.PLACE, SubjectKind.SERIES)


def event_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> list[Entry]:
    """The newest events in which an organisation or a person took part, or that were held at a place or in a series;
    a source of `core.timelines`.
    """
    kind = kind_of(subjects)
    rows = Event.objects.visible_to(actor).select_related("series", "place")
    if kind in TAKING_PART:
        events = list(older_than(rows.filter(pk__in=_events_of(actor, kind, subjects)), before, limit))
        return _with_parts(events, _parts(actor, kind, subjects), actor)
    if kind in HOLDING:
        events = list(older_than(rows.filter(**{f"{kind}__subject__in": list(subjects)}), before, limit))
        marks = marks_of(actor, [event.public_id for event in events])
        return [_entry(event, "", marks.get(event.public_id, ())) for event in events]
    return []


def _parts(actor: Actor, kind: str, subjects: Sequence[int]) -> QuerySet[Any]:
    return Part.objects.visible_to(actor).filter(**{f"{kind}__subject__in": list(subjects)})


def _events_of(actor: Actor, kind: str, subjects: Sequence[int]) -> QuerySet[Any]:
    """From the parts to their events, so that not every event is looked at."""
    return _parts(actor, kind, subjects).values("event_id")


def _with_parts(events: Sequence[Event], parts: QuerySet[Any], actor: Actor) -> list[Entry]:
    taken: dict[int, list[Part]] = {}
    for part in parts.filter(event__in=[event.pk for event in events]).order_by("position", "pk"):
        taken.setdefault(part.event_id, []).append(part)
    marks = marks_of(actor, [part.public_id for held in taken.values() for part in held])
    drawn = []
    for event in events:
        held = taken.get(event.pk, [])
        said = ", ".join(dict.fromkeys(part_words(part) for part in held))
        sources = tuple(mark for part in held for mark in marks.get(part.public_id, ()))
        drawn.append(_entry(event, said, sources))
    return drawn


def part_words(part: Part) -> str:
    """What somebody was there: the kind of part, and the source's words where it has any."""
    words = say(part.words)
    return f"{part.get_kind_display()} ({words})" if words else str(part.get_kind_display())


def _entry(event: Event, text: str, sources: tuple[SourceMark, ...]) -> Entry:
    drawn = Drawn(
        title=say(event.name),
        icon="calendar-days",
        period=event.period,
        text=text,
        url=public_address(f"events/{event.public_id}/"),
        tone="ours",
        inferred=event.period_inferred,
        sources=sources,
    )
    return Entry(Moment(event.period_start, event.public_id), drawn)


def met(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Met, where a source says that the organisation took part in a gathering: the newest one is named."""
    kind = kind_of(subjects)
    if kind not in TAKING_PART:
        return None
    taken = Event.objects.visible_to(actor).filter(pk__in=_events_of(actor, kind, subjects))
    newest = older_than(taken, None, 1).first()
    if newest is None:
        return None
    return Step("", period(newest.period) if newest.period else say(newest.name), "done")
