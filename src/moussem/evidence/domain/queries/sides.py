"""Kinds side by side, and sayings against one another: nothing is added, nothing is chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import Asked, Reading, answered, question, side_by_side
from moussem.core.components import FigureLine, Saying, StatColumn
from moussem.core.texts import say
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.evidence.domain.queries.lines import (
    figure_line,
    measure_label,
    shown_figures,
    shown_statements,
    statement_line,
    told_figures,
    told_statements,
)
from moussem.evidence.models import Contradiction, Figure, FigureSubject, Statement, StatementSubject

ALWAYS = (Kind.PLANNED, Kind.ANNOUNCED, Kind.REPORTED, Kind.VERIFIED)
"""The kinds whose column stays where it is empty, and then reads "not stated"."""
PER_KIND = 3
FEW = 200
"""So many figures are sooner read than asked for by measure and kind."""


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """One measure of a subject: its newest figures, a column for each kind. `more` says that older ones exist."""

    measure: str
    label: str
    columns: tuple[StatColumn, ...]
    more: bool
    joint: tuple[FigureLine, ...] = ()
    """Figures of several holders together, where a page keeps them apart from those of one."""


@answered
def columns_of(actor: Actor, subjects: Sequence[int], *, per_kind: int = PER_KIND) -> Reading[list[MeasureColumns]]:
    """The newest figures of subjects (inner keys; one, and those it stands for) by measure and kind.

    Of few figures all are read at once; of many, the newest of each measure and kind there is, each by an index.
    """
    counts, few = yield [_counts(subjects), _few(actor, subjects)]
    if sum(count for _, _, count in counts) <= FEW:
        newest = _newest_of_all(few, per_kind + 1)
    else:
        known = [(measure, kind) for measure, kind, _ in counts]
        limit = (per_kind + 1) * len(subjects)
        found = yield [_newest_of(actor, subjects, measure, kind, limit) for measure, kind in known]
        keys = (list(dict.fromkeys(each))[: per_kind + 1] for each in found)
        newest = {of: each for of, each in zip(known, keys, strict=True) if each}
    wanted = {pk for found in newest.values() for pk in found}
    figures = yield from shown_figures(_these_figures(actor, wanted))
    rows = {figure.pk: figure_line(figure, actor, about=subjects) for figure in figures}
    measures = [measure for measure in Measure if any(name == measure for name, _ in newest)]
    return [
        MeasureColumns(
            measure=measure.value,
            label=measure_label(measure),
            columns=tuple(
                StatColumn(kind.value, tuple(rows[pk] for pk in newest.get((measure, kind), ())[:per_kind]))
                for kind in Kind
                if kind in ALWAYS or (measure, kind) in newest
            ),
            more=any(len(found) > per_kind for (name, _), found in newest.items() if name == measure),
        )
        for measure in measures
    ]


@question
def _counts(subjects: Collection[int]) -> "QuerySet[Any]":
    tied = FigureSubject.objects.filter(subject__in=subjects).order_by("measure", "kind")
    return tied.values_list("measure", "kind").annotate(count=Count("pk"))


@question
def _few(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = Figure.objects.visible_to(actor).current().filter(links__subject__in=subjects)
    return rows.order_by("-links__moment", "-links__entry").values_list("measure", "kind", "pk")[:FEW]


@question
def _these_figures(actor: Actor, keys: Collection[int]) -> "QuerySet[Any]":
    return told_figures(Figure.objects.visible_to(actor).filter(pk__in=keys))


@question
def _these_statements(actor: Actor, keys: Collection[int]) -> "QuerySet[Any]":
    return told_statements(Statement.objects.visible_to(actor).filter(pk__in=keys))


def _newest_of_all(ordered: Sequence[tuple[str, str, int]], limit: int) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], dict[int, None]] = {}
    for measure, kind, pk in ordered:
        found.setdefault((measure, kind), {})[pk] = None
    return {of: list(keys)[:limit] for of, keys in found.items()}


@question
def _newest_of(actor: Actor, subjects: Sequence[int], measure: str, kind: str, limit: int) -> "QuerySet[Any]":
    tied_to = {"links__subject": subjects[0]} if len(subjects) == 1 else {"links__subject__in": subjects}
    rows = Figure.objects.visible_to(actor).current()
    tied = rows.filter(**tied_to, links__measure=measure, links__kind=kind)
    return tied.order_by("-links__moment", "-links__entry").values_list("pk", flat=True)[:limit]


@dataclass(frozen=True, slots=True)
class Against:
    """A contradiction as it is shown: what it is about, and each saying with its sources."""

    about: str
    sayings: tuple[Saying, ...]


@answered
def contradictions_about(actor: Actor, subjects: Sequence[int]) -> Reading[list[Against]]:
    """The contradictions whose figures or statements are about subjects (inner keys), in the order they were found."""
    return (yield from _sides_of(actor, _about(actor, subjects)))


@question
def _about(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Any]":
    # From the few sides of contradictions to their subjects: a subject's own rows may be ten thousand.
    figures = FigureSubject.objects.filter(figure=OuterRef("figure_id"), subject__in=subjects)
    statements = StatementSubject.objects.filter(statement=OuterRef("statement_id"), subject__in=subjects)
    in_figures = Contradiction.figures.through.objects.filter(Exists(figures)).values("contradiction_id")
    in_statements = Contradiction.statements.through.objects.filter(Exists(statements)).values("contradiction_id")
    rows = Contradiction.objects.visible_to(actor).filter(Q(pk__in=in_figures) | Q(pk__in=in_statements))
    return rows.order_by("pk")


@answered
def contradictions_of(actor: Actor, row: Figure | Statement) -> Reading[list[Against]]:
    """The contradictions in which one figure or statement stands."""
    return (yield from _sides_of(actor, row.contradictions.visible_to(actor).order_by("pk")))


def _sides_of(actor: Actor, asked: Asked) -> Reading[list[Against]]:
    """What contradictions show an actor; one of which the actor sees fewer than two sides is left out."""
    (contradictions,) = yield [asked]
    if not contradictions:
        return []
    keys = [row.pk for row in contradictions]
    in_figures, in_statements = yield [_tied(Contradiction.figures, keys), _tied(Contradiction.statements, keys)]
    figures, statements = yield from side_by_side(
        shown_figures(_these_figures(actor, sorted({pk for _, pk in in_figures}))),
        shown_statements(_these_statements(actor, sorted({pk for _, pk in in_statements}))),
    )
    numbers = {row.pk: figure_line(row, actor) for row in figures}
    sayings = {row.pk: statement_line(row, actor).saying for row in statements}
    shown = []
    for row in contradictions:
        lines = [numbers[pk] for of, pk in in_figures if of == row.pk and pk in numbers]
        told = [sayings[pk] for of, pk in in_statements if of == row.pk and pk in sayings]
        sides = (*(Saying(figure=line, note=line.stated_by) for line in lines), *told)
        if len(sides) > 1:
            shown.append(Against(say(row.words), sides))
    return shown


def _tied(side: Any, keys: Collection[int]) -> Asked:
    return _sides(side.through, side.field.m2m_reverse_field_name(), keys)


@question
def _sides(through: Any, name: str, keys: Collection[int]) -> "QuerySet[Any]":
    """Of contradictions (inner keys) which rows stand against one another, in the order of the rows."""
    return (
        through.objects.filter(contradiction__in=keys)
        .order_by(f"{name}_id")
        .values_list("contradiction_id", f"{name}_id")
    )
