"""Writing a confirmed list: everything in one transaction, in as few questions to the database as that takes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from moussem.accounts.models import Promoter
from moussem.core import progress
from moussem.core.actor import Actor
from moussem.core.bulk import insert_many
from moussem.core.ids import uuid7
from moussem.directory.domain.imports.deciding import NEW, is_open, locked
from moussem.directory.domain.imports.matching import Matcher, Row, stamp_of
from moussem.directory.domain.imports.opening import tell
from moussem.directory.domain.names import fold
from moussem.directory.enums import ImportState, OrganisationKind, Verdict
from moussem.directory.models import Affiliation, ImportedList, ImportedRows, Organisation, Person
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject

CONTACTS = ("email", "phone", "language")


@transaction.atomic
def write_list(*, by: Actor, at: datetime, imported: ImportedList) -> bool:
    """Write a confirmed list into the directory, all of it or nothing; answers whether it was written now.

    Somebody new becomes a person with their organisation and role, looked after by who dropped the file. Of somebody
    known only what is missing is added; what the directory says otherwise stays. Where the directory changed since the
    preview, the rows are compared again; if one is another thing now, nothing is written and the list waits for a new
    yes.
    """
    row = locked(imported, by=by)
    if row.state != ImportState.WRITING:
        return False
    # One list of a promoter at a time: two would not see each other's people.
    Promoter.objects.select_for_update(no_key=True).get(pk=row.promoter_id)
    if row.stamp != stamp_of(row.promoter_id) and _changed(row):
        return False
    written = Written(row, at)
    written.add_firms()
    total = sum(row.counts.values())
    for part in ImportedRows.objects.filter(imported_list=row).order_by("position").iterator(chunk_size=4):
        written.add(part.rows)
        ImportedRows.objects.filter(pk=part.pk).update(rows=part.rows)
        progress.note(str(row.public_id), sum(written.counts.values()), total)
    outcome = dict(written.counts)
    ImportedList.objects.filter(pk=row.pk).update(
        state=ImportState.WRITTEN, version=F("version") + 1, written_at=at, outcome=outcome,
        made=list(written.firms.values()),
    )  # fmt: skip
    tell("write_list", by=by, at=at, imported=row, after={**outcome, "sha256": row.file.sha256})
    imported.refresh_from_db()
    transaction.on_commit(lambda: progress.forget(str(row.public_id)))
    return True


def _changed(row: ImportedList) -> bool:
    """Compare all rows with the directory as it is now; where one became another thing, wait for a new yes."""
    matcher, counts, changed = Matcher(row.promoter_id), Counter[str](), 0
    stamp = stamp_of(row.promoter_id)
    for part in ImportedRows.objects.filter(imported_list=row).order_by("position").iterator(chunk_size=4):
        before = [(one["verdict"], one["person"]) for one in part.rows]
        matcher.judge(part.rows)
        for one, (verdict, person) in zip(part.rows, before, strict=True):
            if (one["verdict"], one["person"]) != (verdict, person):
                changed += 1
                one["answer"] = ""
        found = Counter(one["verdict"] for one in part.rows)
        counts += found
        ImportedRows.objects.filter(pk=part.pk).update(rows=part.rows, counts=dict(found))
    kept: dict[str, Any] = {"counts": dict(counts), "stamp": stamp}
    if changed:
        kept |= {"state": ImportState.READY, "outcome": {"changed": changed}, "version": F("version") + 1}
    ImportedList.objects.filter(pk=row.pk).update(**kept)
    row.refresh_from_db()
    return changed > 0


@dataclass(slots=True)
class Written:
    """A list that is being written: what it brought so far."""

    imported: ImportedList
    at: datetime
    counts: Counter[str] = field(default_factory=Counter)
    firms: dict[str, int] = field(default_factory=dict)

    def add_firms(self) -> None:
        """Add the organisations that the list names and the directory does not, each once."""
        named: dict[str, str] = {}
        for part in (
            ImportedRows.objects.filter(imported_list=self.imported).order_by("position").iterator(chunk_size=4)
        ):
            for row in part.rows:
                if row["organisation"] and row.get("firm") is None and is_written(row):
                    named.setdefault(fold(row["organisation"]), row["organisation"])
        keys = [uuid7() for _ in named]
        made = insert_many(
            Organisation, len(keys),
            {
                "public_id": keys, "name": list(named.values()), "folded": list(named),
                "subject_id": self._subjects(SubjectKind.ORGANISATION, keys, list(named.values()), "organisations"),
            },
            {"promoter_id": self.imported.promoter_id, "kind": OrganisationKind.FIRM.value},
        )  # fmt: skip
        self.firms = dict(zip(named, made, strict=True))
        self.counts["organisations"] = len(made)

    def add(self, rows: Sequence[Row]) -> None:
        """Add the people of some rows, and note at each row what came of it."""
        wanted = [row for row in rows if is_written(row)]
        new = [row for row in wanted if is_somebody_new(row)]
        known = [row for row in wanted if not is_somebody_new(row)]
        self._add_people(new)
        self._complete(known)
        self._tie(wanted)
        self.counts["people"] += len(new)
        self.counts["known"] += len(known)
        self.counts["left_out"] += len(rows) - len(wanted)

    def _subjects(self, kind: SubjectKind, keys: Sequence[UUID], names: Sequence[str], folder: str) -> list[int]:
        each = {
            "public_id": keys, "label": [{"fr": name, "en": name} for name in names],
            "address": [f"{folder}/{key}/" for key in keys],
        }  # fmt: skip
        return insert_many(Subject, len(keys), each, {"promoter_id": self.imported.promoter_id, "kind": kind.value})

    def _add_people(self, rows: Sequence[Row]) -> None:
        keys, names = [uuid7() for _ in rows], [row["name"] for row in rows]
        source = self.source
        each = {
            "public_id": keys, "name": names, "folded": [fold(name) for name in names],
            "subject_id": self._subjects(SubjectKind.PERSON, keys, names, "people"),
            "contact_source": [source if row["email"] or row["phone"] else "" for row in rows],
            **{name: [row[name] for row in rows] for name in CONTACTS},
        }  # fmt: skip
        every = {"promoter_id": self.imported.promoter_id, "owner_id": self.imported.owner_id}
        for row, person in zip(rows, insert_many(Person, len(rows), each, every), strict=True):
            row["person"], row["made"] = person, True

    @property
    def source(self) -> str:
        """Where the contacts were learned, as the law asks: the file, and who dropped it."""
        owner = str(self.imported.owner) if self.imported.owner else ""
        return ", ".join(filter(None, (self.imported.filename, owner)))[:200]

    def _complete(self, rows: Sequence[Row]) -> None:
        """Fill what is empty of how to reach people who are known: those nobody looks after, and one's own."""
        found = Person.objects.select_for_update(of=("self",)).in_bulk({row["person"] for row in rows})
        changed = {}
        for row in rows:
            person = found[row["person"]]
            if person.owner_id not in (None, self.imported.owner_id):
                continue
            missing = {name: row[name] for name in CONTACTS if row[name] and not getattr(person, name)}
            if not missing:
                continue
            if not person.contact_source and missing.keys() & {"email", "phone"}:
                missing["contact_source"] = self.source
            for name, value in missing.items():
                setattr(person, name, value)
            person.version += 1
            row["filled"] = {**missing, "version": person.version}
            changed[person.pk] = person
        Person.objects.bulk_update(changed.values(), [*CONTACTS, "contact_source", "version"], batch_size=200)
        self.counts["completed"] += len(changed)

    def _tie(self, rows: Sequence[Row]) -> None:
        """Say where each person is, where the directory does not yet."""
        placed = [(row, self._firm_of(row)) for row in rows]
        known = {row["person"] for row, firm in placed if firm and not row.get("made")}
        held = (
            set(Affiliation.objects.filter(person__in=known).values_list("person", "organisation")) if known else set()
        )
        ties: list[tuple[Row, int]] = []
        for row, firm in placed:
            if firm and (row["person"], firm) not in held:
                held.add((row["person"], firm))
                ties.append((row, firm))
        each = {
            "person_id": [row["person"] for row, _firm in ties], "organisation_id": [firm for _row, firm in ties],
            "public_id": [uuid7() for _ in ties],
            "role": [{"fr": row["role"], "en": row["role"]} if row["role"] else {} for row, _firm in ties],
        }  # fmt: skip
        made = insert_many(Affiliation, len(ties), each, {"promoter_id": self.imported.promoter_id})
        for (row, _firm), tie in zip(ties, made, strict=True):
            row["tie"] = tie

    def _firm_of(self, row: Row) -> int | None:
        if row["organisation"] and row.get("firm") is None:
            row["firm"] = self.firms[fold(row["organisation"])]
        firm: int | None = row.get("firm")
        return firm


def is_written(row: Row) -> bool:
    """Whether a row is written: it is not wrong, and no doubt about it is open."""
    return row["verdict"] != Verdict.WRONG and not is_open(row)


def is_somebody_new(row: Row) -> bool:
    """Whether a row that is written brings somebody new."""
    return row["verdict"] == Verdict.NEW or (row["verdict"] == Verdict.DOUBTFUL and row["answer"] == NEW)
