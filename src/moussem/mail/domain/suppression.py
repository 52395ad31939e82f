"""Addresses that a promoter no longer writes to."""

from datetime import datetime

from django.db import transaction

from moussem.accounts.models import Promoter
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.mail.enums import SuppressionReason
from moussem.mail.models import Message, Suppression


@transaction.atomic
def suppress(*, promoter: Promoter, address: str, reason: str, by: Actor, at: datetime) -> Suppression:
    """Write no more to `address` from this promoter, whatever its capitals; doing so twice changes nothing."""
    found, is_new = Suppression.objects.get_or_create(
        promoter=promoter,
        address=address.strip().lower(),
        defaults={"reason": SuppressionReason(reason), "since": at},
    )
    if is_new:
        write_entry(
            by=by,
            at=at,
            verb="suppress_address",
            object_kind="suppression",
            object_id=found.public_id,
            object_label="",
            promoter_key=promoter.key,
            after={"reason": str(reason)},
        )
    return found


def is_suppressed(message: Message, *, essential: bool) -> bool:
    """Whether the message must not go: its address refused further mail (which an essential mail may pass), does not
    exist, or was erased.
    """
    rows = Suppression.objects.filter(promoter=message.promoter_id, address=message.address.strip().lower())
    if essential:
        rows = rows.exclude(reason=SuppressionReason.REFUSED)
    return rows.exists()
