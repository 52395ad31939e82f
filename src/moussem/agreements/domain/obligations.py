"""The lines of an agreement: who owes what, how much of it, and by when, as far as the text states it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.agreements.domain.agreements import require_open, tell, tell_of_signature
from moussem.agreements.enums import AgreementState, DutyKind
from moussem.agreements.models import Agreement, Obligation, Party
from moussem.agreements.permissions import can_write
from moussem.core.actor import Actor
from moussem.core.models import period_values
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
    unit = _unit(facts)
    obligation = Obligation.objects.create(
        promoter_id=by.promoter_pk, agreement=agreement, kind=facts.kind, debtor=facts.debtor,
        words=dict(facts.words), measure=facts.measure.value if facts.measure else "", value=facts.value,
        value_max=facts.value_max, bound=facts.bound.value, unit=unit.value if unit else "",
        evidence_asked=dict(facts.evidence_asked or {}), position=agreement.obligations.count() + 1,
        **period_values("due", facts.due),
    )  # fmt: skip
    for citation in citations:
        cite_record(
            by=by, citation=citation, kind=str(facts.kind), key=obligation.public_id, label=facts.words,
            address=agreement.subject.address,
        )  # fmt: skip
    told = {"kind": str(facts.kind), "words": dict(facts.words), "measure": obligation.measure, "value": facts.value}
    tell(by=by, at=at, verb="add_obligation", agreement=agreement, after=told)
    if agreement.state == AgreementState.SIGNED:
        tell_of_signature(by=by, agreement=agreement, key=f"{agreement.public_id}:{obligation.public_id}")
    return obligation


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
