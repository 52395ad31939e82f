"""Taking the list of an event's registrations out of the house as a file: for a reason, and in the ledger."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.events.models import Event
from moussem.guests.domain.queries.registrations import TakenOut, count_taken_out, registrations_taken_out
from moussem.guests.permissions import can_invite


@transaction.atomic
def take_out_registrations(*, by: Actor, at: datetime, event: Event, state: str, reason: str) -> Iterator[TakenOut]:
    """The registrations of an event in one state ("": all), each read when it is asked for; that they are taken out,
    how many and for which reason is in the ledger first.
    """
    require(can_invite(by), "take out registrations")
    require_own(event, by=by)
    write_entry(
        by=by, at=at, verb="take_out_registrations", object_kind="event", object_id=event.public_id,
        object_label=say(event.name, "en"), promoter_key=by.promoter_key, may_show=False,
        after={"reason": reason, "state": state, "registrations": count_taken_out(by, event, state)},
    )  # fmt: skip
    return registrations_taken_out(by, event, state)
