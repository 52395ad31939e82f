"""What every page knows: its actor, the way, the public bar, the reading direction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any

from django.http import HttpRequest

from moussem.core.actor import ANONYMOUS, Actor
from moussem.core.navigation import VERB_LABELS, WAY, NavigationItem, Verb, items_for
from moussem.core.waiting import waiting_on_pages


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of the base templates; lazily, so that a page that shows no navigation pays nothing."""
    actor = getattr(request, "actor", ANONYMOUS)
    match = request.resolver_match
    return {
        "actor": actor,
        "promoter": getattr(request, "promoter", None),
        "public_items": lambda: items_for(actor, Verb.OWN) + items_for(actor, Verb.PUBLIC),
        "way": cache(lambda: _way(actor)),
        "today_items": lambda: items_for(actor, Verb.TODAY),
        "here": match.view_name if match else "",
    }


def _way(actor: Actor) -> list[dict[str, Any]]:
    """The steps of the way with their pages; what the rooms say waits is asked once for all of them."""
    pages = cache(lambda: waiting_on_pages(actor))
    return [
        {"verb": verb, "label": VERB_LABELS[verb], "items": _counted_once(items_for(actor, verb), pages)}
        for verb in WAY
    ]


def _counted_once(items: Iterable[NavigationItem], pages: Callable[[], Mapping[str, int]]) -> list[NavigationItem]:
    """The same pages; what waits behind each is counted once for the steps and the tabs of one page together."""
    return [replace(item, waiting=cache(partial(_waiting, item, pages))) for item in items]


def _waiting(item: NavigationItem, pages: Callable[[], Mapping[str, int]], actor: Actor) -> int:
    return item.waiting(actor) + pages().get(item.url_name, 0)
