"""The timeline of a subject, as far as evidence knows it: figures and statements, newest first.

Ten thousand entries of one subject page in constant time: the links keep each entry's moment, and an index of
subject, moment and row gives the next page without reading the others.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from moussem.core.actor import Actor
from moussem.core.components import Event
from moussem.core.timelines import Entry, Moment, TimelinePage, merge, older_than
from moussem.engines.values.period import Period
from moussem.evidence.domain.queries.lines import (
    figure_line,
    loaded_figures,
    loaded_statements,
    statement_line,
)
from moussem.evidence.domain.queries.territory import group_of
from moussem.evidence.enums import StatementKind
from moussem.evidence.models import Figure, FigureSubject, Statement, StatementSubject, Subject

FIGURES, STATEMENTS = "figure", "statement"
PAGE = 25
_ICONS = {
    StatementKind.OPENING: "building-2",
    StatementKind.STARTED: "building-2",
    StatementKind.ROLE: "user-round",
    StatementKind.TESTIMONY: "message-square-quote",
    StatementKind.SPEECH: "message-square-quote",
    StatementKind.THEME: "megaphone",
    StatementKind.AGREEMENT: "signature",
    StatementKind.OBJECTIVE: "target",
    StatementKind.RULE: "scale",
    StatementKind.AWARD: "award",
    StatementKind.LISTING: "list",
    StatementKind.PLAN: "target",
    StatementKind.PRESENCE: "users",
    StatementKind.FACT: "file-text",
}


def evidence_entries(
    subject: Subject, actor: Actor, *, before: Moment | None = None, limit: int = PAGE, today: date | None = None
) -> list[list[Entry]]:
    """Up to `limit + 1` figures and as many statements before the cursor, for `core.timelines.merge`.

    With `today`, a promise whose date lies ahead is set apart as awaited.
    """
    groups = group_of(subject)
    figures = _newest(Figure.objects.visible_to(actor).current(), FigureSubject, FIGURES, groups, before, limit)
    statements = _newest(Statement.objects.visible_to(actor), StatementSubject, STATEMENTS, groups, before, limit)
    return [
        [_figure_entry(row, actor, subject, today) for row in loaded_figures(figures)],
        [_statement_entry(row, actor, subject, today) for row in loaded_statements(statements)],
    ]


def evidence_timeline(
    subject: Subject, actor: Actor, *, before: Moment | None = None, limit: int = PAGE, today: date | None = None
) -> TimelinePage:
    """One page of a subject's figures and statements, where no other room has entries of its own."""
    return merge(evidence_entries(subject, actor, before=before, limit=limit, today=today), limit=limit)


def _newest(
    rows: "QuerySet[Any]", links: "type[FigureSubject | StatementSubject]", name: str, groups: Sequence[int],
    before: Moment | None, limit: int,
) -> "QuerySet[Any]":  # fmt: skip
    """The newest rows tied to the subjects; each is named once, whatever its roles."""
    pk = None
    if before is not None and before.source == name:
        pk = rows.model.objects.filter(public_id=before.key).values_list("pk", flat=True).first()
    subjects = {"subject": groups[0]} if len(groups) == 1 else {"subject__in": groups}
    condition = older_than(before, source=name, day="links__moment", row=f"links__{name}_id", pk=pk)
    # DISTINCT would read and sort every row of the subject; the earliest of a row's links is found by an index.
    another = links.objects.filter(pk__lt=OuterRef("links__pk"), **{name: OuterRef("pk")}, **subjects)
    tied = rows.filter(condition, ~Exists(another), **{f"links__{key}": value for key, value in subjects.items()})
    return tied.annotate(moment=F("links__moment")).order_by("-links__moment", f"-links__{name}_id")[: limit + 1]


def _is_ahead(horizon: Period | None, today: date | None) -> bool:
    return today is not None and horizon is not None and horizon.end is not None and horizon.end >= today


def _figure_entry(figure: Figure, actor: Actor, subject: Subject, today: date | None) -> Entry:
    line = figure_line(figure, actor, about=subject)
    event = Event(
        title=line.label,
        icon="tally-5",
        period=figure.dated,
        text=line.stated_by,
        url=line.url,
        ahead=_is_ahead(figure.horizon, today),
        inferred=bool(figure.dated and figure.dated.inferred),
        figures=(replace(line, label=""),),
    )
    return Entry(Moment(figure.moment, FIGURES, figure.public_id), event)


def _statement_entry(statement: Statement, actor: Actor, subject: Subject, today: date | None) -> Entry:
    line = statement_line(statement, actor, about=subject)
    event = Event(
        title=line.words,
        icon=_ICONS[StatementKind(statement.kind)],
        period=line.when,
        text=line.stated_by,
        url=line.url,
        ahead=statement.forward and _is_ahead(line.horizon, today),
        inferred=bool(line.when and line.when.inferred),
        sources=line.sources,
    )
    return Entry(Moment(statement.moment, STATEMENTS, statement.public_id), event)
