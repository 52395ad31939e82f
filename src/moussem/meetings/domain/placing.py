"""Placing accepted requests in slots and tables. The database holds the invariants: one meeting at a table in a slot,
one meeting of a guest in a slot, one meeting of a request. Whoever comes second is refused, however close they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.events.models import Event
from moussem.guests.enums import AttendanceMode
from moussem.meetings.domain.letters import CANCELLED, CHANGED, PLACED, write_of_meeting
from moussem.meetings.domain.speaking import GuestGone, require_coming
from moussem.meetings.enums import MeetingState, RequestState, Unplaced, Wish
from moussem.meetings.models import Meeting, MeetingRequest, Side, Slot, Table
from moussem.meetings.permissions import can_arrange


class NotAccepted(Exception):
    """Only an accepted request is placed."""


class SlotTaken(Exception):
    """Another meeting is held at this table in this slot."""


class DiaryTaken(Exception):
    """One of the two guests has another meeting in this slot; `name` is theirs."""

    def __init__(self, name: str) -> None:
        """Keep whose diary it is, for the sentence."""
        super().__init__(name)
        self.name = name


class AlreadyPlaced(Exception):
    """The request has a meeting already."""


class NotPlaced(Exception):
    """The meeting is over, or was cancelled: it is neither moved nor cancelled any more."""


class TableMissing(Exception):
    """Two guests who are both on site need a table."""


class NoRoomAddress(Exception):
    """The address of a room online begins with https://."""


class NoFreePair(Exception):
    """No slot and table is free for both; `why` is one of `Unplaced`."""

    def __init__(self, why: Unplaced) -> None:
        """Keep the reason, for the sentence."""
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Placed:
    """What placing all did: how many found a place, and why the others did not."""

    placed: int
    left: tuple[tuple[MeetingRequest, Unplaced], ...]


def meets_online(meeting_request: MeetingRequest) -> bool:
    """Whether one of the two attends online, so that both meet in a room online."""
    return AttendanceMode.ONLINE in (meeting_request.asker.mode, meeting_request.asked.mode)


@dataclass(frozen=True, slots=True)
class Board:
    """What an event has to place meetings in: the slots still to come, the tables, and what is taken of both."""

    slots: tuple[Slot, ...]
    tables: tuple[Table, ...]
    held: frozenset[tuple[int, int]]
    diaries: Mapping[int, frozenset[int]]

    def first_free_pair(self, meeting_request: MeetingRequest) -> tuple[Slot, Table | None]:
        """The earliest slot in which both are free, with its first free table (None: they meet online).

        Raises `NoFreePair`.
        """
        if any(side.cancelled_at is not None for side in meeting_request.sides):
            raise NoFreePair(Unplaced.GONE)
        if not self.slots:
            raise NoFreePair(Unplaced.NO_SLOT)
        busy = frozenset().union(*(self.diaries.get(side.pk, frozenset()) for side in meeting_request.sides))
        free = [slot for slot in self.slots if slot.pk not in busy]
        if not free:
            raise NoFreePair(Unplaced.DIARIES)
        return (free[0], None) if meets_online(meeting_request) else self._with_table(free)

    def _with_table(self, free: list[Slot]) -> tuple[Slot, Table]:
        if not self.tables:
            raise NoFreePair(Unplaced.NO_TABLE)
        for slot in free:
            for table in self.tables:
                if (slot.pk, table.pk) not in self.held:
                    return slot, table
        raise NoFreePair(Unplaced.TABLES)

    def why_not(self, meeting_request: MeetingRequest) -> str:
        """Why a request has no free pair, as a code of `Unplaced`; "" where one is free."""
        try:
            self.first_free_pair(meeting_request)
        except NoFreePair as none:
            return none.why
        return ""


def board_of(event_pk: int, *, at: datetime) -> Board:
    """The board of an event as it stands: slots that begin after `at`, by time, and tables by position."""
    diaries: dict[int, set[int]] = {}
    sides = Side.objects.filter(event=event_pk, cancelled=False)
    for registration, slot in sides.values_list("registration_id", "slot_id"):
        diaries.setdefault(registration, set()).add(slot)
    held = Meeting.objects.filter(event=event_pk, table__isnull=False).exclude(state=MeetingState.CANCELLED)
    return Board(
        tuple(Slot.objects.filter(event=event_pk, starts_at__gt=at).order_by("starts_at")),
        tuple(Table.objects.filter(event=event_pk).order_by("position", "pk")),
        frozenset(held.values_list("slot_id", "table_id")),
        {registration: frozenset(slots) for registration, slots in diaries.items()},
    )


@transaction.atomic
def place_request(
    *,
    by: Actor,
    at: datetime,
    meeting_request: MeetingRequest,
    slot: Slot | None = None,
    table: Table | None = None,
    room_address: str = "",
) -> Meeting:
    """Put an accepted request into both diaries: in `slot` at `table`, or in the first free pair where `slot` is None.

    Who meets online needs no table. Raises `NotAccepted`, `GuestGone`, `NoFreePair`, `TableMissing`, `SlotTaken`,
    `DiaryTaken`, `AlreadyPlaced`, `NoRoomAddress`.
    """
    require(can_arrange(by), "place a meeting")
    _require_address(room_address)
    require_own(meeting_request, slot, table, by=by)
    # The row's lock keeps a withdrawal out until the meeting stands.
    fresh = MeetingRequest.objects.select_for_update().get(pk=meeting_request.pk)
    if fresh.state != RequestState.ACCEPTED:
        raise NotAccepted(meeting_request.public_id)
    require_coming(*meeting_request.sides)
    if slot is None:
        slot, table = board_of(meeting_request.event_id, at=at).first_free_pair(meeting_request)
    table = _table_of(meeting_request, table)
    _require_of_event(meeting_request.event_id, slot, table)
    meeting = _hold(meeting_request, slot, table, room_address, at)
    for registration in meeting_request.sides:
        _enter(meeting, slot, registration)
    _tell(by, at, "place_meeting", meeting, None, _where(meeting))
    write_of_meeting(template=PLACED, by=by, at=at, meeting=meeting)
    return meeting


def place_all(*, by: Actor, at: datetime, event: Event) -> Placed:
    """Place every accepted request of an event that has no place yet, *must meet* first, then who asked first."""
    require(can_arrange(by), "place meetings")
    require_own(event, by=by)
    placed, left = 0, []
    for request in unplaced_requests(event):
        try:
            place_request(by=by, at=at, meeting_request=request)
        except NoFreePair as none:
            left.append((request, none.why))
        except GuestGone:
            left.append((request, Unplaced.GONE))
        except (SlotTaken, DiaryTaken):  # somebody was quicker; the next round finds another pair
            left.append((request, Unplaced.TABLES))
        except (AlreadyPlaced, NotAccepted):
            continue
        else:
            placed += 1
    return Placed(placed, tuple(left))


def unplaced_requests(event: Event) -> list[MeetingRequest]:
    """The accepted requests of an event without a meeting, *must meet* first, then who asked first."""
    held = Meeting.objects.filter(event=event).exclude(state=MeetingState.CANCELLED)
    rows = MeetingRequest.objects.filter(event=event, state=RequestState.ACCEPTED).exclude(
        pk__in=held.values("request")
    )
    first = Case(When(wish=Wish.MUST, then=Value(0)), default=Value(1))
    sides = ("asker__person", "asker__organisation", "asked__person", "asked__organisation")
    return list(rows.select_related(*sides).order_by(first, "asked_at", "pk"))


@transaction.atomic
def move_meeting(*, by: Actor, at: datetime, meeting: Meeting, slot: Slot, table: Table | None = None) -> None:
    """Put a meeting elsewhere; where the new place is taken the old one stands.

    Raises `NotPlaced`, `TableMissing`, `SlotTaken`, `DiaryTaken`.
    """
    require(can_arrange(by), "move a meeting")
    require_own(meeting, slot, table, by=by)
    table = _table_of(meeting.request, table)
    _require_of_event(meeting.event_id, slot, table)
    before = _where(meeting)
    try:
        with transaction.atomic():
            changed = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLACED).update(
                slot=slot, table=table, version=F("version") + 1
            )
    except IntegrityError:
        raise SlotTaken(slot.public_id) from None
    if not changed:
        raise NotPlaced(meeting.public_id)
    for side in meeting.sides.select_related("registration__person"):
        try:
            with transaction.atomic():
                Side.objects.filter(pk=side.pk).update(slot=slot)
        except IntegrityError:
            raise DiaryTaken(side.registration.person.name) from None
    meeting.refresh_from_db()
    _tell(by, at, "move_meeting", meeting, before, _where(meeting))
    write_of_meeting(template=CHANGED, by=by, at=at, meeting=meeting)


@transaction.atomic
def cancel_meeting(*, by: Actor, at: datetime, meeting: Meeting, words: str = "") -> None:
    """Take a meeting out of both diaries; its request may be placed again. Raises `NotPlaced`."""
    require(can_arrange(by), "cancel a meeting")
    require_own(meeting, by=by)
    changed = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLACED).update(
        state=MeetingState.CANCELLED, version=F("version") + 1
    )
    if not changed:
        raise NotPlaced(meeting.public_id)
    Side.objects.filter(meeting=meeting).update(cancelled=True)
    meeting.refresh_from_db()
    _tell(by, at, "cancel_meeting", meeting, {"state": "placed"}, {"state": "cancelled", "words": words})
    write_of_meeting(template=CANCELLED, by=by, at=at, meeting=meeting)


@transaction.atomic
def set_room(*, by: Actor, at: datetime, meeting: Meeting, room_address: str) -> None:
    """The address of the room online in which both meet. Raises `NoRoomAddress`."""
    require(can_arrange(by), "set the room of a meeting")
    require_own(meeting, by=by)
    _require_address(room_address)
    before = meeting.room_address
    if before == room_address:
        return
    Meeting.objects.filter(pk=meeting.pk).update(room_address=room_address, version=F("version") + 1)
    meeting.refresh_from_db()
    _tell(by, at, "set_room", meeting, {"room_address": before}, {"room_address": room_address})
    if meeting.state == MeetingState.PLACED:
        write_of_meeting(template=CHANGED, by=by, at=at, meeting=meeting)


def _require_address(room_address: str) -> None:
    if room_address and not room_address.startswith("https://"):
        raise NoRoomAddress(room_address)


def _table_of(meeting_request: MeetingRequest, table: Table | None) -> Table | None:
    """The table for two who are on site; none for who meets online."""
    if meets_online(meeting_request):
        return None
    if table is None:
        raise TableMissing(meeting_request.public_id)
    return table


def _require_of_event(event_pk: int, *rows: Slot | Table | None) -> None:
    require(all(row is None or row.event_id == event_pk for row in rows), "place a meeting at another event")


def _hold(meeting_request: MeetingRequest, slot: Slot, table: Table | None, room: str, at: datetime) -> Meeting:
    try:
        with transaction.atomic():
            return Meeting.objects.create(
                promoter_id=meeting_request.promoter_id, event_id=meeting_request.event_id, request=meeting_request,
                slot=slot, table=table, room_address=room, placed_at=at,
            )  # fmt: skip
    except IntegrityError:
        held = Meeting.objects.filter(request=meeting_request).exclude(state=MeetingState.CANCELLED)
        raise (AlreadyPlaced if held.exists() else SlotTaken)(meeting_request.public_id) from None


def _enter(meeting: Meeting, slot: Slot, registration: Any) -> None:
    try:
        with transaction.atomic():
            Side.objects.create(
                promoter_id=meeting.promoter_id, event_id=meeting.event_id, meeting=meeting,
                registration=registration, slot=slot,
            )  # fmt: skip
    except IntegrityError:
        raise DiaryTaken(registration.person.name) from None


def _where(meeting: Meeting) -> dict[str, Any]:
    return {"slot": meeting.slot.starts_at, "table": meeting.table and meeting.table.name}


def _tell(
    by: Actor, at: datetime, verb: str, meeting: Meeting, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> None:
    one, other = meeting.request.sides
    write_entry(
        by=by, at=at, verb=verb, object_kind="meeting", object_id=meeting.public_id,
        object_label=f"{one.person} – {other.person}", promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip
