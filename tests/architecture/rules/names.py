"""Words of the house: forbidden names, missing docstrings, verbs whose actor could be passed by position."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.rules.tree import Fault, Source, python_sources

FORBIDDEN = {"util", "utils", "helper", "helpers", "misc", "common", "manager", "managers", "handler", "handlers"}
FORBIDDEN |= {"process", "processes", "processor", "info", "infos"}
FRAMEWORK = {"process_view", "process_request", "process_response", "process_exception", "process_template_response"}
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def is_forbidden(name: str) -> bool:
    """Whether a name says nothing: one of the words above, `do_...`, or `data` alone.

    A test is a sentence, and Django calls its own hooks by the names it chose.
    """
    if name in FRAMEWORK or name.startswith("test_"):
        return False
    words = {word.lower() for word in WORD.findall(name)}
    return bool(words & FORBIDDEN) or name.startswith("do_") or name.lower() == "data"


def forbidden_names(root: Path) -> list[Fault]:
    """A package, module, class or function with a name that says nothing."""
    return [fault for source in python_sources(root) for fault in _names(source)]


def _names(source: Source) -> Iterator[Fault]:
    parts = source.name.removesuffix(".py").split("/")
    for part in parts[:-1] if parts[-1] == "__init__" else parts[-1:]:
        if is_forbidden(part):
            yield source.fault(1, f"the name {part} says nothing")
    for node in ast.walk(source.syntax()):
        if isinstance(node, Definition) and is_forbidden(node.name):
            yield source.fault(node.lineno, f"the name {node.name} says nothing")


def missing_docstrings(root: Path) -> list[Fault]:
    """A public module, class or function without a docstring, or whose docstring is its name again."""
    return [fault for source in python_sources(root) for fault in _docstrings(source)]


def _docstrings(source: Source) -> Iterator[Fault]:
    syntax = source.syntax()
    if syntax.body and not ast.get_docstring(syntax):
        yield source.fault(1, "the module has no docstring")
    for node in syntax.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            text = ast.get_docstring(node)
            if not text:
                yield source.fault(node.lineno, f"{node.name} has no docstring")
            elif [w.lower() for w in WORD.findall(text)] == [w.lower() for w in WORD.findall(node.name)]:
                yield source.fault(node.lineno, f"the docstring of {node.name} is its name again")


def verbs_by_position(root: Path) -> list[Fault]:
    """A verb of the domain whose `by` or `at` is not keyword-only."""
    return [
        source.fault(node.lineno, f"{node.name} takes {argument.arg} by position")
        for source in python_sources(root)
        if source.room == "domain"
        for node in source.syntax().body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        for argument in [*node.args.posonlyargs, *node.args.args]
        if argument.arg in {"by", "at"}
    ]
