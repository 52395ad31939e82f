"""Deciding an application: what was assessed is frozen, what is given is held within the envelope."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from moussem.accounts.domain.refusals import require
from moussem.core.actor import Actor
from moussem.core.news import publish
from moussem.core.versions import save_version
from moussem.directory.models import Organisation
from moussem.engines.eligibility.assess import Verdict
from moussem.programmes.domain.applications import MOVES, NothingSaid, WrongState, tell
from moussem.programmes.domain.landing import land_application
from moussem.programmes.domain.letters import write_to_applicant
from moussem.programmes.domain.queries.envelopes import envelope_of_call, envelope_of_programme
from moussem.programmes.domain.rules import GIVES_MONEY, facts_of
from moussem.programmes.domain.words import frozen
from moussem.programmes.enums import DETERMINATION_LETTER, ApplicationState, Decision, ProgrammeKind
from moussem.programmes.models import Application, Call, Determination, Programme
from moussem.programmes.news import APPLICATION_DETERMINED
from moussem.programmes.permissions import can_decide
from moussem.projects.models import Project


class NotEligible(Exception):
    """The rules say no, or cannot say: nothing may be given; `verdict` is which."""

    def __init__(self, verdict: Verdict) -> None:
        """Keep the verdict for the sentence."""
        super().__init__(verdict)
        self.verdict = verdict


class OverEnvelope(Exception):
    """More than what is left of the envelope; `left` in hundredths of a dirham."""

    def __init__(self, left: int) -> None:
        """Keep what is left for the sentence."""
        super().__init__(left)
        self.left = left


class EnvelopeNotStated(Exception):
    """Neither the programme nor the call states an envelope: no amount can be given out of it."""


class AmountNeeded(Exception):
    """A programme that gives money is decided with an amount above zero, any other one without."""


class Conflicted(Exception):
    """Who acts for the applicant does not decide its application."""


@transaction.atomic
def determine(
    *, by: Actor, at: datetime, application: Application, decision: Decision, amount: int | None = None,
    words: str = "", project: Project | None = None,
) -> Determination:  # fmt: skip
    """Decide an application once, with the assessment it rests on, the letter to the applicant and the news of it.

    An accepted one is followed as `project`, else as a new one; a prize opens none. `amount` is in hundredths of a
    dirham. Raises `WrongState`, `Conflicted`, `NotEligible`, `AmountNeeded`, `EnvelopeNotStated`, `OverEnvelope`,
    `ProjectOfAnother`; `NothingSaid` for a refusal without a reason.
    """
    require(by.within(application.promoter_id) and can_decide(by), "decide an application")
    call = Call.objects.select_related("rule_set").get(pk=application.call_id)
    # The programme's row is locked first by everybody: who decides second sees what the first one gave.
    programme = Programme.objects.select_for_update().get(pk=call.programme_id)
    held = Application.objects.select_for_update().get(pk=application.pk)
    if held.state not in MOVES["determine"]:
        raise WrongState(held)
    _require_no_conflict(by, application)
    assessment = frozen(call.rule_set, facts_of(held.values))
    if decision == Decision.AWARD:
        _require_award(programme, call, Verdict(assessment["verdict"]), amount)
    elif not words.strip():
        raise NothingSaid(application.public_id)
    elif amount is not None:
        raise AmountNeeded(amount)
    row = Determination.objects.create(
        promoter_id=held.promoter_id, application=held, decision=decision, amount=amount, words=words.strip(),
        assessment=assessment, decided_at=at, decided_by=by.label[:200],
    )  # fmt: skip
    state = ApplicationState.AWARDED if decision == Decision.AWARD else ApplicationState.REFUSED
    save_version(application, read_version=held.version, state=state)
    after = {"decision": str(decision), "amount": amount, "assessment": assessment["verdict"]}
    tell(by=by, at=at, verb="determine_application", application=application, before={"state": held.state}, after=after)
    if decision == Decision.AWARD and (project is not None or programme.kind != ProgrammeKind.AWARD):
        land_application(by=by, at=at, application=application, project=project)
    publish(
        APPLICATION_DETERMINED, key=str(row.public_id), promoter_key=by.promoter_key, determination=str(row.public_id)
    )
    write_to_applicant(DETERMINATION_LETTER, by=by, at=at, application=application)
    return row


def _require_no_conflict(by: Actor, application: Application) -> None:
    """Also where two rows are one organisation by a person's decision, and the officer acts for the other row."""
    applicant = application.organisation.canonical_id or application.organisation_id
    acted_for = Organisation.objects.filter(pk__in=by.organisation_pks)
    if acted_for.filter(Q(pk=applicant) | Q(canonical=applicant)).exists():
        raise Conflicted(by.label)


def _require_award(programme: Programme, call: Call, verdict: Verdict, amount: int | None) -> None:
    if verdict is not Verdict.YES:
        raise NotEligible(verdict)
    gives_money = programme.kind in GIVES_MONEY
    if gives_money != (amount is not None) or (amount is not None and amount <= 0):
        raise AmountNeeded(amount)
    if amount is None:
        return
    known = [e.left for e in (envelope_of_programme(programme), envelope_of_call(call)) if e.left is not None]
    if not known:
        raise EnvelopeNotStated(programme.public_id)
    if amount > min(known):
        raise OverEnvelope(min(known))
