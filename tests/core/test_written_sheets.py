"""Lists as files of spreadsheets: what was typed stays a text, and a long list takes no more memory than a short."""

import io
import re
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from moussem.core.sheets.writing import written_sheet

pytestmark = pytest.mark.once
COLUMNS = 30
SHORT, LONG = 2_000, 20_000


def read_back(rows, name="Inscrits", head=("a", "b")):
    file = b"".join(written_sheet(name, head, rows))
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return book.sheet_names, book.get_sheet_by_index(0).to_python()


def the_sheet(rows):
    with zipfile.ZipFile(io.BytesIO(b"".join(written_sheet("A", ("a",), rows)))) as archive:
        assert archive.testzip() is None
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_what_is_written_is_read_back():
    at = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    names, rows = read_back([("Salma & <Fils>", 3), (None, Decimal("2.5")), (date(2026, 1, 5), at), ("", -7)])
    assert names == ["Inscrits"]
    assert rows == [["a", "b"], ["Salma & <Fils>", 3], ["", 2.5], [date(2026, 1, 5), at.replace(tzinfo=None)], ["", -7]]


@pytest.mark.parametrize("typed", [
    "=1+1", "+212 600", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", '=HYPERLINK("http://x.example")',
])  # fmt: skip
def test_a_text_like_a_formula_stays_a_text_when_its_cell_is_edited(typed):
    sheet = the_sheet([(typed,)])
    assert "<f" not in sheet
    assert re.search(r'<c s="2" t="inlineStr">', sheet), "the style that says: typed as a text"


@pytest.mark.parametrize("typed", ["Salma", "1", "a=1", "\u0645\u0631\u062d\u0628\u0627"])
def test_another_text_is_plain(typed):
    assert '<c s="2"' not in the_sheet([(typed,)])


def test_signs_that_no_file_may_hold_are_replaced_and_a_text_that_is_too_long_is_cut():
    _, rows = read_back([("a\x00b\ud800c", "x" * 40_000)])
    assert rows[1] == ["a\ufffdb\ufffdc", "x" * 32_767]


@pytest.mark.parametrize(("said", "called"), [("a/b[c]", "a b c"), ("x" * 40, "x" * 31), ("", "1"), ("''", "1")])
def test_a_sheet_has_a_name_that_spreadsheets_take(said, called):
    assert read_back([], name=said)[0] == [called]


def rows_of(count):
    for number in range(count):
        yield (f"Personne {number}", *(number * column for column in range(COLUMNS - 2)), f"Maison {number} d’Oujda")


def streamed(count):
    return written_sheet("Inscrits", [f"colonne {n}" for n in range(COLUMNS)], rows_of(count))


def listed(count):
    """The negative control: the rows are all there before the first one is written."""
    return written_sheet("Inscrits", [f"colonne {n}" for n in range(COLUMNS)], list(rows_of(count)))


def most_memory_of(write, count):
    """The most bytes of Python in use while a file is made whose pieces are sent on."""
    for _ in write(SHORT):  # what is kept from one file to the next is there before
        pass
    tracemalloc.start()
    try:
        for _ in write(count):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def is_constant(write):
    return most_memory_of(write, LONG) < 1.5 * most_memory_of(write, SHORT)


def test_twenty_thousand_rows_take_the_memory_of_two_thousand():
    assert is_constant(streamed)


def test_rows_that_are_listed_first_would_take_ten_times_as_much():
    assert not is_constant(listed)
