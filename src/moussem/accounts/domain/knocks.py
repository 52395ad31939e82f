"""How often one network address may do something: try unknown links, or what another room counts by its purpose."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from moussem.accounts.models import Knock

KNOCKS_AN_HOUR = 30
LINKS = "knock"
"""The purpose under which unknown links are counted."""
KEPT_FOR = timedelta(days=1)
# Written by hand: one statement each, at the door of every form that counts.
_OF_TWO_HOURS = "SELECT COALESCE(SUM(count), 0) FROM accounts_knock WHERE address_digest = %s AND hour >= %s"
_ONE_MORE = (
    "INSERT INTO accounts_knock (address_digest, hour, count) VALUES (%s, %s, 1)"
    " ON CONFLICT (address_digest, hour) DO UPDATE SET count = accounts_knock.count + 1 RETURNING count"
)


def has_knocked_enough(*, address: str, at: datetime, purpose: str = LINKS, most: int = KNOCKS_AN_HOUR) -> bool:
    """Whether this network address did what `purpose` names (tried unknown links) `most` times or more in the present
    hour and the one before.
    """
    return _counted(_OF_TWO_HOURS, _digest(address, purpose), _hour(at) - timedelta(hours=1)) >= most


def note_knock(*, address: str, at: datetime, purpose: str = LINKS) -> None:
    """Count one act of this purpose (an unknown link tried) from this network address; counts older than a day are
    forgotten.
    """
    if _counted(_ONE_MORE, _digest(address, purpose), _hour(at)) == 1:
        Knock.objects.filter(hour__lt=at - KEPT_FOR).delete()


def _counted(statement: str, digest: str, hour: datetime) -> int:
    given = Knock._meta.get_field("hour").get_db_prep_value(hour, connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, [digest, given])
        return int(cursor.fetchone()[0])


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _digest(address: str, purpose: str) -> str:
    return hmac.new(settings.LINK_KEY.encode(), f"{purpose}|{address}".encode(), hashlib.sha256).hexdigest()
