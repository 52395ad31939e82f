"""Statements: cited facts that are no number."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import (
    Against,
    Quoted,
    RelatedInRole,
    Teller,
    When,
    contradicted,
    contradicting,
    in_roles,
    quoted,
    told,
    when,
)
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.evidence.domain.queries.lines import loaded_statements
from moussem.evidence.domain.queries.narrowing import about_subject, cited_from
from moussem.evidence.enums import StatementKind, SubjectRole
from moussem.evidence.models import Statement

router = Router(tags=["statements"])


class StatementItem(Schema):
    """A fact in our own words; `forward` where it says what will be, `horizon` then tells when."""

    id: UUID
    url: str
    kind: str
    words: str
    forward: bool
    subjects: list[RelatedInRole]
    period: When | None
    horizon: When | None
    stated_by: Teller
    stated_on: When | None
    citations: list[Quoted]
    contradictions: list[Against]


class StatementPage(Schema):
    """One page of statements."""

    items: list[StatementItem]
    next: str | None


class StatementFilters(Page):
    """Filters; several narrow together."""

    kind: StatementKind | None = None
    forward: bool | None = None
    subject: UUID | None = None
    role: SubjectRole | None = None
    document: UUID | None = None


@router.get("/statements", response=StatementPage, summary="Statements")
@door(audience=Audience.API, permission=anyone)
def list_statements(request: HttpRequest, filters: Query[StatementFilters]) -> dict[str, Any]:
    """The statements that the caller may see."""
    statements = _seen(request)
    if filters.kind:
        statements = statements.filter(kind=filters.kind)
    if filters.forward is not None:
        statements = statements.filter(forward=filters.forward)
    if filters.subject or filters.role:
        statements = about_subject(statements, filters.subject, filters.role)
    if filters.document:
        statements = cited_from(statements, filters.document)
    return list_rows(request, statements, filters, statement_item)


@router.get("/statements/{uuid:statement}", response=StatementItem, summary="A statement")
@door(audience=Audience.API, permission=anyone)
def show_statement(request: HttpRequest, statement: UUID) -> dict[str, Any]:
    """One statement."""
    found = get_object_or_404(_seen(request), public_id=statement)
    return statement_item(found, request.actor)  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Statement]":
    actor = request.actor  # type: ignore[attr-defined]
    return loaded_statements(Statement.objects.visible_to(actor)).prefetch_related(contradicting(actor))


def statement_item(statement: Statement, actor: Actor) -> dict[str, Any]:
    """A statement (from `loaded_statements`) as the API shows it."""
    return {
        "id": statement.public_id,
        "url": public_address(f"statements/{statement.public_id}/"),
        "kind": statement.kind,
        "words": say(statement.words),
        "forward": statement.forward,
        "subjects": in_roles(statement.links.all(), actor),
        "period": when(statement.period),
        "horizon": when(statement.horizon),
        "stated_by": told(statement, actor),
        "stated_on": when(statement.stated_on),
        "citations": [quoted(citation, actor) for citation in statement.citations.all()],
        "contradictions": contradicted(statement),
    }
