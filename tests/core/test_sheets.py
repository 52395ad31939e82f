"""Files of every sort are read in a process of their own, which no file can make last, grow or fall over us."""

import os
import resource

import pytest

from moussem.core.sheets.reading import read_sheets
from moussem.core.sheets.shapes import Bounds, Refused, SheetHead
from tests.factories.sheets import GUESTS, Fault, Formula, a_workbook, ods, sheet_xml, text, xls, xlsx

BOUNDS = Bounds(rows=1000)
ARABIC = (("أمل الإدريسي", "شركة الأطلس"), ("إبراهيم", "الريف"))


def read(tmp_path, content, bounds=BOUNDS):
    """The heads and the rows of a file."""
    path = tmp_path / "list"
    path.write_bytes(content)
    told = list(read_sheets(path, bounds))
    heads = [one for one in told if isinstance(one, SheetHead)]
    return heads, [row for some in told if not isinstance(some, SheetHead) for row in some]


def refused(tmp_path, content, bounds=BOUNDS):
    with pytest.raises(Refused) as why:
        read(tmp_path, content, bounds)
    return why.value.code, why.value.sheet, why.value.row, why.value.column


@pytest.mark.parametrize(
    "content",
    [
        a_workbook(GUESTS, headings=["Nom"] * 5), ods("Invités", [["Nom"] * 5, *GUESTS]),
        xls("Invités", [["Nom"] * 5, *GUESTS]), text([["Nom"] * 5, *GUESTS]),
    ],
    ids=["xlsx", "ods", "xls", "csv"],
)  # fmt: skip
def test_the_four_sorts_of_files_say_the_same(tmp_path, content):
    heads, rows = read(tmp_path, content)
    assert heads[0].name in ("Invités", "")
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert [tuple(row.cells) for row in rows[1:]] == list(GUESTS)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "rows"),
    [
        (code, GUESTS)
        for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman", "cp850")
    ]
    + [(code, ARABIC) for code in ("utf-8", "utf-16", "cp1256")],
)
def test_a_text_of_any_delimiter_and_encoding_is_read(tmp_path, delimiter, encoding, rows):
    heads, found = read(tmp_path, text(rows, delimiter=delimiter, encoding=encoding))
    assert [tuple(row.cells) for row in found] == [tuple(row) for row in rows]
    assert heads[0].delimiter == delimiter


def test_excels_own_line_about_the_delimiter_is_no_row(tmp_path):
    heads, rows = read(tmp_path, b"sep=|\r\n" + text(GUESTS, delimiter="|"))
    assert (heads[0].delimiter, len(rows)) == ("|", 3)


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path):
    _heads, rows = read(tmp_path, xlsx(("A", sheet_xml([("x",), (), (None, None), ("y",)], first=5))))
    assert [(row.number, row.cells) for row in rows] == [(5, ["x"]), (8, ["y"])]


def test_what_is_no_text_says_what_it_is(tmp_path):
    from datetime import date

    cells = (Formula("A1", "2"), Formula("A1"), Fault("#REF!"), True, 12, 1.5, date(2024, 1, 5), float("1e20"))
    _heads, rows = read(tmp_path, a_workbook([cells]))
    assert rows[1].cells == [
        "2", ["f", ""], ["e", "#REF!"], ["b", "true"], ["n", "12"], ["n", "1.5"], ["d", "2024-01-05"], ["n", "1e+20"],
    ]  # fmt: skip


def test_merged_cells_are_told(tmp_path):
    heads, _rows = read(tmp_path, a_workbook(merged=["B2:B4"]))
    assert heads[0].merged == ((2, 2, 4, 2),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b"  \r\n ", "empty"), (b"%PDF-1.7 ...", "unknown"), (b"<html><table>", "unknown"),
        (bytes(range(256)) * 40, "unknown"), (b"PK\x03\x04" + b"no archive" * 9, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "damaged"), (a_workbook()[:-200], "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_as_a_whole(tmp_path, content, code):
    assert refused(tmp_path, content) == (code, "", 0, 0)


def test_text_that_breaks_off_in_its_encoding_says_the_row(tmp_path):
    assert refused(tmp_path, text(GUESTS, encoding="utf-16")[:201])[:3] == ("encoding", "", 2)


def test_an_open_quotation_mark_and_an_endless_cell_say_the_row(tmp_path):
    assert refused(tmp_path, b'a;b\nc;d\n"e;f\ng;h\n') == ("quotes", "", 3, 0)
    assert refused(tmp_path, b"a;b\n" + b"x" * 30_000 + b";d\n") == ("long", "", 2, 0)
    assert refused(tmp_path, b"a;b\nc;" + b"x" * 6_000 + b"\n") == ("long", "", 2, 2)


def test_bounds_are_included(tmp_path):
    bounds = Bounds(rows=1000, columns=5, sheets=1)
    assert len(read(tmp_path, a_workbook(), bounds)[1]) == 4
    assert refused(tmp_path, a_workbook([("x",) * 6]), bounds) == ("columns", "Invités", 2, 6)
    two = xlsx(("A", sheet_xml(GUESTS)), ("B", sheet_xml(GUESTS)))
    assert refused(tmp_path, two, bounds)[0] == "sheets"


def test_a_million_rows_are_refused_before_they_are_read(tmp_path):
    content = xlsx(("Peu", sheet_xml(GUESTS)), ("Trop", sheet_xml([("a",)] * 1_000_000)))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert refused(tmp_path, content)[:2] == ("rows", "Trop")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 5, "of the processor, however busy it is"


def test_rows_of_a_text_are_bounded_too(tmp_path):
    bounds = Bounds(rows=100)
    assert len(read(tmp_path, text([("a", "b")] * 120), bounds)[1]) == 120
    assert refused(tmp_path, text([("a", "b")] * 121), bounds) == ("rows", "", 121, 0)


def test_a_bomb_is_refused_by_what_it_says_of_itself(tmp_path):
    bomb = xlsx(("A", sheet_xml(GUESTS)), extra=[("xl/media/x.bin", b"\0" * 200_000_000)])
    assert len(bomb) < 1_000_000
    assert refused(tmp_path, bomb)[0] == "ratio"
    many = xlsx(("A", sheet_xml(GUESTS)), extra=[(f"x/{n}", b"") for n in range(2_001)])
    assert refused(tmp_path, many)[0] == "entries"


def test_a_cell_at_the_far_end_needs_too_much_memory_and_harms_only_its_process(tmp_path):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = xlsx(("A", sheet_xml(GUESTS).replace("</sheetData>", far)))
    assert refused(tmp_path, content) == ("memory", "", 0, 0)


def test_what_takes_too_long_is_stopped(tmp_path):
    content = text([("a" * 20, "b")] * 200_000)
    assert refused(tmp_path, content, Bounds(rows=10**6, wait_s=0.05))[0] == "slow"


def test_a_reader_that_is_let_go_leaves_no_process_behind(tmp_path):
    path = tmp_path / "list"
    path.write_bytes(text([("a", "b")] * 50_000))
    told = read_sheets(path, Bounds(rows=10**6))
    next(told)
    children = _children()
    told.close()
    assert len(_children()) == len(children) - 1


def _children():
    mine = str(os.getpid())
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    if file.read().rpartition(")")[2].split()[1] == mine:
                        found.append(name)
            except OSError:
                continue
    return found
