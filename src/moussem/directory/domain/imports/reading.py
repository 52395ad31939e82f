"""Reading a list: the bounded process gives rows, each is told apart from the directory, and the preview is kept."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.core import progress
from moussem.core.actor import Actor
from moussem.core.files import path_of
from moussem.core.sheets.reading import read_sheets
from moussem.core.sheets.shapes import Bounds, Cell, Manner, Refused, SheetHead, SheetRow
from moussem.directory.domain.imports.matching import Matcher, Row, stamp_of
from moussem.directory.enums import ImportState
from moussem.directory.models import ImportedList, ImportedRows, RememberedHeading
from moussem.directory.permissions import can_write
from moussem.engines.lists.cells import Fault, read_row
from moussem.engines.lists.headings import LOOKED_AT, Column, columns_of, heading_place, names_somebody

MANY = 500
"""Rows that are compared and kept together."""


def read_list(*, by: Actor, at: datetime, imported: ImportedList) -> ImportedList:
    """Read a list that waits for it and keep its preview; one that was read before stays as it is.

    A file that cannot be read makes the list *refused*, with the sheet, row, column and reason; nothing else is raised
    for what stands in it. Killed on the way, it leaves a list that is still to be read.
    """
    require(can_write(by), "read a list")
    require_own(imported, by=by)
    if imported.state != ImportState.READING:
        return imported
    ImportedRows.objects.filter(imported_list=imported).delete()
    remembered = dict(RememberedHeading.objects.filter(promoter=by.promoter_pk).values_list("heading", "column"))
    sheets = _Sheets(imported, remembered)
    stamp = stamp_of(imported.promoter_id)
    try:
        counts = _keep(imported, sheets)
    except Refused as why:
        refusal = {"code": why.code, "sheet": why.sheet, "row": why.row, "column": why.column, "most": why.most}
        ImportedRows.objects.filter(imported_list=imported).delete()
        return _leave(imported, ImportState.REFUSED, refusal=refusal, counts={}, sheets=sheets.told())
    return _leave(imported, ImportState.READY, refusal={}, counts=counts, sheets=sheets.told(), stamp=stamp)


def _leave(imported: ImportedList, state: ImportState, **found: Any) -> ImportedList:
    waiting = ImportedList.objects.filter(pk=imported.pk, state=ImportState.READING, version=imported.version)
    waiting.update(state=state, version=F("version") + 1, outcome={}, **found)
    progress.forget(str(imported.public_id))
    imported.refresh_from_db()
    return imported


def _keep(imported: ImportedList, sheets: "_Sheets") -> dict[str, int]:
    """Compare and keep all rows; answers how many are what."""
    matcher, counts, batch, position = Matcher(imported.promoter_id), Counter[str](), list[Row](), 0
    bounds = Bounds(rows=settings.IMPORT_ROWS)
    for row in sheets.rows(bounds):
        batch.append(row)
        if len(batch) == MANY:
            counts += _keep_part(imported, matcher, position, batch)
            batch, position = [], position + 1
            progress.note(str(imported.public_id), counts.total(), max(sheets.foreseen, counts.total()))
    if batch:
        counts += _keep_part(imported, matcher, position, batch)
    return dict(counts)


def _keep_part(imported: ImportedList, matcher: Matcher, position: int, rows: list[Row]) -> Counter[str]:
    matcher.judge(rows)
    counts = Counter(row["verdict"] for row in rows)
    with transaction.atomic():
        ImportedRows.objects.create(imported_list=imported, position=position, rows=rows, counts=dict(counts))
    return counts


@dataclass(slots=True)
class _Sheet:
    """A sheet that is being read: its name, the row of its headings (0: it has none) and what its columns hold."""

    head: SheetHead
    heading_row: int = 0
    headings: list[str] = field(default_factory=list)
    columns: list[Column | None] = field(default_factory=list)
    rows: int = 0

    @property
    def is_read(self) -> bool:
        return names_somebody(self.columns)


class _Sheets:
    """The sheets of one file, of which those are read that name people."""

    def __init__(self, imported: ImportedList, remembered: Mapping[str, str]) -> None:
        self.path, self.chosen, self.remembered = path_of(imported.file), imported.chosen, remembered
        self.manner = Manner(**imported.manner)
        self.found: list[_Sheet] = []
        self.foreseen = 0

    def told(self) -> list[dict[str, Any]]:
        """What the list keeps of its sheets."""
        return [
            {
                "name": sheet.head.name, "encoding": sheet.head.encoding, "delimiter": sheet.head.delimiter,
                "heading_row": sheet.heading_row, "rows": sheet.rows, "read": sheet.is_read,
                "columns": [
                    {"heading": heading, "column": column.value if column else ""}
                    for heading, column in zip(sheet.headings, sheet.columns, strict=True)
                ],
            }
            for sheet in self.found
        ]  # fmt: skip

    def rows(self, bounds: Bounds) -> Iterator[Row]:
        """Every row that says something, of every sheet that names people; raises `Refused`."""
        waiting: list[SheetRow] = []
        count = 0
        for told in read_sheets(self.path, bounds, self.manner):
            if isinstance(told, SheetHead):
                for row in self._begun(waiting):
                    count = self._counted(count, row, bounds)
                    yield row
                self.found.append(_Sheet(told))
                waiting = []
                continue
            self.foreseen += len(told)
            if self.found[-1].headings:
                read = self._read(told)
            else:
                waiting += told
                if len(waiting) < LOOKED_AT:
                    continue
                read, waiting = self._begun(waiting), []
            for row in read:
                count = self._counted(count, row, bounds)
                yield row
        for row in self._begun(waiting):
            count = self._counted(count, row, bounds)
            yield row

    def _counted(self, count: int, row: Row, bounds: Bounds) -> int:
        if count >= bounds.rows:
            raise Refused("rows", sheet=self.found[row["sheet"]].head.name, row=row["row"], most=bounds.rows)
        return count + 1

    def _begun(self, rows: Sequence[SheetRow]) -> list[Row]:
        """Find the headings among the first rows of the sheet, then read what stands below them."""
        if not rows or not self.found or self.found[-1].headings:
            return []
        sheet = self.found[-1]
        words = [[_words(cell) for cell in row.cells] for row in rows]
        place = heading_place(words, self.remembered)
        if place is None:
            place = None if any("@" in word for word in words[0]) else 0
        width = max(len(row) for row in words)
        heads = words[place] if place is not None else []
        sheet.headings = [*heads, *[""] * (width - len(heads))]
        sheet.heading_row = rows[place].number if place is not None else 0
        sheet.columns = self._columns(sheet, words)
        return self._read(rows[place + 1 :] if place is not None else rows)

    def _columns(self, sheet: _Sheet, words: Sequence[Sequence[str]]) -> list[Column | None]:
        chosen = self.chosen.get(str(len(self.found) - 1))
        if chosen is not None:
            known = [Column(column) if column else None for column in chosen[: len(sheet.headings)]]
            return [*known, *[None] * (len(sheet.headings) - len(known))]
        columns = columns_of(sheet.headings, self.remembered)
        if not sheet.heading_row:
            at = next((n for n in range(len(columns)) if any("@" in row[n] for row in words if n < len(row))), None)
            columns = [Column.EMAIL if n == at else None for n in range(len(columns))]
        return columns

    def _read(self, rows: Sequence[SheetRow]) -> list[Row]:
        sheet, number = self.found[-1], len(self.found) - 1
        if not sheet.is_read:
            return []
        merged = _merged(sheet)
        found = []
        for row in rows:
            if any(cell is not None and column for cell, column in zip(row.cells, sheet.columns, strict=False)):
                found.append(_row_of(row, sheet.columns, number, merged.get(row.number, ())))
        sheet.rows += len(found)
        return found


def _row_of(row: SheetRow, columns: Sequence[Column | None], sheet: int, merged: Sequence[Column]) -> Row:
    listed = read_row(row.cells, columns)
    faults = [[fault.column.value, fault.fault.value, fault.said] for fault in listed.faults]
    faults += [[column.value, Fault.MERGED.value, ""] for column in merged]
    return {
        "sheet": sheet, "row": row.number, "name": listed.name, "email": listed.email,
        "organisation": listed.organisation, "role": listed.role, "phone": listed.phone, "language": listed.language,
        "guest_kind": listed.guest_kind, "faults": faults, "answer": "",
    }  # fmt: skip


def _merged(sheet: _Sheet) -> dict[int, list[Column]]:
    """The columns with merged cells, by the first row below the headings that they touch."""
    found: dict[int, list[Column]] = {}
    for top, first, bottom, last in sheet.head.merged:
        touched = [column for column in sheet.columns[first - 1 : last] if column is not None]
        if bottom > sheet.heading_row and touched:
            found.setdefault(max(top, sheet.heading_row + 1), []).extend(touched)
    return found


def _words(cell: Cell) -> str:
    return cell[:200] if isinstance(cell, str) else ""
