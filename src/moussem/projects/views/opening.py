"""Staff pages: opening a project by hand, from an announcement, or from a meeting that took place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.directory.models import Organisation
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure
from moussem.guests.models import Registration
from moussem.meetings.models import Meeting
from moussem.projects.domain.openings import open_from_announcement, open_from_meeting
from moussem.projects.domain.projects import open_project
from moussem.projects.interfaces.forms import ProjectForm
from moussem.projects.interfaces.refusals import REFUSED, sentence_of
from moussem.projects.models import Project
from moussem.projects.permissions import can_write


@dataclass(frozen=True, slots=True)
class _Opening:
    """The verb that opens the project, and what is known of it before anybody types."""

    verb: Callable[..., Project] = open_project
    named: dict[str, str] = field(default_factory=dict)


@door(audience=Audience.STAFF, permission=can_write, methods=FORM)
@once
def new_project(request: HttpRequest, promoter: str) -> HttpResponse:
    """Open a project; the address may name the announced figure, the meeting's side or the firm that it comes from."""
    opening = _opening(request)
    form = ProjectForm(request.POST or None, actor=request.actor, initial=opening.named)
    if request.method == "POST" and form.is_valid():
        try:
            row = opening.verb(by=request.actor, at=timezone.now(), facts=form.facts)
        except REFUSED as refusal:
            form.add_error(None, sentence_of(refusal)[1])
        else:
            messages.success(request, _("The project is open."))
            return redirect("projects_desk:projects-page", promoter=promoter, project=row.public_id)
    context = {
        "form": form,
        "title": _("Open a project"),
        "cancel_url": reverse("projects_desk:projects-list", args=[promoter]),
    }
    return render(request, "projects/desk/form.html", context, status=422 if form.is_bound else 200)


def _opening(request: HttpRequest) -> _Opening:
    if figure := _row(request, Figure, "figure"):
        return _Opening(partial(open_from_announcement, figure=figure), _named_by_figure(figure))
    meeting, side = _row(request, Meeting, "meeting"), _row(request, Registration, "side")
    if meeting is not None and side is not None:
        firm = {"organisation": side.organisation.name} if side.organisation else {}
        return _Opening(partial(open_from_meeting, meeting=meeting, about=side), firm)
    firm = _row(request, Organisation, "with")
    return _Opening(named={"organisation": firm.name} if firm else {})


def _row(request: HttpRequest, table: Any, name: str) -> Any:
    """The row that the address mentions, if the actor sees it."""
    try:
        return table.objects.visible_to(request.actor).filter(public_id=UUID(request.GET.get(name, ""))).first()
    except ValueError:
        return None


def _named_by_figure(figure: Figure) -> dict[str, str]:
    """Who invests, where the figure names one holder, and where; a joint figure does not say whose the project is."""
    roles = {SubjectRole.HOLDER: "organisation", SubjectRole.PLACE: "place", SubjectRole.PARK: "park"}
    found: dict[str, list[str]] = {}
    for link in figure.links.select_related("subject").order_by("pk"):
        if link.role in roles:
            found.setdefault(roles[SubjectRole(link.role)], []).append(say(link.subject.label))
    return {name: labels[0] for name, labels in found.items() if len(labels) == 1}
