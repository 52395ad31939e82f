"""A thousand malformed lists, by a seed: each with what must be said of it."""

import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO

from tests.factories.sheets import HEADINGS, Fault, Formula, ods, sheet_xml, text, xls, xlsx

SHEET = "Invités"


@dataclass(frozen=True)
class Malformed:
    """A file; `said` are (row, code) of wrong cells, `refused` the codes of which one says why it is not read, and the
    row (None: any)."""

    family: str
    filename: str
    content: bytes
    said: tuple[tuple[int, str], ...] = ()
    refused: tuple[str, ...] = ()
    row: int | None = None


def malformed(count: int, seed: int) -> list[Malformed]:
    """So many files, the families in turn."""
    chance = random.Random(seed)
    return [FAMILIES[number % len(FAMILIES)](chance) for number in range(count)]


def _guests(chance: random.Random) -> list[list]:
    """Between three and twelve good rows."""
    return [
        [f"Guest {n} {chance.randrange(10**6)}", f"Firm {n}", "DSI", f"g{n}@x.example", "0661000000"]
        for n in range(chance.randrange(3, 13))
    ]  # fmt: skip


def _packed(chance: random.Random, rows: list[list], sorts: str = "xlsx ods xls csv") -> tuple[str, bytes]:
    sort = chance.choice(sorts.split())
    whole = [list(HEADINGS), *rows]
    if sort == "xlsx":
        return "liste.xlsx", xlsx((SHEET, sheet_xml(whole)))
    if sort == "csv":
        return "liste.csv", text(whole, delimiter=chance.choice(";,\t|"))
    return f"liste.{sort}", (ods if sort == "ods" else xls)(SHEET, whole)


def _spoiled(family: str, places: tuple[int, ...], code: str, sorts: str = "xlsx ods xls csv"):
    """A family in which one cell of one row is spoiled."""

    def make(value: Callable[[random.Random], object]) -> Callable[[random.Random], Malformed]:
        def one(chance: random.Random) -> Malformed:
            rows = _guests(chance)
            at, place = chance.randrange(len(rows)), chance.choice(places)
            rows[at][place] = value(chance)
            return Malformed(family, *_packed(chance, rows, sorts), said=((at + 2, code),))

        return one

    return make


wrong_encoding = _spoiled("wrong encoding", (0, 1, 2), "encoding")(
    lambda chance: chance.choice(["Hélène", "Société générale", "Chargé d’affaires", "محمد"]).encode().decode("latin-1")
    .replace("\x80", "€").replace("\x99", "™").replace("\x85", "…").replace("\x86", "†").replace("\xad", "\u00a9")
)  # fmt: skip
unreadable = _spoiled("characters nobody can read", (0, 1, 2), "unreadable", "csv xlsx")(
    lambda chance: chance.choice(["A\ufffdB", "\ufffd", "Amal \ufffd\ufffd"])
)
typed_formula = _spoiled("formula as text", (0, 1, 2, 3), "formula")(
    lambda chance: chance.choice(["=1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "=A1"])
)
empty_formula = _spoiled("formula without a value", (0, 1, 2), "no_value", "xlsx")(lambda chance: Formula("VLOOKUP(1)"))
spreadsheet_error = _spoiled("error of the spreadsheet", (0, 1, 3), "error", "xlsx")(
    lambda chance: Fault(chance.choice(["#N/A", "#REF!", "#VALUE!", "#DIV/0!"]))
)
not_a_number = _spoiled("NaN", (0, 1, 2, 3, 4), "no_number")(
    lambda chance: chance.choice(["NaN", "nan", "inf", "-inf"])
)
dates = _spoiled("dates", (0, 1, 2, 3, 4), "date", "xlsx")(
    lambda chance: date(chance.randrange(1901, 2100), chance.randrange(1, 13), chance.randrange(1, 28))
)
numbers = _spoiled("numbers", (1, 2, 3), "number", "xlsx xls")(lambda chance: chance.randrange(10**6) + 0.5)
turned = _spoiled("right-to-left marks", (0, 1, 2), "turned")(
    lambda chance: chance.choice(["\u202eمحمد", "إبراهيم \u202dabc", "Amal\u202e"])
)
no_address = _spoiled("no e-mail", (3,), "email")(lambda chance: chance.choice(["a@b", "amal", "@x.ma", "a b@c.ma"]))
several = _spoiled("several e-mails", (3,), "several")(lambda chance: "a@b.ma; c@d.ma")
no_phone = _spoiled("no telephone", (4,), "phone")(lambda chance: chance.choice(["appeler", "12", "#1234567"]))
no_name = _spoiled("no name", (0,), "missing")(lambda chance: "")
too_long = _spoiled("longer than a name", (0, 1, 2), "long")(lambda chance: "x" * chance.randrange(201, 900))


def since_1904(chance: random.Random) -> Malformed:
    rows = _guests(chance)
    at = chance.randrange(len(rows))
    rows[at][chance.choice((0, 1, 2))] = date(2024, 2, 29)
    content = xlsx((SHEET, sheet_xml([HEADINGS, *rows])), since_1904=True)
    return Malformed("1904 dates", "mac.xlsx", content, said=((at + 2, "date"),))


def merged(chance: random.Random) -> Malformed:
    rows, column = _guests(chance), chance.choice("ABCD")
    last = chance.randrange(3, len(rows) + 2)
    content = xlsx((SHEET, sheet_xml([HEADINGS, *rows], merged=[f"{column}2:{column}{last}"])))
    return Malformed("merged cells", "fusion.xlsx", content, said=((2, "merged"),))


def twice(chance: random.Random) -> Malformed:
    rows = _guests(chance)
    again = chance.randrange(len(rows))
    by_email = chance.random() < 0.5
    copy = (
        ["Somebody else", "Other", "", rows[again][3].upper(), ""]
        if by_email
        else [rows[again][0], rows[again][1], "", "", ""]
    )
    rows.append(copy)
    return Malformed(
        "duplicate keys",
        *_packed(chance, rows),
        said=((len(rows) + 1, "repeated_email" if by_email else "repeated_person"),),
    )


def bomb(chance: random.Random) -> Malformed:
    zeros = b"\0" * chance.randrange(4_000_000, 8_000_000)
    return Malformed(
        "zip bomb", "bombe.xlsx", xlsx((SHEET, sheet_xml([HEADINGS])), extra=[("xl/media/image1.png", zeros)]),
        refused=("ratio", "unpacked"),
    )  # fmt: skip


def bomb_of_spaces(chance: random.Random) -> Malformed:
    xml = sheet_xml([HEADINGS, *_guests(chance)]).replace("<sheetData>", " " * 5_000_000 + "<sheetData>")
    return Malformed("zip bomb", "espaces.xlsx", xlsx((SHEET, xml)), refused=("ratio",))


def lying_bomb(chance: random.Random) -> Malformed:
    """The sheet's size is said to be small in the directory of the archive."""
    content = bytearray(xlsx((SHEET, sheet_xml([HEADINGS, *_guests(chance)]) + " " * 5_000_000)))
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[at + 24 : at + 28] = struct.pack("<I", chance.randrange(500, 2000))
    return Malformed("zip bomb", "menteur.xlsx", bytes(content), refused=("damaged", "ratio", "memory", "slow"))


def far_cell(chance: random.Random) -> Malformed:
    far = f'<row r="{chance.randrange(900_000, 1_048_576)}"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    xml = sheet_xml([HEADINGS, *_guests(chance)]).replace("</sheetData>", far)
    return Malformed("far cell", "loin.xlsx", xlsx((SHEET, xml)), refused=("memory", "rows", "columns", "damaged"))


@cache
def _millions() -> tuple[bytes, bytes]:
    row = "<row><c t='inlineStr'><is><t>Guest {}</t></is></c></row>"
    block = "".join(row.format(number * 7919 % 100_003) for number in range(5_000))
    whole = sheet_xml([]).replace("<sheetData>", "<sheetData>" + block * 200)
    return xlsx((SHEET, whole)), b"Nom\r\n" + b"Guest\r\n" * 1_000_000


def million(chance: random.Random) -> Malformed:
    book, words = _millions()
    if chance.random() < 0.5:
        return Malformed("a million rows", "million.xlsx", book, refused=("rows",))
    return Malformed("a million rows", "million.csv", words, refused=("rows",))


def cut(chance: random.Random) -> Malformed:
    filename, content = _packed(chance, _guests(chance), "xlsx ods")
    return Malformed("cut off", filename, content[: chance.randrange(40, len(content) - 60)], refused=("damaged",))


def flipped(chance: random.Random) -> Malformed:
    """The compressed sheet is spoiled in its middle."""
    content = xlsx((SHEET, sheet_xml([HEADINGS, *_guests(chance)])))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    spoiled = bytearray(content)
    for _ in range(8):
        spoiled[entry.header_offset + 30 + len(entry.filename) + chance.randrange(entry.compress_size)] ^= 0x5A
    return Malformed("damaged", "abîmé.xlsx", bytes(spoiled), refused=("damaged",))


def bad_xml(chance: random.Random) -> Malformed:
    whole = sheet_xml([HEADINGS, *_guests(chance)])
    xml = whole[: whole.rindex("<row ") + chance.randrange(3, 12)]
    return Malformed("damaged", "xml.xlsx", xlsx((SHEET, xml)), refused=("damaged",))


def other_file(chance: random.Random) -> Malformed:
    start = chance.choice(
        [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"<html><table><tr><td>", b"{\\rtf1", b"7z\xbc\xaf\x27\x1c"]
    )
    return Malformed("no list", "liste.csv", start + chance.randbytes(400), refused=("unknown",))


def noise(chance: random.Random) -> Malformed:
    return Malformed("no list", "liste.xlsx", bytes([0, 1, 2]) + chance.randbytes(4000), refused=("unknown",))


def half_a_letter(chance: random.Random) -> Malformed:
    rows = _guests(chance)
    content = text([HEADINGS, *rows], encoding="utf-16")
    return Malformed("wrong encoding", "coupé.csv", content[:-1], refused=("encoding",), row=len(rows) + 1)


def open_quote(chance: random.Random) -> Malformed:
    rows = _guests(chance)
    at = chance.randrange(len(rows))
    lines = [";".join(HEADINGS), *(";".join(row) for row in rows)]
    lines[at + 1] = f'"{lines[at + 1]}'
    return Malformed("open quotation mark", "liste.csv", "\n".join(lines).encode(), refused=("quotes",), row=at + 2)


def endless_cell(chance: random.Random) -> Malformed:
    rows = _guests(chance)
    at = chance.randrange(len(rows))
    rows[at][2] = "x" * chance.randrange(5_001, 19_000)
    filename, content = _packed(chance, rows, "csv xlsx")
    return Malformed("endless cell", filename, content, refused=("long",), row=at + 2)


def wide(chance: random.Random) -> Malformed:
    rows = _guests(chance)
    at = chance.randrange(len(rows))
    rows[at] += ["x"] * chance.randrange(96, 300)
    filename, content = _packed(chance, rows, "csv xlsx ods")
    return Malformed("too many columns", filename, content, refused=("columns",), row=at + 2)


def nothing(chance: random.Random) -> Malformed:
    return Malformed("empty", "vide.csv", b" \r\n" * chance.randrange(1, 9), refused=("empty",))


FAMILIES = (
    wrong_encoding, unreadable, typed_formula, empty_formula, spreadsheet_error, not_a_number, dates, since_1904,
    numbers, turned, no_address, several, no_phone, no_name, too_long, merged, twice, bomb, bomb_of_spaces, lying_bomb,
    far_cell,
    million, cut, flipped, bad_xml, other_file, noise, half_a_letter, open_quote, endless_cell, wide, nothing,
)  # fmt: skip
