"""Single faults, as somebody with the database's password could make them: each changes what the ledger tells."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.db.models import F

from moussem.audit.models import ChainHead, Entry, Payload
from tests.audit.ledgers import CHAINS

TEXTS = (
    "verb",
    "actor_kind",
    "actor_id",
    "actor_label",
    "object_kind",
    "object_id",
    "object_label",
    "digest",
    "seal",
    "promoter_key",
)


@dataclass
class Harm:
    """What a fault is made with: chance, the folder of kept heads, the heads that were true once."""

    chance: random.Random
    heads: Path

    def chain(self) -> str:
        return self.chance.choice(CHAINS)

    def sealed(self, key: str) -> list[Entry]:
        return list(Entry.objects.filter(promoter_key=key, position__isnull=False).order_by("position"))

    def any(self) -> Entry:
        return self.chance.choice(self.sealed(self.chain()))

    def full(self) -> Payload:
        return self.chance.choice(list(Payload.objects.filter(erased_at=None)))

    def erased(self) -> Payload:
        return self.chance.choice(list(Payload.objects.exclude(erased_at=None)))

    def file(self, key: str) -> Path:
        return self.heads / f"{key or 'installation'}.heads"


def unguarded() -> None:
    """Foreign keys hold nobody back who means harm."""
    with connection.cursor() as cursor:
        off = "PRAGMA foreign_keys=OFF" if connection.vendor == "sqlite" else "SET session_replication_role = replica"
        cursor.execute(off)


def _text(column: str) -> Callable[[Harm], None]:
    def edit(harm: Harm) -> None:
        row = harm.any()
        said = getattr(row, column)
        Entry.objects.filter(pk=row.pk).update(**{column: f"{said[:-1]}{'0' if said[-1:] != '0' else '1'}"})

    edit.__name__ = f"edit_{column}"
    return edit


def edit_public_id(harm: Harm) -> None:
    Entry.objects.filter(pk=harm.any().pk).update(public_id=uuid4())


def edit_happened_at(harm: Harm) -> None:
    row = harm.any()
    Entry.objects.filter(pk=row.pk).update(happened_at=row.happened_at + timedelta(microseconds=1))


def edit_recorded_at(harm: Harm) -> None:
    row = harm.any()
    Entry.objects.filter(pk=row.pk).update(recorded_at=row.recorded_at - timedelta(days=1))


def edit_position(harm: Harm) -> None:
    Entry.objects.filter(pk=harm.any().pk).update(position=10_000 + harm.chance.randrange(1000))


def edit_key(harm: Harm) -> None:
    row = harm.any()
    Payload.objects.filter(pk=row.pk).update(entry=row.pk + 1_000_000)
    Entry.objects.filter(pk=row.pk).update(id=row.pk + 1_000_000)


def edit_last_row(harm: Harm) -> None:
    last = harm.sealed(harm.chain())[-1]
    Entry.objects.filter(pk=last.pk).update(object_label="something else")


def delete_entry(harm: Harm) -> None:
    row = harm.any()
    Payload.objects.filter(pk=row.pk).delete()
    _delete([row])


def delete_entry_alone(harm: Harm) -> None:
    _delete([harm.any()])


def delete_payload(harm: Harm) -> None:
    Payload.objects.filter(pk=harm.full().pk).delete()


def swap_positions(harm: Harm) -> None:
    one, other = harm.chance.sample(harm.sealed(harm.chain()), 2)
    Entry.objects.filter(pk=one.pk).update(position=None)
    Entry.objects.filter(pk=other.pk).update(position=one.position)
    Entry.objects.filter(pk=one.pk).update(position=other.position)


def swap_positions_and_seals(harm: Harm) -> None:
    one, other = harm.chance.sample(harm.sealed(harm.chain()), 2)
    Entry.objects.filter(pk=one.pk).update(position=None)
    Entry.objects.filter(pk=other.pk).update(position=one.position, seal=one.seal)
    Entry.objects.filter(pk=one.pk).update(position=other.position, seal=other.seal)


def swap_payloads(harm: Harm) -> None:
    one, other = harm.chance.sample(list(Payload.objects.filter(erased_at=None)), 2)
    for row, source in ((one, other), (other, one)):
        Payload.objects.filter(pk=row.pk).update(salt=source.salt, before=source.before, after=source.after)


def insert_behind_the_end(harm: Harm) -> None:
    _insert(harm.sealed(harm.chain())[-1], shift=1)


def insert_before_the_start(harm: Harm) -> None:
    first = harm.sealed(harm.chain())[0]
    _insert(first, shift=-first.position)


def insert_in_the_middle(harm: Harm) -> None:
    row = harm.any()
    later = Entry.objects.filter(promoter_key=row.promoter_key, position__gt=row.position)
    for entry in later.order_by("-position"):
        Entry.objects.filter(pk=entry.pk).update(position=F("position") + 1)
    _insert(row, shift=1)


def cut_the_end(harm: Harm) -> None:
    _cut(harm, harm.chain(), harm.chance.randint(1, 20))


def cut_the_end_and_rewind_the_head(harm: Harm) -> None:
    """The fault that nothing inside the database can tell."""
    key = harm.chain()
    count, seal, mark = _older_head(harm, key)
    _cut(harm, key, len(harm.sealed(key)) - count)
    ChainHead.objects.filter(pk=key).update(count=count, seal=seal, mark=mark)


def unseal_the_end_and_rewind_the_head(harm: Harm) -> None:
    key = harm.chain()
    count, seal, mark = _older_head(harm, key)
    Entry.objects.filter(promoter_key=key, position__gt=count).update(position=None, seal="")
    ChainHead.objects.filter(pk=key).update(count=count, seal=seal, mark=mark)


def cut_the_whole_chain(harm: Harm) -> None:
    key = harm.chain()
    Payload.objects.filter(entry__promoter_key=key).delete()
    _delete(list(Entry.objects.filter(promoter_key=key)))
    ChainHead.objects.filter(pk=key).delete()


def rewind_the_head(harm: Harm) -> None:
    key = harm.chain()
    count, seal, mark = _older_head(harm, key)
    ChainHead.objects.filter(pk=key).update(count=count, seal=seal, mark=mark)


def delete_the_head(harm: Harm) -> None:
    ChainHead.objects.filter(pk=harm.chain()).delete()


def edit_the_heads_count(harm: Harm) -> None:
    ChainHead.objects.filter(pk=harm.chain()).update(count=F("count") + harm.chance.choice((-1, 1)))


def edit_the_heads_seal(harm: Harm) -> None:
    ChainHead.objects.filter(pk=harm.chain()).update(seal="0" * 64)


def edit_the_heads_mark(harm: Harm) -> None:
    ChainHead.objects.filter(pk=harm.chain()).update(mark="0" * 64)


def edit_after(harm: Harm) -> None:
    row = harm.full()
    Payload.objects.filter(pk=row.pk).update(after={**(row.after or {}), "value": 99_999})


def edit_before(harm: Harm) -> None:
    Payload.objects.filter(pk=harm.full().pk).update(before={"value": 99_999})


def edit_salt(harm: Harm) -> None:
    Payload.objects.filter(pk=harm.full().pk).update(salt="0" * 32)


def blank_without_an_act(harm: Harm) -> None:
    row = harm.full()
    Payload.objects.filter(pk=row.pk).update(salt="", before=None, after=None, erased_at=row.entry.happened_at)


def blank_without_saying_so(harm: Harm) -> None:
    Payload.objects.filter(pk=harm.full().pk).update(salt="", before=None, after=None)


def fill_after_an_erasure(harm: Harm) -> None:
    Payload.objects.filter(pk=harm.erased().pk).update(after={"value": 1})


def move_an_erasure(harm: Harm) -> None:
    row = harm.erased()
    Payload.objects.filter(pk=row.pk).update(erased_at=row.erased_at + timedelta(seconds=1))


def take_an_erasure_back(harm: Harm) -> None:
    Payload.objects.filter(pk=harm.erased().pk).update(erased_at=None)


def edit_an_unsealed_payload(harm: Harm) -> None:
    row = harm.chance.choice(list(Payload.objects.filter(entry__position=None)))
    Payload.objects.filter(pk=row.pk).update(after={"value": 99_999})


def seal_without_the_key(harm: Harm) -> None:
    row = harm.chance.choice(list(Entry.objects.filter(position=None)))
    Entry.objects.filter(pk=row.pk).update(seal="0" * 64)


def edit_a_kept_head(harm: Harm) -> None:
    path = harm.file(harm.chain())
    lines = path.read_text().splitlines()
    at = harm.chance.randrange(len(lines))
    count, seal, mark = lines[at].split()
    lines[at] = f"{count} {seal[::-1]} {mark}"
    path.write_text("\n".join(lines) + "\n")


def delete_the_kept_heads(harm: Harm) -> None:
    harm.file(harm.chain()).unlink()


REWOUND = (cut_the_end_and_rewind_the_head, unseal_the_end_and_rewind_the_head, cut_the_whole_chain)
FAULTS: tuple[Callable[[Harm], None], ...] = (
    *(_text(column) for column in TEXTS),
    edit_public_id, edit_happened_at, edit_recorded_at, edit_position, edit_key, edit_last_row,
    delete_entry, delete_entry_alone, delete_payload, swap_positions, swap_positions_and_seals, swap_payloads,
    insert_behind_the_end, insert_before_the_start, insert_in_the_middle,
    cut_the_end, *REWOUND, rewind_the_head, delete_the_head,
    edit_the_heads_count, edit_the_heads_seal, edit_the_heads_mark,
    edit_after, edit_before, edit_salt, blank_without_an_act, blank_without_saying_so, fill_after_an_erasure,
    move_an_erasure, take_an_erasure_back, edit_an_unsealed_payload, seal_without_the_key,
    edit_a_kept_head, delete_the_kept_heads,
)  # fmt: skip


def _older_head(harm: Harm, key: str) -> tuple[int, str, str]:
    lines = harm.file(key).read_text().splitlines()
    count, seal, mark = harm.chance.choice(lines[:-1]).split()
    return int(count), seal, mark


def _cut(harm: Harm, key: str, count: int) -> None:
    gone = harm.sealed(key)[-count:] + list(Entry.objects.filter(promoter_key=key, position=None))
    Payload.objects.filter(pk__in=[entry.pk for entry in gone]).delete()
    _delete(gone)


def _delete(rows: list[Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM audit_entry WHERE id = %s", [(row.pk,) for row in rows])


def _insert(model: Entry, *, shift: int) -> None:
    payload = Payload.objects.get(pk=model.pk)
    position = model.position + shift
    model.pk, model.public_id, model.position, model._state.adding = None, uuid4(), position, True
    model.save(force_insert=True)
    Payload.objects.create(
        entry=model, salt=payload.salt, before=payload.before, after=payload.after, erased_at=payload.erased_at
    )
