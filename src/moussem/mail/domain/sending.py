"""Sending one message: the state *in doubt* is committed before the server hears of it, *sent* after it took it.

A worker killed in between leaves the message in doubt. It is sent again under the same Message-ID: nothing is lost, and
there are never more duplicates than kills.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from moussem.core.actor import task_actor
from moussem.core.news import publish
from moussem.mail.domain.stops import stop_headers
from moussem.mail.domain.suppression import is_suppressed, suppress
from moussem.mail.domain.templates import MailTemplate, template
from moussem.mail.domain.transport import NotTaken, way_out
from moussem.mail.enums import RENDERED, SEND, MessageState, SuppressionReason
from moussem.mail.models import Message
from moussem.mail.news import NOT_DELIVERED
from moussem.mail.rendering.messages import Envelope, Rendered, mime_of

OPEN = (MessageState.WAITING, MessageState.SENDING)


class TooEarly(RuntimeError):
    """The mail may still be withdrawn: it leaves later. The database's clock and this machine's do not agree."""


def send(*, message: Message, at: datetime) -> MessageState:
    """Send a waiting message, or one in doubt; answer how it stands. A message that is settled stays as it is.

    Suppression is looked up in the transaction that lets it go. Raises `NoWayOut`, `TooEarly`, or `NotTaken` where
    asking again later is worth while: the message then waits.
    """
    if message.state not in OPEN:
        return MessageState(message.state)
    if message.not_before is not None and at < message.not_before:
        raise TooEarly(str(message.public_id))
    known = template(message.template)
    rendered = known.render(message)
    with way_out() as transport:
        if not _let_go(message, known, rendered):
            return MessageState(Message.objects.values_list("state", flat=True).get(pk=message.pk))
        try:
            transport.send(message, mime_of(rendered, _envelope(message, known)))
        except NotTaken as refusal:
            return _refused(message, refusal, at)
    _settle(message, state=MessageState.SENT, sent_at=at)
    return MessageState.SENT


def _let_go(message: Message, known: MailTemplate, rendered: Rendered) -> bool:
    with transaction.atomic():
        locked = Message.objects.select_for_update().get(pk=message.pk)
        if locked.state not in OPEN:
            return False
        if is_suppressed(locked, essential=known.is_essential):
            _settle(message, state=MessageState.SUPPRESSED)
            tell_not_delivered(message)
            return False
        Message.objects.filter(pk=message.pk).update(
            state=MessageState.SENDING, attempts=F("attempts") + 1, subject=rendered.subject[:200]
        )
    return True


def _refused(message: Message, refusal: NotTaken, at: datetime) -> MessageState:
    if not refusal.is_final:
        _settle(message, state=MessageState.WAITING, failure=str(refusal))
        raise refusal
    with transaction.atomic():
        _settle(message, state=MessageState.FAILED, failure=str(refusal))
        tell_not_delivered(message)
        if refusal.is_unknown:
            by = task_actor(SEND, promoter_pk=message.promoter_id, promoter_key=message.promoter.key)
            reason = SuppressionReason.BOUNCED
            suppress(promoter=message.promoter, address=message.address, reason=reason, by=by, at=at)
    return MessageState.FAILED


def tell_not_delivered(message: Message) -> None:
    """Tell higher rooms, once, that the recipient will not read this mail."""
    promoter_key = message.promoter.key
    publish(NOT_DELIVERED, key=str(message.public_id), promoter_key=promoter_key, message=str(message.public_id))


def _settle(message: Message, *, state: MessageState, sent_at: datetime | None = None, failure: str = "") -> None:
    changes: dict[str, object] = {"state": state, "sent_at": sent_at, "failure": failure}
    if state not in OPEN and message.template == RENDERED:
        changes["arguments"] = {}  # words with a link in them are not kept longer than needed
    Message.objects.filter(pk=message.pk, state__in=OPEN).update(**changes)


def _envelope(message: Message, known: MailTemplate) -> Envelope:
    headers = {} if known.is_essential else stop_headers(message)
    headers["Auto-Submitted"] = "auto-generated"
    return Envelope(settings.MAIL_FROM, message.address, message.message_id, headers)
