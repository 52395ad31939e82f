"""What an answer says, before any language: for each criterion the value, the rule, and what to ask for.

A page, a letter and the interface write their sentence from the same `Reason`; none of them decides anything again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from moussem.engines.eligibility.assess import Outcome, Verdict
from moussem.engines.eligibility.criterion import Criterion
from moussem.engines.values.quantity import Quantity


class Ask(StrEnum):
    """What would let a criterion answer."""

    NOTHING = "nothing"
    VALUE = "value"
    """The fact is missing."""
    EXACT_VALUE = "exact_value"
    """The fact is stated too loosely: both sides of the bound are possible."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one criterion says, and whether the whole answer rests on it (`decides`)."""

    criterion: Criterion
    verdict: Verdict
    stated: Quantity | None
    ask: Ask
    decides: bool


def reasons(outcome: Outcome) -> tuple[Reason, ...]:
    """One reason for each criterion, in the order of the rules."""
    return tuple(_walk(outcome, decides=True))


def asked_for(outcome: Outcome) -> tuple[str, ...]:
    """The names of the facts to ask for, each once, in order; none where the answer is definite."""
    if outcome.verdict is not Verdict.CANNOT_SAY:
        return ()
    wanted = (r.criterion.fact for r in reasons(outcome) if r.decides and r.ask is not Ask.NOTHING)
    return tuple(dict.fromkeys(wanted))


def _walk(outcome: Outcome, *, decides: bool) -> Iterator[Reason]:
    if isinstance(outcome.rule, Criterion):
        yield Reason(outcome.rule, outcome.verdict, outcome.stated, _ask(outcome), decides)
        return
    for part in outcome.parts:
        yield from _walk(part, decides=decides and part.verdict is outcome.verdict)


def _ask(outcome: Outcome) -> Ask:
    if outcome.verdict is not Verdict.CANNOT_SAY:
        return Ask.NOTHING
    return Ask.VALUE if outcome.stated is None else Ask.EXACT_VALUE
