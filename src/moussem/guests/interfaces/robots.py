"""Telling a person's form from a robot's, without a third party: a field that nobody sees, and the time it took."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

QUICKEST = timedelta(seconds=2)
"""Nobody reads and fills a form in less."""
_SALT = "moussem.guests.registration"


def stamp(event_key: UUID, *, at: datetime) -> str:
    """What a form carries to say when it was opened; nobody else can write one."""
    return Signer(salt=_SALT).sign(f"{event_key}/{int(at.timestamp() * 1000)}")


def opened_at(stamped: str, event_key: UUID) -> datetime | None:
    """When the form was opened; None for what is no stamp of this event's form."""
    try:
        key, _, milliseconds = Signer(salt=_SALT).unsign(stamped).partition("/")
    except BadSignature:
        return None
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC) if key == str(event_key) else None
