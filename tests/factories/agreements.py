"""The least valid rows of agreements, by the verbs that make them."""

from moussem.agreements.domain.agreements import AgreementFacts, PartyFacts, record_agreement
from moussem.agreements.domain.obligations import ObligationFacts, add_obligation
from moussem.agreements.enums import AgreementKind
from moussem.agreements.models import Agreement, Obligation, Party
from moussem.core.actor import Actor
from moussem.engines.values.measures import Measure
from tests.factories.accounts import AT
from tests.factories.directory import an_organisation


def an_agreement(
    by: Actor, title: str = "Convention d’Oujda", *, parties: tuple = (), signed: bool = False, **facts: object
) -> Agreement:
    """An act between a new operator and whoever is named; being prepared unless told otherwise."""
    parties = parties or (PartyFacts(organisation=an_organisation(by, f"Partie de {title}")),)
    known = AgreementFacts(kind=facts.pop("kind", AgreementKind.CONVENTION), title={"fr": title}, **facts)
    return record_agreement(by=by, at=AT, facts=known, parties=parties, signed=signed)


def a_promise(
    by: Actor, agreement: Agreement, value: int | None = 800, *, debtor: Party | None = None, **facts: object
) -> Obligation:
    """A line by which the first party owes jobs."""
    debtor, measure = debtor or agreement.parties.first(), facts.pop("measure", Measure.JOBS)
    known = ObligationFacts(
        words={"fr": "créer des emplois"},
        debtor=debtor,
        value=value,
        measure=measure,
        **facts,
    )
    return add_obligation(by=by, at=AT, agreement=agreement, facts=known)
