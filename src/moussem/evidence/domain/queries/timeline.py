"""The timeline of a subject, as far as evidence knows it: figures and statements, newest first.

Ten thousand entries of one subject page in constant time: the links keep each entry's moment, and an index of
subject, moment and row gives the next page without reading the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.components import Event
from moussem.core.timelines import Entry, Moment
from moussem.evidence.domain.queries.lines import (
    figure_line,
    shown_figures,
    shown_statements,
    statement_line,
    told_figures,
    told_statements,
)
from moussem.evidence.domain.queries.newest import before_of, newest_of
from moussem.evidence.enums import StatementKind, SubjectKind
from moussem.evidence.models import Figure, FigureSubject, Statement, StatementSubject

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


_WITH_ACTS = (SubjectKind.ORGANISATION, SubjectKind.PERSON, SubjectKind.EVENT)


@answered
def figure_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest figures about subjects (inner keys), strictly before a moment; a source of `core.timelines`."""
    asked = _asked_figures if len(subjects) == 1 else _figures
    figures = yield from shown_figures(asked(actor, subjects, before, limit))
    return [_figure_entry(row, actor, subjects) for row in figures]


def _figures(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> "QuerySet[Any]":
    rows = Figure.objects.visible_to(actor).current()
    return told_figures(_newest(rows, FigureSubject, "figure", subjects, before, limit))


_asked_figures = question(_figures)


def newest_figures(actor: Actor, subjects: Sequence[int], limit: int) -> "QuerySet[Figure]":
    """The newest figures about subjects (inner keys), at most `limit`, to be read with others of a page."""
    return _newest(Figure.objects.visible_to(actor).current(), FigureSubject, "figure", subjects, None, limit)


def figure_events(actor: Actor, subjects: Sequence[int], figures: Iterable[Figure]) -> list[Event]:
    """Loaded figures about subjects (inner keys) as a timeline shows them, newest first."""
    placed = []
    for figure in figures:
        figure.moment = max((link.moment for link in figure.links.all() if link.subject_id in subjects), default=0)
        placed.append(_figure_entry(figure, actor, subjects))
    return [entry.event for entry in sorted(placed, key=lambda entry: entry.moment.rank, reverse=True)]


@answered
def statement_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest statements about subjects (inner keys), strictly before a moment; a source of `core.timelines`.

    On the pages of those who agree, and of the event where they did, the act itself stands: what is said of it is told
    on its own page.
    """
    with_acts = getattr(subjects, "kind", "") in _WITH_ACTS
    asked = _asked_statements if len(subjects) == 1 else _statements
    statements = yield from shown_statements(asked(actor, subjects, with_acts, before, limit))
    return [_statement_entry(row, actor, subjects) for row in statements]


def _statements(
    actor: Actor, subjects: Sequence[int], with_acts: bool, before: Moment | None, limit: int
) -> "QuerySet[Any]":
    told = Statement.objects.visible_to(actor)
    if with_acts:
        acts = StatementSubject.objects.filter(statement=OuterRef("pk"), subject__kind=SubjectKind.AGREEMENT)
        told = told.filter(~Exists(acts))
    return told_statements(_newest(told, StatementSubject, "statement", subjects, before, limit))


_asked_statements = question(_statements)


def _newest(
    rows: "QuerySet[Any]",
    links: "type[FigureSubject | StatementSubject]",
    name: str,
    subjects: Sequence[int],
    before: Moment | None,
    limit: int,
) -> "QuerySet[Any]":
    """The newest rows tied to the subjects; each is named once, whatever its roles."""
    if len(subjects) != 1:
        placed = {one.pk: one for one in newest_of(rows, subjects, before, limit)}
        days = Case(*(When(pk=pk, then=Value(one.day)) for pk, one in placed.items()), default=0)
        return rows.filter(pk__in=placed).annotate(moment=days).order_by("-moment", "-public_id")
    # DISTINCT would read and sort every row of the subject; the first of a row's links, by role, is found by an index.
    another = links.objects.filter(role__lt=OuterRef("links__role"), **{name: OuterRef("pk")}, subject=subjects[0])
    tied = rows.filter(before_of(before), ~Exists(another), links__subject=subjects[0])
    return tied.annotate(moment=F("links__moment")).order_by("-links__moment", "-links__entry")[:limit]


def _moment(row: Any) -> Moment:
    return Moment(date.fromordinal(row.moment) if row.moment else None, row.public_id)


def _figure_entry(figure: Figure, actor: Actor, subjects: Sequence[int]) -> Entry:
    line = figure_line(figure, actor, about=subjects)
    event = Event(
        title=line.label,
        icon="tally-5",
        period=figure.dated,
        text=line.stated_by,
        url=line.url,
        inferred=bool(figure.dated and figure.dated.inferred),
        figures=(replace(line, label=""),),
    )
    return Entry(_moment(figure), event)


def _statement_entry(statement: Statement, actor: Actor, subjects: Sequence[int]) -> Entry:
    line = statement_line(statement, actor, about=subjects)
    event = Event(
        title=line.words,
        icon=_ICONS[StatementKind(statement.kind)],
        period=line.when,
        text=line.stated_by,
        url=line.url,
        inferred=bool(line.when and line.when.inferred),
        sources=line.sources,
    )
    return Entry(_moment(statement), event)
