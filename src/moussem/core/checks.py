"""Start-up checks: no view without a declared door; and which features are switched off for want of a library."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, Warning, register
from django.utils import translation

from moussem.core.libraries import missing_libraries
from moussem.core.routes import Route, routes


@register()
def every_view_has_a_door(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Refuse to start while a route has no declared permission."""
    return [_error(route) for route in _closed()]


def _closed() -> Iterator[Route]:
    return (route for route in routes() if route.permission is None)


def _error(route: Route) -> Error:
    return Error(
        f"The view of /{route.pattern} declares no permission.",
        hint="Decorate it with @door.",
        id="core.E001",
    )


@register()
def every_library_is_there(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Name each feature that is switched off, and what brings it back; the product starts without it."""
    with translation.override("en"):
        return [
            Warning(f"{library.feature}: switched off ({library.fault}).", hint=library.advice, id="core.W001")
            for library in missing_libraries()
        ]
