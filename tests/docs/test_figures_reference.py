"""The reference of figures lists every word of the engine, and each measure as the engine admits it."""

from pathlib import Path

import pytest

from moussem.engines.values.kinds import Bound, Kind, Precision, Scope
from moussem.engines.values.measures import Measure, rules
from moussem.engines.values.parts import Reason
from moussem.engines.values.promises import Because, Caveat, Status
from moussem.engines.values.units import Unit

PAGE = (Path(__file__).parents[2] / "docs/reference/figures.md").read_text(encoding="utf-8")


def rows():
    lines = [line for line in PAGE.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("words", [Kind, Bound, Unit, Measure, Reason, Status, Because, Caveat])
def test_every_word_of_a_list_has_its_row_with_a_meaning(words):
    described = {cells[0].strip("`") for cells in rows() if all(cells)}

    assert {word.value for word in words} <= described


@pytest.mark.parametrize("words", [Scope, Precision])
def test_scopes_and_precisions_are_all_named(words):
    assert [word for word in words if f"`{word}`" not in PAGE] == []


def test_units_are_listed_with_their_scale():
    listed = {cells[0].strip("`"): cells[1:] for cells in rows() if len(cells) == 3 and cells[1].isdigit()}

    assert listed == {unit.value: [str(unit.scale), "yes" if unit.additive else "no"] for unit in Unit}


@pytest.mark.parametrize("measure", Measure)
def test_a_measure_is_listed_as_the_engine_admits_it(measure):
    admitted = rules(measure)
    (cells,) = [cells for cells in rows() if len(cells) == 7 and cells[0] == f"`{measure}`"]

    assert cells[2] == ", ".join(admitted.units)
    assert cells[3] == admitted.nature.replace("_", " ")
    assert cells[4] == (", ".join(kind for kind in Kind if kind in admitted.forbidden_kinds) or "–")
    assert cells[5] == (", ".join(bound for bound in Bound if bound in admitted.forbidden_bounds) or "–")
    assert cells[6] == ("yes" if admitted.additive else "no")


def test_no_row_names_a_word_that_the_engine_does_not_know():
    known = {word.value for words in (Kind, Bound, Unit, Measure, Reason, Status, Because, Caveat) for word in words}

    assert {cells[0].strip("`") for cells in rows()} == known
