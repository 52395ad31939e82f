"""The fund of the Oriental with its rules, a call that is open, and applications, by the verbs that make them."""

from datetime import timedelta

from moussem.accounts.models import User
from moussem.core.actor import Actor
from moussem.directory.models import Organisation, Representation
from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion, Group
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from moussem.programmes.domain.applications import submit_application, write_application
from moussem.programmes.domain.programmes import (
    CallFacts,
    ProgrammeFacts,
    RuleFacts,
    add_call,
    add_programme,
    add_rule_set,
)
from moussem.programmes.enums import ProgrammeKind
from moussem.programmes.models import Application, Call, Programme, RuleSet
from tests.factories.accounts import AT

MILLION = 100_000_000
"""One million dirhams, in hundredths."""
INVESTMENT = Criterion("investment", Unit.MAD, Comparison.FROM, MILLION)
JOBS = Criterion("jobs", Unit.JOBS, Comparison.FROM, 20)
FUND = Group(Combination.ALL, (INVESTMENT, JOBS))


def facts(investment: int | str | None = None, jobs: int | None = None) -> dict[str, Quantity]:
    """What a project states; None is not stated."""
    known = {}
    if investment is not None:
        known["investment"] = Quantity.of(investment, Unit.MAD)
    if jobs is not None:
        known["jobs"] = Quantity.of(jobs, Unit.JOBS)
    return known


ELIGIBLE = facts(1_000_000, 20)


def a_programme(by: Actor, name: str = "Fonds d’aide", *, publish: bool = True, **known: object) -> Programme:
    said = {"kind": ProgrammeKind.GRANT, "name": {"fr": name, "en": name}, "envelope": 55 * MILLION} | known
    return add_programme(by=by, at=AT, facts=ProgrammeFacts(**said), publish=publish)


def rules(by: Actor, programme: Programme, **known: object) -> RuleSet:
    return add_rule_set(by=by, at=AT, programme=programme, facts=RuleFacts(**({"rule": FUND} | known)))


def a_call(by: Actor, programme: Programme | None = None, *, publish: bool = True, **known: object) -> Call:
    programme = programme or a_programme(by)
    said = {
        "rule_set": known.pop("rule_set", None) or rules(by, programme),
        "name": {"fr": "Appel de printemps", "en": "Spring call"},
        "opens_at": AT - timedelta(days=1),
        "closes_at": AT + timedelta(days=3650),
    } | known
    return add_call(by=by, at=AT, programme=programme, facts=CallFacts(**said), publish=publish)


def acts_for(user: User, organisation: Organisation) -> Representation:
    return Representation.objects.create(promoter=organisation.promoter, user=user, organisation=organisation, since=AT)


def an_application(
    by: Actor, call: Call, organisation: Organisation, *, submit: bool = True, **known: object
) -> Application:
    said = {"title": "Centre d’appels de 40 positions", "facts": ELIGIBLE, "asked_for": MILLION} | known
    row = write_application(by=by, at=AT, call=call, organisation=organisation, **said)
    return submit_application(by=by, at=AT, application=row) if submit else row
