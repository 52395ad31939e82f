"""How often one network address may do something: try unknown links, or what another room counts by its purpose."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from moussem.accounts.models import Knock

KNOCKS_AN_HOUR = 30
LINKS = "knock"
"""The purpose under which unknown links are counted."""
KEPT_FOR = timedelta(days=1)


def has_knocked_enough(*, address: str, at: datetime, purpose: str = LINKS, most: int = KNOCKS_AN_HOUR) -> bool:
    """Whether this network address did what `purpose` names (tried unknown links) `most` times or more in the present
    hour and the one before.
    """
    since = _hour(at) - timedelta(hours=1)
    tried = Knock.objects.filter(address_digest=_digest(address, purpose), hour__gte=since)
    return (tried.aggregate(total=Sum("count"))["total"] or 0) >= most


def note_knock(*, address: str, at: datetime, purpose: str = LINKS) -> None:
    """Count one act of this purpose (an unknown link tried) from this network address; counts older than a day are
    forgotten.
    """
    of_hour = {"address_digest": _digest(address, purpose), "hour": _hour(at)}
    if Knock.objects.filter(**of_hour).update(count=F("count") + 1):
        return
    with transaction.atomic():
        knock, first = Knock.objects.get_or_create(**of_hour)
        Knock.objects.filter(pk=knock.pk).update(count=F("count") + 1)
        if first:
            Knock.objects.filter(hour__lt=at - KEPT_FOR).delete()


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _digest(address: str, purpose: str) -> str:
    return hmac.new(settings.LINK_KEY.encode(), f"{purpose}|{address}".encode(), hashlib.sha256).hexdigest()
