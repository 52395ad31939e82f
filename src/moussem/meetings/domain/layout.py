"""The hours and tables of an event in which meetings are held."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.events.domain.hours import zone_of
from moussem.events.models import Event
from moussem.meetings.models import Slot, Table
from moussem.meetings.permissions import can_arrange

SHORTEST_MINUTES, LONGEST_MINUTES, LONGEST_PAUSE_MINUTES = 5, 180, 120
MOST_SLOTS, MOST_TABLES = 200, 200


class NoSlotFits(Exception):
    """The stretch ends before one meeting is over."""


class SlotsOverlap(Exception):
    """A slot would lie across one that stands already."""


class TooMany(Exception):
    """More slots or tables than one event may have; `most` says how many."""

    def __init__(self, most: int) -> None:
        """Keep the bound, for the sentence."""
        super().__init__(most)
        self.most = most


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one hour to another of one day by the clock on the wall, cut into meetings with a pause after each."""

    on: date
    begins: time
    ends: time
    minutes: int
    pause_minutes: int = 0


@transaction.atomic
def prepare_meetings(*, by: Actor, at: datetime, event: Event, stretch: Stretch, tables: int) -> int:
    """Lay out the slots of a stretch and set the number of tables; answers how many slots were added.

    Slots that stand at the very same hours stay, so that the same again changes nothing; tables are never taken away.
    Lengths and pauses are held within the bounds above. Raises `NoSlotFits`, `SlotsOverlap`, `TooMany`.
    """
    require(can_arrange(by), "prepare meetings")
    require_own(event, by=by)
    locked = Event.objects.select_for_update().get(pk=event.pk)
    zone = zone_of(locked)
    wanted = list(_cut(stretch, zone))
    if not wanted:
        raise NoSlotFits(event.public_id)
    standing = set(Slot.objects.filter(event=locked).values_list("starts_at", "ends_at"))
    added = [pair for pair in wanted if pair not in standing]
    if any(start < end_there and start_there < end for start, end in added for start_there, end_there in standing):
        raise SlotsOverlap(event.public_id)
    if len(standing) + len(added) > MOST_SLOTS:
        raise TooMany(MOST_SLOTS)
    for start, end in added:
        Slot.objects.create(promoter_id=by.promoter_pk, event=locked, starts_at=start, ends_at=end, zone=zone.key)
    new_tables = _set_up(by, locked, tables)
    if added or new_tables:
        write_entry(
            by=by, at=at, verb="prepare_meetings", object_kind="event", object_id=event.public_id,
            object_label=say(event.name), promoter_key=by.promoter_key,
            after={"slots": len(added), "tables": new_tables, "on": stretch.on},
        )  # fmt: skip
    return len(added)


def _cut(stretch: Stretch, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The meetings of a stretch, as instants; none is cut short by its end."""
    minutes = min(max(stretch.minutes, SHORTEST_MINUTES), LONGEST_MINUTES)
    pause = min(max(stretch.pause_minutes, 0), LONGEST_PAUSE_MINUTES)
    start = datetime.combine(stretch.on, stretch.begins, zone).astimezone(UTC)
    end = datetime.combine(stretch.on, stretch.ends, zone).astimezone(UTC)
    while start + timedelta(minutes=minutes) <= end:
        yield start, start + timedelta(minutes=minutes)
        start += timedelta(minutes=minutes + pause)


def _set_up(by: Actor, event: Event, wanted: int) -> int:
    if wanted > MOST_TABLES:
        raise TooMany(MOST_TABLES)
    standing = Table.objects.filter(event=event).count()
    for number in range(standing + 1, wanted + 1):
        Table.objects.create(promoter_id=by.promoter_pk, event=event, name=str(number), position=number)
    return max(0, wanted - standing)
