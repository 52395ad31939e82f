"""One figure or statement with all that stands around it, and the desk's lists of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from moussem.core.actor import Actor
from moussem.core.addresses import address_for
from moussem.core.asking import Reading, answered, question, side_by_side
from moussem.core.components import FigureLine, SourceMark
from moussem.core.texts import say
from moussem.evidence.domain.queries.lines import (
    StatementLine,
    figure_line,
    loaded_figures,
    loaded_statements,
    shown_figures,
    source_marks,
    statement_line,
    told_figures,
)
from moussem.evidence.domain.queries.sides import Against, contradictions_of
from moussem.evidence.domain.queries.territory import group_of
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure, FigureSubject, Statement, StatementSubject, Subject


@dataclass(frozen=True, slots=True)
class SubjectLink:
    """A thing a record is about, in its role; `stands_for` is the label of the thing it was merged into, or ""."""

    label: str
    url: str
    role_label: str
    stands_for: str = ""


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure with its subjects, history, contradictions and the figure it may lie in."""

    figure: Figure
    line: FigureLine
    subjects: tuple[SubjectLink, ...]
    earlier: tuple[FigureLine, ...]
    later: FigureLine | None
    later_reason: str
    reason: str
    may_lie_in: FigureLine | None
    verified_by: SubjectLink | None
    against: tuple[Against, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement with its subjects and contradictions."""

    statement: Statement
    line: StatementLine
    subjects: tuple[SubjectLink, ...]
    against: tuple[Against, ...]


def figures_seen(actor: Actor) -> "QuerySet[Figure]":
    """The figures an actor sees, with all that a line shows."""
    return loaded_figures(Figure.objects.visible_to(actor))


def statements_seen(actor: Actor) -> "QuerySet[Statement]":
    """The statements an actor sees, with all that a line shows."""
    return loaded_statements(Statement.objects.visible_to(actor))


NEWEST = 10_000
"""Figures among which the unpublished ones are looked for: the newest, so that a large desk costs no more."""


def unpublished_figures(actor: Actor) -> "QuerySet[Figure]":
    """The current figures of the actor's promoter that the public does not see."""
    newest = Figure.objects.filter(Figure.objects.own(actor)).order_by("-pk").values("pk")[:NEWEST]
    return Figure.objects.current().filter(pk__in=newest, published_at=None)


def first_subject_label() -> Subquery:
    """The label of a figure's first subject, as an expression for a queryset of figures."""
    links = FigureSubject.objects.filter(figure=OuterRef("pk")).order_by("pk")
    return Subquery(links.values("subject__label")[:1])


@answered
def figure_view(figure: Figure, actor: Actor) -> Reading[FigureView]:
    """The page of one figure that the actor sees (from `figures_seen`); four queries at most."""
    near = {key for key in (figure.replaced_by_id, figure.maybe_within_id) if key}
    beside, before, against = yield from side_by_side(
        shown_figures(_these(actor, sorted(near))),
        shown_figures(_replaced_before(actor, (figure.pk,))),
        contradictions_of.reading(actor, figure),
    )
    seen = {row.pk: row for row in beside}
    later, within = seen.get(figure.replaced_by_id), seen.get(figure.maybe_within_id)
    earlier = _in_turn(figure, before)
    return FigureView(
        figure=figure,
        line=figure_line(figure, actor),
        subjects=_subjects(figure.links.all(), actor),
        earlier=tuple(figure_line(row, actor) for row in earlier),
        later=figure_line(later, actor) if later else None,
        later_reason=figure.replaced_reason if later else "",
        reason=earlier[0].replaced_reason if earlier else "",
        may_lie_in=figure_line(within, actor) if within else None,
        verified_by=_link(figure.verified_by, "", actor) if figure.verified_by else None,
        against=tuple(against),
    )


@question
def _these(actor: Actor, keys: Sequence[int]) -> "QuerySet[Figure]":
    return told_figures(Figure.objects.visible_to(actor).filter(pk__in=keys))


# Each correction is one step, and a hundred are followed.
_BEFORE = """WITH RECURSIVE before(id, step) AS (
    SELECT id, 1 FROM evidence_figure WHERE replaced_by_id IN ({keys})
    UNION ALL
    SELECT one.id, step + 1 FROM evidence_figure one JOIN before ON one.replaced_by_id = before.id WHERE step < 100
) SELECT id FROM before"""


@question
def _replaced_before(actor: Actor, figures: Sequence[int]) -> "QuerySet[Figure]":
    """The figures that these replaced, step by step, of those that the actor sees."""
    chain = RawSQL(_BEFORE.format(keys=", ".join(["%s"] * len(figures))), tuple(figures))  # noqa: S611 - places only
    return told_figures(Figure.objects.visible_to(actor).filter(pk__in=chain))


def _in_turn(figure: Figure, rows: Iterable[Figure]) -> list[Figure]:
    """The figures this one replaced, the last first, up to one that is not among those seen."""
    by_later = {row.replaced_by_id: row for row in rows}
    found: list[Figure] = []
    at: Figure | None = by_later.get(figure.pk)
    while at is not None:
        found.append(at)
        at = by_later.get(at.pk)
    return found


def statement_view(statement: Statement, actor: Actor) -> StatementView:
    """The page of one statement that the actor sees (from `statements_seen`)."""
    return StatementView(
        statement=statement,
        line=statement_line(statement, actor),
        subjects=_subjects(statement.links.all(), actor),
        against=tuple(contradictions_of(actor, statement)),
    )


def marks_of(row: Figure | Statement, actor: Actor) -> tuple[SourceMark, ...]:
    """The source marks of a loaded row."""
    return source_marks(row.citations.all(), actor)


def _subjects(links: Any, actor: Actor) -> tuple[SubjectLink, ...]:
    return tuple(_link(link.subject, str(SubjectRole(link.role).label), actor) for link in links)


def _link(subject: Subject, role_label: str, actor: Actor) -> SubjectLink:
    canonical = subject.canonical
    page = address_for(actor, subject.address, subject)
    return SubjectLink(say(subject.label), page, role_label, say(canonical.label) if canonical else "")


def figures_on_desk(
    actor: Actor, *, measure: str = "", kind: str = "", subject: Subject | None = None, published: bool | None = None
) -> "QuerySet[Figure]":
    """The promoter's own figures for its desk, the replaced ones too; unloaded, newest recorded first."""
    rows = Figure.objects.filter(Figure.objects.own(actor))
    if measure:
        rows = rows.filter(measure=measure)
    if kind:
        rows = rows.filter(kind=kind)
    if published is not None:
        rows = rows.filter(published_at__isnull=not published)
    if subject is not None:
        rows = rows.filter(Exists(FigureSubject.objects.filter(figure=OuterRef("pk"), subject__in=group_of(subject))))
    return rows.order_by("-public_id")


def statements_on_desk(
    actor: Actor, *, kind: str = "", subject: Subject | None = None, published: bool | None = None
) -> "QuerySet[Statement]":
    """The promoter's own statements for its desk, newest recorded first."""
    rows = Statement.objects.filter(Statement.objects.own(actor))
    if kind:
        rows = rows.filter(kind=kind)
    if published is not None:
        rows = rows.filter(published_at__isnull=not published)
    if subject is not None:
        tied = StatementSubject.objects.filter(statement=OuterRef("pk"), subject__in=group_of(subject))
        rows = rows.filter(Exists(tied))
    return rows.order_by("-public_id")
