"""The public form of an event: when people may register, which kinds of guests, what each is asked, who is approved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.events.domain.hours import answers_until, closing_of, span_with
from moussem.events.enums import EventKind
from moussem.events.models import Event, GuestKind
from moussem.guests.enums import AskedField, Asking
from moussem.guests.models import OpenForm, OpenKind
from moussem.guests.permissions import can_invite

Asked = Mapping[str, str]
"""Of each field that is asked, whether it may or must be answered."""


class NobodyOffered(Exception):
    """A form that is on offers at least one kind of guest."""


class ClosesBeforeItOpens(Exception):
    """The form would close before it opens, or at once."""


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What is asked of one kind of guest (None: everybody else), and whether each is approved by a person."""

    guest_kind: GuestKind | None
    needs_approval: bool
    asked: Asked


@dataclass(frozen=True, slots=True)
class OpenFormFacts:
    """A form as it is to be: on or off, from when to when (excluded; None: no limit of its own), whether the public
    reads how many seats are left, and the kinds that may register.
    """

    is_on: bool
    kinds: Sequence[KindFacts]
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    shows_seats: bool = False


_MAY, _MUST = Asking.MAY.value, Asking.MUST.value
_WORK = {AskedField.ORGANISATION: _MUST, AskedField.ROLE: _MAY}
_PROPOSED: Mapping[str, tuple[bool, Mapping[AskedField, str]]] = {
    EventKind.ONE_TO_FEW: (True, {**_WORK, AskedField.ROLE: _MUST, AskedField.PURPOSE: _MUST, AskedField.NEEDS: _MAY}),
    EventKind.MISSION: (True, {**_WORK, AskedField.PHONE: _MUST, AskedField.PURPOSE: _MUST, AskedField.NEEDS: _MAY}),
    EventKind.CLUB_MEETING: (True, {**_WORK, AskedField.NEEDS: _MAY}),
    EventKind.CONFERENCE: (False, {**_WORK, AskedField.NEEDS: _MAY}),
    EventKind.TRADE_SHOW: (False, {**_WORK, AskedField.CITY: _MAY, AskedField.NEEDS: _MAY}),
    EventKind.EXHIBITION: (False, {AskedField.CITY: _MAY, AskedField.NEEDS: _MAY}),
    EventKind.JOB_FAIR: (False, {AskedField.PHONE: _MUST, AskedField.CITY: _MAY, AskedField.PURPOSE: _MAY}),
    EventKind.WEBINAR: (False, {AskedField.ORGANISATION: _MAY, AskedField.CITY: _MAY}),
}


def proposed(event: Event, guest_kind: GuestKind | None) -> KindFacts:
    """What one asks of a kind of guest at a gathering of this sort, until somebody says otherwise: much and with
    approval where few are meant to meet, little where everybody may come.
    """
    needs_approval, asked = _PROPOSED.get(event.kind, (False, {AskedField.ORGANISATION: _MAY, AskedField.NEEDS: _MAY}))
    return KindFacts(guest_kind, needs_approval, {field.value: asking for field, asking in asked.items()})


@transaction.atomic
def set_open_form(*, by: Actor, at: datetime, event: Event, read_version: int, facts: OpenFormFacts) -> OpenForm:
    """Say how people register for an event from now on; who registered stays so. `read_version` is that of the form
    that was read, 0 where there was none.

    Raises `NobodyOffered`, `ClosesBeforeItOpens`, `ChangedMeanwhile`.
    """
    require(can_invite(by), "open a form")
    require_own(event, *(one.guest_kind for one in facts.kinds), by=by)
    if facts.is_on and not facts.kinds:
        raise NobodyOffered(event.public_id)
    if facts.opens_at and facts.closes_at and facts.closes_at <= facts.opens_at:
        raise ClosesBeforeItOpens(event.public_id)
    form, is_new = OpenForm.objects.get_or_create(event=event, defaults={"promoter_id": event.promoter_id})
    before = None if is_new else _told(form, _kinds_of(form))
    save_version(
        form, read_version=form.version if is_new else read_version, is_on=facts.is_on, opens_at=facts.opens_at,
        closes_at=facts.closes_at, shows_seats=facts.shows_seats,
    )  # fmt: skip
    _set_kinds(at, event, form, facts.kinds)
    write_entry(
        by=by, at=at, verb="set_open_form", object_kind="event", object_id=event.public_id,
        object_label=say(event.name, "en"), promoter_key=event.promoter.key, before=before,
        after=_told(form, _kinds_of(form)),
    )  # fmt: skip
    return form


def _set_kinds(at: datetime, event: Event, form: OpenForm, wanted: Iterable[KindFacts]) -> None:
    """The kinds that are offered; one that is offered no more stays with what it asked."""
    kept = []
    for one in wanted:
        known = {field: asking for field, asking in one.asked.items() if asking in (_MAY, _MUST)}
        row, _ = OpenKind.objects.update_or_create(
            form=form, guest_kind=one.guest_kind,
            defaults={
                "promoter_id": event.promoter_id, "event": event, "needs_approval": one.needs_approval,
                "asked": known, "withdrawn_at": None,
            },
        )  # fmt: skip
        kept.append(row.pk)
    gone = OpenKind.objects.filter(form=form, withdrawn_at=None).exclude(pk__in=kept)
    gone.update(withdrawn_at=at, version=F("version") + 1)


def _kinds_of(form: OpenForm) -> list[OpenKind]:
    rows = OpenKind.objects.filter(form=form, withdrawn_at=None).select_related("guest_kind")
    return list(rows.order_by("guest_kind__position", "pk"))


def _told(form: OpenForm, kinds: Iterable[OpenKind]) -> dict[str, object]:
    return {
        "is_on": form.is_on, "opens_at": form.opens_at, "closes_at": form.closes_at, "shows_seats": form.shows_seats,
        "kinds": [
            {
                "kind": kind.guest_kind.name if kind.guest_kind else None, "needs_approval": kind.needs_approval,
                "asked": kind.asked,
            }
            for kind in kinds
        ],
    }  # fmt: skip


def until_of(event: Event, hours: Sequence[tuple[datetime, datetime | None]] | None = None) -> datetime | None:
    """Until when (excluded) the guests of an event answer; kept on the loaded row, for the parts of one request.
    `hours` are its stated hours where they are at hand.
    """
    if "_answers_until" not in event.__dict__:
        event.__dict__["_answers_until"] = (
            answers_until(event) if hours is None else closing_of(span_with(event, hours))
        )
    kept: datetime | None = event.__dict__["_answers_until"]
    return kept


def is_open(form: OpenForm, event: Event, *, at: datetime, until: datetime | None) -> bool:
    """Whether people may register by a form at a time; `until` is when the event's guests answer no more."""
    if not form.is_on or event.cancelled_at is not None:
        return False
    begun = form.opens_at is None or at >= form.opens_at
    over = form.closes_at is not None and at >= form.closes_at
    return begun and not over and until is not None and at < until
