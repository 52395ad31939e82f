"""Next steps on the pages of what they are about."""

from typing import Any

from django.utils import timezone

from moussem.actions.domain.queries.actions import next_steps
from moussem.actions.permissions import can_act, can_see_actions
from moussem.core.actor import Actor
from moussem.core.panels import Panel, register

PAGES = ("directory.organisation", "directory.person", "directory.park", "directory.place", "events.home-side")
TEMPLATE = "actions/pieces/panel.html"


def steps_about(actor: Actor, row: Any) -> dict[str, Any] | None:
    """What is to be done about the row's subject, for those who work at a desk; nobody else learns that it exists."""
    if not can_see_actions(actor):
        return None
    lines = next_steps(actor, today=timezone.localdate(), about=row.subject)
    return {"lines": lines, "may_act": can_act(actor), "about": row.subject.public_id}


for page in PAGES:
    register(Panel(page, TEMPLATE, steps_about, order=20))
