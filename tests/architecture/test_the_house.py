"""The rules of the house on the product itself; each is proven in `test_planted_faults.py`."""

import tomllib
from pathlib import Path

import pytest

from tests.architecture.rules import jobs, names, pages, rooms, upward
from tests.architecture.rules.tree import ORDER

TOP = Path(__file__).parents[2]
HOUSE = TOP / "src" / "moussem"
OWN_SHAPES = {"engines", "core", "desk", "api", "demo", "config"}
RULES = [
    upward.strings_upward,
    upward.templates_upward,
    rooms.http_below_the_views,
    rooms.clocks_in_domain,
    rooms.model_signals,
    rooms.views_without_a_door,
    rooms.rows_reached_another_way,
    rooms.long_files,
    rooms.unfinished_code,
    names.forbidden_names,
    names.missing_docstrings,
    names.verbs_by_position,
    pages.inline_or_unescaped,
    pages.numeric_addresses,
    jobs.jobs_and_runners,
]


def contracts() -> dict[str, dict]:
    settings = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule):
    assert [str(fault) for fault in rule(HOUSE)] == []


@pytest.mark.parametrize("folder", ["tests", "tools", "benchmarks"])
def test_no_file_beside_the_house_is_too_long_or_badly_named(folder):
    root = TOP / folder
    faults = [*rooms.long_files(root), *names.forbidden_names(root)] if root.is_dir() else []
    assert [str(fault) for fault in faults] == []


def test_every_app_of_the_tree_has_its_place_in_the_order():
    apps = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert apps - set(ORDER) == set()


def test_the_contract_names_every_app_in_the_order_of_the_rules():
    layers = [layer.strip("()") for layer in contracts()["apps"]["layers"]]
    assert layers == list(reversed(ORDER))


def test_every_app_without_a_shape_of_its_own_is_held_by_the_inner_order():
    containers = {name.removeprefix("moussem.") for name in contracts()["rooms"]["containers"]}
    assert containers == set(ORDER) - OWN_SHAPES


def test_only_core_and_engines_are_open_to_all():
    closed = {name.removeprefix("moussem.") for name in contracts()["open-rooms"]["apps"]}
    assert closed == set(ORDER) - {"core", "engines", "config"}
