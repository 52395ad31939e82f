"""Narrowing figures and statements an actor already sees: by what they are about, and by where they are written."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from moussem.core.actor import Actor
from moussem.evidence.domain.queries.territory import territory
from moussem.evidence.models import Figure, FigureSubject, StatementSubject, Subject


def about_subject(rows: "QuerySet[Any]", subject: UUID, role: str | None = None) -> "QuerySet[Any]":
    """The figures or statements about a thing, in any role or in this one; each once."""
    return rows.filter(Exists(_links(rows).filter(subject__public_id=subject, **({"role": role} if role else {}))))


def about_territory(rows: "QuerySet[Any]", place: UUID, actor: Actor) -> "QuerySet[Any]":
    """The figures or statements about a place the actor sees, or about anything that lies in it."""
    inside = territory(Subject.objects.visible_to(actor).filter(public_id=place))
    return rows.filter(Exists(_links(rows).filter(subject__in=inside)))


def cited_from(rows: "QuerySet[Any]", document: UUID) -> "QuerySet[Any]":
    """The figures or statements that cite a document; each once."""
    through = rows.model.citations.through
    owner = {"figure_id" if rows.model is Figure else "statement_id": OuterRef("pk")}
    return rows.filter(Exists(through.objects.filter(citation__document__public_id=document, **owner)))


def _links(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    if rows.model is Figure:
        return FigureSubject.objects.filter(figure=OuterRef("pk"))
    return StatementSubject.objects.filter(statement=OuterRef("pk"))
