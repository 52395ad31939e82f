"""What a person said: figures and statements of which a source names them as the teller, newest first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.components import Event
from moussem.core.timelines import Entry, Moment
from moussem.directory.domain.queries.timeline import kind_of
from moussem.evidence.domain.queries.lines import (
    figure_line,
    shown_figures,
    shown_statements,
    statement_line,
    told_figures,
    told_statements,
)
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Figure, Statement


@answered
def said_figures(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest figures that a person stated and that are not about them; a source of `core.timelines`."""
    if kind_of(subjects) != SubjectKind.PERSON:
        return []
    figures = yield from shown_figures(_figures(actor, subjects, before, limit))
    return [_figure(row, actor) for row in figures]


@question
def _figures(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> QuerySet[Any]:
    return told_figures(_said(Figure.objects.visible_to(actor).current(), subjects, before, limit))


@answered
def said_statements(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest statements that a person made and that are not about them; a source of `core.timelines`."""
    if kind_of(subjects) != SubjectKind.PERSON:
        return []
    statements = yield from shown_statements(_statements(actor, subjects, before, limit))
    return [_statement(row, actor) for row in statements]


@question
def _statements(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> QuerySet[Any]:
    return told_statements(_said(Statement.objects.visible_to(actor), subjects, before, limit))


def _said(rows: QuerySet[Any], subjects: Sequence[int], before: Moment | None, limit: int) -> QuerySet[Any]:
    told = rows.filter(stated_by_person__in=list(subjects)).exclude(links__subject__in=list(subjects))
    dated = told.annotate(moment=Max("links__moment"))
    if before is not None:
        day = before.on.toordinal() if before.on else 0
        dated = dated.filter(Q(moment__lt=day) | Q(moment=day, public_id__lt=before.key))
    return dated.order_by("-moment", "-public_id")[:limit]


def _moment(row: Any) -> Moment:
    return Moment(date.fromordinal(row.moment) if row.moment else None, row.public_id)


def _figure(row: Figure, actor: Actor) -> Entry:
    line = figure_line(row, actor)
    event = Event(
        title=line.label, icon="message-square-quote", period=row.dated, text=gettext("in their words"), url=line.url,
        inferred=bool(row.dated and row.dated.inferred), figures=(replace(line, label=""),),
    )  # fmt: skip
    return Entry(_moment(row), event)


def _statement(row: Statement, actor: Actor) -> Entry:
    line = statement_line(row, actor)
    event = Event(
        title=line.words, icon="message-square-quote", period=line.when, text=gettext("in their words"), url=line.url,
        inferred=bool(line.when and line.when.inferred), sources=line.sources,
    )  # fmt: skip
    return Entry(_moment(row), event)
