"""What a row says of a person, and each cell that is wrong with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moussem.engines.lists.cells import LONGEST, Fault, read_row
from moussem.engines.lists.headings import Column

ALL = tuple(Column)


def one(column, cell):
    """What is read of one cell beside a good name: the value, and the fault if there is one."""
    columns = (Column.NAME, column) if column is not Column.NAME else (Column.NAME,)
    row = read_row(("Amal Idrissi", cell) if column is not Column.NAME else (cell,), columns)
    return getattr(row, str(column)), row.faults[0].fault if row.faults else None


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("name", "  Amal \u00a0 Idrissi\n", "Amal Idrissi"), ("name", "Nan Li", "Nan Li"), ("name", "Nan", "Nan"),
        ("name", "محمد بن \u200fعلي", "محمد بن علي"), ("name", "-Amal", "-Amal"), ("name", "@amal", "@amal"),
        ("email", "Amal@Atlas.EXAMPLE ", "amal@atlas.example"), ("email", "mailto:a@b.ma", "a@b.ma"),
        ("email", "Amal <a@b.ma>", "a@b.ma"), ("email", "-", ""),
        ("email", "jean@société.fr", "jean@xn--socit-esab.fr"),
        ("phone", "+212 661-00.00 (01)", "+212 661-00.00 (01)"), ("phone", ["n", "212661000001"], "212661000001"),
        ("phone", "٠٦٦١٢٣٤٥٦٧", "0661234567"), ("phone", "—", ""),
        ("language", "Français", "fr"), ("language", "AR", "ar"), ("language", "الإنجليزية", "en"),
        ("language", "fr / ar", "fr"), ("organisation", "+ de services", "+ de services"),
        ("role", "- Directrice", "- Directrice"), ("role", None, ""), ("role", "x" * 200, "x" * 200),
    ],
)  # fmt: skip
def test_a_good_cell_is_read(column, cell, value):
    assert one(Column(column), cell) == (value, None)


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("name", None, Fault.MISSING), ("name", "   ", Fault.MISSING), ("name", "=HYPERLINK(1)", Fault.FORMULA),
        ("name", "＝1+1", Fault.FORMULA), ("name", ["f", ""], Fault.NO_VALUE), ("name", ["e", "#N/A"], Fault.ERROR),
        ("organisation", "#REF!", Fault.ERROR), ("organisation", "#NOM?", Fault.ERROR),
        ("name", "nan", Fault.NO_NUMBER), ("organisation", "NaN", Fault.NO_NUMBER),
        ("name", ["n", "nan"], Fault.NO_NUMBER), ("name", ["n", "12"], Fault.NUMBER), ("name", "1234", Fault.NUMBER),
        ("email", ["d", "2024-01-05"], Fault.DATE), ("role", ["b", "true"], Fault.YES_OR_NO),
        ("email", "amal", Fault.EMAIL), ("email", "a@b", Fault.EMAIL), ("email", "a b@c.ma", Fault.EMAIL),
        ("email", "a@b.ma; c@d.ma", Fault.SEVERAL), ("email", "é@b.ma", Fault.EMAIL),
        ("phone", "appeler le soir", Fault.PHONE), ("phone", "1234", Fault.PHONE),
        ("phone", ["n", "1e+30"], Fault.NUMBER),
        ("language", "klingon", Fault.LANGUAGE), ("role", "x" * 201, Fault.LONG), ("name", "a\x00b", Fault.UNREADABLE),
        ("name", "Herv\ufffd", Fault.UNREADABLE), ("name", "HervÃ©", Fault.ENCODING),
        ("name", "Ù…Ø\xadÙ…Ø¯", Fault.ENCODING), ("name", "\u202egpj.exe", Fault.TURNED),
    ],
)  # fmt: skip
def test_a_wrong_cell_says_why(column, cell, fault):
    assert one(Column(column), cell) == ("", fault)


def test_first_and_last_name_are_one_name_and_either_may_miss():
    columns = (Column.LAST_NAME, Column.FIRST_NAME)
    assert read_row(("Idrissi", "Amal"), columns).name == "Amal Idrissi"
    assert read_row(("Idrissi",), columns).name == "Idrissi"
    assert read_row((None, "Amal"), columns).name == "Amal"
    assert read_row((None, None), columns).faults[0].column == Column.LAST_NAME


CELLS = st.one_of(st.none(), st.text(max_size=300), st.tuples(st.sampled_from("ndbef"), st.text(max_size=20)).map(list))


@given(st.lists(CELLS, max_size=12), st.lists(st.sampled_from([*ALL, None]), max_size=12))
def test_whatever_stands_in_a_row_is_read_or_refused_and_nothing_breaks(cells, columns):
    row = read_row(cells, columns)
    assert row.name or row.faults
    for column, value in ((Column.NAME, row.name), (Column.EMAIL, row.email), (Column.ROLE, row.role)):
        assert len(value) <= LONGEST[column] + 1
        assert "\x00" not in value
    assert all(len(fault.said) <= 60 for fault in row.faults)
