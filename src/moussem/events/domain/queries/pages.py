"""All that the pages of events and series show, for an actor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
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
from moussem.evidence.domain.queries.territory import group_of

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


def event_page(actor: Actor, event: Event, *, cursor: str = "") -> EventPage:
    """Everything of an event that the actor may see, each part with its sources."""
    subjects = group_of(event.subject)
    version = AgendaVersion.objects.visible_to(actor).filter(event=event, replaced_at=None).first()
    agenda = read(version.content) if version else Agenda(tuple(map(frozen_space, _spaces(actor, event))))
    sessions = agenda.held if len(agenda.held) <= SESSIONS else []
    shown = Q(session=None) | Q(session__public_id__in=[session.key for session in sessions])
    parts = list(
        Part.objects.visible_to(actor).filter(shown, event=event).select_related("person", "organisation")
        .order_by("position", "pk")
    )  # fmt: skip
    marks = marks_of(actor, [event.public_id, *(p.public_id for p in parts), *(UUID(s.key) for s in agenda.spaces)])
    by_key = {str(part.public_id): part for part in parts}
    timeline = timeline_of(actor, subjects, cursor=cursor, limit=PAGE)
    return EventPage(
        event=event,
        name=say(event.name),
        theme=say(event.theme),
        margins_of=_margins(actor, event),
        beside=[_line(row) for row in Event.objects.visible_to(actor).filter(margins_of=event).order_by("pk")],
        spaces=[_space(space, marks) for space in agenda.spaces],
        sessions=[_session(session, by_key, marks, event) for session in sessions],
        agenda=version,
        parts=_by_kind([part for part in parts if part.session_id is None], marks),
        stops=list(
            Stop.objects.visible_to(actor).filter(event=event).select_related("place").order_by("position", "pk")
        ),
        timeline=timeline,
        figures=[replace(line, label=entry.title) for entry in timeline.events for line in entry.figures],
        contradictions=contradictions_about(actor, subjects),
        sources=marks.get(event.public_id, ()),
    )


def _spaces(actor: Actor, event: Event) -> Sequence[Space]:
    return list(Space.objects.visible_to(actor).filter(event=event).order_by("position", "pk"))


def _space(space: AgendaSpace, marks: Marks) -> SpaceLine:
    return SpaceLine(space, str(SpaceKind(space.kind).label), marks.get(UUID(space.key), ()))


def _session(session: AgendaSession, parts: Mapping[str, Part], marks: Marks, event: Event) -> SessionLine:
    """A session as it is published, with those of its people whom the reader may still know."""
    shown = [_part(parts[p.key], marks) for p in session.parts if p.key in parts]
    several = event.period_start != event.period_end
    when = f"{day(session.on)}, {session.hours}" if session.on and several else session.hours
    return SessionLine(session, shown, when)


def _margins(actor: Actor, event: Event) -> BriefLine | None:
    row = Event.objects.visible_to(actor).filter(pk=event.margins_of_id).first()
    return _line(row) if row else None


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


def series_page(actor: Actor, series: Series, *, cursor: str = "") -> SeriesPage:
    """Everything of a series that the actor may see."""
    subjects = group_of(series.subject)
    return SeriesPage(
        series=series,
        name=say(series.name),
        editions=events(actor, series=series),
        timeline=timeline_of(actor, subjects, cursor=cursor),
        contradictions=contradictions_about(actor, subjects),
        sources=marks_of(actor, [series.public_id]).get(series.public_id, ()),
    )
