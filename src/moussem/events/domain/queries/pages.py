"""All that the pages of events and series show, for an actor."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Reading, answered, question, side_by_side
from moussem.core.components import Event as Drawn
from moussem.core.components import FigureLine, SourceMark
from moussem.core.formats import day
from moussem.core.texts import say
from moussem.core.timelines import Moment, TimelinePage, older_than, timeline_of
from moussem.directory.domain.queries.brief import BriefLine, address_of, name_of
from moussem.directory.domain.queries.cited import Marks, marks_of
from moussem.events.domain.agendas import frozen_space
from moussem.events.enums import PartKind, SpaceKind
from moussem.events.models import AgendaVersion, Event, Part, Series, Space, Stop
from moussem.events.rendering.agenda import Agenda, AgendaSession, AgendaSpace, read
from moussem.evidence.domain.queries.sides import Against, contradictions_about
from moussem.evidence.domain.queries.territory import group_read

PAGE = 50
SESSIONS = 12
"""As many sessions stand on the event's own page; a longer agenda has its page."""


@dataclass(frozen=True, slots=True)
class EventList:
    """A page of events: the dated ones newest first, then those whose date no source states, a bucket of their own."""

    dated: Sequence[Event]
    undated: Sequence[Event]
    older: str = ""
    is_first: bool = True


def events(actor: Actor, *, cursor: str = "", series: Series | None = None) -> EventList:
    """The events an actor may see, of one series or all, from `cursor` on."""
    rows = Event.objects.visible_to(actor).select_related("series", "place")
    if series is not None:
        rows = rows.filter(series=series)
    moment = Moment.read(cursor) if cursor else None
    found = list(older_than(rows, moment, PAGE + 1))
    shown = found[:PAGE]
    older = str(Moment(shown[-1].period_start, shown[-1].public_id)) if len(found) > PAGE else ""
    dated = [event for event in shown if event.period_start]
    return EventList(dated, [event for event in shown if not event.period_start], older, moment is None)


@dataclass(frozen=True, slots=True)
class PartLine:
    """Somebody who took part: name, page ("" for whom the source does not name), in which part, and the sources."""

    kind: str
    label: str
    url: str
    words: str
    sources: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session of the published agenda with the people in their roles; `when` is empty where no time is stated."""

    session: AgendaSession
    parts: Sequence[PartLine]
    when: str = ""


@dataclass(frozen=True, slots=True)
class SpaceLine:
    """A space with its sources; seats of None are not stated."""

    space: AgendaSpace
    kind: str
    sources: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event's page. `beside` are the gatherings held on its margins. Spaces and sessions are those of the published
    agenda; `agenda` is its version (None: none is published, and only the spaces stand as they are). A longer one has
    its own page, and `sessions` is then empty.
    """

    event: Event
    name: str
    theme: str
    margins_of: BriefLine | None
    beside: Sequence[BriefLine]
    spaces: Sequence[SpaceLine]
    sessions: Sequence[SessionLine]
    agenda: AgendaVersion | None
    parts: Sequence[tuple[str, Sequence[PartLine]]]
    stops: Sequence[Stop]
    timeline: TimelinePage
    figures: Sequence[FigureLine]
    contradictions: Sequence[Against]
    sources: Sequence[SourceMark] = field(default=())

    @property
    def statements(self) -> Sequence[Drawn]:
        """What sources state of it besides numbers."""
        return [entry for entry in self.timeline.events if not entry.figures]


@answered
def event_page(actor: Actor, event: Event, *, cursor: str = "") -> Reading[EventPage]:
    """Everything of an event that the actor may see, each part with its sources."""
    subjects = yield from group_read(event.subject)
    held, timeline, contradictions, (margins, beside, stops) = yield from side_by_side(
        _held(actor, event),
        timeline_of.reading(actor, subjects, cursor=cursor, limit=PAGE),
        contradictions_about.reading(actor, subjects),
        _around(actor, event),
    )
    by_key = {str(part.public_id): part for part in held.parts}
    return EventPage(
        event=event,
        name=say(event.name),
        theme=say(event.theme),
        margins_of=_line(margins[0]) if margins else None,
        beside=[_line(row) for row in beside],
        spaces=[_space(space, held.marks) for space in held.agenda.spaces],
        sessions=[_session(session, by_key, held.marks, event) for session in held.sessions],
        agenda=held.version,
        parts=_by_kind([part for part in held.parts if part.session_id is None], held.marks),
        stops=stops,
        timeline=timeline,
        figures=[replace(line, label=entry.title) for entry in timeline.events for line in entry.figures],
        contradictions=contradictions,
        sources=held.marks.get(event.public_id, ()),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """What an event holds: its published agenda or its spaces, the sessions shown, who takes part, the sources."""

    version: AgendaVersion | None
    agenda: Agenda
    sessions: Sequence[AgendaSession]
    parts: Sequence[Part]
    marks: Marks


def _held(actor: Actor, event: Event) -> Reading[_Held]:
    versions, spaces = yield [_versions(actor, [event.pk]), _spaces(actor, [event.pk])]
    version = versions[0] if versions else None
    agenda = read(version.content) if version else Agenda(tuple(map(frozen_space, spaces)))
    sessions = agenda.held if len(agenda.held) <= SESSIONS else []
    keys = [UUID(session.key) for session in sessions]
    (parts,) = yield [_parts(actor, [event.pk], keys) if keys else _general_parts(actor, [event.pk])]
    shown = [event.public_id, *(part.public_id for part in parts), *(UUID(space.key) for space in agenda.spaces)]
    return _Held(version, agenda, sessions, parts, (yield from marks_of.reading(actor, shown)))


@question
def _versions(actor: Actor, events: Collection[int]) -> "QuerySet[Any]":
    return AgendaVersion.objects.visible_to(actor).filter(event__in=events, replaced_at=None)


@question
def _spaces(actor: Actor, events: Collection[int]) -> "QuerySet[Any]":
    return Space.objects.visible_to(actor).filter(event__in=events).order_by("position", "pk")


def _taking_part(actor: Actor, events: Collection[int], shown: Q) -> "QuerySet[Any]":
    rows = Part.objects.visible_to(actor).filter(shown, event__in=events)
    return rows.select_related("person", "organisation").order_by("position", "pk")


@question
def _parts(actor: Actor, events: Collection[int], sessions: Collection[UUID]) -> "QuerySet[Any]":
    return _taking_part(actor, events, Q(session=None) | Q(session__public_id__in=sessions))


@question
def _general_parts(actor: Actor, events: Collection[int]) -> "QuerySet[Any]":
    return _taking_part(actor, events, Q(session=None))


def _around(actor: Actor, event: Event) -> Reading[Sequence[list[Any]]]:
    """The gathering on whose margins it is held, those held on its own, and where it stops."""
    return (yield [
        _these(actor, [event.margins_of_id] if event.margins_of_id else []),
        _on_margins(actor, [event.pk]),
        _stops(actor, [event.pk]),
    ])  # fmt: skip


@question
def _these(actor: Actor, events: Collection[int]) -> "QuerySet[Any]":
    return Event.objects.visible_to(actor).filter(pk__in=events)


@question
def _on_margins(actor: Actor, events: Collection[int]) -> "QuerySet[Any]":
    return Event.objects.visible_to(actor).filter(margins_of__in=events).order_by("pk")


@question
def _stops(actor: Actor, events: Collection[int]) -> "QuerySet[Any]":
    rows = Stop.objects.visible_to(actor).filter(event__in=events)
    return rows.select_related("place").order_by("position", "pk")


def _space(space: AgendaSpace, marks: Marks) -> SpaceLine:
    return SpaceLine(space, str(SpaceKind(space.kind).label), marks.get(UUID(space.key), ()))


def _session(session: AgendaSession, parts: Mapping[str, Part], marks: Marks, event: Event) -> SessionLine:
    """A session as it is published, with those of its people whom the reader may still know."""
    shown = [_part(parts[p.key], marks) for p in session.parts if p.key in parts]
    several = event.period_start != event.period_end
    when = f"{day(session.on)}, {session.hours}" if session.on and several else session.hours
    return SessionLine(session, shown, when)


def _line(event: Event) -> BriefLine:
    return BriefLine(say(event.name), public_address(f"events/{event.public_id}/"), period=event.period)


def _by_kind(parts: Sequence[Part], marks: Marks) -> list[tuple[str, list[PartLine]]]:
    order = PartKind.values
    ordered = sorted(parts, key=lambda part: order.index(part.kind))
    return [
        (label, [_part(part, marks) for part in group])
        for label, group in groupby(ordered, key=lambda part: str(part.get_kind_display()))
    ]


def _part(part: Part, marks: Marks) -> PartLine:
    who = part.person or part.organisation
    name = part.person.name if part.person else name_of(part.organisation) if part.organisation else say(part.words)
    words = say(part.words) if who else ""
    sources = marks.get(part.public_id, ())
    return PartLine(
        str(part.get_kind_display()), name, address_of(who) if who and who.is_published else "", words, sources
    )


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """A series with its editions and what sources say of it."""

    series: Series
    name: str
    editions: EventList
    timeline: TimelinePage
    contradictions: Sequence[Against]
    sources: Sequence[SourceMark]


@answered
def series_page(actor: Actor, series: Series, *, cursor: str = "") -> Reading[SeriesPage]:
    """Everything of a series that the actor may see."""
    subjects = yield from group_read(series.subject)
    timeline, contradictions, marks = yield from side_by_side(
        timeline_of.reading(actor, subjects, cursor=cursor),
        contradictions_about.reading(actor, subjects),
        marks_of.reading(actor, [series.public_id]),
    )
    return SeriesPage(
        series=series,
        name=say(series.name),
        editions=events(actor, series=series),
        timeline=timeline,
        contradictions=contradictions,
        sources=marks.get(series.public_id, ()),
    )
