"""Opening projects from what happened in lower rooms: a signed agreement, an announcement, a meeting that was held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from moussem.accounts.domain.refusals import ForeignRow, require_own
from moussem.agreements.domain.citing import sources_of_line
from moussem.agreements.enums import AgreementState, DutyKind
from moussem.agreements.models import Agreement, Obligation, Party
from moussem.core.actor import Actor, task_actor
from moussem.core.texts import say
from moussem.directory.domain.reach import require_in_reach
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.figures import FigureFacts, Teller, record_figure, replace_figure
from moussem.evidence.enums import Kind
from moussem.evidence.models import Figure
from moussem.guests.models import Registration
from moussem.meetings.enums import MeetingState
from moussem.meetings.models import Meeting
from moussem.projects.domain.projects import ProjectFacts, open_project, subjects_of
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import Project

OPENING = (
    Measure.JOBS,
    Measure.JOBS_CREATED,
    Measure.JOBS_ADDITIONAL,
    Measure.EMPLOYEES,
    Measure.POSITIONS,
    Measure.RECRUITS,
    Measure.INVESTMENT,
)
"""The measures of a line that opens a project: jobs, and money invested."""


class NotAnnounced(Exception):
    """Only a standing announcement of jobs or of an investment opens a project."""


class NotHeld(Exception):
    """The meeting did not take place by the word of its sides."""


def open_from_announcement(*, by: Actor, at: datetime, figure: Figure, facts: ProjectFacts) -> Project:
    """The project of an announced figure, which is its first promise; the same figure again is the same project.

    Raises `NotAnnounced`, `ForeignRow`, `NotAllowed`.
    """
    require_in_reach(figure, by=by)
    if figure.kind != Kind.ANNOUNCED or figure.measure not in OPENING or figure.replaced_by_id is not None:
        raise NotAnnounced(figure.public_id)
    key = str(figure.public_id)
    return open_project(by=by, at=at, facts=facts, origin=ProjectOrigin.ANNOUNCEMENT, origin_key=key)


def open_from_meeting(
    *, by: Actor, at: datetime, meeting: Meeting, about: Registration, facts: ProjectFacts
) -> Project:
    """The project that comes of a meeting for one of its sides, of the meeting's event; asked again, the same project.

    Raises `NotHeld`, `ForeignRow` (also for a guest of another meeting), `NotAllowed`.
    """
    require_own(meeting, about, by=by)
    if about not in meeting.request.sides:
        raise ForeignRow(str(about.public_id))
    if meeting.state != MeetingState.HELD:
        raise NotHeld(meeting.public_id)
    return open_project(
        by=by, at=at, facts=replace(facts, event=meeting.event), origin=ProjectOrigin.MEETING,
        origin_key=key_of_side(meeting, about),
    )  # fmt: skip


def key_of_side(meeting: Meeting, about: Registration) -> str:
    """What tells the project of one side of a meeting from all others."""
    return f"{meeting.public_id}:{about.public_id}"


@transaction.atomic
def open_from_agreement(*, agreement: UUID, at: datetime) -> list[Project]:
    """One project for each debtor of jobs or an investment by this act, with a contracted figure for each line.

    Again, or after another line was added, it opens and records only what is not there yet. A figure of a line that was
    amended is replaced by that of its amendment. An objective opens nothing.
    """
    row = Agreement.objects.select_related("event", "place__subject", "promoter", "subject").get(public_id=agreement)
    if row.state != AgreementState.SIGNED:
        return []
    by = task_actor("open_projects", promoter_pk=row.promoter_id, promoter_key=row.promoter.key)
    owed = row.obligations.filter(kind=DutyKind.OBLIGATION, measure__in=[m.value for m in OPENING], replaced_by=None)
    lines = list(owed.select_related("debtor__organisation__subject", "replaces").order_by("position", "pk"))
    debtors = {line.debtor_id: line.debtor for line in lines if line.debtor}
    return [
        _open_for(by, at, row, debtor, [line for line in lines if line.debtor_id == key])
        for key, debtor in debtors.items()
    ]


def _open_for(by: Actor, at: datetime, row: Agreement, debtor: Party, lines: Sequence[Obligation]) -> Project:
    project = open_project(
        by=by, at=at, origin=ProjectOrigin.AGREEMENT, origin_key=f"{row.public_id}:{debtor.public_id}",
        facts=ProjectFacts(
            name={language: _name(row, debtor, language) for language in ("fr", "en")},
            organisation=debtor.organisation, place=row.place, event=row.event, agreement=row,
        ),
    )  # fmt: skip
    for line in lines:
        _promise(by, at, row, project, line)
    return project


def _name(row: Agreement, debtor: Party, language: str) -> str:
    who = debtor.organisation.name if debtor.organisation else say(debtor.words, language)
    return f"{who}, {say(row.place.name, language)}" if row.place else f"{who}, {say(row.title, language)}"


def _promise(by: Actor, at: datetime, row: Agreement, project: Project, line: Obligation) -> None:
    key = f"obligation:{line.public_id}"
    if Figure.objects.filter(promoter=row.promoter_id, key=key).exists():
        return
    facts = FigureFacts(
        measure=Measure(line.measure), value=line.value, value_max=line.value_max, unit=Unit(line.unit),
        bound=Bound(line.bound), kind=Kind.CONTRACTED, horizon=line.due, stated_on=row.signed_on, key=key,
        teller=Teller(words=say(row.title, "fr")[:200]), note=line.words,
    )  # fmt: skip
    sources, subjects = sources_of_line(by=by, at=at, line=line), subjects_of(project)
    before = _before_amendment(line)
    if before is None:
        record_figure(by=by, at=at, facts=facts, subjects=subjects, citations=sources)
        return
    reason = line.replaces.replaced_reason
    replace_figure(by=by, at=at, figure=before, facts=facts, reason=reason, subjects=subjects, citations=sources)


def _before_amendment(line: Obligation) -> Figure | None:
    """The standing figure of the line that this one amends, however many amendments ago it was recorded."""
    keys, at = [], Obligation.objects.filter(replaced_by=line).first()
    while at is not None:
        keys.append(f"obligation:{at.public_id}")
        at = Obligation.objects.filter(replaced_by=at).first()
    return Figure.objects.current().filter(promoter=line.promoter_id, key__in=keys).first()
