"""Moving a project from stage to stage: by one person, or by two where it is committed or operates."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.core.actor import Actor
from moussem.evidence.models import Citation
from moussem.projects.domain.projects import tell
from moussem.projects.domain.stages import (
    Requirement,
    earlier_stages,
    missing_for,
    needs_four_eyes,
    next_stage,
)
from moussem.projects.enums import PassageState, ProjectStatus, Stage
from moussem.projects.models import Passage, Project, StageEntry
from moussem.projects.permissions import can_be_second, can_write

TOLD_WHY = (ProjectStatus.DELAYED, ProjectStatus.DORMANT, ProjectStatus.LOST, ProjectStatus.ABANDONED)
"""Statuses that are told with their reason."""


class NotTheNextStage(Exception):
    """A project goes on by one stage at a time, or back."""


class FieldsMissing(Exception):
    """What the stage asks for is not stated yet; `missing` says what."""

    def __init__(self, missing: list[Requirement]) -> None:
        """Keep what is missing, for the sentence."""
        super().__init__(", ".join(row.name for row in missing))
        self.missing = missing


class SecondPersonNeeded(Exception):
    """Into this stage a project passes with evidence and a second person only."""


class ReasonNeeded(Exception):
    """Going back, and losing a project, is told with its reason."""


class AlreadyAsked(Exception):
    """A passage of this project waits for its second person already."""


class SamePerson(Exception):
    """Who asked for a passage does not confirm it."""


class AlreadyAnswered(Exception):
    """Somebody else was quicker; the passage has its answer."""


class EvidenceNeeded(Exception):
    """A passage is asked for with words that say what shows it, or a citation."""


class WinnerNeeded(Exception):
    """A lost project names the destination that won."""


class MovedMeanwhile(Exception):
    """The project stands at another stage by now."""


@transaction.atomic
def move_project(*, by: Actor, at: datetime, project: Project, to_stage: Stage, words: str = "") -> Project:
    """Move to the next stage, or back to an earlier one with the reason in `words`.

    Raises `NotTheNextStage`, `FieldsMissing`, `SecondPersonNeeded`, `ReasonNeeded`, `MovedMeanwhile`.
    """
    require(can_write(by), "move a project")
    require_own(project, by=by)
    if to_stage in earlier_stages(project.stage):
        if not words:
            raise ReasonNeeded(to_stage)
    else:
        _check_next(project, to_stage)
        if needs_four_eyes(to_stage):
            raise SecondPersonNeeded(to_stage)
    _move(by, at, project, to_stage, words=words)
    return project


def _check_next(project: Project, to_stage: Stage) -> None:
    if to_stage != next_stage(project.stage):
        raise NotTheNextStage(to_stage)
    missing = missing_for(project, to_stage)
    if missing:
        raise FieldsMissing(missing)


def _move(by: Actor, at: datetime, project: Project, to_stage: Stage, *, words: str = "", second: str = "") -> None:
    """Move it from the stage it was read at; `second` is the label of the person who asked, `by` who confirmed."""
    before = project.stage
    standing = Project.objects.filter(pk=project.pk, stage=before)
    if not standing.update(stage=to_stage, stage_since=at, version=F("version") + 1):
        raise MovedMeanwhile(project.public_id)
    StageEntry.objects.create(
        promoter_id=project.promoter_id, project=project, from_stage=before, to_stage=to_stage, status=project.status,
        words=words, at=at, by_label=second or by.shown_label, second_label=by.label if second else "",
    )  # fmt: skip
    project.refresh_from_db()
    tell(
        by=by,
        at=at,
        verb="move_project",
        project=project,
        before={"stage": before},
        after={"stage": to_stage, "words": words},
    )


@transaction.atomic
def ask_passage(
    *, by: Actor, at: datetime, project: Project, evidence_words: str, citation: Citation | None = None
) -> Passage:
    """Ask that the project pass to its next stage, which needs a second person; say what shows it.

    Raises `NotTheNextStage`, `FieldsMissing`, `EvidenceNeeded`, `AlreadyAsked`.
    """
    require(can_write(by), "ask for a passage")
    require_own(project, citation, by=by)
    to_stage = next_stage(project.stage)
    if to_stage is None or not needs_four_eyes(to_stage):
        raise NotTheNextStage(to_stage)
    _check_next(project, to_stage)
    if not evidence_words and citation is None:
        raise EvidenceNeeded(project.public_id)
    try:
        with transaction.atomic():
            passage = Passage.objects.create(
                promoter_id=project.promoter_id, project=project, to_stage=to_stage, evidence_words=evidence_words,
                citation=citation, asked_at=at, asked_by=key_of(by), asked_label=by.label,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyAsked(project.public_id) from None
    tell(by=by, at=at, verb="ask_passage", project=project, after={"stage": to_stage, "evidence": evidence_words})
    return passage


def key_of(actor: Actor) -> str:
    """Who acts, as four eyes compare it."""
    return f"{actor.kind}:{actor.id}"


@transaction.atomic
def answer_passage(*, by: Actor, at: datetime, passage: Passage, confirmed: bool, words: str = "") -> Passage:
    """Confirm a passage, which moves the project, or refuse it with the reason. Another person than who asked.

    Raises `SamePerson`, `AlreadyAnswered` (two at once: one effect), `ReasonNeeded`, `MovedMeanwhile`.
    """
    require(can_be_second(by), "answer a passage")
    require_own(passage, by=by)
    if key_of(by) == passage.asked_by:
        raise SamePerson(passage.asked_label)
    if not confirmed and not words:
        raise ReasonNeeded(passage.to_stage)
    state = PassageState.CONFIRMED if confirmed else PassageState.REFUSED
    waiting = Passage.objects.filter(pk=passage.pk, state=PassageState.ASKED)
    if not waiting.update(
        state=state, answered_at=at, answered_by=key_of(by), answered_label=by.label, answered_words=words,
        version=F("version") + 1,
    ):  # fmt: skip
        raise AlreadyAnswered(passage.public_id)
    passage.refresh_from_db()
    project = passage.project
    tell(
        by=by,
        at=at,
        verb="answer_passage",
        project=project,
        after={"stage": passage.to_stage, "state": str(state), "words": words},
    )
    if confirmed:
        if passage.to_stage != next_stage(project.stage):
            raise MovedMeanwhile(project.public_id)
        _move(by, at, project, Stage(passage.to_stage), words=passage.evidence_words, second=passage.asked_label)
    return passage


@transaction.atomic
def change_status(
    *, by: Actor, at: datetime, project: Project, status: ProjectStatus, words: str = "", lost_to: str = ""
) -> Project:
    """Say how the project fares, apart from its stage. A lost one names who won (`lost_to`), and those in
    `TOLD_WHY` say why.

    Raises `WinnerNeeded`, `ReasonNeeded`.
    """
    require(can_write(by), "change a project's status")
    require_own(project, by=by)
    if status == ProjectStatus.LOST and not lost_to:
        raise WinnerNeeded(project.public_id)
    if status in TOLD_WHY and not words:
        raise ReasonNeeded(status)
    before = project.status
    lost = lost_to if status == ProjectStatus.LOST else ""
    Project.objects.filter(pk=project.pk).update(status=status, lost_to=lost, version=F("version") + 1)
    project.refresh_from_db()
    StageEntry.objects.create(
        promoter_id=project.promoter_id, project=project, from_stage=project.stage, to_stage=project.stage,
        status=status, words=words, at=at, by_label=by.shown_label,
    )  # fmt: skip
    told = {"status": str(status), "words": words, "lost_to": lost}
    tell(by=by, at=at, verb="change_status", project=project, before={"status": before}, after=told)
    return project
