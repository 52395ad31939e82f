"""Registrations by the open form: what the public reads of it, what staff decide of, the form as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.keyset import RowPage, page_newest, page_oldest
from moussem.directory.domain.names import fold
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
    """The page of an event's registrations: the rows of one state, and how many stand in each. `form` is None where
    nobody set one up.
    """

    page: RowPage
    counts: Mapping[str, int]
    form: OpenForm | None
    is_open: bool
    is_decided: bool
    may_write: bool


def registrations(actor: Actor, event: Event, wanted: WantedRegistrations, *, at: datetime) -> Registrations:
    """Everything on the page of an event's registrations at a time. Who waits for a yes or a seat stands in the order
    in which they asked; otherwise the newest come first.
    """
    asked = _asked(actor, event)
    states = _STATES.get(wanted.state, _STATES[TO_APPROVE])
    rows = asked.filter(state__in=states).select_related("person", "guest_kind", "request")
    if wanted.words:
        rows = rows.filter(person__folded__holds=fold(wanted.words))
    in_turn = wanted.state not in (COMES, NOT_THIS_TIME, WITHDRAWN)
    form = OpenForm.objects.visible_to(actor).filter(event=event).first()
    until = until_of(event)
    return Registrations(
        page=(page_oldest if in_turn else page_newest)(rows, wanted.after),
        counts=_counts(asked),
        form=form,
        is_open=form is not None and is_open(form, event, at=at, until=until),
        is_decided=event.cancelled_at is not None or until is None or at >= until,
        may_write=can_invite(actor),
    )


def _asked(actor: Actor, event: Event) -> "QuerySet[Invitation]":
    return Invitation.objects.visible_to(actor).filter(event=event, origin=RegistrationOrigin.OPEN_FORM)


def _counts(asked: "QuerySet[Invitation]") -> dict[str, int]:
    """How many stand in each state; one query."""
    by_state = dict(asked.order_by().values_list("state").annotate(n=Count("pk")))
    return {name: sum(by_state.get(state, 0) for state in states) for name, states in _STATES.items()}


def to_approve(actor: Actor) -> "QuerySet[Invitation]":
    """Who registered and waits for a decision, at events that are not cancelled."""
    rows = Invitation.objects.visible_to(actor).filter(Q(state=InvitationState.ASKED), event__cancelled_at=None)
    return rows.filter(origin=RegistrationOrigin.OPEN_FORM)
