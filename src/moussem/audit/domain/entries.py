"""Writing to the ledger: in the same transaction as the change it tells of."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from moussem.audit.models import Entry, Payload
from moussem.core.actor import Actor


class OutsideTransaction(RuntimeError):
    """A ledger entry was to be written outside the transaction of its change."""


def write_entry(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    object_kind: str,
    object_id: object,
    object_label: str,
    promoter_key: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """Write who did what to which object; `before` and `after` are the fields that changed (None: nothing to tell).

    `at` is when it happened; the database's clock tells when it was recorded. Raises `OutsideTransaction` where no
    transaction is open. The worker seals the entry later.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(verb)
    payload = Payload(salt=secrets.token_hex(16), before=_plain(before), after=_plain(after))
    entry = Entry.objects.create(
        promoter_key=promoter_key,
        verb=verb,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_label=by.label[:200],
        object_kind=object_kind,
        object_id=str(object_id),
        object_label=object_label[:300],
        happened_at=at,
        digest=payload_digest(payload),
    )
    payload.entry = entry
    payload.save()
    return entry


def payload_digest(payload: Payload) -> str:
    """The salted SHA-256 of a payload, in hexadecimal: what the chain covers."""
    body = json.dumps([payload.before, payload.after], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{payload.salt}:{body}".encode()).hexdigest()


def _plain(fields: Mapping[str, Any] | None) -> Any:
    return None if fields is None else json.loads(json.dumps(fields, cls=DjangoJSONEncoder))
