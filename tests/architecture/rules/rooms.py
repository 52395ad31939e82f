"""What each room may hold: domain without requests and clocks, views with doors, rows by one way only."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.rules.tree import Fault, Source, dotted, imported_names, python_sources

HTTP = ("django.http", "django.forms", "django.shortcuts", "django.template", "django.contrib.messages", "ninja")
SILENT_ROOMS = ("domain", "models", "rendering", "permissions", "validators", "enums", "news")
CLOCKS = {
    "timezone.now",
    "timezone.localtime",
    "timezone.localdate",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "django.utils.timezone.now",
}
SIGNALS = {
    "pre_init",
    "post_init",
    "pre_save",
    "post_save",
    "pre_delete",
    "post_delete",
    "m2m_changed",
    "class_prepared",
}
READING_ROOMS = ("views", "interfaces", "panels", "templatetags")
LINES_AT_MOST = 500


def http_below_the_views(root: Path) -> list[Fault]:
    """A request, form or template in a room that must be callable without any of them."""
    return [f for s in python_sources(root) if s.room in SILENT_ROOMS for f in _http(s)]


def _http(source: Source) -> Iterator[Fault]:
    syntax = source.syntax()
    for line, name in imported_names(syntax):
        if any(name == module or name.startswith(f"{module}.") for module in HTTP):
            yield source.fault(line, f"{source.room} imports {name}")
    for node in ast.walk(syntax):
        if isinstance(node, ast.arg) and node.arg == "request":
            yield source.fault(node.lineno, f"{source.room} takes a request")


def clocks_in_domain(root: Path) -> list[Fault]:
    """A clock read in domain or in an engine: time is passed in as `at`."""
    return [f for s in python_sources(root) if s.room == "domain" or s.app == "engines" for f in _clocks(s)]


def _clocks(source: Source) -> Iterator[Fault]:
    syntax = source.syntax()
    for node in ast.walk(syntax):
        if isinstance(node, ast.Attribute) and dotted(node) in CLOCKS:
            yield source.fault(node.lineno, f"reads the clock by {dotted(node)}")
    for line, name in imported_names(syntax):
        if name in CLOCKS:
            yield source.fault(line, f"imports the clock {name}")


def model_signals(root: Path) -> list[Fault]:
    """A model signal: upward news are rows, inside an app a verb calls."""
    return [f for s in python_sources(root) for f in _signals(s)]


def _signals(source: Source) -> Iterator[Fault]:
    syntax = source.syntax()
    for line, name in imported_names(syntax):
        if name.startswith("django.db.models.signals.") and name.rpartition(".")[2] in SIGNALS:
            yield source.fault(line, f"listens to the model signal {name.rpartition('.')[2]}")
    for node in ast.walk(syntax):
        if isinstance(node, ast.Attribute) and node.attr in SIGNALS and dotted(node.value).endswith("signals"):
            yield source.fault(node.lineno, f"listens to the model signal {node.attr}")


def views_without_a_door(root: Path) -> list[Fault]:
    """A view that declares no permission; the start-up check finds those that are also routed."""
    return [f for s in python_sources(root) if s.room == "views" for f in _views(s)]


def _views(source: Source) -> Iterator[Fault]:
    for node in source.syntax().body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            first = node.args.args[0].arg if node.args.args else ""
            if first == "request" and "door" not in _decorators(node):
                yield source.fault(node.lineno, f"the view {node.name} declares no permission")
        if isinstance(node, ast.ClassDef) and any(dotted(base).endswith("View") for base in node.bases):
            yield source.fault(node.lineno, f"the view {node.name} is a class: a door decorates functions")


def _decorators(node: ast.FunctionDef) -> set[str]:
    calls = (d.func if isinstance(d, ast.Call) else d for d in node.decorator_list)
    return {dotted(call).rpartition(".")[2] for call in calls}


def rows_reached_another_way(root: Path) -> list[Fault]:
    """A view, schema, export, panel or API operation that reaches rows otherwise than by `visible_to(actor)`."""
    return [f for s in python_sources(root) if s.room in READING_ROOMS or s.app == "api" for f in _rows(s)]


def _rows(source: Source) -> Iterator[Fault]:
    syntax = source.syntax()
    guarded = {
        id(node.value) for node in ast.walk(syntax) if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    for node in ast.walk(syntax):
        if not isinstance(node, ast.Attribute) or id(node) in guarded:
            continue
        if node.attr in {"objects", "_default_manager", "_base_manager"}:
            yield source.fault(node.lineno, f"{dotted(node)} without visible_to(actor)")


def long_files(root: Path) -> list[Fault]:
    """A Python file or template of more than 500 lines."""
    paths = [p for suffix in ("*.py", "*.html") for p in sorted(root.rglob(suffix)) if "migrations" not in p.parts]
    sources = [Source(root, path) for path in paths]
    counted = [(source, len(source.text.splitlines())) for source in sources]
    return [source.fault(count, f"has {count} lines") for source, count in counted if count > LINES_AT_MOST]


def unfinished_code(root: Path) -> list[Fault]:
    """A function that only says it is not written yet."""
    return [
        source.fault(node.lineno, "is not written yet")
        for source in python_sources(root)
        for node in ast.walk(source.syntax())
        if isinstance(node, ast.Raise) and node.exc and "NotImplementedError" in ast.unparse(node.exc)
    ]
