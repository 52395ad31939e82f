"""Opening, correcting and publishing projects, and writing down what they promise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.models import User
from moussem.agreements.models import Agreement
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.models import Establishment, Organisation, Park, Place
from moussem.events.models import Event
from moussem.evidence.domain.figures import FigureFacts, SubjectsByRole, record_figure
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import Kind, SubjectKind, SubjectRole
from moussem.evidence.models import Citation, Figure, Subject
from moussem.projects.domain.stages import first_stage
from moussem.projects.enums import ProjectOrigin, ProjectStatus, Stage
from moussem.projects.models import Project, StageEntry
from moussem.projects.permissions import can_write

BINDING = (ProjectOrigin.AGREEMENT, ProjectOrigin.APPLICATION)
"""Origins by which somebody is bound: such a project begins as far as what is stated carries it."""


class NotAPromise(Exception):
    """Only what is announced or contracted is a promise; what was counted comes by a return."""


class HolderNotPublic(Exception):
    """The organisation that invests is not public."""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is known of an investment; None where it is not."""

    name: Mapping[str, str]
    organisation: Organisation | None = None
    place: Place | None = None
    park: Park | None = None
    establishment: Establishment | None = None
    event: Event | None = None
    agreement: Agreement | None = None
    owner: User | None = None
    follows: Project | None = None


def open_project(
    *,
    by: Actor,
    at: datetime,
    facts: ProjectFacts,
    origin: ProjectOrigin = ProjectOrigin.STAFF,
    origin_key: str = "",
    status: ProjectStatus = ProjectStatus.ONGOING,
) -> Project:
    """An investment to follow, with its subject; the same `origin` and `origin_key` again is the same project.

    For an announcement the key is the public identifier of its figure. `status` is how it fares, where nobody follows
    it: not stated. Raises `NotAllowed`, `ForeignRow`.
    """
    require(can_write(by), "open a project")
    require_in_reach(
        facts.organisation, facts.place, facts.park, facts.establishment, facts.event, facts.agreement, by=by
    )
    require_own(facts.follows, by=by)
    opened = Project.objects.filter(promoter=by.promoter_pk, origin=origin, origin_key=origin_key)
    if origin_key and (known := opened.first()):
        return known
    try:
        with transaction.atomic():
            return _open(by, at, facts, origin, origin_key, status)
    except IntegrityError:
        if origin_key and (known := opened.first()):  # somebody was quicker
            return known
        raise


def _open(
    by: Actor, at: datetime, facts: ProjectFacts, origin: ProjectOrigin, origin_key: str, status: ProjectStatus
) -> Project:
    public_id = uuid7()
    around = facts.park or facts.place
    subject = open_subject(
        by=by, kind=SubjectKind.PROJECT, public_id=public_id, label=facts.name, address=f"projects/{public_id}/",
        within=around.subject if around else None,
    )  # fmt: skip
    project = Project(
        public_id=public_id, promoter_id=by.promoter_pk, origin=origin, origin_key=origin_key, stage_since=at,
        event=facts.event, agreement=facts.agreement, follows=facts.follows, subject=subject, status=status,
        **_columns(facts),
    )  # fmt: skip
    project.stage = first_stage(project) if origin in BINDING else Stage.PROSPECT
    project.save()
    StageEntry.objects.create(
        promoter_id=by.promoter_pk, project=project, to_stage=project.stage, status=project.status, at=at,
        by_label=by.shown_label,
    )  # fmt: skip
    tell(by=by, at=at, verb="open_project", project=project, after={"origin": str(origin), "stage": str(project.stage)})
    return project


def _columns(facts: ProjectFacts) -> dict[str, Any]:
    return {
        "name": dict(facts.name),
        "organisation": facts.organisation,
        "place": facts.place or (facts.park.place if facts.park else None),
        "park": facts.park,
        "establishment": facts.establishment,
        "owner": facts.owner,
    }


def tell(*, by: Actor, at: datetime, verb: str, project: Project, **changes: Any) -> None:
    """Write a ledger entry about a project."""
    write_entry(
        by=by, at=at, verb=verb, object_kind="project", object_id=project.public_id, object_label=say(project.name),
        promoter_key=by.promoter_key, **changes,
    )  # fmt: skip


@transaction.atomic
def note_in_log(*, by: Actor, at: datetime, project: Project, words: str, said_by: str) -> None:
    """A line in a project's log that moves nothing: what came of it in another room, and by whom."""
    require(can_write(by), "write in a project's log")
    require_own(project, by=by)
    StageEntry.objects.create(
        promoter_id=project.promoter_id, project=project, from_stage=project.stage, to_stage=project.stage,
        status=project.status, words=words[:300], at=at, by_label=said_by[:200],
    )  # fmt: skip
    tell(by=by, at=at, verb="note_in_log", project=project, after={"words": words})


@transaction.atomic
def correct_project(*, by: Actor, at: datetime, project: Project, read_version: int, facts: ProjectFacts) -> Project:
    """Correct what is known of an investment; where it came from, stage and status stay. Raises `ChangedMeanwhile`."""
    require(can_write(by), "correct a project")
    require_own(project, by=by)
    require_in_reach(facts.organisation, facts.place, facts.park, facts.establishment, by=by)
    before = {"name": project.name, "organisation": say(_label(project.organisation)), "place": str(project.place)}
    save_version(project, read_version=read_version, **_columns(facts))
    around = project.park or project.place
    Subject.objects.filter(pk=project.subject_id).update(
        label=dict(facts.name), within=around.subject if around else None
    )
    after = {"name": project.name, "organisation": say(_label(project.organisation)), "place": str(project.place)}
    tell(by=by, at=at, verb="correct_project", project=project, before=before, after=after)
    return project


def _label(organisation: Organisation | None) -> Mapping[str, str]:
    return organisation.subject.label if organisation else {}


@transaction.atomic
def record_promise(
    *, by: Actor, at: datetime, project: Project, facts: FigureFacts, citations: Iterable[Citation] = ()
) -> Figure:
    """Write down what the investment promises: an announced or contracted figure about it, not public yet.

    Raises `NotAPromise`, and what `evidence.domain.figures.record_figure` raises.
    """
    require(can_write(by), "record a promise")
    require_own(project, by=by)
    if facts.kind not in (Kind.ANNOUNCED, Kind.CONTRACTED):
        raise NotAPromise(facts.kind)
    return record_figure(by=by, at=at, facts=facts, subjects=subjects_of(project), citations=citations)


def subjects_of(project: Project) -> SubjectsByRole:
    """What a figure of the project is about: itself, who invests, where, and the event that it came from."""
    subjects: list[tuple[SubjectRole, Subject]] = [(SubjectRole.PROJECT, project.subject)]
    if project.organisation:
        subjects.append((SubjectRole.HOLDER, project.organisation.subject))
    if project.park:
        subjects.append((SubjectRole.PARK, project.park.subject))
    elif project.place:
        subjects.append((SubjectRole.PLACE, project.place.subject))
    if project.event:
        subjects.append((SubjectRole.EVENT, project.event.subject))
    return subjects


@transaction.atomic
def publish_project(*, by: Actor, at: datetime, project: Project) -> Project:
    """Open a project to the public; its figures are opened apart, each with its source. Twice changes nothing.

    Raises `HolderNotPublic` while the organisation that invests is closed.
    """
    require(can_write(by), "publish a project")
    require_own(project, by=by)
    if project.organisation and not project.organisation.is_published:
        raise HolderNotPublic(project.organisation.name)
    if Project.objects.filter(pk=project.pk, published_at=None).update(published_at=at):
        Subject.objects.filter(pk=project.subject_id, published_at=None).update(published_at=at)
        tell(by=by, at=at, verb="publish_project", project=project)
    project.refresh_from_db(fields=["published_at"])
    return project
