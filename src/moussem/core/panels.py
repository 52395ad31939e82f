"""Panels: a higher app adds a block to a lower app's page without the lower one knowing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answer, answered, reading_of, side_by_side

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Panel:
    """A block for the page named `page`: its template, and what fills it from the actor and the page's row.

    `fill` answers None where there is nothing to show, and the panel is left out. One that is `answered` asks together
    with the others.
    """

    page: str
    template: str
    fill: Callable[[Actor, Any], dict[str, Any] | None]
    order: int = 100


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Offer a panel; called once from an app's `panels.py`."""
    if panel not in _panels:
        _panels.append(panel)


def with_panels(reading: Reading[T], page: str, actor: Actor, row: Any) -> tuple[T, list[tuple[str, dict[str, Any]]]]:
    """What a page shows, and the panels of the page of this name, asked together."""
    shown, panels = answer(side_by_side(reading, panels_for.reading(page, actor, row)))
    return shown, panels


@answered
def panels_for(page: str, actor: Actor, row: Any) -> Reading[list[tuple[str, dict[str, Any]]]]:
    """The panels of a page that have something to show, as (template, context), in order."""
    panels = [panel for panel in sorted(_panels, key=lambda p: (p.order, p.template)) if panel.page == page]
    filled = yield from side_by_side(*(reading_of(panel.fill, actor, row) for panel in panels))
    return [(panel.template, context) for panel, context in zip(panels, filled, strict=True) if context is not None]
