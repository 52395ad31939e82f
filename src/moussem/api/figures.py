"""Figures: one value of one measure and kind, with what it is about, who said it and where it is written."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import (
    Against,
    Quoted,
    RelatedInRole,
    Teller,
    When,
    Words,
    contradicted,
    contradicting,
    in_roles,
    quoted,
    sees,
    told,
    when,
)
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.engines.values.kinds import Bound, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit, from_scaled
from moussem.evidence.domain.queries.lines import loaded_figures
from moussem.evidence.domain.queries.narrowing import about_subject, cited_from, subject_of, territory_of
from moussem.evidence.enums import Kind, SubjectRole
from moussem.evidence.models import Figure

router = Router(tags=["figures"])


class FigureItem(Schema):
    """A figure. Numbers are text, exact, in the unit; null where the source states none."""

    id: UUID
    url: str
    measure: str
    value: str | None
    value_max: str | None
    bound: str
    unit: str
    kind: str
    scope: str | None
    subjects: list[RelatedInRole]
    period: When | None
    horizon: When | None
    perimeter: str | None
    stated_by: Teller
    stated_on: When | None
    citation: Quoted | None
    citations: list[Quoted]
    maybe_within: UUID | None
    replaced_by: UUID | None
    contradictions: list[Against]
    published_at: datetime | None
    note: str | None


class FigurePage(Schema):
    """One page of figures."""

    items: list[FigureItem]
    next: str | None


class FigureFilters(Page):
    """Filters by each part of a figure; several narrow together. A figure that was corrected is left out unless
    `replaced` is true.
    """

    measure: Measure | None = None
    kind: Kind | None = None
    bound: Bound | None = None
    unit: Unit | None = None
    scope: Scope | None = None
    perimeter: Words | None = None
    subject: UUID | None = Field(None, description="About this thing, in any role.")
    role: SubjectRole | None = Field(None, description="About `subject`, or anything, in this role.")
    holder: UUID | None = None
    place: UUID | None = None
    park: UUID | None = None
    event: UUID | None = None
    project: UUID | None = None
    programme: UUID | None = None
    within: UUID | None = Field(None, description="About this place, or anything that lies in it.")
    document: UUID | None = Field(None, description="Cited from this document.")
    stated_by: UUID | None = Field(None, description="Said by this person or organisation.")
    stated_since: date | None = None
    period_from: date | None = Field(None, description="The period ends on or after this day.")
    period_to: date | None = Field(None, description="The period begins on or before this day.")
    horizon_from: date | None = None
    horizon_to: date | None = None
    replaced: bool = False


@router.get("/figures", response=FigurePage, summary="Figures", url_name="figures")
@door(audience=Audience.API, permission=anyone)
def list_figures(request: HttpRequest, filters: Query[FigureFilters]) -> dict[str, Any]:
    """The figures that the caller may see."""
    actor = request.actor  # type: ignore[attr-defined]
    figures = _narrowed(figures_shown(actor), filters)
    if filters.within:
        return list_rows(request, figures, filters, figure_item, about=territory_of(filters.within, actor))
    if len(_named(filters)) == 1:  # along its own index, however many figures it has
        ((subject, role),) = _named(filters)
        return list_rows(request, figures, filters, figure_item, about=subject_of(subject), role=role)
    return list_rows(request, figures, filters, figure_item)


@router.get("/figures/{uuid:figure}", response=FigureItem, summary="A figure")
@door(audience=Audience.API, permission=anyone)
def show_figure(request: HttpRequest, figure: UUID) -> dict[str, Any]:
    """One figure, also one that was corrected."""
    actor = request.actor  # type: ignore[attr-defined]
    return figure_item(get_object_or_404(figures_shown(actor), public_id=figure), actor)


def figures_shown(actor: Actor) -> "QuerySet[Figure]":
    """The figures an actor sees, with all that `figure_item` shows."""
    figures = loaded_figures(Figure.objects.visible_to(actor)).select_related("replaced_by", "maybe_within")
    return figures.prefetch_related(contradicting(actor))


def _narrowed(figures: "QuerySet[Figure]", said: FigureFilters) -> "QuerySet[Figure]":
    if not said.replaced:
        figures = figures.current()
    for name in ("measure", "kind", "bound", "unit", "scope", "perimeter"):
        wanted = getattr(said, name)
        if wanted is not None:
            figures = figures.filter(**{name: str(wanted)})
    return _about(figures, said).filter(_told(said), _dated(said))


def _about(figures: "QuerySet[Figure]", said: FigureFilters) -> "QuerySet[Figure]":
    named = _named(said)
    if said.role and not said.subject:
        figures = about_subject(figures, None, said.role)
    for subject, role in named if said.within or len(named) > 1 else ():
        figures = about_subject(figures, subject, role)
    return cited_from(figures, said.document) if said.document else figures


def _named(said: FigureFilters) -> list[tuple[UUID, str | None]]:
    """The things that figures are asked for, each with its role (None: in any)."""
    roles = ("holder", "place", "park", "event", "project", "programme")
    found: list[tuple[UUID, str | None]] = [(key, role) for role in roles if (key := getattr(said, role))]
    return [*found, (said.subject, said.role)] if said.subject else found


def _told(said: FigureFilters) -> Q:
    condition = Q()
    if said.stated_by:
        condition &= Q(stated_by_person__public_id=said.stated_by) | Q(stated_by_organisation__public_id=said.stated_by)
    if said.stated_since:
        condition &= Q(stated_on_start__gte=said.stated_since)
    return condition


def _dated(said: FigureFilters) -> Q:
    given = {
        "period_end__gte": said.period_from,
        "period_start__lte": said.period_to,
        "horizon_end__gte": said.horizon_from,
        "horizon_start__lte": said.horizon_to,
    }
    return Q(**{name: day for name, day in given.items() if day is not None})


def figure_item(figure: Figure, actor: Actor) -> dict[str, Any]:
    """A figure (from `figures_shown`) as the API shows it."""
    citations = [quoted(citation, actor) for citation in figure.citations.all()]
    return {
        "id": figure.public_id,
        "url": public_address(f"figures/{figure.public_id}/"),
        "measure": figure.measure,
        "value": number(figure.value, figure.unit),
        "value_max": number(figure.value_max, figure.unit),
        "bound": figure.bound,
        "unit": figure.unit,
        "kind": figure.kind,
        "scope": None if figure.scope == Scope.NOT_STATED else figure.scope,
        "subjects": in_roles(figure.links.all(), actor),
        "period": when(figure.period),
        "horizon": when(figure.horizon),
        "perimeter": figure.perimeter or None,
        "stated_by": told(figure, actor),
        "stated_on": when(figure.stated_on),
        "citation": citations[0] if citations else None,
        "citations": citations,
        "maybe_within": _key(figure.maybe_within, actor),
        "replaced_by": _key(figure.replaced_by, actor),
        "contradictions": contradicted(figure),
        "published_at": figure.published_at,
        "note": say(figure.note) or None,
    }


def _key(figure: Figure | None, actor: Actor) -> UUID | None:
    return figure.public_id if figure is not None and sees(actor, figure) else None


def number(scaled: int | None, unit: str) -> str | None:
    """A scaled integer as exact text in its unit: "55000000" for 5,500,000,000 hundredths of a dirham."""
    if scaled is None:
        return None
    text = format(from_scaled(scaled, Unit(unit)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
