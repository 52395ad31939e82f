"""Start-up checks: no view without a declared door."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register

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
