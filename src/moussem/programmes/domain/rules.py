"""Rules as they are kept (JSON) and as the engine reads them; facts as they are kept and as quantities."""

from collections.abc import Mapping
from typing import Any

from moussem.engines.eligibility.assess import Facts, Outcome, assess
from moussem.engines.eligibility.criterion import (
    BoundOutOfRange,
    Combination,
    Comparison,
    Criterion,
    Group,
    NoCriterion,
    Rule,
    criteria_of,
)
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from moussem.programmes.enums import Fact, ProgrammeKind

UNIT_OF_FACT: Mapping[str, Unit] = {Fact.INVESTMENT: Unit.MAD, Fact.JOBS: Unit.JOBS, Fact.STABLE_JOBS: Unit.JOBS}
GIVES_MONEY = frozenset({ProgrammeKind.GRANT, ProgrammeKind.EQUITY, ProgrammeKind.PREMIUM})
"""The kinds whose decisions name an amount, which counts against the envelope."""


class RulesUnreadable(ValueError):
    """Rules that the engine cannot read: an unknown fact or comparison, another unit, no criterion at all."""


def rule_of(criteria: Mapping[str, Any]) -> Rule:
    """The rules kept as `criteria`; raises `RulesUnreadable`: nobody is assessed by rules that are half understood."""
    try:
        return _read(criteria)
    except (AttributeError, BoundOutOfRange, KeyError, NoCriterion, TypeError, ValueError) as unread:
        raise RulesUnreadable(str(unread)) from unread


def _read(kept: Mapping[str, Any]) -> Rule:
    for combination in Combination:
        if combination in kept:
            return Group(combination, tuple(_read(part) for part in kept[combination]))
    fact = Fact(kept["fact"])
    if not isinstance(kept["bound"], int) or not isinstance(kept["included"], bool):
        raise ValueError(kept)
    return Criterion(
        fact=fact.value, unit=UNIT_OF_FACT[fact], comparison=Comparison(kept["comparison"]), bound=kept["bound"],
        included=kept["included"], article=str(kept.get("article", "")),
    )  # fmt: skip


def kept_rule(rule: Rule) -> dict[str, Any]:
    """The rules as they are kept."""
    if isinstance(rule, Group):
        return {rule.combination.value: [kept_rule(part) for part in rule.parts]}
    return {
        "fact": rule.fact, "comparison": rule.comparison.value, "bound": rule.bound, "included": rule.included,
        "article": rule.article,
    }  # fmt: skip


def facts_asked(rule: Rule) -> tuple[Fact, ...]:
    """The facts that the rules ask for, each once, in their order."""
    return tuple(dict.fromkeys(Fact(criterion.fact) for criterion in criteria_of(rule)))


def kept_facts(facts: Facts) -> dict[str, dict[str, Any]]:
    """Facts as they are kept: value and bound by name; what is not stated is absent."""
    return {
        name: {"value": stated.scaled, "bound": stated.bound.value, "value_max": stated.scaled_max}
        for name, stated in facts.items()
        if stated is not None
    }


def facts_of(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Quantity]:
    """The facts kept by `kept_facts`, as quantities."""
    return {
        name: Quantity(said["value"], UNIT_OF_FACT[name], Bound(said["bound"]), said["value_max"])
        for name, said in kept.items()
    }


def assessed(criteria: Mapping[str, Any], facts: Facts) -> Outcome:
    """What rules as they are kept say of facts; raises `RulesUnreadable`."""
    return assess(rule_of(criteria), facts)
