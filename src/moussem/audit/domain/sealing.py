"""Joining new entries to their promoter's chain: done by the worker, in order, within a second."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from moussem.audit.domain.heads import NO_HEAD, Head, keep, last_kept, sealing_alone
from moussem.audit.domain.seals import SEALED, mark_of, seal_of
from moussem.audit.models import ChainHead, Entry

BATCH = 1000


class ChainBroken(RuntimeError):
    """The chain's head is not the one that was kept: nothing more is sealed on top of it until somebody has looked."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one sealing did: entries joined per promoter key, and the chains that are broken."""

    joined: dict[str, int]
    broken: tuple[str, ...]


def seal_all() -> Sealed:
    """Seal every unsealed entry of every chain; a broken chain does not keep the others waiting."""
    joined: dict[str, int] = {}
    broken: list[str] = []
    for key in Entry.objects.unsealed().values_list("promoter_key", flat=True).distinct().order_by("promoter_key"):
        try:
            while count := seal_chain(key):
                joined[key] = joined.get(key, 0) + count
        except ChainBroken:
            broken.append(key)
    return Sealed(joined, tuple(broken))


def seal_chain(promoter_key: str) -> int:
    """Join at most `BATCH` entries to the chain, in the order in which they were written; answer how many.

    The head is kept outside the database right after the commit; where the machine stops in between, the next
    sealing makes up for it. Raises `ChainBroken`.
    """
    with sealing_alone(promoter_key):
        with transaction.atomic():
            head = _locked_head(promoter_key)
            before = Head(head.count, head.seal, head.mark)
            kept = last_kept(promoter_key)
            _check(promoter_key, before, kept)
            after = _join(promoter_key, before)
            if after != before:
                ChainHead.objects.filter(pk=promoter_key).update(count=after.count, seal=after.seal, mark=after.mark)
        if after.count > kept.count:
            keep(promoter_key, after)
    return after.count - before.count


def _locked_head(promoter_key: str) -> ChainHead:
    ChainHead.objects.get_or_create(promoter_key=promoter_key)
    return ChainHead.objects.select_for_update().get(promoter_key=promoter_key)


def _check(promoter_key: str, head: Head, kept: Head) -> None:
    true = head == NO_HEAD or head.mark == mark_of(promoter_key, head.count, head.seal)
    if not true or head.count < kept.count or (head.count == kept.count and head != kept):
        raise ChainBroken(promoter_key or "the installation's chain")


def _join(promoter_key: str, head: Head) -> Head:
    fresh = Entry.objects.unsealed().filter(promoter_key=promoter_key).order_by("id")[:BATCH]
    seal, count = head.seal, head.count
    rows: list[tuple[Any, ...]] = []
    for values in fresh.values_list(*SEALED):
        count += 1
        seal = seal_of(seal, count, values)
        rows.append((count, seal, values[0]))
    if not rows:
        return head
    table = connection.ops.quote_name(Entry._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET position = %s, seal = %s WHERE id = %s", rows)  # noqa: S608
    return Head(count, seal, mark_of(promoter_key, count, seal))
