"""The way to refuse further mail, carried by each mail that its recipient did not ask for (RFC 8058)."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moussem.core.actor import Actor
from moussem.mail.domain.suppression import suppress
from moussem.mail.enums import SuppressionReason
from moussem.mail.models import Message, Suppression

MAC_BYTES = 24


class StopUnknown(Exception):
    """No mail carries this address."""


def stop_address(message: Message) -> str:
    """The address where the recipient of `message` refuses further mail; it never expires."""
    return settings.SITE_URL + reverse("mail:stop", args=[f"{message.public_id}.{_mac(message.public_id)}"])


def stop_headers(message: Message) -> dict[str, str]:
    """The headers that let a mail program offer the refusal with one click."""
    return {"List-Unsubscribe": f"<{stop_address(message)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def message_of_stop(address: str) -> Message:
    """The message that carries this address; raises `StopUnknown`. Changes nothing."""
    key, _, mac = address.partition(".")
    try:
        public_id = UUID(key)
    except ValueError:
        raise StopUnknown from None
    if not hmac.compare_digest(mac.encode(), _mac(public_id).encode()):
        raise StopUnknown
    message = Message.objects.select_related("promoter").filter(public_id=public_id).first()
    if message is None:
        raise StopUnknown
    return message


def refuse_mail(*, message: Message, by: Actor, at: datetime) -> Suppression:
    """Write no more to the recipient of `message` from its promoter."""
    reason = SuppressionReason.REFUSED
    return suppress(promoter=message.promoter, address=message.address, reason=reason, by=by, at=at)


def _mac(public_id: UUID) -> str:
    full = hmac.new(settings.LINK_KEY.encode(), f"{public_id}|stop".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(full[:MAC_BYTES]).decode()
