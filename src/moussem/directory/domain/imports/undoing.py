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
    counts, done = Counter[str](), 0
    for part in ImportedRows.objects.filter(imported_list=row).order_by("position").iterator(chunk_size=4):
        counts += _undo_rows(part.rows)
        ImportedRows.objects.filter(pk=part.pk).update(rows=part.rows)
        done += len(part.rows)
        progress.note(str(row.public_id), done, sum(row.counts.values()))
    for firms in _few(row.made):
        kept = touched(Organisation, firms, apart={OrganisationMatch: _PROPOSED})
        gone = [firm for firm in firms if firm not in kept]
        counts += Counter(organisations_removed=_remove(Organisation, gone, OrganisationMatch))
        counts += Counter(organisations_kept=len(kept))
    outcome = {**row.outcome, "undone": dict(counts)}
    ImportedList.objects.filter(pk=row.pk).update(
        state=ImportState.UNDONE, version=F("version") + 1, undone_at=at, outcome=outcome
    )
    tell("undo_list", by=by, at=at, imported=row, after=dict(counts))
    imported.refresh_from_db()
    transaction.on_commit(lambda: progress.forget(str(row.public_id)))
    return True


def _undo_rows(rows: Sequence[Row]) -> Counter[str]:
    """Take back what some rows brought; who stays is marked in the rows."""
    made = [row["person"] for row in rows if row.get("made")]
    ties = {row["tie"]: row["person"] for row in rows if row.get("tie")}
    kept = touched(Person, made, apart={Affiliation: Q(pk__in=list(ties)), PersonMatch: _PROPOSED})
    loose = [tie for tie, person in ties.items() if person not in kept]
    _raw_delete(Affiliation.objects.filter(pk__in=loose, version=1))
    removed = _remove(Person, [pk for pk in made if pk not in kept], PersonMatch)
    for row in rows:
        if row.get("made"):
            row["kept"] = row["person"] in kept
    return Counter(removed=removed, kept=len(kept), emptied=_empty(rows))


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
    table: type[Person] | type[Organisation], pks: Sequence[int], *, apart: Mapping[type[models.Model], Q]
) -> set[int]:
    """Which of these rows were changed, are told of in the ledger, or are pointed to, as themselves or as their
    subject, from any table of any room; pointers that `apart` names do not count.
    """
    if not pks:
        return set()
    rows = {pk: (str(key), subject, version) for pk, key, subject, version in
            table.objects.filter(pk__in=pks).values_list("pk", "public_id", "subject", "version")}  # fmt: skip
    found = {pk for pk, (_key, _subject, version) in rows.items() if version > 1}
    keys = {key: pk for pk, (key, _subject, _version) in rows.items()}
    told = Entry.objects.filter(object_kind=table._meta.model_name, object_id__in=list(keys))
    found |= {keys[key] for key in told.values_list("object_id", flat=True)}
    found |= _pointed_to(table, list(rows), apart)
    subjects = {subject: pk for pk, (_key, subject, _version) in rows.items()}
    changed = Subject.objects.filter(pk__in=list(subjects), version__gt=1).values_list("pk", flat=True)
    pointed = _pointed_to(Subject, list(subjects), {table: Q()})
    return found | {subjects[subject] for subject in {*changed, *pointed}}


def _pointed_to(table: type[models.Model], pks: Sequence[int], apart: Mapping[type[models.Model], Q]) -> set[int]:
    found: set[int] = set()
    for tie in table._meta.get_fields(include_hidden=True):
        if not isinstance(tie, models.ManyToOneRel):
            continue
        there, name = tie.related_model, tie.field.name
        pointers = there._base_manager.filter(**{f"{name}__in": pks})
        if there in apart:
            pointers = pointers.exclude(apart[there]) if apart[there] else pointers.none()
        found.update(pointers.order_by().values_list(name, flat=True).distinct())
    return found


def _remove(table: type[Person] | type[Organisation], pks: Sequence[int], matches: type[models.Model]) -> int:
    """Delete rows that nothing points to, with their subjects and the mere proposals about them."""
    if not pks:
        return 0
    subjects = list(table.objects.filter(pk__in=pks).values_list("subject", flat=True))
    _raw_delete(matches._base_manager.filter(Q(left__in=pks) | Q(right__in=pks)))
    _raw_delete(table.objects.filter(pk__in=pks))
    _raw_delete(Subject.objects.filter(pk__in=subjects))
    return len(subjects)


def _raw_delete(rows: "QuerySet[models.Model]") -> None:
    """Delete by one statement: what points to the rows was looked up before, and the database's keys hold besides."""
    rows._raw_delete(rows.db)


def _few(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), MANY):
        yield pks[start : start + MANY]
