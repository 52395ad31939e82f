"""Jobs by name: each that is asked for has a runner, each runner is asked for."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.rules.tree import Fault, Source, dotted, python_sources


@dataclass(frozen=True)
class Named:
    """A job's name where it is asked for or run; `value` is None where the name cannot be read from the code."""

    source: Source
    line: int
    value: str | None


def jobs_and_runners(root: Path) -> list[Fault]:
    """A job without a runner, a runner that nobody asks for, a name that is computed, two runners for one name.

    Work done `every` so many seconds asks for itself.
    """
    sources, constants = _read(root)
    asked = [named for source in sources for named in _named(source, {"enqueue"}, constants)]
    run = [named for source in sources for named in _named(source, {"runner"}, constants)]
    rounds = [named for source in sources for named in _named(source, {"every"}, constants)]
    asked_names, run_names = {n.value for n in asked}, {n.value for n in run}
    faults = [
        n.source.fault(n.line, "the name of a job is a constant") for n in [*asked, *run, *rounds] if n.value is None
    ]
    faults += [n.source.fault(n.line, f"the job {n.value} has no runner") for n in asked if n.value not in run_names]
    faults += [n.source.fault(n.line, f"nobody asks for the job {n.value}") for n in run if n.value not in asked_names]
    all_run = [*run, *rounds]
    doubles = [n for i, n in enumerate(all_run) if n.value in {other.value for other in all_run[:i]}]
    return faults + [n.source.fault(n.line, f"two runners for the job {n.value}") for n in doubles]


def runner_names(root: Path) -> set[str]:
    """The name of every job that has a runner."""
    sources, constants = _read(root)
    return {
        named.value for source in sources for named in _named(source, {"runner", "every"}, constants) if named.value
    }


def _read(root: Path) -> tuple[list[Source], dict[str, str]]:
    sources = [source for source in python_sources(root) if source.name != "core/jobs.py"]
    return sources, _constants(sources)


def _constants(sources: list[Source]) -> dict[str, str]:
    """Names bound to a string: `NAME` at a module's top, `Class.NAME` in a class."""
    found: dict[str, str] = {}
    for source in sources:
        syntax = source.syntax()
        scopes: list[tuple[str, list[ast.stmt]]] = [("", syntax.body)]
        scopes += [(f"{node.name}.", node.body) for node in syntax.body if isinstance(node, ast.ClassDef)]
        for prefix, body in scopes:
            for node in body:
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    found |= {f"{prefix}{node.targets[0].id}": text for text in _text(node.value)}
    return found


def _text(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Tuple) and node.elts:
        return _text(node.elts[0])
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _named(source: Source, functions: set[str], constants: dict[str, str]) -> Iterator[Named]:
    for node in ast.walk(source.syntax()):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        parts = dotted(node.func).split(".")
        if parts[-1] in functions and (len(parts) == 1 or parts[-2] == "jobs"):
            yield Named(source, node.lineno, _value(node.args[0], constants))


def _value(node: ast.expr, constants: dict[str, str]) -> str | None:
    for text in _text(node):
        return text
    parts = dotted(node).split(".")
    for length in (2, 1):
        name = ".".join(parts[-length:])
        if len(parts) >= length and name in constants:
            return constants[name]
    return None
