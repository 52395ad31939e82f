"""The table of routes: pattern, name, methods, audience, permission, read from the URL configuration itself.

Views of other people's packages cannot be decorated: the setting `THIRD_PARTY_DOORS` maps a URL name, or a namespace
followed by a colon, to (audience, permission).
"""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the product. `permission` is None where nothing was declared: that is an error."""

    pattern: str
    name: str
    methods: tuple[str, ...]
    audience: str
    permission: str | None


def routes() -> list[Route]:
    """Every route of the product, each API operation counted by its own method, ordered by pattern and method."""
    found = (
        route for pattern, name, view in _walk(get_resolver(), "", "") for route in _routes_of(pattern, name, view)
    )
    return sorted(set(found), key=lambda r: (r.pattern, r.methods))


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str, Any]]:
    for item in resolver.url_patterns:
        pattern = prefix + _written(item.pattern)
        if isinstance(item, URLPattern):
            yield pattern, space + (item.name or ""), item.callback
        else:
            inner = f"{space}{item.namespace}:" if item.namespace else space
            yield from _walk(item, pattern, inner)


def _written(pattern: Any) -> str:
    """A piece of an address as the table shows it: `<language>/` for the prefix of public pages, no anchors."""
    if isinstance(pattern, LocalePrefixPattern):
        return "<language>/"
    return str(pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")


def _routes_of(pattern: str, name: str, view: Any) -> Iterator[Route]:
    operations = _operations(view)
    if operations is not None:
        for operation in operations:
            yield _route(pattern, name, operation.view_func, tuple(sorted(operation.methods)))
    else:
        declared = getattr(view, "door", None)
        yield _route(pattern, name, view, declared.methods if declared else ("GET", "POST"))


def _operations(view: Any) -> Any:
    """The operations behind one address of the API, which django-ninja keeps in the closure of its view; else None.

    Were they not found, the address would have no declared door, and the product would not start.
    """
    owner = inspect.getclosurevars(view).nonlocals.get("self") if inspect.isfunction(view) else None
    return getattr(owner, "operations", None)


def _route(pattern: str, name: str, view: Any, methods: tuple[str, ...]) -> Route:
    declared = getattr(view, "door", None)
    if declared is not None:
        return Route(pattern, name, methods, str(declared.audience), declared.permission_name)
    audience, permission = _third_party(name)
    return Route(pattern, name, methods, audience, permission)


def _third_party(name: str) -> tuple[str, str | None]:
    doors: dict[str, tuple[str, str]] = getattr(settings, "THIRD_PARTY_DOORS", {})
    for known in (name, f"{name.rpartition(':')[0]}:"):
        if known in doors:
            return doors[known]
    return "", None
