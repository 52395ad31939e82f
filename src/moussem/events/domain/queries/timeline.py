"""What events know of a timeline and of an organisation's thread: the gatherings in which somebody took part."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Reading, answered, question
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


@answered
def event_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest events in which an organisation or a person took part, or that were held at a place or in a series;
    a source of `core.timelines`.
    """
    kind = kind_of(subjects)
    if kind in TAKING_PART:
        (events,) = yield [_taken_part_in(actor, kind, subjects, before, limit)]
        return (yield from _with_parts(actor, kind, subjects, events))
    if kind in HOLDING:
        (events,) = yield [_held_at(actor, kind, subjects, before, limit)]
        marks = yield from marks_of.reading(actor, [event.public_id for event in events])
        return [_entry(event, "", marks.get(event.public_id, ())) for event in events]
    return []


def _parts(actor: Actor, kind: str, subjects: Sequence[int]) -> QuerySet[Any]:
    return Part.objects.visible_to(actor).filter(**{f"{kind}__subject__in": subjects})


@question
def _taken_part_in(
    actor: Actor, kind: str, subjects: Sequence[int], before: Moment | None, limit: int
) -> QuerySet[Any]:
    """From the parts to their events, so that not every event is looked at."""
    events = _parts(actor, kind, subjects).values("event_id")
    return older_than(Event.objects.visible_to(actor).filter(pk__in=events), before, limit)


@question
def _held_at(actor: Actor, kind: str, subjects: Sequence[int], before: Moment | None, limit: int) -> QuerySet[Any]:
    rows = Event.objects.visible_to(actor).filter(**{f"{kind}__subject__in": subjects})
    return older_than(rows, before, limit)


@question
def _parts_in(actor: Actor, kind: str, subjects: Sequence[int], events: Collection[int]) -> QuerySet[Any]:
    return _parts(actor, kind, subjects).filter(event__in=events).order_by("position", "pk")


def _with_parts(actor: Actor, kind: str, subjects: Sequence[int], events: Sequence[Event]) -> Reading[list[Entry]]:
    if not events:
        return []
    (parts,) = yield [_parts_in(actor, kind, subjects, [event.pk for event in events])]
    taken: dict[int, list[Part]] = {}
    for part in parts:
        taken.setdefault(part.event_id, []).append(part)
    marks = yield from marks_of.reading(actor, [part.public_id for held in taken.values() for part in held])
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


@answered
def met(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Met, where a source says that the organisation took part in a gathering: the newest one is named."""
    kind = kind_of(subjects)
    if kind not in TAKING_PART:
        return None
    (found,) = yield [_taken_part_in(actor, kind, subjects, None, 1)]
    if not found:
        return None
    newest = found[0]
    return Step("", period(newest.period) if newest.period else say(newest.name), "done")
