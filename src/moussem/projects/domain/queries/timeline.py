"""What projects and returns know of timelines, of an organisation's thread, and of the pages of lower rooms."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.components import Event, Step
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.directory.models import Park, Place
from moussem.engines.values.period import day
from moussem.evidence.domain.queries.territory import territory
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject
from moussem.projects.domain.queries.projects import page_of, projects_seen
from moussem.projects.enums import STAGES, ProjectStatus, ReturnState, Stage
from moussem.projects.models import HeadcountReturn, Project, StageEntry

HERE = (Stage.IMPLEMENTING, Stage.OPERATING, Stage.CLOSED)
_AROUND = (SubjectKind.PARK, SubjectKind.PLACE)


def newest_projects(
    actor: Actor, subject: Subject, subjects: Sequence[int], kind: SubjectKind, limit: int
) -> Reading[list[Project]]:
    """The newest projects of an organisation, at a park or place and all that lies in it, or that came from an event.

    `subjects` are the inner keys of the subject and of those merged with it.
    """
    keys = territory([subject]) if kind in _AROUND else subjects
    # Their keys first: most pages have no project, and all that a row shows is long to plan for PostgreSQL.
    (found,) = yield [_newest(actor, kind.value, keys, limit)]
    if not found:
        return []
    (projects,) = yield [_these(actor, found)]
    return list(projects)


@question
def _newest(actor: Actor, kind: str, subjects: Sequence[int], limit: int) -> "QuerySet[Any]":
    rows = Project.objects.visible_to(actor)
    if kind in _AROUND:
        parks, places = Park.objects.filter(subject__in=subjects), Place.objects.filter(subject__in=subjects)
        rows = rows.filter(Q(park__in=parks.values("pk")) | Q(place__in=places.values("pk")))
    else:
        rows = rows.filter(**{f"{kind}__subject__in": subjects})
    return rows.order_by("-public_id").values_list("pk", flat=True)[:limit]


@question
def _these(actor: Actor, keys: Collection[int]) -> "QuerySet[Any]":
    return projects_seen(actor).filter(pk__in=keys).order_by("-public_id")


@answered
def project_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest moves of an organisation's projects, for the promoter's staff; a source of `core.timelines`."""
    (found,) = yield [_stages(actor, subjects, before, limit)]
    return [_entry(actor, row) for row in found]


@question
def _stages(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> "QuerySet[Any]":
    rows: QuerySet[Any] = StageEntry.objects.visible_to(actor).filter(project__organisation__subject__in=subjects)
    dated = rows.annotate(on=TruncDate("at")).select_related("project__promoter")
    return older_than(dated, before, limit, day="on")


def _entry(actor: Actor, row: Any) -> Entry:
    moved = row.from_stage != row.to_stage
    state = row.get_to_stage_display() if moved else row.get_status_display()
    drawn = Event(
        title=f"{say(row.project.name)}: {state}",
        icon="factory",
        period=day(row.on),
        text=row.words,
        url=page_of(actor, row.project),
        tone="ours",
    )
    return Entry(Moment(row.on, row.public_id), drawn)


@answered
def landed(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Landed, where a project of the organisation is implemented or operates; begun, where one is open."""
    (stages,) = yield [_held_stages(actor, subjects)]
    if not stages:
        return None
    furthest = max((Stage(stage) for stage in stages), key=STAGES.index)
    return Step("", str(furthest.label), "done" if furthest in HERE else "part")


@question
def _held_stages(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = Project.objects.visible_to(actor).filter(organisation__subject__in=subjects)
    standing = rows.exclude(status__in=(ProjectStatus.LOST, ProjectStatus.ABANDONED))
    return standing.order_by().values_list("stage", flat=True).distinct()


@answered
def counted(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Counted, where the organisation declared its staff; awaited, where it was asked to."""
    (found,) = yield [_states(actor, subjects)]
    states = set(found)
    if ReturnState.VERIFIED in states:
        return Step("", gettext("verified by a body"), "done")
    if states & {ReturnState.DECLARED, ReturnState.CHECKED}:
        return Step("", gettext("declared by the operator"), "done")
    return Step("", gettext("asked for"), "wait") if ReturnState.ASKED in states else None


@question
def _states(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = HeadcountReturn.objects.visible_to(actor).filter(establishment__organisation__subject__in=subjects)
    return rows.order_by().values_list("state", flat=True).distinct()
