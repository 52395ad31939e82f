"""Letters to guests that did not arrive: noted on the invitation, so that nobody waits for an answer in vain."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.guests.domain.letters import GUEST_LETTERS
from moussem.guests.domain.seats import lock_event
from moussem.guests.domain.waves import top_up
from moussem.guests.models import Invitation
from moussem.guests.permissions import can_invite
from moussem.mail.enums import NOT_DELIVERED
from moussem.mail.models import Message


@transaction.atomic
def note_undelivered(*, by: Actor, at: datetime, message: Message) -> bool:
    """Note on the invitation that its mail did not arrive; by waves the next of the list is invited.

    Answers whether anything was noted: not for a mail of something else, one that arrived, or the second time.
    """
    require(can_invite(by), "note what did not arrive")
    if message.template not in GUEST_LETTERS or message.state not in NOT_DELIVERED:
        return False
    rows = Invitation.objects.filter(public_id=message.arguments["invitation"], promoter=message.promoter_id)
    found = rows.select_related("person").first()
    if found is None:
        return False
    event = lock_event(found.event_id)
    if not rows.exclude(undelivered=message.state).update(undelivered=message.state, version=F("version") + 1):
        return False
    write_entry(
        by=by, at=at, verb="note_undelivered", object_kind="invitation", object_id=found.public_id,
        object_label=found.person.name, promoter_key=event.promoter.key, after={"undelivered": str(message.state)},
    )  # fmt: skip
    top_up(at=at, event=event)
    return True
