"""Erasing what an entry says, by an act that is itself in the ledger; the chain holds without it."""

from datetime import datetime

from django.db import transaction

from moussem.audit.domain.entries import write_entry
from moussem.audit.enums import ERASE_PAYLOAD, LEDGER_ENTRY
from moussem.audit.models import Entry, Payload
from moussem.core.actor import Actor


class AlreadyErased(Exception):
    """The entry's payload was erased before."""


class ReasonMissing(ValueError):
    """An erasure needs a reason."""


@transaction.atomic
def erase_payload(*, by: Actor, at: datetime, entry: Entry, reason: str) -> Entry:
    """Erase before and after of `entry` for good; answers the ledger entry that tells of it and of its reason.

    Who did what, to which object and when stays. Raises `AlreadyErased` and `ReasonMissing`.
    """
    if not reason.strip():
        raise ReasonMissing
    erased = Payload.objects.filter(entry=entry, erased_at=None).update(salt="", before=None, after=None, erased_at=at)
    if not erased:
        raise AlreadyErased(str(entry.public_id))
    return write_entry(
        by=by,
        at=at,
        verb=ERASE_PAYLOAD,
        object_kind=LEDGER_ENTRY,
        object_id=entry.public_id,
        object_label=entry.object_label,
        promoter_key=entry.promoter_key,
        after={"reason": reason.strip()},
    )
