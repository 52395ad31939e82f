"""What stands around a project: the gathering and the act it came from, and what sources say of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from moussem.agreements.domain.queries.pages import page_of
from moussem.agreements.models import Agreement
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Reading, question
from moussem.core.texts import say
from moussem.directory.domain.queries.brief import BriefLine, where
from moussem.directory.models import Establishment
from moussem.events.models import Event
from moussem.evidence.domain.queries.lines import StatementLine, shown_statements, statement_line, told_statements
from moussem.evidence.enums import StatementKind
from moussem.evidence.models import Statement, StatementSubject
from moussem.projects.models import Project

MOST = 60
"""How many sayings about a project its page shows."""


def event_line(actor: Actor, row: Event | None) -> BriefLine | None:
    """A gathering, where the actor may know of it."""
    if row is None or not _may_know(actor, row):
        return None
    return BriefLine(say(row.name), public_address(f"events/{row.public_id}/") if row.is_published else "")


def agreement_line(actor: Actor, row: Agreement | None) -> BriefLine | None:
    """An act (its promoter loaded), where the actor may know of it."""
    return BriefLine(say(row.title), page_of(actor, row)) if row is not None and _may_know(actor, row) else None


def establishment_line(actor: Actor, row: Establishment | None) -> str:
    """Where people work (park and place loaded), where the actor may know of it; "" where it is not stated."""
    return where(row) if row is not None and _may_know(actor, row) else ""


def _may_know(actor: Actor, row: Event | Agreement | Establishment) -> bool:
    return bool(row.is_published or (actor.roles and actor.within(row.promoter_id)))


def sayings_of(actor: Actor, project: Project) -> Reading[list[StatementLine]]:
    """The sayings about a project that the actor sees, the newest first and the undated last."""
    rows = yield from shown_statements(_sayings(actor, [project.subject_id]))
    lines = [statement_line(row, actor, about=[project.subject_id]) for row in rows]
    return sorted(lines, key=lambda line: (line.when and line.when.start) or date.min, reverse=True)


@question
def _sayings(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Any]":
    links = StatementSubject.objects.filter(subject__in=subjects).values("statement_id")
    return told_statements(Statement.objects.visible_to(actor).filter(pk__in=links)).order_by("-pk")[:MOST]


def newest_of(sayings: Sequence[StatementLine], kind: StatementKind, *, forward: bool) -> StatementLine | None:
    """The newest saying of a kind, of what will be (`forward`) or of what is; None: not stated."""
    return next((line for line in sayings if line.kind == kind and line.forward is forward), None)
