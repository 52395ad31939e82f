"""Undoing a list: what it brought and nobody touched since is removed; what is in use stays, and is told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q, QuerySet

from moussem.audit.models import Entry
from moussem.core import progress
from moussem.core.actor import Actor
from moussem.directory.domain.imports.deciding import locked
from moussem.directory.domain.imports.matching import Row
from moussem.directory.domain.imports.opening import tell
from moussem.directory.domain.imports.writing import CONTACTS
from moussem.directory.enums import ImportState, MatchState
from moussem.directory.models import (
    Affiliation,
    ImportedList,
    ImportedRows,
    Organisation,
    OrganisationMatch,
    Person,
    PersonMatch,
)
from moussem.evidence.models import Subject

MANY = 500
_PROPOSED = Q(state=MatchState.PROPOSED)
"""What the search for duplicates proposes is nobody's act: it goes with the row."""


@transaction.atomic
def undo_list(*, by: Actor, at: datetime, imported: ImportedList) -> bool:
    """Take back what a list brought, in one transaction; answers whether it was undone now.

    A person or organisation stays where anything points to it, its row was changed, or the ledger tells of an act on
    it since. What was filled in of somebody known is emptied unless that row was changed since.
    """
    row = locked(imported, by=by)
    if row.state != ImportState.UNDOING:
        return False
    kept, counts, done = _in_use(row), Counter[str](), 0
    for part in _parts(row):
        counts.update(_undo_rows(part.rows, kept))
        ImportedRows.objects.filter(pk=part.pk).update(rows=part.rows)
        done += len(part.rows)
        progress.note(str(row.public_id), done, sum(row.counts.values()))
    firms = touched(Organisation, row.made, apart={OrganisationMatch: _PROPOSED})
    gone = [firm for firm in row.made if firm not in firms]
    for start in range(0, len(gone), MANY):
        _remove(Organisation, gone[start : start + MANY], OrganisationMatch)
    counts.update(organisations_removed=len(gone), organisations_kept=len(firms))
    outcome = {**row.outcome, "undone": dict(counts)}
    ImportedList.objects.filter(pk=row.pk).update(
        state=ImportState.UNDONE, version=F("version") + 1, undone_at=at, outcome=outcome
    )
    tell("undo_list", by=by, at=at, imported=row, after=dict(counts))
    imported.refresh_from_db()
    transaction.on_commit(lambda: progress.forget(str(row.public_id)))
    return True


def _parts(row: ImportedList) -> Iterator[ImportedRows]:
    return ImportedRows.objects.filter(imported_list=row).order_by("position").iterator(chunk_size=4)


def _in_use(imported: ImportedList) -> set[int]:
    """Whom the list brought and somebody touched since."""
    made, ties = list[int](), set[int]()
    for part in _parts(imported):
        made += [row["person"] for row in part.rows if row.get("made")]
        ties.update(row["tie"] for row in part.rows if row.get("tie"))
    return touched(Person, made, apart={Affiliation: ties, PersonMatch: _PROPOSED})


def _undo_rows(rows: Sequence[Row], kept: set[int]) -> Counter[str]:
    """Take back what some rows brought; who stays is marked in the rows."""
    made = [row["person"] for row in rows if row.get("made")]
    loose = [row["tie"] for row in rows if row.get("tie") and row["person"] not in kept]
    _raw_delete(Affiliation.objects.filter(pk__in=loose, version=1))
    gone = [pk for pk in made if pk not in kept]
    _remove(Person, gone, PersonMatch)
    for row in rows:
        if row.get("made"):
            row["kept"] = row["person"] in kept
    return Counter(removed=len(gone), kept=len(made) - len(gone), emptied=_empty(rows))


def _empty(rows: Sequence[Row]) -> int:
    """Empty what the list filled in of people who were known, where nobody changed them since."""
    filled = {row["person"]: row["filled"] for row in rows if row.get("filled")}
    found = Person.objects.select_for_update(of=("self",)).in_bulk(filled)
    changed = []
    for pk, person in found.items():
        if person.version == filled[pk]["version"]:
            for name in filled[pk].keys() & {*CONTACTS, "contact_source"}:
                setattr(person, name, "")
            person.version += 1
            changed.append(person)
    Person.objects.bulk_update(changed, [*CONTACTS, "contact_source", "version"], batch_size=200)
    return len(changed)


def touched(
    table: type[Person] | type[Organisation], pks: Sequence[int], *, apart: Mapping[type[models.Model], Q | set[int]]
) -> set[int]:
    """Which of these rows were changed, are told of in the ledger, or are pointed to, as themselves or as their
    subject, from any table of any room; pointers that `apart` names (by a condition, or by their inner keys) do not
    count.

    What one list brought has neighbouring keys: each table is asked once, for the range.
    """
    if not pks:
        return set()
    mine = table.objects.filter(pk__range=(min(pks), max(pks)))
    wanted, keys, subjects, found = set(pks), dict[str, int](), dict[int, int](), set[int]()
    for pk, key, subject, version in mine.values_list("pk", "public_id", "subject", "version").iterator():
        if pk in wanted:
            keys[str(key)], subjects[subject] = pk, pk
            found |= {pk} if version > 1 else set()
    told = Entry.objects.filter(object_kind=table._meta.model_name, object_id__range=(min(keys), max(keys)))
    found |= {keys[key] for key in told.values_list("object_id", flat=True) if key in keys}
    found |= _pointed_to(table, wanted, apart)
    within = (min(subjects), max(subjects))
    changed = Subject.objects.filter(pk__range=within, version__gt=1).values_list("pk", flat=True)
    pointed = {*changed, *_pointed_to(Subject, set(subjects), {table: Q()})}
    return found | {subjects[subject] for subject in pointed & subjects.keys()}


def _pointed_to(table: type[models.Model], pks: set[int], apart: Mapping[type[models.Model], Q | set[int]]) -> set[int]:
    found: set[int] = set()
    for tie in table._meta.get_fields(include_hidden=True):
        if not isinstance(tie, models.ManyToOneRel):
            continue
        there, name = tie.related_model, tie.field.name
        within = {f"{name}__gte": min(pks), f"{name}__lte": max(pks)}
        pointers = there._base_manager.filter(**within).order_by()
        but = apart.get(there)
        if isinstance(but, Q):
            pointers = pointers.exclude(but) if but else pointers.none()
        elif but:
            rows = pointers.values_list("pk", name).iterator()
            found.update(pk for own, pk in rows if own not in but and pk in pks)
            continue
        found.update(pk for pk in pointers.values_list(name, flat=True).distinct() if pk in pks)
    return found


def _remove(table: type[Person] | type[Organisation], pks: Sequence[int], matches: type[models.Model]) -> None:
    """Delete rows that nothing points to, with their subjects and the mere proposals about them."""
    if not pks:
        return
    subjects = list(table.objects.filter(pk__in=pks).values_list("subject", flat=True))
    _raw_delete(matches._base_manager.filter(Q(left__in=pks) | Q(right__in=pks)))
    _raw_delete(table.objects.filter(pk__in=pks))
    _raw_delete(Subject.objects.filter(pk__in=subjects))


def _raw_delete(rows: "QuerySet[models.Model]") -> None:
    """Delete by one statement: what points to the rows was looked up before, and the database's keys hold besides."""
    rows._raw_delete(rows.db)
