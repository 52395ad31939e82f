"""What the next edition of a gathering would carry over, and what it would leave behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from moussem.core.actor import Actor
from moussem.events.domain.hours import session_words
from moussem.events.domain.outlines import OwnWords
from moussem.events.models import Event, GuestKind, Session, Space


@dataclass(frozen=True, slots=True)
class CarriedSession:
    """A session that is carried over, with its hours in words ("" where none is stated)."""

    session: Session
    when: str


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What the next edition takes from this event; `parts` people in roles stay with it."""

    event: Event
    spaces: Sequence[Space]
    kinds: Sequence[GuestKind]
    sessions: Sequence[CarriedSession]
    letters: OwnWords
    parts: int


def carry_over(actor: Actor, event: Event) -> CarryOver:
    """What stands at the event now, as its next edition would take it."""
    sessions = Session.objects.visible_to(actor).filter(event=event, cancelled_at=None).order_by("position", "pk")
    return CarryOver(
        event,
        list(Space.objects.visible_to(actor).filter(event=event).order_by("position", "pk")),
        list(GuestKind.objects.visible_to(actor).filter(event=event).order_by("position", "pk")),
        [CarriedSession(session, session_words(session, with_day=True)) for session in sessions],
        event.letters,
        event.parts.filter(dropped_at=None).count(),
    )


def with_later(events: "QuerySet[Event]") -> "QuerySet[Event]":
    """Events that each know whether an edition with a higher number stands."""
    number = Coalesce(OuterRef("edition"), 0)
    later = Event.objects.filter(series=OuterRef("series"), promoter=OuterRef("promoter"), edition__gt=number)
    return events.annotate(has_later=Exists(later))
