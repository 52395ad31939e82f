"""Unknown links: how many one address may try."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from moussem.accounts.models import Knock

KNOCKS_AN_HOUR = 30
KEPT_FOR = timedelta(days=1)


def has_knocked_enough(*, address: str, at: datetime) -> bool:
    """Whether this network address tried as many unknown links as it may in the present hour and the one before."""
    since = _hour(at) - timedelta(hours=1)
    tried = Knock.objects.filter(address_digest=_digest(address), hour__gte=since).aggregate(total=Sum("count"))
    return (tried["total"] or 0) >= KNOCKS_AN_HOUR


@transaction.atomic
def note_knock(*, address: str, at: datetime) -> None:
    """Count one unknown link tried from this network address; counts older than a day are forgotten."""
    knock, first = Knock.objects.get_or_create(address_digest=_digest(address), hour=_hour(at))
    Knock.objects.filter(pk=knock.pk).update(count=F("count") + 1)
    if first:
        Knock.objects.filter(hour__lt=at - KEPT_FOR).delete()


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _digest(address: str) -> str:
    return hmac.new(settings.LINK_KEY.encode(), f"knock|{address}".encode(), hashlib.sha256).hexdigest()
