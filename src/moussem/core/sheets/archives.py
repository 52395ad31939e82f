"""What an archive holds before it is opened as a workbook: entries, size, ratio, rows, and cells that say an error."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from moussem.core.sheets.shapes import Bounds, Refused

CHUNK = 1 << 20
SMALL = 1 << 20
"""Entries that unpack to less than this may be packed as tightly as they like."""
MOST_FAULTS = 1_000
_ROW = re.compile(rb"<(?:\w+:)?(?:row|table-row)[\s/>]")
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(.{0,400}?)</(?:\w+:)?c>""", re.DOTALL)
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*[^/>])>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,40})</")

Faults = dict[tuple[int, int], list[str]]


def inspect(path: Path, bounds: Bounds) -> list[Faults]:
    """Hold an archive to the bounds without unpacking it to disk; answers, sheet by sheet of an Excel workbook, the
    cells that show an error or a formula without a value, by row and column from one on. Raises `Refused`, with the
    place of the sheet (from one on) for its name.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_large(entries, path.stat().st_size, bounds)
            sheets = sorted((entry for entry in entries if _SHEET.match(entry.filename)), key=_number)
            content = [entry for entry in entries if entry.filename == "content.xml"]
            return [_look_through(archive, entry, n, bounds) for n, entry in enumerate(sheets or content, 1)]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError):
        raise Refused("damaged") from None


def _number(entry: zipfile.ZipInfo) -> tuple[int, str]:
    found = re.search(r"(\d+)\.xml$", entry.filename)
    return (int(found[1]) if found else 0, entry.filename)


def _refuse_large(entries: list[zipfile.ZipInfo], packed: int, bounds: Bounds) -> None:
    if len(entries) > bounds.entries:
        raise Refused("entries", most=bounds.entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > bounds.unpacked:
        raise Refused("unpacked", most=bounds.unpacked)
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > bounds.ratio * max(entry.compress_size, 1):
            raise Refused("ratio", most=bounds.ratio)
    if unpacked > SMALL and unpacked > bounds.ratio * packed:
        raise Refused("ratio", most=bounds.ratio)


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: int, bounds: Bounds) -> Faults:
    rows, found = 0, Faults()
    for piece in _pieces(archive, entry):
        rows += len(_ROW.findall(piece))
        if rows > bounds.rows + HEADING_ROWS:
            raise Refused("rows", sheet=str(place), row=bounds.rows + HEADING_ROWS + 1, most=bounds.rows)
        if len(found) < MOST_FAULTS:
            _note(piece, found)
    return found


HEADING_ROWS = 20
"""How many rows may stand above the rows that count: a title, a date, the headings."""


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's text in pieces that end with a whole cell."""
    rest = b""
    with archive.open(entry) as file:
        while chunk := file.read(CHUNK):
            rest += chunk
            end = rest.rfind(b"</")
            close = rest.find(b">", end) + 1 if end >= 0 else 0
            last = rest.rfind(b"</row>")
            cut = last + len(b"</row>") if last >= 0 else close
            if cut and len(rest) - cut < 8 * CHUNK:
                yield rest[:cut]
                rest = rest[cut:]
    yield rest


def _note(piece: bytes, found: Faults) -> None:
    if b't="e"' in piece or b"t='e'" in piece:
        for cell in _ERROR.finditer(piece):
            value = _VALUE.search(cell[2])
            _keep(cell[1], ["e", value[1].decode("ascii", "replace") if value else "#"], found)
    if b"<f" in piece or b":f" in piece:
        for cell in _EMPTY_FORMULA.finditer(piece):
            _keep(cell[1], ["f", ""], found)


def _keep(attributes: bytes, cell: list[str], found: Faults) -> None:
    place = _PLACE.search(attributes)
    if place is not None:
        column = 0
        for letter in place[1]:
            column = column * 26 + letter - ord("A") + 1
        found[int(place[2]), column] = cell
