"""Mail that came back: told by the mail server's report, or noted by staff who read it."""

from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.mail.domain.sending import tell_not_delivered
from moussem.mail.domain.suppression import suppress
from moussem.mail.enums import BOUNCES, MessageState, SuppressionReason
from moussem.mail.models import Message
from moussem.mail.permissions import can_note_return

MOST_WORDS = 500


class NotSent(Exception):
    """Only a mail that left can come back."""


class ReportUnknown(LookupError):
    """No mail of ours has this Message-ID and this recipient."""


@transaction.atomic
def record_bounce(*, by: Actor, at: datetime, message: Message, words: str, for_good: bool = True) -> Message:
    """Note that a mail came back, with the server's `words`; a second time changes nothing.

    `for_good`: there is no such mailbox, and the address gets nothing more; otherwise (a full mailbox) only this mail
    is lost. Raises `NotSent`.
    """
    require(can_note_return(by), "note that a mail came back")
    require_own(message, by=by)
    locked = Message.objects.select_for_update().select_related("promoter").get(pk=message.pk)
    if locked.state == MessageState.BOUNCED:
        return locked
    if locked.state not in (MessageState.SENT, MessageState.SENDING):  # a report may be quicker than our own note
        raise NotSent(locked.public_id)
    said, locked_before = " ".join(words.split())[:MOST_WORDS], locked.state
    Message.objects.filter(pk=locked.pk).update(state=MessageState.BOUNCED, returned_at=at, failure=said)
    locked.refresh_from_db()
    write_entry(
        by=by, at=at, verb="record_bounce", object_kind="message", object_id=locked.public_id,
        object_label=locked.template, promoter_key=locked.promoter.key, before={"state": str(locked_before)},
        after={"state": str(MessageState.BOUNCED), "for_good": for_good},
    )  # fmt: skip
    if for_good:
        reason = SuppressionReason.BOUNCED
        suppress(promoter=locked.promoter, address=locked.address, reason=reason, by=by, at=at)
    tell_not_delivered(locked)
    return locked


def record_report(*, message_id: str, address: str, words: str, for_good: bool, at: datetime) -> Message:
    """Note what a mail server reports of one recipient of the mail with this Message-ID.

    Both must be ours: a Message-ID is a secret between us and the servers that carried the mail, so that nobody else
    makes us write no more to an address. Raises `ReportUnknown`, `NotSent`.
    """
    found = Message.objects.select_related("promoter").filter(message_id=message_id).first()
    if found is None or found.address.lower() != address.strip().lower():
        raise ReportUnknown(message_id)
    by = task_actor(BOUNCES, promoter_pk=found.promoter_id, promoter_key=found.promoter.key)
    return record_bounce(by=by, at=at, message=found, words=words, for_good=for_good)
