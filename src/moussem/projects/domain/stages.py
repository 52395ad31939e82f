"""What a project must state before it reaches a stage: one table."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moussem.evidence.enums import Kind
from moussem.evidence.models import Figure
from moussem.projects.enums import STAGES, WITH_FOUR_EYES, Stage
from moussem.projects.models import Project

PROMISED = (Kind.ANNOUNCED, Kind.CONTRACTED)


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be stated from a stage on (included): its name, its words, and the columns of which one states it.

    Without columns it is a promise: an announced or contracted figure about the project.
    """

    stage: Stage
    name: str
    words: Promise
    columns: tuple[str, ...] = ()


REQUIRED: tuple[Requirement, ...] = (
    Requirement(Stage.QUALIFIED, "organisation", _("the organisation that invests"), ("organisation_id",)),
    Requirement(Stage.ACTIVE, "place", _("the place or the park"), ("place_id", "park_id")),
    Requirement(Stage.COMMITTED, "promise", _("a promise of jobs or of an investment")),
    Requirement(Stage.OPERATING, "establishment", _("the establishment where people work"), ("establishment_id",)),
)
"""Field required from stage X, in the order of the stages."""


def missing_for(project: Project, stage: Stage, *, promised: bool | None = None) -> list[Requirement]:
    """What the project does not state yet and must before it reaches the stage; `promised` where it is known already
    whether it promises something.
    """
    reached = STAGES.index(stage)
    asked = (row for row in REQUIRED if STAGES.index(row.stage) <= reached)
    return [row for row in asked if not _is_stated(project, row, promised)]


def _is_stated(project: Project, row: Requirement, promised: bool | None) -> bool:
    if row.columns:
        return any(getattr(project, column) for column in row.columns)
    if promised is not None:
        return promised
    links = {"links__subject": project.subject_id, "links__kind__in": PROMISED}
    return bool(project.origin_figure_key) or Figure.objects.filter(**links).exists()


def next_stage(stage: Stage | str) -> Stage | None:
    """The stage after this one; None after the last."""
    place = STAGES.index(Stage(stage)) + 1
    return STAGES[place] if place < len(STAGES) else None


def earlier_stages(stage: Stage | str) -> tuple[Stage, ...]:
    """The stages before this one, which a project may go back to."""
    return STAGES[: STAGES.index(Stage(stage))]


def first_stage(project: Project) -> Stage:
    """How far a project that a signed act or an accepted application opens has come: as far as what is stated
    carries it, *active* at most.
    """
    return max(
        (stage for stage in STAGES[: STAGES.index(Stage.ACTIVE) + 1] if not missing_for(project, stage)),
        key=STAGES.index,
    )


def needs_four_eyes(stage: Stage | str) -> bool:
    """Whether a project passes into this stage only with evidence and a second person."""
    return stage in WITH_FOUR_EYES
