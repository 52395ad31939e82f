"""Files as people drop them, written by hand so that every fault can be made: .xlsx, .ods, .xls and .csv."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

HEADINGS = ("Nom", "Organisation", "Fonction", "E-mail", "Téléphone")
GUESTS = (
    ("Amal Idrissi", "Atlas Conseil", "Directrice générale", "amal@atlas.example", "+212 661 00 00 01"),
    ("Brahim Naciri", "Rif Services", "DSI", "brahim@rif.example", "+212 661 00 00 02"),
    ("Chama Tazi", "Souss Tech", "Présidente", "chama@souss.example", "+212 661 00 00 03"),
)


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and the value that the program last worked out (None: none kept)."""

    words: str
    value: str | None = None


@dataclass(frozen=True)
class Fault:
    """A cell that shows an error of the spreadsheet: #N/A, #REF!..."""

    words: str = "#N/A"


def _column(number: int) -> str:
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _cell(place: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Formula):
        kept = "" if value.value is None else f"<v>{escape(value.value)}</v>"
        return f'<c r="{place}" t="str"><f>{escape(value.words)}</f>{kept}</c>'
    if isinstance(value, Fault):
        return f'<c r="{place}" t="e"><v>{escape(value.words)}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        start = datetime(1899, 12, 30)
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return f'<c r="{place}" s="1"><v>{(moment - start).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def sheet_xml(rows: Iterable[Sequence[Any]], *, merged: Sequence[str] = (), first: int = 1) -> str:
    """One worksheet; `merged` are places such as A2:A4."""
    lines = []
    for number, row in enumerate(rows, first):
        cells = "".join(_cell(f"{_column(place)}{number}", value) for place, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    joined = "".join(f'<mergeCell ref="{place}"/>' for place in merged)
    joined = f'<mergeCells count="{len(merged)}">{joined}</mergeCells>' if merged else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main"><sheetData>{"".join(lines)}</sheetData>{joined}</worksheet>'
    )


def xlsx(*sheets: tuple[str, str], since_1904: bool = False, extra: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A workbook of (name, XML of `sheet_xml`); `extra` are further entries of the archive."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ties = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    listed = "".join(f'<sheet name={quoteattr(n)} sheetId="{i}" r:id="rId{i}"/>' for i, (n, _) in enumerate(sheets, 1))
    tied = "".join(
        f'<Relationship Id="rId{i}" Type="{ties}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{ties}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{ties}">'
        f"<workbookPr date1904='{int(since_1904)}'/><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{tied}<Relationship Id="rIdS" '
        f'Type="{ties}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" '
        'applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
        for number, (_name, xml) in enumerate(sheets, 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", xml)
        for name, content in extra:
            archive.writestr(name, content)
    return packed.getvalue()


def a_workbook(rows: Iterable[Sequence[Any]] = GUESTS, *, headings: Sequence[Any] = HEADINGS, **known: Any) -> bytes:
    """A workbook of one sheet called Invités."""
    return xlsx(("Invités", sheet_xml([headings, *rows], **known)))


def ods(name: str, rows: Iterable[Sequence[Any]]) -> bytes:
    """A sheet as LibreOffice keeps it."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(v))}</text:p></table:table-cell>'
            for v in row
        )
        + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}office:1.0" '
        f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(name)}>{lines}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return packed.getvalue()


def xls(name: str, rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of Excel 97 to 2003."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet(name)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            sheet.write(number, place, value)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def text(rows: Iterable[Sequence[Any]], *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """The same as text, separated by `delimiter`."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)
