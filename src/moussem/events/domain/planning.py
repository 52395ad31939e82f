"""Planning a gathering: set up by one short form, corrected, opened to the public, with the guests it wishes for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.news import publish
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.directory.domain.imports.opening import open_list
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.models import ImportedList
from moussem.events.domain.events import EventFacts, Words, add_event, columns_of, take_part
from moussem.events.domain.filling import fill
from moussem.events.domain.fragments import forget_drawn
from moussem.events.domain.hours import Hours, hours_columns
from moussem.events.domain.naming import organisation_called, person_called
from moussem.events.domain.outlines import Outline, OwnWords, Wish, own_words_of
from moussem.events.enums import FOR_EVENT, EventMode, PartKind, SpaceKind
from moussem.events.models import Event, GuestKind, Part, Session, Space
from moussem.events.news import SEATS_CHANGED
from moussem.events.permissions import can_organise
from moussem.evidence.models import Subject


@transaction.atomic
def plan_event(
    *, by: Actor, at: datetime, facts: EventFacts, wishes: Sequence[Wish] = (), outline: Outline | None = None
) -> Event:
    """A gathering with the kinds of guests it wishes for; not public until it is published.

    With an outline, what the facts leave open is as the outline says: seats and how it is held, the kinds of guests
    where no wish is stated; and its spaces, agenda, mails and next steps are there at once.
    """
    if outline is None:
        event = add_event(by=by, at=at, facts=facts)
    else:
        event = add_event(by=by, at=at, facts=_seated(facts, outline))
        fill(by=by, at=at, event=event, outline=outline)
    for wish in wishes or (outline.wishes if outline else ()):
        add_guest_kind(by=by, at=at, event=event, wish=wish)
    return event


@dataclass(frozen=True, slots=True)
class DroppedList:
    """A file with guests that was dropped with the form: its bytes and its name."""

    file: BinaryIO
    filename: str


@transaction.atomic
def plan_event_with_guests(
    *,
    by: Actor,
    at: datetime,
    facts: EventFacts,
    guests: DroppedList,
    wishes: Sequence[Wish] = (),
    outline: Outline | None = None,
) -> ImportedList:
    """A gathering as `plan_event` makes it, and the list of its guests, which waits to be read and for its yes; both or
    neither. Raises `core.files.FileTooLarge`.
    """
    event = plan_event(by=by, at=at, facts=facts, wishes=wishes, outline=outline)
    return open_list(
        by=by, at=at, file=guests.file, filename=guests.filename, object_kind=FOR_EVENT, object_key=event.public_id
    )


def _seated(facts: EventFacts, outline: Outline) -> EventFacts:
    site, online = facts.seats_on_site, facts.seats_online
    if site is None and online is None:
        site, online = outline.seats_on_site, outline.seats_online
    return replace(facts, seats_on_site=site, seats_online=online, mode=mode_of_seats(site, online))


def mode_of_seats(on_site: int | None, online: int | None) -> EventMode:
    """How an event with such seats is held; not stated where neither number is."""
    if on_site is None and online is None:
        return EventMode.NOT_STATED
    return EventMode.BOTH if on_site and online else EventMode.ONLINE if online else EventMode.ON_SITE


@transaction.atomic
def correct_letters(*, by: Actor, at: datetime, event: Event, read_version: int, letters: OwnWords) -> Event:
    """Correct the event's own words in its mails; those sent already stay. Raises `ChangedMeanwhile`."""
    require(can_organise(by), "correct the words of mails")
    require_own(event, by=by)
    before = event.letters
    save_version(event, read_version=read_version, letters=own_words_of(letters))
    _tell(by, at, "correct_letters", event, before={"letters": before}, after={"letters": event.letters})
    return event


@transaction.atomic
def correct_event(*, by: Actor, at: datetime, event: Event, read_version: int, facts: EventFacts) -> Event:
    """Correct what is known of a gathering; raises `ChangedMeanwhile`. Where its seats change, higher rooms are told.

    The days and hours of sessions stay as they are.
    """
    require(can_organise(by), "correct an event")
    require_own(event, facts.series, facts.margins_of, by=by)
    require_in_reach(facts.place, by=by)
    before = _told(event)
    seats = (event.seats_on_site, event.seats_online)
    save_version(event, read_version=read_version, **columns_of(facts))
    within = facts.place.subject_id if facts.place else None
    Subject.objects.filter(pk=event.subject_id).update(label=dict(facts.name), within=within)
    _tell(by, at, "correct_event", event, after=_told(event), before=before)
    forget_drawn(event)
    if seats != (event.seats_on_site, event.seats_online):
        key = f"{event.public_id}:{event.version}"
        publish(SEATS_CHANGED, key=key, promoter_key=by.promoter_key, event=str(event.public_id))
    return event


def _told(event: Event) -> dict[str, Any]:
    return {
        "name": event.name, "kind": str(event.kind), "period": [event.period_start, event.period_end],
        "seats": [event.seats_on_site, event.seats_online],
    }  # fmt: skip


def _tell(
    by: Actor,
    at: datetime,
    verb: str,
    event: Event,
    *,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="event", object_id=event.public_id, object_label=say(event.name, "en"),
        promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip


@transaction.atomic
def publish_event(*, by: Actor, at: datetime, event: Event) -> Event:
    """Open an event and its subject to the public; a second time changes nothing. Guests never become public."""
    require(can_organise(by), "publish an event")
    require_own(event, by=by)
    if Event.objects.filter(pk=event.pk, published_at=None).update(published_at=at):
        Subject.objects.filter(pk=event.subject_id, published_at=None).update(published_at=at)
        _tell(by, at, "publish_event", event, after={"published_at": at})
    event.refresh_from_db(fields=["published_at"])
    return event


@transaction.atomic
def unpublish_event(*, by: Actor, at: datetime, event: Event) -> Event:
    """Take an event back from the public; a second time changes nothing."""
    require(can_organise(by), "take an event back")
    require_own(event, by=by)
    if Event.objects.filter(pk=event.pk, published_at__isnull=False).update(published_at=None):
        Subject.objects.filter(pk=event.subject_id).update(published_at=None)
        _tell(by, at, "unpublish_event", event, after={"published_at": None})
    event.refresh_from_db(fields=["published_at"])
    return event


@transaction.atomic
def add_guest_kind(*, by: Actor, at: datetime, event: Event, wish: Wish) -> GuestKind:
    """A kind of guest that the event wishes for."""
    require(can_organise(by), "add a kind of guest")
    require_own(event, by=by)
    kind = GuestKind.objects.create(
        promoter_id=by.promoter_pk, event=event, name=dict(wish.name), wanted=wish.wanted,
        position=event.guest_kinds.count() + 1,
    )  # fmt: skip
    _tell(by, at, "add_guest_kind", event, after={"kind": dict(wish.name), "wanted": wish.wanted})
    return kind


@transaction.atomic
def correct_guest_kind(*, by: Actor, at: datetime, guest_kind: GuestKind, read_version: int, wish: Wish) -> GuestKind:
    """Correct a kind of guest or its wanted number; raises `ChangedMeanwhile`."""
    require(can_organise(by), "correct a kind of guest")
    require_own(guest_kind, by=by)
    before = {"kind": guest_kind.name, "wanted": guest_kind.wanted}
    save_version(guest_kind, read_version=read_version, name=dict(wish.name), wanted=wish.wanted)
    after = {"kind": dict(wish.name), "wanted": wish.wanted}
    _tell(by, at, "correct_guest_kind", guest_kind.event, after=after, before=before)
    return guest_kind


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What is known of a space; capacities None where not stated."""

    kind: SpaceKind
    name: Words
    capacity_on_site: int | None = None
    capacity_online: int | None = None


@transaction.atomic
def correct_space(*, by: Actor, at: datetime, space: Space, read_version: int, facts: SpaceFacts) -> Space:
    """Correct a space; raises `ChangedMeanwhile`."""
    require(can_organise(by), "correct a space")
    require_own(space, by=by)
    before = {"space": space.name, "capacity": [space.capacity_on_site, space.capacity_online]}
    save_version(
        space, read_version=read_version, kind=facts.kind, name=dict(facts.name),
        capacity_on_site=facts.capacity_on_site, capacity_online=facts.capacity_online,
    )  # fmt: skip
    after = {"space": dict(facts.name), "capacity": [facts.capacity_on_site, facts.capacity_online]}
    _tell(by, at, "correct_space", space.event, after=after, before=before)
    return space


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What is known of a session; `hours` None where no time is stated. `interpretation` are the codes of languages,
    `expected` is how many are expected on site (None: not stated).
    """

    title: Words
    space: Space | None = None
    language: str = ""
    hours: Hours | None = None
    interpretation: Sequence[str] = ()
    expected: int | None = None


@transaction.atomic
def correct_session(*, by: Actor, at: datetime, session: Session, read_version: int, facts: SessionFacts) -> Session:
    """Correct a session; raises `ChangedMeanwhile`, `EndsBeforeItBegins`."""
    require(can_organise(by), "correct a session")
    require_own(session, facts.space, by=by)
    before = {"session": session.title, "local_time": session.local_time}
    save_version(
        session, read_version=read_version, title=dict(facts.title), space=facts.space, language=facts.language,
        interpretation=list(facts.interpretation), expected=facts.expected,
        **hours_columns(session.event, facts.hours),
    )  # fmt: skip
    after = {"session": dict(facts.title), "local_time": session.local_time}
    _tell(by, at, "correct_session", session.event, after=after, before=before)
    return session


@transaction.atomic
def name_part(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    kind: PartKind,
    session: Session | None = None,
    person: str = "",
    organisation: str = "",
) -> Part:
    """The part of somebody named by typing: the one of the directory who is meant, or somebody new.

    Raises `SeveralBearTheName`, `NobodyTakesPart`.
    """
    require(can_organise(by), "record a part")
    firm = organisation_called(by=by, at=at, name=organisation) if organisation else None
    who = person_called(by=by, at=at, name=person, organisation=firm) if person else None
    return take_part(by=by, at=at, event=event, kind=kind, session=session, person=who, organisation=firm)


@transaction.atomic
def drop_part(*, by: Actor, at: datetime, part: Part) -> None:
    """Take somebody out of the programme who was to take part; a second time changes nothing."""
    require(can_organise(by), "drop a part")
    require_own(part, by=by)
    if Part.objects.filter(pk=part.pk, dropped_at=None).update(dropped_at=at):
        told = {"part": str(part.kind), "who": str(part.person or part.organisation or part.words)}
        _tell(by, at, "drop_part", part.event, after={"dropped_at": at}, before=told)
