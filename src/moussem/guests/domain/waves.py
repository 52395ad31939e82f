"""Inviting by waves: as many of each kind of guest as are wanted, and the next of the list for each who declines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.core.asking import Reading, answered
from moussem.core.texts import say
from moussem.events.models import Event, GuestKind
from moussem.guests.domain.invitations import EventBegun, EventCancelled, EventUndated, objectors, refuse_begun
from moussem.guests.domain.seats import lock_event
from moussem.guests.domain.sendings import invite_many, not_invited, sent_to
from moussem.guests.enums import COMING, FILL_WAVES, InvitationState
from moussem.guests.models import Invitation, Sending, Target, Waves
from moussem.guests.permissions import can_invite

MAY_COME = (*COMING, InvitationState.WAITING)
"""States of guests who said that they come."""


class NobodyWanted(Exception):
    """No kind of guest has a wanted number: waves would not know where to end."""


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One kind of guest (None: those without a kind): how many are `wanted` (None: no number is set, and all of them
    are invited), how many of the invited may still come, how many stand on the list behind them.
    """

    guest_kind: GuestKind | None
    wanted: int | None
    open: int
    left: int

    @property
    def lacking(self) -> int:
        """How many of the list are to be invited now."""
        return self.left if self.wanted is None else min(self.left, max(0, self.wanted - self.open))


@answered
def wave_lines(event: Event) -> Reading[list[WaveLine]]:
    """How the waves of an event stand, a line for each kind in order; one query.

    Who has not answered may still come, unless our mail did not reach them.
    """
    reached = Q(state=InvitationState.SENT, undelivered="") | Q(state__in=MAY_COME)
    asked = Invitation.objects.filter(reached, event=event, sent_at__isnull=False).order_by()
    to_come, behind, kinds = yield [
        asked.values_list("guest_kind").annotate(n=Count("pk")),
        not_invited(event).order_by().values_list("guest_kind").annotate(n=Count("pk")),
        GuestKind.objects.filter(event=event).order_by("position", "pk"),
    ]
    open_now, left = dict(to_come), dict(behind)
    lines = [WaveLine(kind, kind.wanted, open_now.get(kind.pk, 0), left.get(kind.pk, 0)) for kind in kinds]
    if None in left or None in open_now:
        lines.append(WaveLine(None, None, open_now.get(None, 0), left.get(None, 0)))
    return lines


def are_on(event: Event) -> bool:
    """Whether an event's guests are invited by waves now."""
    return waves_on(event).exists()


def waves_on(event: Event) -> "QuerySet[Waves]":
    """A row where an event's guests are invited by waves now."""
    return Waves.objects.filter(event=event, stopped_at=None)


@transaction.atomic
def start_waves(*, by: Actor, at: datetime, event: Event) -> Sending | None:
    """Invite by waves from now on: the first wave is a sending that can be undone, which stops the waves again.

    None where the waves are on already, or nobody is to be invited now. Raises `NobodyWanted`, `EventUndated`,
    `EventBegun`, `EventCancelled`.
    """
    require(can_invite(by), "start waves")
    require_own(event, by=by)
    locked = lock_event(event.pk)
    refuse_begun(locked, at=at)
    lines = wave_lines(locked)
    if not any(line.wanted for line in lines):
        raise NobodyWanted(locked.public_id)
    if are_on(locked):
        return None
    Waves.objects.update_or_create(
        event=locked, defaults={"promoter_id": locked.promoter_id, "began_at": at, "stopped_at": None}
    )
    _tell("start_waves", by, at, locked)
    targets = _next_of(locked, lines)
    return sent_to(by=by, at=at, event=locked, targets=targets, starts_waves=True) if targets else None


@transaction.atomic
def stop_waves(*, by: Actor, at: datetime, event: Event) -> None:
    """Invite nobody by waves any more; who is invited stays so. A second time changes nothing."""
    require(can_invite(by), "stop waves")
    require_own(event, by=by)
    locked = lock_event(event.pk)
    if Waves.objects.filter(event=locked, stopped_at=None).update(stopped_at=at, version=F("version") + 1):
        _tell("stop_waves", by, at, locked)


def top_up(*, at: datetime, event: Event) -> int:
    """Invite the next of the list of a locked event whose waves are on, at once, until nobody lacks; answers how many.

    At an event that has begun or is cancelled nobody is invited.
    """
    if not are_on(event):
        return 0
    try:
        refuse_begun(event, at=at)
    except (EventBegun, EventCancelled, EventUndated):
        return 0
    lines = [line for line in wave_lines(event) if line.lacking]
    targets = _next_of(event, lines) if lines else []
    return invite_many(by=_own_work(event), at=at, event=event, targets=targets) if targets else 0


@transaction.atomic
def fill_waves(*, by: Actor, at: datetime, event: Event) -> int:
    """Invite whoever lacks at an event, after its list or its wanted numbers changed; answers how many."""
    require(can_invite(by), "fill waves")
    require_own(event, by=by)
    return top_up(at=at, event=lock_event(event.pk))


def fill_waves_everywhere(*, at: datetime) -> int:
    """Invite whoever lacks at every event with waves; answers how many."""
    going_on = Event.objects.filter(waves__stopped_at=None, waves__isnull=False, cancelled_at=None)
    return sum(
        fill_waves(by=_own_work(event), at=at, event=event)
        for event in going_on.filter(period_end__gte=at.date()).select_related("promoter")
    )


@transaction.atomic
def put_next(*, by: Actor, at: datetime, target: Target) -> None:
    """Let a person of the list be the next whom waves invite."""
    require(can_invite(by), "put a guest next")
    require_own(target, by=by)
    event = lock_event(target.event_id)
    highest = Target.objects.filter(event=event).aggregate(highest=Max("turn"))["highest"] or 0
    Target.objects.filter(pk=target.pk).update(turn=highest + 1, version=F("version") + 1)
    write_entry(
        by=by, at=at, verb="put_next", object_kind="target", object_id=target.public_id,
        object_label=target.person.name, promoter_key=event.promoter.key,
    )  # fmt: skip


def _next_of(event: Event, lines: Sequence[WaveLine]) -> list[Target]:
    """The next of the list for each line that lacks somebody; who objects to invitations is passed over."""
    return [target for line in lines if line.lacking for target in _next_of_kind(event, line)]


def _next_of_kind(event: Event, line: WaveLine) -> list[Target]:
    found: list[Target] = []
    of_kind = not_invited(event).filter(guest_kind=line.guest_kind)
    page, first = line.lacking, 0
    while len(found) < line.lacking:
        some = list(of_kind[first : first + page])
        if not some:
            break
        refusing = objectors(target.person for target in some)
        found += [target for target in some if target.person_id not in refusing]
        first += page
    return found[: line.lacking]


def _own_work(event: Event) -> Actor:
    return task_actor(FILL_WAVES, promoter_pk=event.promoter_id, promoter_key=event.promoter.key)


def _tell(verb: str, by: Actor, at: datetime, event: Event) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="event", object_id=event.public_id, object_label=say(event.name, "en"),
        promoter_key=event.promoter.key,
    )  # fmt: skip
