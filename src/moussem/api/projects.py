"""Projects and headcount returns. A rival's are never seen; figures are asked for at `figures?project=`."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Quoted, Related, When, load_citations, related, related_row, sees, when
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.projects.enums import ProjectOrigin, ProjectStatus, ReturnState, Stage
from moussem.projects.models import HeadcountReturn, Project

router = Router(tags=["projects"])


class ProjectItem(Schema):
    """An investment; stage and status apart. Null: not stated. `lost_to` names who won where it was lost. Its
    figures are those of `figures?project=`; one with several projects stands for all of them together.
    """

    id: UUID
    url: str
    name: str
    organisation: Related | None
    place: Related | None
    park: Related | None
    event: Related | None
    agreement: Related | None
    origin: str
    stage: str
    stage_since: date
    status: str | None
    lost_to: str | None
    citations: list[Quoted]


class ProjectPage(Schema):
    """One page of projects."""

    items: list[ProjectItem]
    next: str | None


class ProjectFilters(Page):
    """Filters; several narrow together."""

    stage: Stage | None = None
    status: ProjectStatus | None = None
    origin: ProjectOrigin | None = None
    organisation: UUID | None = None
    event: UUID | None = None


class ReturnItem(Schema):
    """Three numbers of an establishment and period; all null: asked for and not declared."""

    id: UUID
    organisation: Related | None
    project: Related | None
    period: When | None
    due_on: date
    state: str
    present: int | None
    hired: int | None
    left: int | None
    replaced_by: UUID | None


class ReturnPage(Schema):
    """One page of returns."""

    items: list[ReturnItem]
    next: str | None


class ReturnFilters(Page):
    """Filters; several narrow together."""

    state: ReturnState | None = None
    project: UUID | None = None
    organisation: UUID | None = None


@router.get("/projects", response=ProjectPage, summary="Projects")
@door(audience=Audience.API, permission=anyone)
def list_projects(request: HttpRequest, filters: Query[ProjectFilters]) -> dict[str, Any]:
    """The projects that the caller may see."""
    given: dict[str, Any] = filters.model_dump(include={"stage", "status", "origin"}, exclude_none=True)
    for name in ("organisation", "event"):
        if key := getattr(filters, name):
            given[f"{name}__public_id"] = key
    return list_rows(request, _projects(request).filter(**given), filters, project_item, load=load_citations)


@router.get("/projects/{uuid:project}", response=ProjectItem, summary="A project")
@door(audience=Audience.API, permission=anyone)
def show_project(request: HttpRequest, project: UUID) -> dict[str, Any]:
    """One project."""
    actor = request.actor  # type: ignore[attr-defined]
    row = get_object_or_404(_projects(request), public_id=project)
    load_citations([row], actor)
    return project_item(row, actor)


@router.get("/returns", response=ReturnPage, summary="Headcount returns")
@door(audience=Audience.API, permission=anyone)
def list_returns(request: HttpRequest, filters: Query[ReturnFilters]) -> dict[str, Any]:
    """The headcount returns of the token's promoter; the public sees none."""
    given: dict[str, Any] = filters.model_dump(include={"state"}, exclude_none=True)
    if filters.project:
        given["project__public_id"] = filters.project
    if filters.organisation:
        given["establishment__organisation__public_id"] = filters.organisation
    return list_rows(request, _returns(request).filter(**given), filters, return_item)


@router.get("/returns/{uuid:headcount_return}", response=ReturnItem, summary="A headcount return")
@door(audience=Audience.API, permission=anyone)
def show_return(request: HttpRequest, headcount_return: UUID) -> dict[str, Any]:
    """One headcount return."""
    actor = request.actor  # type: ignore[attr-defined]
    return return_item(get_object_or_404(_returns(request), public_id=headcount_return), actor)


def _projects(request: HttpRequest) -> "QuerySet[Project]":
    rows = Project.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return rows.select_related(
        "organisation__subject", "place__subject", "park__subject", "event__subject", "agreement__subject"
    )


def _returns(request: HttpRequest) -> "QuerySet[HeadcountReturn]":
    rows = HeadcountReturn.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return rows.select_related("establishment__organisation__subject", "project__subject", "replaced_by")


def project_item(project: Project, actor: Actor) -> dict[str, Any]:
    """A project (with its citations loaded) as the API shows it."""
    return {
        "id": project.public_id,
        "url": public_address(f"projects/{project.public_id}/"),
        "name": say(project.name),
        "organisation": related_row(project.organisation, actor),
        "place": related_row(project.place, actor),
        "park": related_row(project.park, actor),
        "event": related_row(project.event, actor),
        "agreement": related_row(project.agreement, actor),
        "origin": project.origin,
        "stage": project.stage,
        "stage_since": project.stage_since.date(),
        "status": None if project.status == ProjectStatus.NOT_STATED else project.status,
        "lost_to": project.lost_to or None,
        "citations": project.cited,  # type: ignore[attr-defined]
    }


def return_item(row: HeadcountReturn, actor: Actor) -> dict[str, Any]:
    """A return as the API shows it."""
    project = row.project if row.project and sees(actor, row.project) else None
    return {
        "id": row.public_id,
        "organisation": related(row.establishment.organisation.subject, actor),
        "project": related_row(project, actor),
        "period": when(row.period),
        "due_on": row.due_on,
        "state": row.state,
        "present": row.present,
        "hired": row.hired,
        "left": row.left,
        "replaced_by": row.replaced_by.public_id if row.replaced_by else None,
    }
