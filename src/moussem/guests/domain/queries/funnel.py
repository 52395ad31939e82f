"""How far an event's guests are: targeted, invited, accepted, came, against the wanted number; and their answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.db.models import Count, Q

from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.events.models import Event, GuestKind
from moussem.guests.enums import AttendanceMode, InvitationState
from moussem.guests.models import Invitation, Registration, Target

MOST_TILES = 120
NOT_SENT = ("", InvitationState.PLANNED)
OPEN = (InvitationState.SENT, InvitationState.WAITING)
"""Who may yet come: who has not answered, and who waits for a seat."""


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """One kind of guest, or (without a label) all together. `wanted` None: no number is set; `silent` were invited and
    have not answered, or wait for a seat.
    """

    label: str
    wanted: int | None
    targeted: int
    invited: int
    accepted: int
    came: int
    silent: int = 0

    @property
    def to_find(self) -> int:
        """How many must still be found for the list: those missing, less those who may yet say yes, and those listed
        and not invited; 0 where no number is set.
        """
        return max(0, self.missing - self.silent - (self.targeted - self.invited))

    @property
    def missing(self) -> int:
        """How many acceptances are missing to the wanted number; 0 where none is set."""
        return max(0, (self.wanted or 0) - self.accepted)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The kinds of guests in order (those without a kind last, under ""), and all together."""

    lines: Sequence[FunnelLine]
    total: FunnelLine

    @property
    def furthest(self) -> FunnelLine | None:
        """The kind whose acceptances are the smallest share of its wanted number; None where every kind has its
        number, or fewer than two kinds have one.
        """
        set_ = [line for line in self.lines if line.wanted]
        short = [line for line in set_ if line.missing]
        if len(set_) < 2 or not short:
            return None
        return min(short, key=lambda line: Fraction(line.accepted, line.wanted or 1))


Tally = Sequence[tuple[int | None, str, int]]


def tally(actor: Actor, event: Event) -> Tally:
    """How many of an event's list stand how: (kind of guest or None, state of the invitation or "", number).

    One query; kept on the loaded row, so that the parts of one page ask once.
    """
    kept = event.__dict__.setdefault("_tallies", {})
    if actor not in kept:
        rows = Target.objects.visible_to(actor).filter(event=event, dropped_at=None).order_by()
        counted = rows.values_list("guest_kind", "invitation__state").annotate(n=Count("pk"))
        kept[actor] = [(kind, state or "", n) for kind, state, n in counted]
    found: Tally = kept[actor]
    return found


def funnel(actor: Actor, event: Event, kinds: Iterable[GuestKind] | None = None) -> Funnel:
    """The funnel of one event, from at most three queries."""
    known = GuestKind.objects.visible_to(actor).filter(event=event).order_by("position", "pk")
    wished = {kind.pk: kind for kind in (known if kinds is None else kinds)}
    listed: dict[int | None, dict[str, int]] = {}
    for kind, state, n in tally(actor, event):
        counts = listed.setdefault(kind, {"targeted": 0, "invited": 0, "silent": 0})
        counts["targeted"] += n
        counts["silent"] += n if state in OPEN else 0
        counts["invited"] += 0 if state in NOT_SENT else n
    seats = Registration.objects.visible_to(actor).filter(event=event).order_by().values("guest_kind")
    seated = {
        row["guest_kind"]: row
        for row in seats.annotate(accepted=Count("pk", filter=Q(cancelled_at=None)), came=Count("presence"))
    }
    keys = [*wished, *({None} & (listed.keys() | seated.keys()))]
    lines = [_line(wished.get(key), listed.get(key, {}), seated.get(key, {})) for key in keys]
    return Funnel(lines, _total(lines))


Counts = Mapping[str, int]


def _line(kind: GuestKind | None, listed: Counts, seated: Counts) -> FunnelLine:
    return FunnelLine(
        label=say(kind.name) if kind else "",
        wanted=kind.wanted if kind else None,
        targeted=listed.get("targeted", 0),
        invited=listed.get("invited", 0),
        accepted=seated.get("accepted", 0),
        came=seated.get("came", 0),
        silent=listed.get("silent", 0),
    )


SUMMED = ("targeted", "invited", "accepted", "came", "silent")


def _total(lines: Sequence[FunnelLine]) -> FunnelLine:
    wanted = [line.wanted for line in lines if line.wanted is not None]
    sums = {name: sum(getattr(line, name) for line in lines) for name in SUMMED}
    return FunnelLine("", sum(wanted) if wanted else None, **sums)


@dataclass(frozen=True, slots=True)
class Strip:
    """The answers of an event's guests. `waiting` stand beside the invited who answered."""

    targeted: int
    on_site: int
    online: int
    declined: int
    silent: int
    waiting: int
    to_invite: int
    tiles: Sequence[str] = field(default=())

    @property
    def invited(self) -> int:
        """All who were invited, those who wait included."""
        return self.on_site + self.online + self.declined + self.silent + self.waiting


def strip(actor: Actor, event: Event) -> Strip:
    """The answers of one event, from one query; no tiles beyond a hundred and twenty guests."""
    counts: dict[str, int] = {}
    for _kind, state_now, n in tally(actor, event):
        counts[state_now] = counts.get(state_now, 0) + n
    state = InvitationState
    found = Strip(
        targeted=sum(counts.values()),
        on_site=counts.get(state.ON_SITE, 0),
        online=counts.get(state.ONLINE, 0),
        declined=counts.get(state.DECLINED, 0) + counts.get(state.DELEGATED, 0),
        silent=counts.get(state.SENT, 0) + counts.get(state.EXPIRED, 0),
        waiting=counts.get(state.WAITING, 0),
        to_invite=counts.get("", 0) + counts.get(state.PLANNED, 0),
    )
    marks = (
        ("y", found.on_site),
        ("o", found.online),
        ("n", found.declined),
        ("s", found.silent),
        ("w", found.waiting),
    )
    tiles = [mark for mark, count in marks for _ in range(count)] if found.invited <= MOST_TILES else []
    return replace(found, tiles=tiles)


@dataclass(frozen=True, slots=True)
class SeatLine:
    """The seats of one mode: how many are taken of how many (None: no limit)."""

    mode: AttendanceMode
    taken: int
    limit: int | None

    @property
    def left(self) -> int:
        """How many seats are free; 0 where no limit is set: nobody counts them then."""
        return max(0, (self.limit or 0) - self.taken)

    @property
    def is_full(self) -> bool:
        """Whether no seat is left."""
        return self.limit is not None and self.taken >= self.limit


def seat_lines(event: Event) -> list[SeatLine]:
    """The seats of an event by mode, in numbers; one query."""
    rows = Registration.objects.filter(event=event, cancelled_at=None).order_by()
    taken = dict(rows.values_list("mode").annotate(n=Count("pk")).values_list("mode", "n"))
    limits = {AttendanceMode.ON_SITE: event.seats_on_site, AttendanceMode.ONLINE: event.seats_online}
    return [SeatLine(mode, taken.get(mode, 0), limit) for mode, limit in limits.items()]


def rank_of(invitation: Invitation) -> int | None:
    """The place of a guest among those who wait for the same mode, from one on; None for who does not wait."""
    if invitation.waiting_rank is None:
        return None
    before = Invitation.objects.filter(
        event=invitation.event_id, state=InvitationState.WAITING, wanted_mode=invitation.wanted_mode,
        waiting_rank__lte=invitation.waiting_rank,
    )  # fmt: skip
    return before.count()
