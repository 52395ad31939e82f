"""Writing to the ledger: in the same transaction as the change it tells of."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from moussem.audit.domain.marks import mark_change
from moussem.audit.domain.seals import payload_digest
from moussem.audit.models import Entry, Payload
from moussem.core.actor import Actor
from moussem.core.inserting import insert_rows


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
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise OutsideTransaction(verb)
    told = Told(object_id, object_label, after, before)
    entry, payload = _row_of(by, at, verb, object_kind, promoter_key, told)
    waiting = _waiting.get()
    if waiting is not None and waiting.depth == _depth(connection):
        waiting.rows.append((entry, payload))
        waiting.may_show = waiting.may_show or may_show
    else:
        _write([(entry, payload)], may_show=may_show)
    return entry


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to one object of many: its identifier, its label, the fields that changed."""

    object_id: object
    object_label: str
    after: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None


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
    rows = [_row_of(by, at, verb, object_kind, promoter_key, one) for one in told]
    _write(rows, may_show=may_show)
    return len(rows)


@contextmanager
def told_together() -> Iterator[None]:
    """A transaction (inside another one a savepoint) whose entries are written as one when it ends, in the order in
    which they were told: two statements, however many there are. What is raised undoes everything, and what is told
    within a further savepoint is written there at once, since it may be undone apart: none is ever without its change.
    """
    with transaction.atomic():
        waiting = _Waiting(_depth(transaction.get_connection()))
        before = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(before)
        _write(waiting.rows, may_show=waiting.may_show)


_Row = tuple[Entry, Payload]


@dataclass(slots=True)
class _Waiting:
    """Entries that are written when their transaction ends; `depth`: how many savepoints are open around it."""

    depth: int
    rows: list[_Row] = field(default_factory=list)
    may_show: bool = False


def _depth(connection: Any) -> int:
    """How many savepoints are open; a transaction within another one may have none of its own."""
    return sum(key is not None for key in connection.savepoint_ids)


_waiting: ContextVar[_Waiting | None] = ContextVar("waiting entries", default=None)


def _row_of(by: Actor, at: datetime, verb: str, object_kind: str, promoter_key: str, told: Told) -> _Row:
    salt, was, becomes = secrets.token_hex(16), _plain(told.before), _plain(told.after)
    entry = Entry(
        promoter_key=promoter_key, verb=verb, actor_kind=by.kind, actor_id=by.id, actor_label=by.label[:200],
        object_kind=object_kind, object_id=str(told.object_id), object_label=told.object_label[:300], happened_at=at,
        digest=payload_digest(salt, was, becomes),
    )  # fmt: skip
    return entry, Payload(entry=entry, salt=salt, before=was, after=becomes)


def _write(rows: Sequence[_Row], *, may_show: bool) -> None:
    if not rows:
        return
    insert_rows([entry for entry, _payload in rows])
    for entry, payload in rows:
        payload.entry = entry  # with the key that it got
    insert_rows([payload for _entry, payload in rows])
    if may_show:
        mark_change()


def _plain(fields: Mapping[str, Any] | None) -> Any:
    """The fields as both databases give them back: a float becomes its text, since one of them rewrites floats."""
    if fields is None:
        return None
    return json.loads(json.dumps(fields, cls=DjangoJSONEncoder), parse_float=str, parse_constant=str)
