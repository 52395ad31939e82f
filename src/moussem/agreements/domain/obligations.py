"""The lines of an agreement: who owes what, how much of it, and by when, as far as the text states it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.agreements.domain.agreements import require_open, tell, tell_of_signature
from moussem.agreements.enums import AgreementState, DutyKind
from moussem.agreements.models import Agreement, Obligation, Party
from moussem.agreements.permissions import can_write
from moussem.core.actor import Actor
from moussem.core.models import period_values
from moussem.core.versions import ChangedMeanwhile, save_version
from moussem.engines.values.kinds import Bound, Kind
from moussem.engines.values.measures import Measure, check_figure, rules
from moussem.engines.values.period import Period
from moussem.engines.values.units import Unit
from moussem.evidence.domain.documents import cite_record
from moussem.evidence.models import Citation


class DebtorNotStated(Exception):
    """An obligation says who owes it; where nobody is named, it is an objective."""


class DebtorElsewhere(Exception):
    """The debtor is a party of another agreement."""


class NothingMeasured(Exception):
    """A number says of what it is."""


class NothingOwed(Exception):
    """A line says in words what is owed."""


class SignedMeanwhile(Exception):
    """The act is signed: its lines are amended, no longer corrected."""


class NotSigned(Exception):
    """Nobody signed the act yet: its lines are corrected, not amended."""


class AnotherDuty(Exception):
    """An amendment changes words, quantity and date; who owes it and what is counted is another line."""


class ReasonNeeded(Exception):
    """An amendment says by what it was made."""


@dataclass(frozen=True, slots=True)
class ObligationFacts:
    """A line of an act. `value` and `value_max` are integers in the unit's scale; None, and `due` None: not stated.

    `unit` None is the measure's own. `due` of precision *open* is "à terme". An objective names an aim; an obligation
    also who owes it.
    """

    words: Mapping[str, str]
    kind: DutyKind = DutyKind.OBLIGATION
    debtor: Party | None = None
    measure: Measure | None = None
    value: int | None = None
    unit: Unit | None = None
    bound: Bound = Bound.EQUAL
    value_max: int | None = None
    due: Period | None = None
    evidence_asked: Mapping[str, str] | None = None


@transaction.atomic
def add_obligation(
    *, by: Actor, at: datetime, agreement: Agreement, facts: ObligationFacts, citations: Iterable[Citation] = ()
) -> Obligation:
    """A line of an act; one added after the signature is told to the rooms above as well. `citations` say where the
    line itself can be read, where that is told apart from the act.

    Raises `DebtorNotStated`, `DebtorElsewhere`, `NothingOwed`, `NothingMeasured`, `AlreadyEnded`, the engine's
    `FigureRefused`.
    """
    require(can_write(by), "add an obligation")
    require_own(agreement, facts.debtor, by=by)
    require_open(agreement)
    _check(agreement, facts)
    obligation = Obligation.objects.create(
        promoter_id=by.promoter_pk, agreement=agreement, position=agreement.obligations.count() + 1, **_columns(facts)
    )  # fmt: skip
    for citation in citations:
        cite_record(
            by=by, citation=citation, kind=str(facts.kind), key=obligation.public_id, label=facts.words,
            address=agreement.subject.address,
        )  # fmt: skip
    tell(by=by, at=at, verb="add_obligation", agreement=agreement, after=_told(obligation))
    if agreement.state == AgreementState.SIGNED:
        tell_of_signature(by=by, agreement=agreement, key=f"{agreement.public_id}:{obligation.public_id}")
    return obligation


@transaction.atomic
def correct_obligation(
    *, by: Actor, at: datetime, obligation: Obligation, read_version: int, facts: ObligationFacts
) -> Obligation:
    """Correct a line of an act that nobody has signed yet.

    Raises `SignedMeanwhile` once it is signed, `AlreadyEnded`, `ChangedMeanwhile` with what somebody else saved, and
    what `add_obligation` raises.
    """
    require(can_write(by), "correct an obligation")
    require_own(obligation, facts.debtor, by=by)
    agreement = _held(obligation)
    if agreement.state == AgreementState.SIGNED:
        raise SignedMeanwhile(agreement.public_id)
    _check(agreement, facts)
    before = _told(obligation)
    save_version(obligation, read_version=read_version, **_columns(facts))
    tell(by=by, at=at, verb="correct_obligation", agreement=agreement, before=before, after=_told(obligation))
    return obligation


@transaction.atomic
def amend_obligation(
    *, by: Actor, at: datetime, obligation: Obligation, read_version: int, facts: ObligationFacts, reason: str
) -> Obligation:
    """Amend a line of a signed act: a new line with other words, another quantity or date; the old one stays, with the
    reason, and the rooms above are told.

    Who owes it and what is counted stay. Raises `NotSigned`, `AlreadyEnded`, `AnotherDuty`, `ReasonNeeded`,
    `ChangedMeanwhile` with the line that somebody else put there, and what `add_obligation` raises.
    """
    require(can_write(by), "amend an obligation")
    require_own(obligation, by=by)
    agreement = _held(obligation)
    if agreement.state != AgreementState.SIGNED:
        raise NotSigned(agreement.public_id)
    if (facts.kind, facts.debtor, facts.measure or "") != (obligation.kind, obligation.debtor, obligation.measure):
        raise AnotherDuty(obligation.public_id)
    if not reason.strip():
        raise ReasonNeeded(obligation.public_id)
    _check(agreement, facts)
    _require_standing(obligation, facts)
    # Versions go on from the old line to the new one, so that who read the old one is told.
    new = Obligation.objects.create(
        promoter_id=by.promoter_pk, agreement=agreement, position=obligation.position, version=read_version + 1,
        **_columns(facts),
    )  # fmt: skip
    save_version(obligation, read_version=read_version, replaced_by=new, replaced_reason=reason.strip())
    after = _told(new) | {"reason": reason.strip()}
    tell(by=by, at=at, verb="amend_obligation", agreement=agreement, before=_told(obligation), after=after)
    tell_of_signature(by=by, agreement=agreement, key=f"{agreement.public_id}:{new.public_id}")
    return new


def _held(obligation: Obligation) -> Agreement:
    """The line's act, locked: nobody signs or ends it until the line is written. Raises `AlreadyEnded`."""
    agreement = Agreement.objects.select_for_update().get(pk=obligation.agreement_id)
    require_open(agreement)
    return agreement


def _require_standing(obligation: Obligation, facts: ObligationFacts) -> None:
    """Raise `ChangedMeanwhile` with the newest line where this one was amended before."""
    newest = standing_line(obligation)
    if newest.pk != obligation.pk:
        raise ChangedMeanwhile(newest, _columns(facts))


def standing_line(obligation: Obligation) -> Obligation:
    """The line itself, or the newest of its amendments."""
    newest = Obligation.objects.select_related("agreement", "debtor").get(pk=obligation.pk)
    while newest.replaced_by_id is not None:
        newest = Obligation.objects.select_related("agreement", "debtor").get(pk=newest.replaced_by_id)
    return newest


def _columns(facts: ObligationFacts) -> dict[str, Any]:
    unit = _unit(facts)
    return {
        "kind": facts.kind,
        "debtor": facts.debtor,
        "words": dict(facts.words),
        "measure": facts.measure.value if facts.measure else "",
        "value": facts.value,
        "value_max": facts.value_max,
        "bound": facts.bound.value,
        "unit": unit.value if unit else "",
        "evidence_asked": dict(facts.evidence_asked or {}),
        **period_values("due", facts.due),
    }


def _told(row: Obligation) -> dict[str, Any]:
    due = row.due
    return {
        "kind": str(row.kind),
        "words": dict(row.words),
        "measure": row.measure,
        "value": row.value,
        "bound": row.bound,
        "due": (due.words or str(due.end or "")) if due else None,
    }


def _check(agreement: Agreement, facts: ObligationFacts) -> None:
    if not any(facts.words.values()):
        raise NothingOwed(agreement.public_id)
    if facts.debtor is None and facts.kind == DutyKind.OBLIGATION:
        raise DebtorNotStated(agreement.public_id)
    if facts.debtor is not None and facts.debtor.agreement_id != agreement.pk:
        raise DebtorElsewhere(facts.debtor.public_id)
    unit = _unit(facts)
    if facts.measure is None or unit is None:
        if facts.value is not None:
            raise NothingMeasured(facts.value)
        return
    kind = Kind.CONTRACTED if facts.kind == DutyKind.OBLIGATION else Kind.PLANNED
    check_figure(
        measure=facts.measure, value=facts.value, value_max=facts.value_max, bound=facts.bound, unit=unit, kind=kind
    )


def _unit(facts: ObligationFacts) -> Unit | None:
    return facts.unit or (rules(facts.measure).units[0] if facts.measure else None)
