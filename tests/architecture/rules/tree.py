"""The source tree as the rules read it: files, their app, their room, their syntax."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ORDER = (
    "engines",
    "core",
    "audit",
    "accounts",
    "mail",
    "evidence",
    "directory",
    "actions",
    "events",
    "guests",
    "stands",
    "meetings",
    "agreements",
    "projects",
    "programmes",
    "observatory",
    "desk",
    "api",
    "demo",
    "config",
)


@dataclass(frozen=True, order=True)
class Fault:
    """One breach of a rule: where, and what it is."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True)
class Source:
    """One file of the tree; `app` is its first folder, `room` the folder or module below that."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    @property
    def app(self) -> str:
        return self.name.split("/")[0]

    @property
    def room(self) -> str:
        parts = self.name.split("/")
        return parts[1].removesuffix(".py") if len(parts) > 1 else ""

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def syntax(self) -> ast.Module:
        return ast.parse(self.text, filename=self.name)

    def fault(self, line: int, sentence: str) -> Fault:
        return Fault(self.name, line, sentence)


def python_sources(root: Path) -> Iterator[Source]:
    """Every written Python file; migrations are made by a tool and left out."""
    for path in sorted(root.rglob("*.py")):
        if "migrations" not in path.relative_to(root).parts:
            yield Source(root, path)


def template_sources(root: Path) -> Iterator[Source]:
    """Every template, whatever it makes: page, mail, text."""
    for path in sorted(root.rglob("templates/**/*")):
        if path.is_file():
            yield Source(root, path)


def is_above(name: str, app: str) -> bool:
    """Whether `name` is an app that stands higher than `app`; other names are nobody's."""
    return name in ORDER and app in ORDER and ORDER.index(name) > ORDER.index(app)


def dotted(node: ast.AST) -> str:
    """The dotted name of an expression, empty where it is none."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""


def imported_names(syntax: ast.Module) -> Iterator[tuple[int, str]]:
    """Every imported module or name as (line, dotted name)."""
    for node in ast.walk(syntax):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
