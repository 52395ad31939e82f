"""The process that reads one file: `python -m moussem.core.sheets.child PATH BOUNDS MANNER`.

It takes its bounds before it opens the file, and writes lines of JSON: a sheet begins, rows, the end, or why it
refuses. It knows no settings and no database. What kills it (memory, time) is told of by whoever started it.
"""

import json
import math
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from moussem.core.sheets.archives import HEADING_ROWS, Faults, inspect
from moussem.core.sheets.shapes import Bounds, Cell, Manner, Refused
from moussem.core.sheets.texts import decoded, decoded_as, delimiter_of, rows_of

MANY = 500
EXACT = 10**15
"""Whole numbers below this are kept exactly by a spreadsheet."""
ARCHIVE, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (
    b"%pdf", b"{\\rtf", b"<?xml", b"<html", b"<!doc", b"\x89png", b"\xff\xd8\xff", b"gif8", b"7z\xbc\xaf", b"\x1f\x8b",
)  # fmt: skip


def main(path: str, bounds_in_words: str, manner_in_words: str = "{}") -> int:
    """Read the file; 0 also where it is refused in words."""
    bounds = Bounds(**json.loads(bounds_in_words))
    hold_to(bounds)
    try:
        for line in lines_of(Path(path), bounds, Manner(**json.loads(manner_in_words))):
            _say(line)
        _say({"end": True})
    except Refused as why:
        _say({"refused": why.code, "sheet": why.sheet, "row": why.row, "column": why.column, "most": why.most})
    except MemoryError:
        _say({"refused": "memory"})
    sys.stdout.flush()
    return 0


def hold_to(bounds: Bounds) -> None:
    """From here on this process gets no more memory and time than that, writes no file and leaves no core behind."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.work_s, bounds.work_s + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


def lines_of(path: Path, bounds: Bounds, manner: Manner) -> Iterator[dict[str, Any]]:
    """The lines for a file: by what its first bytes say it is, never by its name."""
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise Refused("empty")
    if start.startswith(ARCHIVE) or start.startswith(COMPOUND):
        return _workbook(path, bounds, is_archive=start.startswith(ARCHIVE))
    if start.lower().startswith(OTHERS):
        raise Refused("unknown")
    return _text(path.read_bytes(), bounds, manner)


def _text(content: bytes, bounds: Bounds, manner: Manner) -> Iterator[dict[str, Any]]:
    words, encoding = decoded_as(content, manner.encoding) if manner.encoding else decoded(content)
    if not words.strip("\ufeff \r\n\t\x00"):
        raise Refused("empty")
    if words.count("\x00") + words.count("\ufffd") > max(20, len(words) // 100):
        raise Refused("unknown")
    delimiter, words = delimiter_of(words.removeprefix("\ufeff"))
    delimiter = manner.delimiter or delimiter
    yield {"sheet": "", "encoding": encoding, "delimiter": delimiter}
    yield from _batches(rows_of(words, delimiter), "", {}, bounds)


def _workbook(path: Path, bounds: Bounds, *, is_archive: bool) -> Iterator[dict[str, Any]]:
    import python_calamine as calamine  # noqa: PLC0415 - a text is read without it, and it is bounded like the rest

    try:
        faults = inspect(path, bounds) if is_archive else []
    except Refused as why:
        raise _named(why, path) from None
    refusals = (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        names = list(book.sheet_names)
    except calamine.PasswordError:
        raise Refused("locked") from None
    except refusals:
        raise Refused("damaged") from None
    if len(names) > bounds.sheets:
        raise Refused("sheets", most=bounds.sheets)
    for place, name in enumerate(names):
        try:
            sheet = book.get_sheet_by_index(place)
        except refusals:
            if len(names) > 1:  # a sheet of charts is no table
                continue
            raise Refused("damaged", sheet=name) from None
        if sheet.height > bounds.rows + 1000:
            raise Refused("rows", sheet=name, row=bounds.rows + 1, most=bounds.rows)
        merged = [[a + 1, b + 1, c + 1, d + 1] for (a, b), (c, d) in (sheet.merged_cell_ranges or [])[:MANY]]
        yield {"sheet": name, "merged": merged}
        wrong = faults[place] if len(faults) == len(names) else {}
        yield from _batches(sheet.iter_rows(), name, wrong, bounds)


def _named(why: Refused, path: Path) -> Refused:
    """The same refusal with the sheet's name in the place of its number, where the workbook tells its names."""
    import python_calamine as calamine  # noqa: PLC0415

    if not why.sheet:
        return why
    try:
        names = list(calamine.CalamineWorkbook.from_path(str(path)).sheet_names)
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, OSError, ValueError):
        names = []
    place = int(why.sheet) - 1
    sheet = names[place] if place < len(names) else ""
    return Refused(why.code, sheet=sheet, row=why.row, column=why.column, most=why.most)


def _batches(rows: Iterable[Sequence[Any]], sheet: str, wrong: Faults, bounds: Bounds) -> Iterator[dict[str, Any]]:
    batch: list[Any] = []
    count = 0
    for number, row in enumerate(rows, 1):
        cells = _cells(row, sheet, number, wrong, bounds)
        if not cells:
            continue
        count += 1
        if count > bounds.rows + HEADING_ROWS:
            raise Refused("rows", sheet=sheet, row=number, most=bounds.rows)
        batch.append([number, cells])
        if len(batch) == MANY:
            yield {"rows": batch}
            batch = []
    if batch:
        yield {"rows": batch}


def _cells(row: Sequence[Any], sheet: str, number: int, wrong: Faults, bounds: Bounds) -> list[Cell]:
    cells: list[Cell] = [cell_of(value) for value in row]
    if wrong:
        for column in range(1, min(len(cells), bounds.columns) + 1):
            if cells[column - 1] is None and (number, column) in wrong:
                cells[column - 1] = wrong[number, column]
    while cells and cells[-1] is None:
        cells.pop()
    if len(cells) > bounds.columns:
        raise Refused("columns", sheet=sheet, row=number, column=bounds.columns + 1, most=bounds.columns)
    for column, cell in enumerate(cells, 1):
        if isinstance(cell, str) and len(cell) > bounds.characters:
            raise Refused("long", sheet=sheet, row=number, column=column, most=bounds.characters)
    return cells


def cell_of(value: Any) -> Cell:
    """A value as it is told on: see `Cell`."""
    if value is None or isinstance(value, str):
        return value if value and value.strip() else None
    if isinstance(value, bool):
        return ["b", "true" if value else "false"]
    if isinstance(value, int | float):
        return ["n", _number(value)]
    if isinstance(value, date | datetime | time):
        return ["d", value.isoformat()]
    return ["d", str(value)] if isinstance(value, timedelta) else str(value)


def _number(value: float) -> str:
    whole = isinstance(value, int) or (math.isfinite(value) and value.is_integer())
    return str(int(value)) if whole and abs(value) < EXACT else repr(value)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
