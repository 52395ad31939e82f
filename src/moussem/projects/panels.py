"""What projects and returns add to the pages, timelines and threads of lower rooms."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from moussem.accounts.domain.links import link_address
from moussem.accounts.enums import LinkPurpose
from moussem.core import threads, timelines
from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.navigation import Verb
from moussem.core.panels import Panel, register
from moussem.evidence.enums import Kind
from moussem.meetings.enums import MeetingState
from moussem.projects.domain.openings import OPENING, key_of_side
from moussem.projects.domain.queries.projects import joint_of, projects_seen, rows_of
from moussem.projects.domain.queries.returns import return_of_link, return_page, returns_seen, row_of
from moussem.projects.domain.queries.timeline import counted, landed, project_entries
from moussem.projects.enums import ProjectOrigin, ReturnState
from moussem.projects.interfaces.return_forms import CorrectionForm, NumbersForm
from moussem.projects.models import Project
from moussem.projects.permissions import can_write

MOST = 20


@answered
def _opened(actor: Actor, agreement: Any) -> Reading[dict[str, Any] | None]:
    """The projects that an agreement opened."""
    (rows,) = yield [_opened_by(actor, [agreement.pk])]
    if not rows:
        return None
    shown = yield from rows_of.reading(actor, rows, at=timezone.now())
    return {"rows": shown, "joint": joint_of(shown)}


@question
def _opened_by(actor: Actor, agreements: Collection[int]) -> "QuerySet[Any]":
    return projects_seen(actor).filter(agreement__in=agreements).order_by("pk")[:MOST]


def _opened_from(actor: Actor, origin: ProjectOrigin, key: object) -> list[Project]:
    """The promoter's projects that came from one row of a lower room."""
    rows = projects_seen(actor, own=True).filter(origin=origin, origin_key__startswith=str(key))
    return list(rows.order_by("pk")[:MOST])


def _openings(actor: Actor, opened: list[Project], buttons: list[tuple[str, str]]) -> dict[str, Any] | None:
    """The projects that were opened, and where another is: nothing where there is neither."""
    return {"rows": rows_of(actor, opened, at=timezone.now()), "buttons": buttons} if opened or buttons else None


def _new(actor: Actor, **named: Any) -> str:
    """Where a project is opened from the rows named."""
    return reverse("projects_desk:projects-new", args=[actor.promoter_slug]) + "?" + urlencode(named)


def _of_figure(actor: Actor, figure: Any) -> dict[str, Any] | None:
    """The project that an announced figure opened, or the way to open it."""
    if figure.kind != Kind.ANNOUNCED or figure.measure not in OPENING:
        return None
    opened = _opened_from(actor, ProjectOrigin.ANNOUNCEMENT, figure.public_id)
    may_open = can_write(actor) and figure.replaced_by_id is None and not opened
    return _openings(actor, opened, [(gettext("Open a project"), _new(actor, figure=figure.public_id))] * may_open)


def _of_meeting(actor: Actor, meeting: Any) -> dict[str, Any] | None:
    """The projects that came of a meeting, and for each side that has none the way to open it, once it was held."""
    opened = _opened_from(actor, ProjectOrigin.MEETING, meeting.public_id)
    keys = {project.origin_key for project in opened}
    buttons = []
    if meeting.state == MeetingState.HELD and can_write(actor):
        for side in meeting.request.sides:
            who = side.organisation.name if side.organisation else side.person.name
            if key_of_side(meeting, side) not in keys:
                label = gettext("Open a project with %(name)s") % {"name": who}
                buttons.append((label, _new(actor, meeting=meeting.public_id, side=side.public_id)))
    return _openings(actor, opened, buttons)


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


register(Panel("evidence.figure", "projects/pieces/openings_panel.html", _of_figure, order=10))
register(Panel("meetings.meeting", "projects/pieces/openings_panel.html", _of_meeting, order=10))
register(Panel("agreements.agreement", "projects/pieces/opened_panel.html", _opened, order=10))
register(Panel("projects.project", "projects/pieces/returns_panel.html", _returns, order=10))
register(Panel("accounts.link", "projects/pieces/numbers.html", _by_link, order=10))
timelines.register(project_entries)
threads.register(Verb.LAND, landed)
threads.register(Verb.COUNT, counted)
