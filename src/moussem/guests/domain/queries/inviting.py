"""The invitations of one event as staff see them: what can be sent, undone or stopped, who waits, and each guest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import answer, one_step, side_by_side
from moussem.core.keyset import RowPage, page_by_name
from moussem.core.together import counted
from moussem.directory.domain.names import fold
from moussem.events.domain.hours import answers_until
from moussem.events.models import Event
from moussem.guests.domain.invitations import language_of
from moussem.guests.domain.letters import Reach, letter_to, unopened_page, unopened_stop, would_be_invited
from moussem.guests.domain.queries.funnel import Strip, strip
from moussem.guests.domain.sendings import silent_and_due
from moussem.guests.domain.waves import WaveLine, wave_lines, waves_on
from moussem.guests.enums import InvitationState, RegistrationOrigin
from moussem.guests.models import Invitation, Sending, Target
from moussem.guests.permissions import can_invite, can_see_scores
from moussem.mail.domain.templates import Rendered

WAITING_SHOWN = 50
UNDELIVERED = "undelivered"
"""The narrowing to guests whom our mail did not reach."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list, with their place among those who wait for the same mode, from one on."""

    invitation: Invitation
    place: int


@dataclass(frozen=True, slots=True)
class Inviting:
    """The page of an event's invitations. `undoable` is the last sending, while it can be undone; `to_remind` how many
    silent guests were not reminded in the last twenty hours; `undelivered` how many our mail did not reach; `waves`
    has a line for each kind of guest, whether they are on or not.
    """

    page: RowPage
    strip: Strip
    undoable: Sending | None
    to_remind: int
    undelivered: int
    waves: Sequence[WaveLine]
    are_waves_on: bool
    waiting: Sequence[Waiting]
    may_write: bool
    is_open: bool

    @property
    def first_wave(self) -> int:
        """How many would be invited by waves now."""
        return sum(line.lacking for line in self.waves)

    @property
    def has_wishes(self) -> bool:
        """Whether waves know where to end."""
        return any(line.wanted for line in self.waves)


@dataclass(frozen=True, slots=True)
class WantedInvitations:
    """What the list is narrowed to; "" is everything. `state` may also be `undelivered`."""

    words: str = ""
    state: str = ""
    after: str = ""


def inviting(actor: Actor, event: Event, wanted: WantedInvitations, *, at: datetime) -> Inviting:
    """Everything on the page of an event's invitations at a time."""
    there = Invitation.objects.visible_to(actor).filter(event=event, sent_at__isnull=False)
    # Who registered stands on a page of their own; the waiting list is one for all.
    sent = there.filter(origin=RegistrationOrigin.INVITATION)
    last = Sending.objects.visible_to(actor).filter(event=event, leaves_at__gt=at, undone_at=None)
    until = answers_until(event)
    counting = [counted(0, silent_and_due(sent, at=at)), counted(0, sent.exclude(undelivered=""))]
    waves, (sending, waves_now, waiting, *counts) = answer(
        side_by_side(
            wave_lines.reading(event),
            one_step(last.order_by("-leaves_at")[:1], waves_on(event)[:1], _who_waits(there), *counting),
        )
    )
    to_remind, undelivered = (rows[0][1] if rows else 0 for rows in counts)
    return Inviting(
        page=_page(sent, wanted),
        strip=strip(actor, event),
        undoable=sending[0] if sending else None,
        to_remind=to_remind,
        undelivered=undelivered,
        waves=waves,
        are_waves_on=bool(waves_now),
        waiting=_in_line(waiting),
        may_write=can_invite(actor),
        is_open=event.cancelled_at is None and until is not None and at < until,
    )


def _page(sent: "QuerySet[Invitation]", wanted: WantedInvitations) -> RowPage:
    rows = sent
    if wanted.state == UNDELIVERED:
        rows = rows.exclude(undelivered="")
    elif wanted.state in InvitationState.values:
        rows = rows.filter(state=wanted.state)
    if wanted.words:
        named = fold(wanted.words)
        rows = rows.filter(Q(person__folded__holds=named) | Q(organisation__folded__holds=named))
    rows = rows.annotate(folded=F("person__folded")).select_related("person", "organisation", "target")
    return page_by_name(rows, "folded", wanted.after)


def _who_waits(sent: "QuerySet[Invitation]") -> "QuerySet[Invitation]":
    rows = sent.filter(state=InvitationState.WAITING).select_related("person", "organisation", "target")
    return rows.order_by("waiting_rank")[:WAITING_SHOWN]


def _in_line(rows: Iterable[Invitation]) -> list[Waiting]:
    places: dict[str, int] = {}
    found = []
    for row in rows:
        places[row.wanted_mode] = places.get(row.wanted_mode, 0) + 1
        found.append(Waiting(row, places[row.wanted_mode]))
    return found


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as guest number `number` of `count` will get it, in the language it is written in."""

    target: Target
    number: int
    count: int
    letter: Rendered
    language: str


def preview(actor: Actor, event: Event, *, number: int, letter: str, at: datetime) -> Preview | None:
    """The very letter that the guest with this number on the list (from one on, in the order of the list) will get;
    None where the list is shorter. Their personal addresses are left out: nobody but the guest gets them; and the
    reasons, for whoever may not read them.
    """
    found = guest_number(actor, event, number)
    if found is None:
        return None
    target, count = found
    language = language_of(target.person)
    reach = Reach(language, "", unopened_page(), unopened_stop())
    shown = would_be_invited(target)
    if shown.target is not None and not can_see_scores(actor):
        shown.target.reasons = ""
    return Preview(target, number, count, letter_to(shown, letter, reach, at=at), language)


def guest_number(actor: Actor, event: Event, number: int) -> tuple[Target, int] | None:
    """The guest with this number on the list, and how many stand on it; None where it is shorter."""
    rows = Target.objects.visible_to(actor).filter(event=event, dropped_at=None)
    related = ("event__place", "event__promoter", "person", "organisation", "guest_kind")
    found = rows.select_related(*related).order_by("pk")[number - 1 : number]
    return next(((target, rows.count()) for target in found), None)
