"""Walking the chains: is every entry, payload, head and kept head what it was when it was sealed?

The walk streams: its memory does not grow with the ledger, except for the entries whose payloads were erased.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from moussem.audit.domain.heads import Head, heads_path, kept_chains, kept_heads
from moussem.audit.domain.seals import SEALED, mark_of, payload_digest, seal_of
from moussem.audit.enums import ERASE_PAYLOAD, LEDGER_ENTRY
from moussem.audit.models import ChainHead, Entry, Payload

PAYLOAD = ("payload__entry_id", "payload__salt", "payload__before", "payload__after", "payload__erased_at")
COLUMNS = ("position", "seal", *SEALED, *PAYLOAD)
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed. `position` is where in the chain (None: the chain as a whole)."""

    promoter_key: str
    position: int | None
    what: str
    detail: str


@dataclass(slots=True)
class ChainReport:
    """What one walk over a chain found. `fault_count` counts all faults, `faults` holds the first hundred."""

    promoter_key: str
    sealed: int = 0
    unsealed: int = 0
    erased: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.fault_count == 0


def chain_keys(folder: Path | None = None) -> list[str]:
    """The promoter keys of all chains: those with entries, with a head, or of which a head was kept."""
    keys = set(Entry.objects.values_list("promoter_key", flat=True).distinct())
    keys.update(ChainHead.objects.values_list("promoter_key", flat=True))
    keys.update(kept_chains(folder))
    return sorted(keys)


def verify_chain(promoter_key: str, folder: Path | None = None) -> ChainReport:
    """Walk one chain; `folder` is where the kept heads lie (None: the installation's)."""
    walk = _Walk(promoter_key, folder)
    walk.entries()
    walk.end()
    walk.erasures()
    return walk.report


def orphaned_payloads() -> int:
    """How many payloads belong to no entry: what is left where entries were deleted from under them."""
    return Payload.objects.exclude(entry__in=Entry.objects.values("pk")).count()


def record_verification(*, report: ChainReport, at: datetime) -> None:
    """Note at the chain's head when it was walked and how many faults were found, for the staff's page."""
    heads = ChainHead.objects.filter(promoter_key=report.promoter_key)
    heads.update(verified_at=at, faults=min(report.fault_count, 2**31 - 1))


class _Walk:
    """One walk over one chain, from the first sealed entry to the unsealed tail."""

    def __init__(self, promoter_key: str, folder: Path | None) -> None:
        self.key = promoter_key
        self.folder = folder
        self.report = ChainReport(promoter_key)
        self.seal = ""
        self.kept = kept_heads(promoter_key, folder)
        self.awaited: Head | None = next(self.kept, None)
        self.erased: dict[str, datetime] = {}
        self.acts: dict[str, datetime] = {}
        self.head: ChainHead | None = None

    def entries(self) -> None:
        """Walk until a head that was read is the end: workers go on sealing meanwhile, and that is no fault."""
        rows = Entry.objects.filter(promoter_key=self.key)
        self.head = ChainHead.objects.filter(promoter_key=self.key).first()
        while self._stretch(rows):
            self.head = ChainHead.objects.filter(promoter_key=self.key).first()
        if rows.filter(position__lte=0).exists():
            self._fault(0, "inserted", "an entry stands before the first one")
        tail = rows.filter(position__isnull=True).order_by("id")
        for values in tail.values_list(*COLUMNS).iterator(chunk_size=2000):
            self._unsealed(dict(zip(COLUMNS, values, strict=True)))

    def _stretch(self, rows: QuerySet[Entry]) -> bool:
        before = self.report.sealed
        sealed = rows.filter(position__gt=before).order_by("position")
        for values in sealed.values_list(*COLUMNS).iterator(chunk_size=2000):
            self._sealed(dict(zip(COLUMNS, values, strict=True)), values)
        return self.report.sealed > before

    def end(self) -> None:
        """Compare the end of the walk with the head, and with the heads kept outside the database."""
        if self.head is not None:
            self._head(self.head)
        elif self.report.sealed:
            self._fault(None, "no head", "entries are sealed, but the head of the chain is gone")
        if self.awaited is not None:
            text = f"a head after {self.awaited.count} entries was kept, but {self.report.sealed} are there"
            self._fault(None, "end cut off", text)
        if self.report.sealed and not heads_path(self.key, self.folder).exists():
            self._fault(None, "no kept head", "the heads kept outside the database are gone")

    def erasures(self) -> None:
        """Compare the erased payloads with the acts that erased them."""
        for entry, erased_at in self.erased.items():
            if self.acts.get(entry) != erased_at:
                self._fault(None, "erased without an act", f"the payload of entry {entry}")
        for entry in self.acts.keys() - self.erased.keys():
            if Payload.objects.filter(entry__public_id=entry, erased_at=self.acts[entry], salt="").exists():
                continue  # erased while this walk was under way
            self._fault(None, "not erased", f"entry {entry} was erased by an act, but says something")
        self.report.erased = sorted(self.erased)

    def _sealed(self, row: dict[str, Any], values: tuple[Any, ...]) -> None:
        self.report.sealed += 1
        position, expected = row["position"], self.report.sealed
        if position != expected:
            self._fault(position, "gap", f"position {expected} was expected")
            self.report.sealed = position
        if seal_of(self.seal, position, values[2 : 2 + len(SEALED)]) != row["seal"]:
            self._fault(position, "seal", f"entry {row['public_id']} or the one before it is not as it was sealed")
        self.seal = row["seal"]
        self._payload(row)
        self._kept(position)

    def _unsealed(self, row: dict[str, Any]) -> None:
        self.report.unsealed += 1
        if row["seal"]:
            self._fault(None, "seal without a position", f"entry {row['public_id']}")
        self._payload(row)

    def _payload(self, row: dict[str, Any]) -> None:
        entry = str(row["public_id"])
        _entry, salt, before, after, erased_at = (row[name] for name in PAYLOAD)
        if row["verb"] == ERASE_PAYLOAD and row["object_kind"] == LEDGER_ENTRY:
            self.acts[row["object_id"]] = row["happened_at"]
        if _entry is None:
            self._fault(row["position"], "payload gone", f"entry {entry}")
        elif erased_at is not None:
            self.erased[entry] = erased_at
            if salt or before is not None or after is not None:
                self._fault(row["position"], "payload", f"entry {entry} reads erased, but says something")
        elif payload_digest(salt, before, after) != row["digest"]:
            self._fault(row["position"], "payload", f"before or after of entry {entry} is not what was written")

    def _kept(self, position: int) -> None:
        while self.awaited is not None and self.awaited.count <= position:
            kept = self.awaited
            if kept.count == position and kept.seal != self.seal:
                self._fault(position, "kept head", "the seal is not the one that was kept outside the database")
            elif kept.count < position or kept.mark != mark_of(self.key, kept.count, kept.seal):
                self._fault(position, "kept head", "a head kept outside the database is not true")
            self.awaited = next(self.kept, None)

    def _head(self, head: ChainHead) -> None:
        new = head.count == 0 and not head.seal and not head.mark
        if not new and head.mark != mark_of(self.key, head.count, head.seal):
            self._fault(None, "head", "the head of the chain was changed")
        if (head.count, head.seal) != (self.report.sealed, self.seal):
            text = f"the head tells of {head.count} entries, {self.report.sealed} are there"
            self._fault(None, "end", text if head.count != self.report.sealed else "the last seal is another")

    def _fault(self, position: int | None, what: str, detail: str) -> None:
        self.report.fault_count += 1
        if len(self.report.faults) < MOST_TOLD:
            self.report.faults.append(Fault(self.key, position, what, detail))


def verify_all(folder: Path | None = None) -> Iterator[ChainReport]:
    """Walk every chain, one report each."""
    for key in chain_keys(folder):
        yield verify_chain(key, folder)
