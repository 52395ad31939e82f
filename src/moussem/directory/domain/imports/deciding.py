"""What a person decides of a list that was read: its columns, its doubtful rows, and yes or no."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.core.actor import Actor, task_actor
from moussem.core.jobs import enqueue
from moussem.core.sheets.shapes import Manner
from moussem.directory.domain.imports.matching import Row
from moussem.directory.domain.imports.opening import ask_to_read, tell
from moussem.directory.enums import CLEAR_LISTS, UNDO_LIST, WRITE_LIST, ImportState, Verdict
from moussem.directory.models import ImportedList, ImportedRows, RememberedHeading
from moussem.directory.permissions import can_write
from moussem.engines.lists.headings import Column, plain

Ask = Callable[[ImportedList], object]
"""Asks for the work that a decision begins, in its transaction."""
DROPPABLE = (ImportState.READING, ImportState.READY, ImportState.REFUSED)
"""The states in which nothing of a list was written."""
KEPT = timedelta(days=30)
SAME, NEW = "same", "new"
"""What may be answered to a doubtful row."""


class NotWaiting(Exception):
    """The list does not wait for this: it is being read, was written, dropped or undone; `imported` is it."""

    def __init__(self, imported: ImportedList) -> None:
        """Keep the list as it stands now."""
        super().__init__(f"{imported.public_id} is {imported.state}")
        self.imported = imported


class RowsWrong(Exception):
    """Some rows are wrong and nobody said that they are left out; `count` is how many."""

    def __init__(self, count: int) -> None:
        """Keep the number, for the sentence."""
        super().__init__(str(count))
        self.count = count


class DoubtsOpen(Exception):
    """Some rows are doubtful and nobody said whom they mean; `count` is how many."""

    def __init__(self, count: int) -> None:
        """Keep the number, for the sentence."""
        super().__init__(str(count))
        self.count = count


class NothingToImport(Exception):
    """No row of the list can be imported."""


class NobodyNamed(Exception):
    """No column was said to hold names."""


def locked(imported: ImportedList, *, by: Actor) -> ImportedList:
    """The list as it stands now, held until the transaction ends."""
    require(can_write(by), "decide on a list")
    require_own(imported, by=by)
    return ImportedList.objects.select_for_update(of=("self",)).select_related("promoter", "file").get(pk=imported.pk)


@transaction.atomic
def correct_columns(
    *, by: Actor, at: datetime, imported: ImportedList, chosen: Mapping[int, Sequence[str]]
) -> ImportedList:
    """Say what the columns of each sheet hold ("": left out), remember it by their headings, and read the file again.

    Raises `NotWaiting`, `NobodyNamed`.
    """
    row = locked(imported, by=by)
    if row.state != ImportState.READY:
        raise NotWaiting(row)
    if not any({Column.NAME, Column.LAST_NAME}.intersection(columns) for columns in chosen.values()):
        raise NobodyNamed(row.public_id)
    for number, columns in chosen.items():
        _remember(row, row.sheets[number]["columns"], columns)
    said = {str(number): list(columns) for number, columns in chosen.items()}
    _move(row, ImportState.READING, chosen=said)
    ask_to_read(row)
    tell("correct_columns", by=by, at=at, imported=row, after={"columns": said})
    return row


@transaction.atomic
def read_otherwise(*, by: Actor, at: datetime, imported: ImportedList, manner: Manner) -> ImportedList:
    """Say in which encoding a text is and what separates its cells, and read the file again; what was said of its
    columns is forgotten, since they are others now. Raises `NotWaiting`.
    """
    row = locked(imported, by=by)
    if row.state not in (ImportState.READY, ImportState.REFUSED):
        raise NotWaiting(row)
    _move(row, ImportState.READING, manner=asdict(manner), chosen={})
    ask_to_read(row)
    tell("read_otherwise", by=by, at=at, imported=row, after=asdict(manner))
    return row


def _remember(row: ImportedList, known: Sequence[Mapping[str, str]], chosen: Sequence[str]) -> None:
    for column, said in zip(known, chosen, strict=False):
        heading = plain(column["heading"])
        if heading and column["column"] != said:
            RememberedHeading.objects.update_or_create(
                promoter_id=row.promoter_id, heading=heading, defaults={"column": said}
            )


@transaction.atomic
def answer_doubts(
    *, by: Actor, at: datetime, imported: ImportedList, answers: Mapping[tuple[int, int], str], rest: str = ""
) -> ImportedList:
    """Say of doubtful rows, by sheet and row, whether they are `SAME` as the person shown or somebody `NEW`; `rest` is
    the answer for those not named ("": they stay open). Raises `NotWaiting`.
    """
    row = locked(imported, by=by)
    if row.state != ImportState.READY:
        raise NotWaiting(row)
    for part in ImportedRows.objects.filter(imported_list=row).order_by("position"):
        if not part.counts.get(Verdict.DOUBTFUL):
            continue
        for one in part.rows:
            if one["verdict"] == Verdict.DOUBTFUL:
                said = answers.get((one["sheet"], one["row"])) or (rest if not one["answer"] else "")
                one["answer"] = said if said in (SAME, NEW) else one["answer"]
        part.save(update_fields=["rows"])
    return row


def open_doubts(imported: ImportedList) -> int:
    """How many doubtful rows nobody has answered."""
    if not imported.counts.get(Verdict.DOUBTFUL):
        return 0
    parts = ImportedRows.objects.filter(imported_list=imported).values_list("rows", flat=True)
    return sum(is_open(row) for rows in parts for row in rows)


def is_open(row: Row) -> bool:
    """Whether a row is doubtful and not answered."""
    return row["verdict"] == Verdict.DOUBTFUL and not row["answer"]


@transaction.atomic
def confirm_list(
    *, by: Actor, at: datetime, imported: ImportedList, leave_out: bool = False, ask: Ask | None = None
) -> ImportedList:
    """The yes: from here the worker writes the whole list in one transaction. `leave_out`: without its wrong rows.

    A list for something in a higher room is confirmed by that room, which hands in how its own work is asked for.
    Said twice, it is said once.
    Raises `RowsWrong`, `DoubtsOpen`, `NothingToImport`, `NotWaiting`.
    """
    row = locked(imported, by=by)
    if row.state in (ImportState.WRITING, ImportState.WRITTEN):
        return row
    if row.state != ImportState.READY or bool(row.object_kind) != (ask is not None):
        raise NotWaiting(row)
    counts = Counter(row.counts)
    wrong = counts.get(Verdict.WRONG, 0)
    if counts.total() == wrong:
        raise NothingToImport(row.public_id)
    if wrong and not leave_out:
        raise RowsWrong(wrong)
    if doubts := open_doubts(row):
        raise DoubtsOpen(doubts)
    _move(row, ImportState.WRITING, leaves_out=leave_out)
    (ask or _ask_to_write)(row)
    tell("confirm_list", by=by, at=at, imported=row, after={"rows": counts.total() - wrong, "left_out": wrong})
    return row


@transaction.atomic
def ask_to_undo(*, by: Actor, at: datetime, imported: ImportedList, ask: Ask | None = None) -> ImportedList:
    """Let the worker take back what a written list brought; asked twice, it is asked once. Raises `NotWaiting`."""
    row = locked(imported, by=by)
    if row.state in (ImportState.UNDOING, ImportState.UNDONE):
        return row
    if row.state != ImportState.WRITTEN or bool(row.object_kind) != (ask is not None):
        raise NotWaiting(row)
    _move(row, ImportState.UNDOING)
    (ask or _ask_to_undo)(row)
    tell("ask_to_undo_list", by=by, at=at, imported=row, after={})
    return row


@transaction.atomic
def drop_list(*, by: Actor, at: datetime, imported: ImportedList) -> ImportedList:
    """The no: the preview is deleted and nothing was written; a second time changes nothing. Raises `NotWaiting`."""
    row = locked(imported, by=by)
    if row.state == ImportState.DROPPED:
        return row
    if row.state not in DROPPABLE:
        raise NotWaiting(row)
    ImportedRows.objects.filter(imported_list=row).delete()
    _move(row, ImportState.DROPPED)
    tell("drop_list", by=by, at=at, imported=row, after={})
    return row


def drop_forgotten(*, at: datetime) -> int:
    """Drop every list that has waited for its yes for `KEPT`, with its rows: nobody needs these contacts. Answers how
    many.
    """
    waiting = ImportedList.objects.filter(state__in=DROPPABLE, opened_at__lt=at - KEPT).select_related("promoter")
    for row in (found := list(waiting)):
        by = task_actor(CLEAR_LISTS, promoter_pk=row.promoter_id, promoter_key=row.promoter.key)
        with suppress(NotWaiting):  # somebody said yes meanwhile
            drop_list(by=by, at=at, imported=row)
    return len(found)


def _move(row: ImportedList, state: ImportState, **changes: Any) -> None:
    ImportedList.objects.filter(pk=row.pk).update(state=state, version=F("version") + 1, **changes)
    row.refresh_from_db()


def _ask_to_write(row: ImportedList) -> None:
    enqueue(WRITE_LIST, key=job_key(row), promoter_key=row.promoter.key, imported_list=str(row.public_id))


def _ask_to_undo(row: ImportedList) -> None:
    enqueue(UNDO_LIST, key=job_key(row), promoter_key=row.promoter.key, imported_list=str(row.public_id))


def job_key(row: ImportedList) -> str:
    """The key of the work that the list asks for as it stands now: asked again, it is the same work."""
    return f"{row.public_id}:{row.version}"
