"""What projects and returns know of timelines, of an organisation's thread, and of the pages of lower rooms."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.components import Event, Step
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.engines.values.period import day
from moussem.evidence.domain.queries.territory import territory
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject
from moussem.projects.domain.queries.projects import page_of, projects_seen
from moussem.projects.enums import STAGES, ProjectStatus, ReturnState, Stage
from moussem.projects.models import HeadcountReturn, Project, StageEntry

HERE = (Stage.IMPLEMENTING, Stage.OPERATING, Stage.CLOSED)
_AROUND = (SubjectKind.PARK, SubjectKind.PLACE)


def projects_of(actor: Actor, subjects: Sequence[int], kind: SubjectKind) -> "QuerySet[Project]":
    """The projects of an organisation, at a park or place and all that lies in it, or that came from an event."""
    rows = projects_seen(actor)
    if kind in _AROUND:
        inside = territory(Subject.objects.filter(pk__in=list(subjects)))
        return rows.filter(Q(park__subject__in=inside) | Q(place__subject__in=inside))
    return rows.filter(**{f"{kind}__subject__in": list(subjects)})


def project_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> list[Entry]:
    """The newest moves of an organisation's projects, for the promoter's staff; a source of `core.timelines`."""
    rows: QuerySet[Any] = StageEntry.objects.visible_to(actor).filter(project__organisation__subject__in=list(subjects))
    dated = rows.annotate(on=TruncDate("at")).select_related("project__promoter")
    return [_entry(actor, row) for row in older_than(dated, before, limit, day="on")]


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


def landed(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Landed, where a project of the organisation is implemented or operates; begun, where one is open."""
    given_up = (ProjectStatus.LOST, ProjectStatus.ABANDONED)
    rows = Project.objects.visible_to(actor).filter(organisation__subject__in=list(subjects))
    stages = set(rows.exclude(status__in=given_up).values_list("stage", flat=True))
    if not stages:
        return None
    furthest = max((Stage(stage) for stage in stages), key=STAGES.index)
    return Step("", str(furthest.label), "done" if furthest in HERE else "part")


def counted(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Counted, where the organisation declared its staff; awaited, where it was asked to."""
    rows = HeadcountReturn.objects.visible_to(actor).filter(establishment__organisation__subject__in=list(subjects))
    states = set(rows.values_list("state", flat=True))
    if ReturnState.VERIFIED in states:
        return Step("", gettext("verified by a body"), "done")
    if states & {ReturnState.DECLARED, ReturnState.CHECKED}:
        return Step("", gettext("declared by the operator"), "done")
    return Step("", gettext("asked for"), "wait") if ReturnState.ASKED in states else None
