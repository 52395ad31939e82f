"""What every page knows: its actor, the way, the public bar, the reading direction."""

from typing import Any

from django.http import HttpRequest

from moussem.core.actor import ANONYMOUS
from moussem.core.navigation import VERB_LABELS, WAY, Verb, items_for


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of the base templates; lazily, so that a page that shows no navigation pays nothing."""
    actor = getattr(request, "actor", ANONYMOUS)
    match = request.resolver_match
    return {
        "actor": actor,
        "promoter": getattr(request, "promoter", None),
        "public_items": lambda: items_for(actor, Verb.PUBLIC),
        "way": lambda: [{"verb": verb, "label": VERB_LABELS[verb], "items": items_for(actor, verb)} for verb in WAY],
        "today_items": lambda: items_for(actor, Verb.TODAY),
        "here": match.view_name if match else "",
    }
