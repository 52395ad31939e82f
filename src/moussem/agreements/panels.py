"""What agreements add to the pages, timelines and threads of lower rooms."""

from typing import Any

from moussem.agreements.domain.queries.timeline import agreement_entries, agreements_beside, signed
from moussem.core import threads, timelines
from moussem.core.actor import Actor
from moussem.core.navigation import Verb
from moussem.core.panels import Panel, register
from moussem.evidence.domain.queries.territory import group_of

PANEL = "agreements/pieces/panel.html"


def _agreements(actor: Actor, row: Any) -> dict[str, Any] | None:
    """The acts of whatever the page is about; nothing where there are none."""
    rows = agreements_beside(actor, group_of(row.subject))
    return {"rows": rows} if rows else None


for page in ("directory.organisation", "directory.person", "directory.place", "events.event"):
    register(Panel(page, PANEL, _agreements, order=40))
timelines.register(agreement_entries)
threads.register(Verb.SIGN, signed)
