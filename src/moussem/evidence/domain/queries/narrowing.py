"""Narrowing figures and statements an actor already sees: by what they are about, and by where they are written."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from moussem.core.actor import Actor
from moussem.evidence.domain.queries.territory import territory
from moussem.evidence.models import Figure, FigureSubject, StatementSubject, Subject


def about_subject(rows: "QuerySet[Any]", subject: UUID | None, role: str | None = None) -> "QuerySet[Any]":
    """The figures or statements about a thing (None: any), in any role or in this one; each once."""
    wanted: dict[str, Any] = {"subject__public_id": subject} if subject else {}
    return _tied(rows, _links(rows).filter(**wanted, **({"role": role} if role else {})))


def about_territory(rows: "QuerySet[Any]", place: UUID, actor: Actor) -> "QuerySet[Any]":
    """The figures or statements about a place the actor sees, or about anything that lies in it."""
    inside = territory(Subject.objects.visible_to(actor).filter(public_id=place))
    return _tied(rows, _links(rows).filter(subject__in=inside))


def cited_from(rows: "QuerySet[Any]", document: UUID) -> "QuerySet[Any]":
    """The figures or statements that cite a document; each once."""
    through = rows.model.citations.through
    owner = "figure_id" if rows.model is Figure else "statement_id"
    return rows.filter(pk__in=through.objects.filter(citation__document__public_id=document).values(owner))


def _links(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return FigureSubject.objects.all() if rows.model is Figure else StatementSubject.objects.all()


def _tied(rows: "QuerySet[Any]", links: "QuerySet[Any]") -> "QuerySet[Any]":
    """From the links to the rows: asked the other way round, every row would be looked at for a few that are tied."""
    return rows.filter(public_id__in=links.values("entry"))
