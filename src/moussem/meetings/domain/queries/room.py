"""The meetings of one event as its staff plan them: what waits, what has no place and why, the grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from moussem.core.actor import Actor
from moussem.events.models import Event
from moussem.guests.models import Registration, Target
from moussem.meetings.domain.placing import Board
from moussem.meetings.enums import LIVE, MeetingState, RequestState, Unplaced, Wish
from moussem.meetings.models import Meeting, MeetingRequest, Side, Slot, Table

SHOWN = 50
MOST = 1_000
"""Standing requests of an event that are looked at."""
SIDES = ("asker__person", "asker__organisation", "asked__person", "asked__organisation")


@dataclass(frozen=True, slots=True)
class UnplacedLine:
    """An accepted request without a place, and why ("": a pair is free)."""

    request: MeetingRequest
    why: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One slot with what is held at each table (None: free), and what is held online."""

    slot: Slot
    cells: tuple[Meeting | None, ...]
    online: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What the page of an event's meetings shows. `waiting_more`: more wait than are shown here."""

    waiting: Sequence[MeetingRequest]
    waiting_more: bool
    unplaced: Sequence[UnplacedLine]
    tables: Sequence[Table]
    grid: Sequence[GridRow]
    has_online: bool
    meetings: int

    @property
    def can_place(self) -> bool:
        """Whether placing all would place one at least."""
        return any(not line.why for line in self.unplaced)


def loaded_meetings(actor: Actor) -> "QuerySet[Meeting]":
    """The meetings the actor sees, with both guests, slot, table and what the sides said."""
    sides = Side.objects.select_related("registration__person", "registration__organisation").order_by("pk")
    return _without_sides(actor).prefetch_related(Prefetch("sides", sides))


def sides_of(actor: Actor, meeting: Meeting) -> list[tuple[Side, UUID | None]]:
    """The sides of a meeting, each with where the desk's page of its guest is: the identifier on the target list; None
    for who came without being targeted.
    """
    sides = list(meeting.sides.all())
    listed = Target.objects.visible_to(actor).filter(
        event=meeting.event_id, person__in=[side.registration.person_id for side in sides]
    )
    keys = dict(listed.values_list("person_id", "public_id"))
    return [(side, keys.get(side.registration.person_id)) for side in sides]


def _without_sides(actor: Actor) -> "QuerySet[Meeting]":
    rows = Meeting.objects.visible_to(actor).select_related("slot", "table", "event")
    return rows.select_related(*(f"request__{side}" for side in SIDES))


def loaded_requests(actor: Actor) -> "QuerySet[MeetingRequest]":
    """The requests the actor sees, with both guests."""
    return MeetingRequest.objects.visible_to(actor).select_related("event", *SIDES)


def event_room(actor: Actor, event: Event, *, at: datetime) -> Room:
    """The meetings of an event of the actor's promoter; four queries, however many there are."""
    standing = loaded_requests(actor).filter(event=event, state__in=LIVE).order_by("expires_at", "pk")
    requests = list(standing[:MOST])
    waiting = [row for row in requests if row.state == RequestState.ASKED and row.expires_at > at]
    held = list(_without_sides(actor).filter(event=event).exclude(state=MeetingState.CANCELLED))
    slots, tables = list(slots_of(event)), tuple(tables_of(event))
    board = _board(slots, tables, held, at)
    placed = {meeting.request_id for meeting in held}
    accepted = [row for row in requests if row.state == RequestState.ACCEPTED and row.pk not in placed]
    accepted.sort(key=lambda row: (row.wish != Wish.MUST, row.asked_at, row.pk))
    grid = _grid(board, held, slots)
    return Room(
        waiting=waiting[:SHOWN],
        waiting_more=len(waiting) > SHOWN,
        unplaced=[_unplaced(request, board) for request in accepted],
        tables=tables,
        grid=grid,
        has_online=any(row.online for row in grid),
        meetings=len(held),
    )


def _board(slots: Sequence[Slot], tables: tuple[Table, ...], held: Sequence[Meeting], at: datetime) -> Board:
    """The board of `placing.board_of`, from rows that are loaded already."""
    diaries: dict[int, set[int]] = {}
    for meeting in held:
        for registration in (meeting.request.asker_id, meeting.request.asked_id):
            diaries.setdefault(registration, set()).add(meeting.slot_id)
    return Board(
        tuple(slot for slot in slots if slot.starts_at > at),
        tables,
        frozenset((meeting.slot_id, meeting.table_id) for meeting in held if meeting.table_id),
        {registration: frozenset(taken) for registration, taken in diaries.items()},
    )


def _unplaced(meeting_request: MeetingRequest, board: Board) -> UnplacedLine:
    why = board.why_not(meeting_request)
    return UnplacedLine(meeting_request, str(Unplaced(why).label) if why else "")


def _grid(board: Board, held: Sequence[Meeting], slots: Sequence[Slot]) -> list[GridRow]:
    at_table = {(meeting.slot_id, meeting.table_id): meeting for meeting in held if meeting.table_id}
    online: dict[int, list[Meeting]] = {}
    for meeting in held:
        if meeting.table_id is None:
            online.setdefault(meeting.slot_id, []).append(meeting)
    return [
        GridRow(
            slot,
            tuple(at_table.get((slot.pk, table.pk)) for table in board.tables),
            tuple(online.get(slot.pk, ())),
        )
        for slot in slots
    ]


def slots_of(event: Event) -> "QuerySet[Slot]":
    """The slots of an event, by time."""
    return Slot.objects.filter(event=event).order_by("starts_at")


def tables_of(event: Event) -> "QuerySet[Table]":
    """The tables of an event, by position."""
    return Table.objects.filter(event=event).order_by("position", "pk")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the printed plan: whose (a guest, a table) and their meetings by time."""

    title: str
    under: str
    meetings: Sequence[Meeting]


def sheets_by_person(actor: Actor, event: Event) -> list[Sheet]:
    """The plan of each guest who has a meeting, by name: each reads their own and no other."""
    found: dict[int, list[Meeting]] = {}
    people: dict[int, Registration] = {}
    for meeting in _by_time(actor, event):
        for side in meeting.request.sides:
            people[side.pk] = side
            found.setdefault(side.pk, []).append(meeting)
    ordered = sorted(people.values(), key=lambda side: side.person.name)
    return [Sheet(s.person.name, s.organisation.name if s.organisation else "", found[s.pk]) for s in ordered]


def sheets_by_table(actor: Actor, event: Event) -> list[Sheet]:
    """The plan of each table that has a meeting."""
    found: dict[int, list[Meeting]] = {}
    tables: dict[int, Table] = {}
    for meeting in _by_time(actor, event):
        if meeting.table is not None:
            tables[meeting.table_id] = meeting.table
            found.setdefault(meeting.table_id, []).append(meeting)
    ordered = sorted(tables.values(), key=lambda table: (table.position, table.pk))
    return [Sheet(table.name, "", found[table.pk]) for table in ordered]


def _by_time(actor: Actor, event: Event) -> "QuerySet[Meeting]":
    rows = loaded_meetings(actor).filter(event=event).exclude(state=MeetingState.CANCELLED)
    return rows.order_by("slot__starts_at", "pk")
