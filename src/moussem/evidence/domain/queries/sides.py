"""Kinds side by side, and sayings against one another: nothing is added, nothing is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, prefetch_related_objects

from moussem.core.actor import Actor
from moussem.core.components import FigureLine, Saying, StatColumn
from moussem.core.texts import say
from moussem.core.together import for_each
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.evidence.domain.queries.lines import (
    figure_line,
    loaded_figures,
    loaded_statements,
    measure_label,
    statement_line,
)
from moussem.evidence.models import Contradiction, Figure, FigureSubject, Statement, StatementSubject

ALWAYS = (Kind.PLANNED, Kind.ANNOUNCED, Kind.REPORTED, Kind.VERIFIED)
"""The kinds whose column stays where it is empty, and then reads "not stated"."""
PER_KIND = 3
FEW = 200
"""So many figures are sooner read than asked for by measure and kind."""
_A_MEASURE, _A_KIND = "a measure", "a kind"
"""They stand for each measure and kind in turn."""


@dataclass(frozen=True, slots=True)
class MeasureColumns:
    """One measure of a subject: its newest figures, a column for each kind. `more` says that older ones exist."""

    measure: str
    label: str
    columns: tuple[StatColumn, ...]
    more: bool
    joint: tuple[FigureLine, ...] = ()
    """Figures of several holders together, where a page keeps them apart from those of one."""


def columns_of(actor: Actor, subjects: Sequence[int], *, per_kind: int = PER_KIND) -> list[MeasureColumns]:
    """The newest figures of subjects (inner keys; one, and those it stands for) by measure and kind.

    Of few figures all are read at once; of many, the newest of each measure and kind there is, each by an index.
    """
    tied = FigureSubject.objects.filter(subject__in=subjects).order_by("measure", "kind")
    counts = list(tied.values_list("measure", "kind").annotate(count=Count("pk")))
    if sum(count for _, _, count in counts) <= FEW:
        newest = _newest_of_all(actor, subjects, per_kind + 1)
    else:
        newest = _newest_by_index(actor, subjects, [(measure, kind) for measure, kind, _ in counts], per_kind + 1)
    wanted = {pk for found in newest.values() for pk in found}
    figures = loaded_figures(Figure.objects.visible_to(actor).filter(pk__in=wanted))
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


def _newest_of_all(actor: Actor, subjects: Sequence[int], limit: int) -> dict[tuple[str, str], list[int]]:
    rows = Figure.objects.visible_to(actor).current().filter(links__subject__in=subjects)
    ordered = rows.order_by("-links__moment", "-links__entry").values_list("measure", "kind", "pk")
    found: dict[tuple[str, str], dict[int, None]] = {}
    for measure, kind, pk in ordered:
        found.setdefault((measure, kind), {})[pk] = None
    return {of: list(keys)[:limit] for of, keys in found.items()}


def _newest_by_index(
    actor: Actor, subjects: Sequence[int], known: Sequence[tuple[str, str]], limit: int
) -> dict[tuple[str, str], list[int]]:
    tied_to = {"links__subject": subjects[0]} if len(subjects) == 1 else {"links__subject__in": subjects}
    rows = Figure.objects.visible_to(actor).current()
    tied = rows.filter(**tied_to, links__measure=_A_MEASURE, links__kind=_A_KIND)
    ordered = tied.order_by("-links__moment", "-links__entry").values_list("pk", flat=True)[: limit * len(subjects)]
    found = for_each(ordered, [{_A_MEASURE: measure, _A_KIND: kind} for measure, kind in known])
    keys = ([key for (key,) in rows] for rows in found)
    return {of: list(dict.fromkeys(each))[:limit] for of, each in zip(known, keys, strict=True) if each}


@dataclass(frozen=True, slots=True)
class Against:
    """A contradiction as it is shown: what it is about, and each saying with its sources."""

    about: str
    sayings: tuple[Saying, ...]


def contradictions_about(actor: Actor, subjects: Sequence[int]) -> list[Against]:
    """The contradictions whose figures or statements are about subjects (inner keys), in the order they were found."""
    # From the few sides of contradictions to their subjects: a subject's own rows may be ten thousand.
    figures = FigureSubject.objects.filter(figure=OuterRef("figure_id"), subject__in=subjects)
    statements = StatementSubject.objects.filter(statement=OuterRef("statement_id"), subject__in=subjects)
    in_figures = Contradiction.figures.through.objects.filter(Exists(figures)).values("contradiction_id")
    in_statements = Contradiction.statements.through.objects.filter(Exists(statements)).values("contradiction_id")
    rows = Contradiction.objects.visible_to(actor).filter(Q(pk__in=in_figures) | Q(pk__in=in_statements))
    return sides_of(actor, list(rows.order_by("pk")))


def contradictions_of(actor: Actor, row: Figure | Statement) -> list[Against]:
    """The contradictions in which one figure or statement stands."""
    return sides_of(actor, list(row.contradictions.visible_to(actor).order_by("pk")))


def sides_of(actor: Actor, contradictions: Sequence[Contradiction]) -> list[Against]:
    """What contradictions show an actor; one of which the actor sees fewer than two sides is left out."""
    prefetch_related_objects(
        contradictions,
        Prefetch("figures", loaded_figures(Figure.objects.visible_to(actor)).order_by("pk")),
        Prefetch("statements", loaded_statements(Statement.objects.visible_to(actor)).order_by("pk")),
    )
    shown = []
    for row in contradictions:
        lines = [figure_line(figure, actor) for figure in row.figures.all()]
        figures = tuple(Saying(figure=line, note=line.stated_by) for line in lines)
        statements = tuple(statement_line(s, actor).saying for s in row.statements.all())
        if len(figures + statements) > 1:
            shown.append(Against(say(row.words), figures + statements))
    return shown
