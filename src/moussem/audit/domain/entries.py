"""Writing to the ledger: in the same transaction as the change it tells of."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from moussem.audit.domain.marks import mark_change
from moussem.audit.domain.seals import payload_digest
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
    may_show: bool = True,
) -> Entry:
    """Write who did what to which object; `before` and `after` are the fields that changed (None: nothing to tell).

    `at` is when it happened; the database's clock tells when it was recorded. `may_show`: what changed may stand on a
    public page, which is then drawn anew; False only where none can show it. Raises `OutsideTransaction` where no
    transaction is open. The worker seals the entry later.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(verb)
    salt, was, becomes = secrets.token_hex(16), _plain(before), _plain(after)
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
        digest=payload_digest(salt, was, becomes),
    )
    Payload.objects.create(entry=entry, salt=salt, before=was, after=becomes)
    if may_show:
        mark_change()
    return entry


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to one object of many: its identifier, its label, the fields that changed."""

    object_id: object
    object_label: str
    after: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None


AT_ONCE = 1000
"""Rows of one INSERT where many are written."""


def write_entries(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    object_kind: str,
    promoter_key: str,
    told: Sequence[Told],
    may_show: bool = True,
) -> int:
    """Write the same act for many objects, each with an entry of its own; answers how many. `may_show` as above.

    Raises `OutsideTransaction` as `write_entry` does.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(verb)
    plain = [(secrets.token_hex(16), _plain(one.before), _plain(one.after)) for one in told]
    entries = [
        Entry(
            promoter_key=promoter_key, verb=verb, actor_kind=by.kind, actor_id=by.id, actor_label=by.label[:200],
            object_kind=object_kind, object_id=str(one.object_id), object_label=one.object_label[:300],
            happened_at=at, digest=payload_digest(salt, was, becomes),
        )
        for one, (salt, was, becomes) in zip(told, plain, strict=True)
    ]  # fmt: skip
    written = Entry.objects.bulk_create(entries, batch_size=AT_ONCE)
    payloads = [
        Payload(entry=entry, salt=salt, before=was, after=becomes)
        for entry, (salt, was, becomes) in zip(written, plain, strict=True)
    ]
    Payload.objects.bulk_create(payloads, batch_size=AT_ONCE)
    if may_show and written:
        mark_change()
    return len(written)


def _plain(fields: Mapping[str, Any] | None) -> Any:
    """The fields as both databases give them back: a float becomes its text, since one of them rewrites floats."""
    if fields is None:
        return None
    return json.loads(json.dumps(fields, cls=DjangoJSONEncoder), parse_float=str, parse_constant=str)
