"""Writing a list as a file of a spreadsheet (.xlsx, ECMA-376), row by row: as much memory for twenty thousand rows as
for two.

A text is written as a text, whatever it begins with: "=1+1" that somebody typed into a form is never a formula, and
stays a text when its cell is edited.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | float | Decimal | date | datetime | None
"""None is an empty cell. A datetime is written by the clock it names."""

LONGEST_TEXT = 32_767
"""Characters of one cell, as spreadsheets hold them."""
CHUNK = 1 << 16
_FAST = 1
"""The compression that costs least: the text of a sheet is a few words said again and again."""
_NOT_PLAIN = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_FIRST_DAY = date(1899, 12, 30)
_PLAIN, _HEAD, _TYPED, _DAY, _MINUTE = range(5)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # The styles in the order of the names above: plain, a heading, a text like a formula, a day, a minute.
    "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf quotePrefix="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
_BOOK = (
    f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{{name}}" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>"
)
_BEGIN = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{{direction}}>'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_END = "</sheetData></worksheet>"


def written_sheet(
    name: str, head: Sequence[str], rows: Iterable[Sequence[Value]], *, right_to_left: bool = False
) -> Iterator[bytes]:
    """The file of one sheet of this name, in pieces: its headings, then the rows, each read when it is written."""
    out = _Passing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as archive:
        for part, text in _PARTS.items():
            archive.writestr(part, text)
        archive.writestr("xl/workbook.xml", _BOOK.format(name=escape(_sheet_name(name), {'"': "&quot;"})))
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(_BEGIN.format(direction=' rightToLeft="1"' if right_to_left else "").encode())
            for text in _chunks(head, rows):
                sheet.write(text.encode())
                yield out.taken()
            sheet.write(_END.encode())
    yield out.taken()


def _sheet_name(name: str) -> str:
    """A name that spreadsheets take: at most 31 characters, none of those of their formulas."""
    return re.sub(r"[\[\]:*?/\\']", " ", _NOT_XML.sub("", name))[:31].strip() or "1"


class _Passing:
    """What an archive writes to that is sent as it is made; it cannot be gone back in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Everything is passed on as it comes."""

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def _chunks(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    written = [f"<row>{''.join(_text(words, _HEAD) for words in head)}</row>"]
    size = 0
    for row in rows:
        text = f"<row>{''.join(map(_cell, row))}</row>"
        written.append(text)
        size += len(text)
        if size > CHUNK:
            yield "".join(written)
            written, size = [], 0
    yield "".join(written)


def _cell(value: Value) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return _kept_text(value) if len(value) < 40 else _text(value, _PLAIN)
    if isinstance(value, date):
        return _moment(value)
    if isinstance(value, bool):
        return _text(str(value), _PLAIN)
    return f"<c><v>{value}</v></c>"


def _text(words: str, style: int) -> str:
    shown = escape(_NOT_XML.sub("\ufffd", words)) if _NOT_PLAIN.search(words) else words
    if len(words) > LONGEST_TEXT:
        shown = escape(_NOT_XML.sub("\ufffd", words[:LONGEST_TEXT]))
    if style == _PLAIN and words.startswith(_LIKE_A_FORMULA):
        style = _TYPED
    styled = f' s="{style}"' if style else ""
    return f'<c{styled} t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


@lru_cache(maxsize=512)
def _kept_text(words: str) -> str:
    return _text(words, _PLAIN)


def _moment(value: date) -> str:
    """A day, or a minute by the clock that the value names, as spreadsheets count: days since the end of 1899."""
    if not isinstance(value, datetime):
        return f'<c s="{_DAY}"><v>{(value - _FIRST_DAY).days}</v></c>'
    here = value.replace(tzinfo=UTC)
    since = here - datetime(_FIRST_DAY.year, _FIRST_DAY.month, _FIRST_DAY.day, tzinfo=UTC)
    return f'<c s="{_MINUTE}"><v>{round(since.total_seconds() / 86_400, 8)}</v></c>'
