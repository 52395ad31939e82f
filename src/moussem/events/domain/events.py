"""Adding series, events, spaces, sessions, parts and stops."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.models import period_values
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.models import Organisation, Person, Place
from moussem.engines.values.period import Period
from moussem.events.domain.hours import Hours, hours_columns
from moussem.events.enums import EventKind, EventMode, PartKind, SpaceKind
from moussem.events.models import Event, Part, Series, Session, Space, Stop
from moussem.events.permissions import can_organise
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import SubjectKind

Words = Mapping[str, str]


class NobodyTakesPart(Exception):
    """A part needs a person, an organisation, or the words of the source for somebody it does not name."""


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is known of a gathering; `period` None where no date is stated.

    `seats_on_site` and `seats_online` limit the guests of each mode (None: no limit), `zone` is the time zone of its
    wall clock ("": the installation's).
    """

    kind: EventKind
    name: Words
    theme: Words | None = None
    period: Period | None = None
    place: Place | None = None
    series: Series | None = None
    edition: int | None = None
    mode: EventMode = EventMode.NOT_STATED
    margins_of: Event | None = None
    description: Words | None = None
    seats_on_site: int | None = None
    seats_online: int | None = None
    zone: str = ""


@transaction.atomic
def add_series(*, by: Actor, at: datetime, name: Words, acronym: str = "", publish: bool = False) -> Series:
    """A gathering that comes back, with its subject."""
    require(can_organise(by), "add a series")
    public_id = uuid7()
    opened_at = at if publish else None
    subject = open_subject(
        by=by, kind=SubjectKind.SERIES, public_id=public_id, label=name, address=f"series/{public_id}/",
        published_at=opened_at,
    )  # fmt: skip
    series = Series.objects.create(
        public_id=public_id, promoter_id=by.promoter_pk, name=dict(name), acronym=acronym, subject=subject,
        published_at=opened_at,
    )  # fmt: skip
    write_entry(
        by=by, at=at, verb="add_series", object_kind="series", object_id=public_id,
        object_label=acronym or name.get("en", ""), promoter_key=by.promoter_key, after={"name": dict(name)},
    )  # fmt: skip
    return series


@transaction.atomic
def add_event(*, by: Actor, at: datetime, facts: EventFacts, publish: bool = False) -> Event:
    """A gathering with its subject."""
    require(can_organise(by), "add an event")
    require_own(facts.series, facts.margins_of, by=by)
    require_in_reach(facts.place, by=by)
    public_id = uuid7()
    opened_at = at if publish else None
    subject = open_subject(
        by=by, kind=SubjectKind.EVENT, public_id=public_id, label=facts.name, address=f"events/{public_id}/",
        within=facts.place.subject if facts.place else None, published_at=opened_at,
    )  # fmt: skip
    event = Event.objects.create(
        public_id=public_id, promoter_id=by.promoter_pk, subject=subject, published_at=opened_at, **columns_of(facts)
    )
    _tell(by, at, "add_event", event, {"name": dict(facts.name), "kind": str(facts.kind)})
    return event


def columns_of(facts: EventFacts) -> dict[str, Any]:
    """The column values that hold the facts."""
    return {
        "kind": facts.kind,
        "name": dict(facts.name),
        "theme": dict(facts.theme or {}),
        "series": facts.series,
        "edition": facts.edition,
        "place": facts.place,
        "mode": facts.mode,
        "margins_of": facts.margins_of,
        "description": dict(facts.description or {}),
        "seats_on_site": facts.seats_on_site,
        "seats_online": facts.seats_online,
        "zone": facts.zone,
        **period_values("period", facts.period),
    }


def _tell(by: Actor, at: datetime, verb: str, event: Event, after: Mapping[str, object]) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="event", object_id=event.public_id,
        object_label=event.name.get("en") or event.name.get("fr") or "", promoter_key=by.promoter_key, after=after,
    )  # fmt: skip


@transaction.atomic
def add_space(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    kind: SpaceKind,
    name: Words,
    capacity_on_site: int | None = None,
    capacity_online: int | None = None,
) -> Space:
    """A part of the event's room; capacities None where not stated."""
    require(can_organise(by), "add a space")
    require_own(event, by=by)
    space = Space.objects.create(
        promoter_id=by.promoter_pk, event=event, kind=kind, name=dict(name), position=event.spaces.count() + 1,
        capacity_on_site=capacity_on_site, capacity_online=capacity_online,
    )  # fmt: skip
    _tell(by, at, "add_space", event, {"space": dict(name), "kind": str(kind)})
    return space


@transaction.atomic
def add_session(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    title: Words,
    topics: Words | None = None,
    space: Space | None = None,
    language: str = "",
    hours: Hours | None = None,
    interpretation: Sequence[str] = (),
    expected: int | None = None,
) -> Session:
    """Something that happens at the event; `hours` None where no time is stated. It stays a draft until the agenda is
    published.
    """
    require(can_organise(by), "add a session")
    require_own(event, space, by=by)
    session = Session.objects.create(
        promoter_id=by.promoter_pk, event=event, space=space, title=dict(title), topics=dict(topics or {}),
        language=language, position=event.sessions.count() + 1, interpretation=list(interpretation),
        expected=expected, **hours_columns(event, hours),
    )  # fmt: skip
    _tell(by, at, "add_session", event, {"session": dict(title)})
    return session


@transaction.atomic
def take_part(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    kind: PartKind,
    session: Session | None = None,
    person: Person | None = None,
    organisation: Organisation | None = None,
    words: Words | None = None,
) -> Part:
    """The part somebody takes; `words` describe whom the source does not name. Raises `NobodyTakesPart`."""
    require(can_organise(by), "record a part")
    require_own(event, session, by=by)
    require_in_reach(person, organisation, by=by)
    if person is None and organisation is None and not words:
        raise NobodyTakesPart(event.public_id)
    part = Part.objects.create(
        promoter_id=by.promoter_pk, event=event, session=session, kind=kind, person=person,
        organisation=organisation, words=dict(words or {}), position=event.parts.count() + 1,
    )  # fmt: skip
    _tell(by, at, "take_part", event, {"part": str(kind), "who": str(person or organisation or words)})
    return part


@transaction.atomic
def add_stop(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    place: Place | None = None,
    words: Words | None = None,
    period: Period | None = None,
) -> Stop:
    """A stop of an itinerant exhibition; without a place where the source names none."""
    require(can_organise(by), "add a stop")
    require_own(event, place, by=by)
    stop = Stop.objects.create(
        promoter_id=by.promoter_pk, event=event, place=place, words=dict(words or {}),
        position=event.stops.count() + 1, **period_values("period", period),
    )  # fmt: skip
    _tell(by, at, "add_stop", event, {"place": place and place.name})
    return stop
