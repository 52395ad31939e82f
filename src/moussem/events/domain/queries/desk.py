"""What staff see of their gatherings: the list, one event's home, its programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.timelines import Moment, older_than
from moussem.directory.models import Organisation, Person
from moussem.events.domain.queries.editions import with_later
from moussem.events.domain.queries.readiness import ReadyLine, next_step, readiness
from moussem.events.enums import EventKind
from moussem.events.models import Event, GuestKind, Space
from moussem.events.permissions import can_organise

PAGE = 50
NAMES = 300
"""How many names a form offers while somebody types; any other name may be typed, too."""


@dataclass(frozen=True, slots=True)
class DeskList:
    """The promoter's own events: what is to come (soonest first), what is past (newest first), what has no date.

    Those to come stand on the first page only; `older` is the cursor of the next one.
    """

    coming: Sequence[Event]
    past: Sequence[Event]
    undated: Sequence[Event]
    older: str = ""
    is_first: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.coming or self.past or self.undated)


def desk_list(actor: Actor, *, today: date, kind: str = "", cursor: str = "") -> DeskList:
    """The actor's own promoter's events of one kind ("": all), a page at a time."""
    rows = Event.objects.visible_to(actor).filter(promoter=actor.promoter_pk).select_related("place", "series")
    if kind in EventKind.values:
        rows = rows.filter(kind=kind)
    ahead = Q(period_end__gte=today) | Q(period_end=None, period_start__isnull=False)
    moment = Moment.read(cursor) if cursor else None
    coming = [] if moment else list(rows.filter(ahead).order_by(F("period_start").asc(), "public_id")[:PAGE])
    behind = rows.filter(Q(period_end__lt=today) | Q(period_start=None, period_end=None))
    found = list(older_than(behind, moment, PAGE + 1))
    shown = found[:PAGE]
    older = str(Moment(shown[-1].period_start, shown[-1].public_id)) if len(found) > PAGE else ""
    return DeskList(
        coming,
        [event for event in shown if event.period_start],
        [event for event in shown if not event.period_start],
        older,
        moment is None,
    )


@dataclass(frozen=True, slots=True)
class SpaceSeats:
    """A space and how many sessions are held there."""

    space: Space
    sessions: int


@dataclass(frozen=True, slots=True)
class EventHome:
    """An event's home. `step` is the next thing to do, None where all is ready or it is cancelled; `may_cancel`
    whether it can still be called off.
    """

    event: Event
    spaces: Sequence[SpaceSeats]
    lines: Sequence[ReadyLine]
    step: ReadyLine | None
    may_write: bool
    may_cancel: bool

    @property
    def done(self) -> int:
        """How many things are ready."""
        return sum(line.is_done for line in self.lines)


def for_home(actor: Actor, events: "QuerySet[Event]") -> "QuerySet[Event]":
    """Events loaded for their home: each knows whether it wishes for a kind of guest, and of a later edition."""
    kinds = GuestKind.objects.visible_to(actor).filter(event=OuterRef("pk"))
    return with_later(events.select_related("place", "series", "subject").annotate(has_kinds=Exists(kinds)))


def event_home(actor: Actor, event: Event, *, today: date) -> EventHome:
    """All that stands on an event's home (an event of `for_home`), apart from what higher rooms add."""
    rows = (
        Space.objects.visible_to(actor)
        .filter(event=event)
        .annotate(held=Count("sessions", filter=Q(sessions__cancelled_at=None)))
    )
    seats = [SpaceSeats(space, space.held) for space in rows.order_by("position", "pk")]
    lines = readiness(actor, event, has_kinds=event.has_kinds, has_spaces=bool(seats))
    step = None if event.cancelled_at else next_step(lines)
    is_ahead = event.period_end is None or event.period_end >= today
    return EventHome(event, seats, lines, step, can_organise(actor), is_ahead)


def kinds_of(actor: Actor, event: Event) -> list[GuestKind]:
    """The kinds of guests the event wishes for, in order."""
    return list(GuestKind.objects.visible_to(actor).filter(event=event).order_by("position", "pk"))


@dataclass(frozen=True, slots=True)
class Names:
    """Names that a form offers while somebody types."""

    people: Sequence[str]
    organisations: Sequence[str]


def names_offered(actor: Actor) -> Names:
    """The newest names of the actor's own directory, at most three hundred of each, in order."""
    return Names(_names(actor, Person), _names(actor, Organisation))


def _names(actor: Actor, table: type[Person] | type[Organisation]) -> list[str]:
    rows = table.objects.visible_to(actor).filter(promoter=actor.promoter_pk, canonical=None)
    return sorted(rows.order_by("-pk").values_list("name", flat=True)[:NAMES])
