"""Registrations by the open form: what the public reads of it, what staff decide of, the form as it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question, read
from moussem.core.keyset import Parts, RowPage
from moussem.directory.domain.names import fold
from moussem.directory.permissions import can_see_contacts
from moussem.events.domain.hours import stated_hours, zone_of
from moussem.events.models import Event, Session, Space
from moussem.guests.domain.open_forms import KindFacts, OpenFormFacts, is_open, proposed, until_of
from moussem.guests.domain.queries.funnel import SeatLine, seat_lines
from moussem.guests.enums import COMING, InvitationState, RegistrationOrigin
from moussem.guests.models import Invitation, OpenForm, OpenKind
from moussem.guests.permissions import can_invite

TO_APPROVE, COMES, WAITS, NOT_THIS_TIME, WITHDRAWN = "to_approve", "comes", "waits", "not_this_time", "withdrawn"
_STATES: Mapping[str, tuple[InvitationState, ...]] = {
    TO_APPROVE: (InvitationState.ASKED,),
    COMES: COMING,
    WAITS: (InvitationState.WAITING,),
    NOT_THIS_TIME: (InvitationState.REFUSED,),
    WITHDRAWN: (InvitationState.DECLINED, InvitationState.DELEGATED, InvitationState.EXPIRED),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """The form of an event as the public meets it at a time. `is_early`: it opens later, at the form's own hour;
    `until` is when it closes (excluded; None: no hour is known), `seats` the seats of each mode where the promoter
    shows them; `zone` is that of the event's clock.
    """

    form: OpenForm
    is_open: bool
    is_early: bool
    until: datetime | None
    zone: str
    seats: Sequence[SeatLine]

    @property
    def changes_at(self) -> datetime | None:
        """When the page is to say something else by the clock alone; None where it is not."""
        if self.is_early:
            return self.form.opens_at
        return self.until if self.is_open else None


def opening_of(actor: Actor, event: Event, *, at: datetime) -> Opening | None:
    """How people register for an event; None where it has no form that is on. At most three queries."""
    form = OpenForm.objects.filter(event=event, is_on=True).first()
    if form is None or event.cancelled_at is not None:
        return None
    return _opening(event, form, at)


def _opening(event: Event, form: OpenForm, at: datetime) -> Opening:
    until = until_of(event)
    closes = min((moment for moment in (form.closes_at, until) if moment is not None), default=None)
    return Opening(
        form=form,
        is_open=is_open(form, event, at=at, until=until),
        is_early=form.opens_at is not None and at < form.opens_at,
        until=closes,
        zone=zone_of(event).key,
        seats=[line for line in seat_lines(event) if line.limit is not None] if form.shows_seats else (),
    )


def kinds_offered(form: OpenForm) -> list[OpenKind]:
    """The kinds that may register, in order; everybody else last. One query."""
    kinds = list(_offered().filter(form=form))
    for kind in kinds:
        kind.form = form
    return kinds


def _offered() -> "QuerySet[OpenKind]":
    rows = OpenKind.objects.filter(withdrawn_at=None).select_related("guest_kind")
    return rows.order_by(F("guest_kind__position").asc(nulls_last=True), "pk")


@dataclass(frozen=True, slots=True)
class AtTheForm:
    """What the page of the open form needs of a published event: how it is open (None: it has no form that is on), the
    kinds that may register, and every space of the event.
    """

    event: Event
    opening: Opening | None
    kinds: Sequence[OpenKind]
    spaces: Sequence[Space]


@answered
def at_the_form(actor: Actor, event: UUID, *, at: datetime) -> Reading[AtTheForm | None]:
    """The page of the open form at a time; None where no such event is public. One query, and one more where the public
    reads how many seats are left.
    """
    of = [event]
    found, forms, kinds, hours, spaces = yield [
        _published(actor, of), _forms(of), _kinds(of), _hours(of), _spaces(of)
    ]  # fmt: skip
    if not found:
        return None
    (row,) = found
    until_of(row, hours)
    opening = _opening(row, forms[0], at) if forms and row.cancelled_at is None else None
    for kind in kinds:
        kind.form = forms[0]
    return AtTheForm(row, opening, kinds, spaces)


@question
def _published(actor: Actor, events: Sequence[UUID]) -> "QuerySet[Event]":
    rows = Event.objects.visible_to(actor).filter(published_at__isnull=False, public_id__in=events)
    return rows.select_related("place", "promoter")


@question
def _forms(events: Sequence[UUID]) -> "QuerySet[OpenForm]":
    return OpenForm.objects.filter(event__public_id__in=events, is_on=True)


@question
def _kinds(events: Sequence[UUID]) -> "QuerySet[OpenKind]":
    return _offered().filter(event__public_id__in=events, form__is_on=True)


@question
def _hours(events: Sequence[UUID]) -> "QuerySet[Any]":
    return stated_hours(Session.objects.filter(event__public_id__in=events))


@question
def _spaces(events: Sequence[UUID]) -> "QuerySet[Space]":
    return Space.objects.filter(event__public_id__in=events).order_by("position", "pk")


def form_as_it_stands(event: Event, kinds: Sequence[KindFacts]) -> tuple[int, OpenFormFacts]:
    """The version and the facts of an event's form; 0 and what is proposed where there is none yet. `kinds` are those
    of the event, as proposed.
    """
    form = OpenForm.objects.filter(event=event).first()
    if form is None:
        return 0, OpenFormFacts(is_on=True, kinds=kinds)
    offered = [KindFacts(kind.guest_kind, kind.needs_approval, kind.asked) for kind in kinds_offered(form)]
    return form.version, OpenFormFacts(form.is_on, offered, form.opens_at, form.closes_at, form.shows_seats)


def kinds_proposed(actor: Actor, event: Event) -> list[KindFacts]:
    """The kinds of guests of an event with what one usually asks of them, and everybody else."""
    rows = event.guest_kinds.model.objects.visible_to(actor).filter(event=event).order_by("position", "pk")
    return [proposed(event, kind) for kind in [*rows, None]]


@dataclass(frozen=True, slots=True)
class WantedRegistrations:
    """What the list is narrowed to: one of the five states, and words of a name ("": all)."""

    state: str = TO_APPROVE
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Registrations:
    """The page of an event's registrations: the rows of one state, and how many stand in each (`counts`; empty where a
    name was looked for: they would count others than those shown). `form` is None where
    nobody set one up.
    """

    page: RowPage
    counts: Mapping[str, int]
    form: OpenForm | None
    is_open: bool
    is_decided: bool
    may_write: bool


def own_event(actor: Actor, key: UUID) -> Event | None:
    """The event of the actor's own promoter with this public identifier, with its place and promoter."""
    (found,) = read([_own_events(actor, (key,))])
    return found[0] if found else None


@question
def _own_events(actor: Actor, keys: Sequence[UUID]) -> "QuerySet[Event]":
    rows = Event.objects.visible_to(actor).filter(promoter=actor.promoter_pk or 0, public_id__in=keys)
    return rows.select_related("place", "promoter")


def registrations(actor: Actor, event: Event, wanted: WantedRegistrations, *, at: datetime) -> Registrations:
    """Everything on the page of an event's registrations at a time. Who waits for a yes or a seat stands in the order
    in which they asked; otherwise the newest come first.
    """
    asked = _asked(actor, event)
    states = _STATES.get(wanted.state, _STATES[TO_APPROVE])
    named = asked.filter(person__folded__holds=fold(wanted.words)) if wanted.words else asked
    # A name is looked for once; without one each state is read along its index.
    among = [named.filter(state__in=states)] if wanted.words else [named.filter(state=state) for state in states]
    parts = Parts(among, wanted.after, newest_first=wanted.state in (COMES, NOT_THIS_TIME, WITHDRAWN))
    counting = [] if wanted.words else [_counted(asked)]
    forms, *found = read([_form_of(actor, (event.pk,)), *parts.firsts(), *counting])
    form, until = forms[0] if forms else None, until_of(event)
    return Registrations(
        page=parts.page(found[: len(among)], asked.select_related("person", "guest_kind", "request")),
        counts={} if wanted.words else _by_name(found[-1]),
        form=form,
        is_open=form is not None and is_open(form, event, at=at, until=until),
        is_decided=event.cancelled_at is not None or until is None or at >= until,
        may_write=can_invite(actor),
    )


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A registration for a file. `email` and `phone` are None for whoever may not see this person's contact details."""

    said: Mapping[str, str]
    name: str
    guest_kind: Mapping[str, str] | None
    state: str
    mode: str
    rank: int | None
    decision: str
    decided_by: str
    asked_at: datetime
    answered_at: datetime | None
    needs: str
    words: str
    undelivered: str
    email: str | None
    phone: str | None


_COLUMNS = (
    "request__said", "person__name", "guest_kind__name", "state", "wanted_mode", "waiting_rank", "request__decision",
    "request__decided_by", "request__asked_at", "answered_at", "needs", "answered_words", "undelivered",
    "person__owner__public_id",
)  # fmt: skip
AT_ONCE = 1000
"""So many rows of a file are in memory."""


def registrations_taken_out(actor: Actor, event: Event, state: str) -> Iterator[TakenOut]:
    """The registrations of an event in one of the five states ("": in any), in the order in which they asked."""
    rows = _in_state(actor, event, state).order_by("public_id").values_list(*_COLUMNS)
    for said, *columns, owner in rows.iterator(chunk_size=AT_ONCE):
        is_seen = can_see_contacts(actor, str(owner or ""))
        contact = (said.get("email", ""), said.get("phone", "")) if is_seen else (None, None)
        yield TakenOut(said, *columns, *contact)


def count_taken_out(actor: Actor, event: Event, state: str) -> int:
    """How many `registrations_taken_out` answers."""
    return _in_state(actor, event, state).count()


def _in_state(actor: Actor, event: Event, state: str) -> "QuerySet[Invitation]":
    rows = _asked(actor, event)
    return rows.filter(state__in=_STATES[state]) if state in _STATES else rows


def _asked(actor: Actor, event: Event) -> "QuerySet[Invitation]":
    return Invitation.objects.visible_to(actor).filter(event=event, origin=RegistrationOrigin.OPEN_FORM)


@question
def _form_of(actor: Actor, events: Sequence[int]) -> "QuerySet[OpenForm]":
    return OpenForm.objects.visible_to(actor).filter(event__in=events)


def _counted(asked: "QuerySet[Invitation]") -> "QuerySet[Any]":
    """How many stand in each state."""
    return asked.order_by().values_list("state").annotate(n=Count("*"))


def _by_name(counted: Iterable[tuple[str, int]]) -> dict[str, int]:
    by_state = dict(counted)
    return {name: sum(by_state.get(state, 0) for state in states) for name, states in _STATES.items()}


def to_approve(actor: Actor) -> "QuerySet[Invitation]":
    """Who registered and waits for a decision, at events that are not cancelled."""
    rows = Invitation.objects.visible_to(actor).filter(Q(state=InvitationState.ASKED), event__cancelled_at=None)
    return rows.filter(origin=RegistrationOrigin.OPEN_FORM)
