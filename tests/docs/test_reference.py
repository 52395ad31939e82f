"""The reference is complete: every setting, command, job and state has its heading."""

import ast
import importlib
import inspect
from enum import Enum
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.architecture.rules import jobs
from tests.architecture.rules.tree import dotted, python_sources

TOP = Path(__file__).parents[2]
HOUSE = TOP / "src" / "moussem"
REFERENCE = TOP / "docs" / "reference"
READERS = {"text", "flag", "number", "kept_secret"}


def headings(page: str) -> set[str]:
    """What stands in backquotes in the headings of a page of the reference; a page that is missing has none."""
    path = REFERENCE / page
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {line.split("`")[1] for line in lines if line.startswith("#") and "`" in line}


def settings_read() -> set[str]:
    """Every `MOUSSEM_*` that the settings read."""
    return {
        f"MOUSSEM_{node.args[0].value}"
        for source in python_sources(HOUSE / "config")
        for node in ast.walk(source.syntax())
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[0] == "environment"
        if dotted(node.func).split(".")[-1] in READERS and isinstance(node.args[0], ast.Constant)
    }


def own_commands() -> set[str]:
    return {f"moussem {name}" for name, app in get_commands().items() if app.startswith("moussem.")}


def states() -> set[str]:
    """Every `<app>.<Enum>` whose name ends in State or Status."""
    found = set()
    for path in HOUSE.glob("*/enums.py"):
        module = importlib.import_module(f"moussem.{path.parent.name}.enums")
        for name, value in inspect.getmembers(module, inspect.isclass):
            if issubclass(value, Enum) and name.endswith(("State", "Status")) and value.__module__ == module.__name__:
                found.add(f"{path.parent.name}.{name}")
    return found


def test_every_setting_has_its_heading():
    assert settings_read() - headings("settings.md") == set()


def test_no_heading_of_the_settings_is_out_of_date():
    assert headings("settings.md") - settings_read() == set()


def test_every_command_has_its_heading():
    assert own_commands() - headings("commands.md") == set()


def test_no_heading_of_the_commands_is_out_of_date():
    assert headings("commands.md") - own_commands() == set()


def test_every_job_has_its_heading():
    assert jobs.runner_names(HOUSE) - headings("jobs.md") == set()


def test_every_state_has_its_heading():
    assert states() - headings("states.md") == set()


def test_every_value_of_a_state_is_explained():
    explained = {line.split("`")[1] for line in lines_of("states.md") if line.startswith("- `")}
    for name in states():
        app, enum = name.split(".")
        values = {str(value.value) for value in getattr(importlib.import_module(f"moussem.{app}.enums"), enum)}
        assert values - explained == set(), name


def lines_of(page: str) -> list[str]:
    path = REFERENCE / page
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.mark.parametrize("folder", ["docs/adr"])
def test_the_decisions_are_numbered_without_gaps_or_doubles(folder):
    numbers = sorted(int(path.name[:4]) for path in (TOP / folder).glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
