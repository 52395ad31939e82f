"""What makes the ledger a chain: seals over entries, marks over heads, and the digest of a payload.

A seal is the HMAC-SHA256, with a key that is not in the database, of the seal before it, the position, every field of
the entry and the digest of its payload. The mark of a head is the same over count and last seal.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

# The fields under the seal, in its order; `position` and the seal before come ahead of them.
SEALED = (
    "id",
    "public_id",
    "promoter_key",
    "verb",
    "actor_kind",
    "actor_id",
    "actor_label",
    "object_kind",
    "object_id",
    "object_label",
    "happened_at",
    "recorded_at",
    "digest",
)


def seal_of(before: str, position: int, values: Sequence[Any]) -> str:
    """The seal, in hexadecimal, of an entry whose `SEALED` fields have `values`, after the seal `before` ("" for the
    first).
    """
    return _keyed("seal", [before, position, *map(_plain, values)])


def mark_of(promoter_key: str, count: int, seal: str) -> str:
    """The mark, in hexadecimal, of a chain's head after `count` entries of which the last has `seal`."""
    return _keyed("head", [promoter_key, count, seal])


def payload_digest(salt: str, before: Any, after: Any) -> str:
    """The salted SHA-256 of a payload, in hexadecimal: what the chain covers."""
    body = json.dumps([before, after], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}:{body}".encode()).hexdigest()


def _keyed(what: str, values: list[Any]) -> str:
    body = json.dumps([what, *values], ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(settings.SEAL_KEY.encode(), body.encode(), "sha256").hex()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if isinstance(value, int) else str(value)
