"""What projects promise and what was counted: their figures, each kind apart."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.components import FigureLine, StatColumn
from moussem.engines.values.kinds import Kind, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.promises import Status, follow
from moussem.engines.values.total import Total, totals
from moussem.evidence.domain.queries.lines import figure_line, measure_label, quantity_line, shown_figures, told_figures
from moussem.evidence.domain.queries.tallies import fact_of
from moussem.evidence.domain.queries.territory import group_key
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure, FigureSubject
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import Project

SIDE_BY_SIDE = (Kind.ANNOUNCED, Kind.CONTRACTED, Kind.DECLARED, Kind.VERIFIED)
"""The kinds that stand beside one another; never added."""
PEOPLE = (
    Measure.JOBS,
    Measure.JOBS_CREATED,
    Measure.JOBS_ADDITIONAL,
    Measure.EMPLOYEES,
    Measure.POSITIONS,
    Measure.RECRUITS,
)

WITH_EVENTS = ("event__subject__canonical", "agreement__event__subject__canonical")
"""What of a project's rows tells its gathering."""

Figures = Mapping[int, Sequence[Figure]]


@answered
def figures_of(actor: Actor, projects: Collection[Project]) -> Reading[Figures]:
    """For each project (inner key) its loaded figures that the actor sees, the replaced ones too; two steps."""
    if not projects:
        return {}
    by_subject = {project.subject_id: project.pk for project in projects}
    announced = {UUID(p.origin_key): p.pk for p in projects if p.origin == ProjectOrigin.ANNOUNCEMENT and p.origin_key}
    asked = _announced_or_about(actor, by_subject, announced) if announced else _about(actor, by_subject)
    found: dict[int, list[Figure]] = {}
    for figure in (yield from shown_figures(asked)):
        keys = {by_subject[link.subject_id] for link in figure.links.all() if link.subject_id in by_subject}
        if figure.public_id in announced:
            keys.add(announced[figure.public_id])
        for key in keys:
            found.setdefault(key, []).append(figure)
    return found


@question
def _about(actor: Actor, subjects: Collection[int]) -> "QuerySet[Any]":
    return _figures(actor, Q(pk__in=_links_to(subjects)))


@question
def _announced_or_about(actor: Actor, subjects: Collection[int], announced: Collection[UUID]) -> "QuerySet[Any]":
    return _figures(actor, Q(pk__in=_links_to(subjects)) | Q(public_id__in=announced))


def _links_to(subjects: Collection[int]) -> "QuerySet[Any]":
    return FigureSubject.objects.filter(subject__in=subjects, role=SubjectRole.PROJECT).values("figure_id")


def _figures(actor: Actor, wanted: Q) -> "QuerySet[Any]":
    return told_figures(Figure.objects.visible_to(actor).filter(wanted)).order_by("pk")


def projects_of_figures(actor: Actor, figures: Collection[Figure]) -> Mapping[int, Sequence[Project]]:
    """For each loaded figure (inner key) the projects that it is about, and the one that it opened; one query."""
    subjects = {
        link.subject_id for figure in figures for link in figure.links.all() if link.role == SubjectRole.PROJECT
    }
    opened = Q(origin=ProjectOrigin.ANNOUNCEMENT, origin_key__in=[str(figure.public_id) for figure in figures])
    rows = Project.objects.visible_to(actor).filter(Q(subject__in=subjects) | opened).order_by("pk")
    return tied_projects(rows.select_related("subject", *WITH_EVENTS), figures)


def tied_projects(projects: Iterable[Project], figures: Collection[Figure]) -> Mapping[int, Sequence[Project]]:
    """For each loaded figure (inner key) those of `projects` that it is about, and the one that it opened."""
    projects = list(projects)
    by_subject = {project.subject_id: project for project in projects}
    by_origin = {project.origin_figure_key: project for project in projects if project.origin_figure_key}
    found: dict[int, list[Project]] = {}
    for figure in figures:
        keys = [link.subject_id for link in figure.links.all() if link.role == SubjectRole.PROJECT]
        tied = [by_subject[key] for key in keys if key in by_subject]
        tied += [by_origin[key] for key in (str(figure.public_id),) if key in by_origin]
        found[figure.pk] = list(dict.fromkeys(tied))
    return found


def is_joint(figure: Figure) -> bool:
    """Whether a loaded figure stands for several firms or several projects together: it is no single one's own."""
    links = list(figure.links.all())
    together = (SubjectRole.HOLDER, SubjectRole.PROJECT)
    return any(len({group_key(link.subject) for link in links if link.role == role}) > 1 for role in together)


def joint_lines(actor: Actor, figures: Iterable[Figure]) -> tuple[FigureLine, ...]:
    """The current joint figures among loaded ones, to stand beside the columns and in none of them."""
    return tuple(figure_line(row, actor) for row in figures if row.replaced_by_id is None and is_joint(row))


def columns_of(actor: Actor, figures: Iterable[Figure], measures: Collection[Measure]) -> list[StatColumn]:
    """A column for each of the four kinds, with what the figures of these measures come to; empty ones stay. A joint
    figure is in none of them.
    """
    rows = {str(figure.pk): figure for figure in figures if figure.replaced_by_id is None and not is_joint(figure)}
    found = totals(fact_of(figure) for figure in rows.values())
    return [
        StatColumn(
            kind.value,
            tuple(_line(actor, rows, total) for m in measures for total in found.of(kind, m) if _states(total)),
        )
        for kind in SIDE_BY_SIDE
    ]


def _states(total: Total) -> bool:
    return total.reading.states_something


def _line(actor: Actor, rows: Mapping[str, Figure], total: Total) -> FigureLine:
    """One total, with the sources of what is inside; a single figure leads to its own page."""
    inside = [figure_line(rows[key], actor) for key in total.reading.included]
    line = quantity_line(total.reading.quantity, kind=total.kind, measure=total.measure)
    return replace(
        line,
        label=measure_label(total.measure),
        scope="" if total.scope in (None, Scope.NOT_STATED) else str(total.scope),
        period=inside[0].period if len(inside) == 1 else None,
        horizon=inside[0].horizon if len(inside) == 1 else None,
        sources=tuple({mark.key: mark for one in inside for mark in one.sources}.values()),
        url=inside[0].url if len(inside) == 1 else "",
    )


def outcome_of(figure: Figure, figures: Iterable[Figure], as_of: date) -> Status:
    """What became of a promise by the later figures of the same project; see `engines.values.promises`."""
    facts = [fact_of(row) for row in figures if row.replaced_by_id is None]
    return follow(fact_of(figure), facts, as_of).status
