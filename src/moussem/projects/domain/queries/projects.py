"""The pipeline, and all that a project's page shows, for an actor."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Reading, answered, question, side_by_side
from moussem.core.components import FigureLine, SourceMark, StatColumn
from moussem.core.texts import say
from moussem.directory.domain.queries.brief import BriefLine, address_of, name_of
from moussem.directory.domain.queries.cited import marks_of
from moussem.directory.models import Park, Place
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.engines.values.promises import Status
from moussem.evidence.domain.queries.lines import StatementLine, figure_line, source_mark
from moussem.evidence.enums import StatementKind
from moussem.evidence.models import Figure
from moussem.meetings.permissions import can_see_meetings
from moussem.projects.domain.passages import key_of
from moussem.projects.domain.queries.around import agreement_line, establishment_line, event_line, newest_of, sayings_of
from moussem.projects.domain.queries.figures import (
    PEOPLE,
    columns_of,
    figures_of,
    is_joint,
    joint_lines,
    outcome_of,
)
from moussem.projects.domain.stages import Requirement, earlier_stages, missing_for, needs_four_eyes, next_stage
from moussem.projects.enums import STAGES, PassageState, ProjectOrigin, ProjectStatus, Stage
from moussem.projects.models import Passage, Project, StageEntry

PAGE = 50
_LOADED = (
    "organisation__subject", "place__subject", "park__subject", "promoter", "subject", "owner",
    "establishment__park", "establishment__place", "event", "agreement__promoter",
)  # fmt: skip
OUTCOMES: dict[Status, Promise] = {
    Status.KEPT: gettext_lazy("kept"),
    Status.SLIPPED: gettext_lazy("slipped"),
    Status.OPEN: gettext_lazy("open"),
    Status.SILENT: gettext_lazy("silent"),
}


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """A project in the pipeline; `age_days` is how long it stands at its stage. `joint`: see `joint_of`."""

    project: Project
    name: str
    url: str
    organisation: str
    where: str
    age_days: int
    columns: Sequence[StatColumn]
    joint: Sequence[FigureLine]
    next_step: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A page of the pipeline, the newest project first; `older` is the next page's cursor."""

    rows: Sequence[PipelineRow]
    stage: str = ""
    status: str = ""
    older: str = ""
    is_first: bool = True

    @property
    def older_url(self) -> str:
        """The query of the next page, with what the list is narrowed to."""
        return "?" + urlencode({"stage": self.stage, "status": self.status, "before": self.older})

    @property
    def joint(self) -> tuple[FigureLine, ...]:
        """See `joint_of`."""
        return joint_of(self.rows)

    @property
    def is_narrowed(self) -> bool:
        """Whether a stage or a status was asked for."""
        return bool(self.stage or self.status)


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise of a project with what became of it; `state` is one of kept, slipped, open, silent."""

    figure: FigureLine
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A figure of the project, current or replaced, with the reason of its replacement."""

    figure: FigureLine
    is_replaced: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project: what is promised and counted, each kind apart; its log; and what its next stage asks for.

    `joint` are figures of several projects or firms together, in no column. `opening` is the newest announcement of its
    opening, `started` what says that it opened; None: not stated. `is_proven`: it reached a stage that needs evidence.
    """

    project: Project
    name: str
    organisation: BriefLine | None
    where: Sequence[BriefLine]
    establishment: str
    event: BriefLine | None
    agreement: BriefLine | None
    opening: StatementLine | None
    started: StatementLine | None
    people: Sequence[StatColumn]
    money: Sequence[StatColumn]
    joint: Sequence[FigureLine]
    statements: Sequence[StatementLine]
    sources: Sequence[SourceMark]
    is_proven: bool
    promises: Sequence[PromiseRow]
    history: Sequence[HistoryRow]
    log: Sequence[StageEntry]
    next_stage: Stage | None
    missing: Sequence[Requirement]
    four_eyes: bool
    earlier: Sequence[Stage]
    passage: Passage | None
    passage_mark: SourceMark | None
    may_answer: bool
    next_step: str
    origin_url: str


def projects_seen(actor: Actor, *, own: bool = False) -> "QuerySet[Project]":
    """The projects an actor may see, or only those of the actor's promoter, with what a line shows."""
    rows = Project.objects.visible_to(actor)
    return (rows.filter(promoter=actor.promoter_pk) if own else rows).select_related(*_LOADED)


def pipeline(
    actor: Actor, *, at: datetime, stage: str = "", status: str = "", cursor: str = "", own: bool = True
) -> Pipeline:
    """A page of the promoter's projects from `cursor` on, narrowed to a stage and a status."""
    rows = projects_seen(actor, own=own)
    stage, status = stage if stage in Stage.values else "", status if status in ProjectStatus.values else ""
    if stage:
        rows = rows.filter(stage=stage)
    if status:
        rows = rows.filter(status=status)
    before = _key(cursor)
    if before is not None:
        rows = rows.filter(public_id__lt=before)
    found = list(rows.order_by("-public_id")[: PAGE + 1])
    shown = found[:PAGE]
    older = str(shown[-1].public_id) if len(found) > PAGE else ""
    return Pipeline(rows_of(actor, shown, at=at), stage, status, older, before is None)


def _key(cursor: str) -> UUID | None:
    try:
        return UUID(cursor) if cursor else None
    except ValueError:
        return None


@answered
def rows_of(actor: Actor, projects: Sequence[Project], *, at: datetime) -> Reading[list[PipelineRow]]:
    """Loaded projects as a list shows them; a fixed number of queries."""
    figures = yield from figures_of.reading(actor, projects)
    return [
        PipelineRow(
            project=project,
            name=say(project.name),
            url=page_of(actor, project),
            organisation=name_of(project.organisation) if project.organisation else "",
            where=_where(project),
            age_days=max(0, (at - project.stage_since).days),
            columns=columns_of(actor, figures.get(project.pk, ()), PEOPLE),
            joint=joint_lines(actor, figures.get(project.pk, ())),
            next_step=_next_step(project, figures.get(project.pk, ())),
        )
        for project in projects
    ]


def joint_of(rows: Iterable[PipelineRow]) -> tuple[FigureLine, ...]:
    """The figures of several projects or firms together that concern these rows, each once and in no column."""
    return tuple(dict.fromkeys(line for row in rows for line in row.joint))


def _where(project: Project) -> str:
    return project.park.name if project.park else say(project.place.name) if project.place else ""


def page_of(actor: Actor, project: Project) -> str:
    """The page on which the actor reads a project (its promoter loaded): at its own desk, or the public one."""
    if actor.roles and actor.within(project.promoter_id):
        return reverse("projects_desk:projects-page", args=[project.promoter.slug, project.public_id])
    return public_address(f"projects/{project.public_id}/") if project.is_published else ""


def _next_step(project: Project, figures: Sequence[Figure]) -> str:
    """What carries the project to its next stage, in words; "" after the last, and for one that is given up."""
    following = next_stage(project.stage)
    if following is None or project.status in (ProjectStatus.LOST, ProjectStatus.ABANDONED):
        return ""
    missing = missing_for(project, following, promised=any(_is_promise(figure) for figure in figures))
    if missing:
        return _("State %(what)s.") % {"what": str(missing[0].words)}
    if needs_four_eyes(following):
        return _("Show that it is %(stage)s; a second person confirms.") % {"stage": following.label.lower()}
    return _("Move it to “%(stage)s”.") % {"stage": following.label}


@answered
def project_page(actor: Actor, project: Project, *, as_of: date) -> Reading[ProjectPage]:
    """Everything of a loaded project (`projects_seen`) that the actor may see; `as_of` is the day it is asked."""
    by_project, told, marks, (passages, log) = yield from side_by_side(
        figures_of.reading(actor, [project]),
        sayings_of(actor, project),
        marks_of.reading(actor, [project.public_id]),
        _moves(actor, project),
    )
    figures = by_project.get(project.pk, ())
    passage = passages[0] if passages else None
    following = next_stage(project.stage)
    return ProjectPage(
        project=project,
        name=say(project.name),
        organisation=_organisation(project),
        establishment=establishment_line(actor, project.establishment),
        event=event_line(actor, project.event),
        agreement=agreement_line(actor, project.agreement),
        opening=newest_of(told, StatementKind.OPENING, forward=True),
        started=newest_of(told, StatementKind.STARTED, forward=False),
        where=[_place(row) for row in (project.park, project.place) if row],
        people=columns_of(actor, figures, PEOPLE),
        money=columns_of(actor, figures, (Measure.INVESTMENT,)),
        joint=joint_lines(actor, figures),
        statements=told,
        sources=marks.get(project.public_id, ()),
        is_proven=STAGES.index(Stage(project.stage)) >= STAGES.index(Stage.COMMITTED),
        promises=[_promise(actor, row, figures, as_of) for row in figures if _is_promise(row) and not is_joint(row)],
        history=[_history(actor, row) for row in reversed(figures)],
        log=log,
        next_stage=following,
        missing=missing_for(project, following, promised=any(map(_is_promise, figures))) if following else (),
        four_eyes=following is not None and needs_four_eyes(following),
        earlier=earlier_stages(project.stage),
        passage=passage,
        passage_mark=source_mark(passage.citation, actor) if passage and passage.citation else None,
        may_answer=passage is not None and passage.asked_by != key_of(actor),
        next_step=_next_step(project, figures),
        origin_url=_origin_url(actor, project),
    )


def _moves(actor: Actor, project: Project) -> Reading[Sequence[list[Any]]]:
    """The passage that waits for an answer, and the log."""
    return (yield [_waiting(actor, [project.pk]), _log(actor, [project.pk])])


@question
def _waiting(actor: Actor, projects: Collection[int]) -> "QuerySet[Any]":
    rows = Passage.objects.visible_to(actor).filter(project__in=projects, state=PassageState.ASKED)
    return rows.select_related("citation__document").order_by("pk")[:1]


@question
def _log(actor: Actor, projects: Collection[int]) -> "QuerySet[Any]":
    return StageEntry.objects.visible_to(actor).filter(project__in=projects).order_by("-at", "-pk")


def _origin_url(actor: Actor, project: Project) -> str:
    """The desk's page of what opened the project; "" where a higher room or nobody's desk knows it."""
    if not (actor.roles and actor.within(project.promoter_id)):
        return ""
    pages = {
        ProjectOrigin.AGREEMENT: "agreements_desk:agreements-page",
        ProjectOrigin.ANNOUNCEMENT: "evidence_desk:figures-page",
        ProjectOrigin.MEETING: "meetings:meetings-page",
    }
    name, key = pages.get(ProjectOrigin(project.origin)), _key(project.origin_key.partition(":")[0])
    if project.origin == ProjectOrigin.MEETING and not can_see_meetings(actor):
        return ""
    return reverse(name, args=[project.promoter.slug, key]) if name and key else ""


def _organisation(project: Project) -> BriefLine | None:
    row = project.organisation
    return BriefLine(name_of(row), address_of(row) if row.is_published else "") if row else None


def _place(row: Park | Place) -> BriefLine:
    name = str(row)
    return BriefLine(name, address_of(row) if row.is_published else "")


def _is_promise(figure: Figure) -> bool:
    return figure.replaced_by_id is None and figure.kind in (Kind.ANNOUNCED, Kind.CONTRACTED)


def _promise(actor: Actor, figure: Figure, figures: Sequence[Figure], as_of: date) -> PromiseRow:
    status = outcome_of(figure, figures, as_of)
    return PromiseRow(figure_line(figure, actor), status.value, str(OUTCOMES[status]))


def _history(actor: Actor, figure: Figure) -> HistoryRow:
    replaced = figure.replaced_by_id is not None
    return HistoryRow(figure_line(figure, actor), replaced, figure.replaced_reason)


def passages_waiting(actor: Actor) -> "QuerySet[Passage]":
    """The passages of the actor's promoter that wait for a second person other than the actor."""
    return Passage.objects.visible_to(actor).filter(state=PassageState.ASKED).exclude(asked_by=key_of(actor))
