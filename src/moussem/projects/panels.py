"""What projects and returns add to the pages, timelines and threads of lower rooms."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from moussem.accounts.domain.links import link_address
from moussem.accounts.enums import LinkPurpose
from moussem.core import threads, timelines
from moussem.core.actor import Actor
from moussem.core.navigation import Verb
from moussem.core.panels import Panel, register
from moussem.projects.domain.queries.projects import joint_of, projects_seen, rows_of
from moussem.projects.domain.queries.returns import return_of_link, return_page, returns_seen, row_of
from moussem.projects.domain.queries.timeline import counted, landed, project_entries
from moussem.projects.enums import ReturnState
from moussem.projects.interfaces.return_forms import CorrectionForm, NumbersForm

MOST = 20


def _opened(actor: Actor, agreement: Any) -> dict[str, Any] | None:
    """The projects that an agreement opened."""
    rows = list(projects_seen(actor).filter(agreement=agreement).order_by("pk")[:MOST])
    if not rows:
        return None
    shown = rows_of(actor, rows, at=timezone.now())
    return {"rows": shown, "joint": joint_of(shown)}


def _returns(actor: Actor, project: Any) -> dict[str, Any] | None:
    """The returns of a project."""
    rows = returns_seen(actor).filter(project=project, replaced_by=None).order_by("-period_end", "-pk")[:MOST]
    shown = [row_of(actor, row, timezone.localdate()) for row in rows]
    return {"rows": shown} if shown else None


def _by_link(actor: Actor, link: Any) -> dict[str, Any] | None:
    """The three numbers that a link of this purpose asks for."""
    row = return_of_link(actor, link) if link.purpose == LinkPurpose.DECLARE else None
    if row is None:
        return None
    asked = row.state == ReturnState.ASKED
    return {
        "page": return_page(actor, row, today=timezone.localdate()),
        "form": NumbersForm() if asked else CorrectionForm(row=row),
        "action": reverse("link-headcount", args=[link_address(link)]),
        "is_asked": asked,
    }


register(Panel("agreements.agreement", "projects/pieces/opened_panel.html", _opened, order=10))
register(Panel("projects.project", "projects/pieces/returns_panel.html", _returns, order=10))
register(Panel("accounts.link", "projects/pieces/numbers.html", _by_link, order=10))
timelines.register(project_entries)
threads.register(Verb.LAND, landed)
threads.register(Verb.COUNT, counted)
