"""Missions: who travels, led by whom; whom they met; and what came of each visit."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.actions.domain.actions import open_action
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.directory.models import Organisation, Person
from moussem.events.domain.events import Words, take_part
from moussem.events.domain.minutes import Decided
from moussem.events.domain.naming import organisation_called, person_called
from moussem.events.enums import WITH_DELEGATION, PartKind
from moussem.events.models import Event, Outcome, Part, Session
from moussem.events.permissions import can_write_minutes

OUTCOME = "outcome"
"""What the next steps that come from an outcome say of their origin."""
TRAVELLING = (PartKind.HEAD, PartKind.DELEGATE)
ROLES = (*TRAVELLING, PartKind.MET)
"""Who may be named: the head and the members of the delegation, and whom they met."""


class NoDelegationTravels(Exception):
    """Only a mission has a delegation and a report."""


class HeadNamed(Exception):
    """The delegation has a head already."""


class NotOfTheProgramme(Exception):
    """The visit is no part of this mission's programme."""


class OutcomeNoted(Exception):
    """Somebody noted what came of it already; it is corrected."""


class NothingNoted(Exception):
    """What came of it is said in words."""


@transaction.atomic
def join_delegation(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    kind: PartKind,
    person: Person | None = None,
    organisation: Organisation | None = None,
    words: Words | None = None,
) -> Part:
    """Somebody in one of `ROLES` of a mission; `words` say as what. Raises `NoDelegationTravels`, `HeadNamed` where
    another leads it, `NobodyTakesPart`.
    """
    require_own(event, by=by)
    _require_mission(event)
    Event.objects.select_for_update().get(pk=event.pk)
    if kind == PartKind.HEAD and event.parts.filter(kind=kind, dropped_at=None).exists():
        raise HeadNamed(event.public_id)
    return take_part(by=by, at=at, event=event, kind=kind, person=person, organisation=organisation, words=words)


@transaction.atomic
def name_delegate(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    kind: PartKind,
    person: str = "",
    organisation: str = "",
    words: Words | None = None,
) -> Part:
    """As `join_delegation`, of somebody named by typing: whoever of the directory is meant, or somebody new.

    Raises `SeveralBearTheName` besides.
    """
    require(can_write_minutes(by), "name a delegate")
    firm = organisation_called(by=by, at=at, name=organisation) if organisation else None
    who = person_called(by=by, at=at, name=person, organisation=firm) if person else None
    return join_delegation(by=by, at=at, event=event, kind=kind, person=who, organisation=firm, words=words)


@transaction.atomic
def report_outcome(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    words: str,
    session: Session | None = None,
    read_version: int | None = None,
    decided: Sequence[Decided] = (),
) -> Outcome:
    """Say what came of a visit (`session` None: of the whole mission), and open the next steps it asks for.

    `read_version` is that of the outcome that is corrected, None for a first one. Raises `NoDelegationTravels`,
    `NotOfTheProgramme`, `NothingNoted`, `OutcomeNoted`, `ChangedMeanwhile`; `NotAColleague`.
    """
    require(can_write_minutes(by), "note what came of a mission")
    require_own(event, session, by=by)
    _require_mission(event)
    if session is not None and session.event_id != event.pk:
        raise NotOfTheProgramme(session.public_id)
    if not words.strip():
        raise NothingNoted
    Event.objects.select_for_update().get(pk=event.pk)
    outcome = Outcome.objects.filter(event=event, session=session).first()
    before = outcome and {"outcome": outcome.words}
    if outcome is None:
        outcome = Outcome.objects.create(
            promoter_id=by.promoter_pk, event=event, session=session, words=words, written_by=by.label, written_at=at
        )
    elif read_version is None:
        raise OutcomeNoted(outcome.public_id)
    else:
        save_version(outcome, read_version=read_version, words=words, written_by=by.label, written_at=at)
    _open_steps(by, at, outcome, event, decided)
    after = {"of": say(session.title) if session else say(event.name), "outcome": words}
    write_entry(
        by=by, at=at, verb="correct_outcome" if before else "report_outcome", object_kind="event",
        object_id=event.public_id, object_label=say(event.name), promoter_key=by.promoter_key, before=before,
        after=after, may_show=False,
    )  # fmt: skip
    return outcome


def _open_steps(by: Actor, at: datetime, outcome: Outcome, event: Event, decided: Sequence[Decided]) -> None:
    for one in decided:
        outcome.steps.add(
            open_action(
                by=by, at=at, words=one.words, owner=one.owner, due_on=one.due_on, about=event.subject,
                origin_kind=OUTCOME, origin_key=uuid7(),
            )
        )  # fmt: skip


def _require_mission(event: Event) -> None:
    if event.kind not in WITH_DELEGATION:
        raise NoDelegationTravels(event.public_id)
