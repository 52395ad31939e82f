"""An answer in words: the value, the rule and what to ask for, in the reader's language or frozen in every language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext, pgettext_lazy

from moussem.core import formats
from moussem.engines.eligibility.assess import Facts, Verdict
from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion, Rule
from moussem.engines.eligibility.words import Ask, Reason, asked_for, reasons
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit, from_scaled
from moussem.programmes.domain.rules import assessed, kept_facts, rule_of
from moussem.programmes.enums import Fact
from moussem.programmes.models import RuleSet

VERDICT_LABELS = {
    Verdict.YES: pgettext_lazy("verdict", "Eligible"),
    Verdict.NO: pgettext_lazy("verdict", "Not eligible"),
    Verdict.CANNOT_SAY: pgettext_lazy("verdict", "Cannot say"),
}
_MARKS = {Verdict.YES: "yes", Verdict.NO: "no", Verdict.CANNOT_SAY: "doubt"}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One criterion's answer: the fact's label, its mark (`core` state) and the sentence."""

    reason: Reason
    label: str
    mark: str
    verdict: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What rules say of facts, in words. `ask` names the facts to ask for; `headline` says the whole in one line."""

    rule_set: RuleSet
    verdict: Verdict
    mark: str
    label: str
    headline: str
    lines: Sequence[ReasonLine]
    ask: Sequence[str]


def answer(rule_set: RuleSet, facts: Facts) -> Answer:
    """What a rule set says of facts, in the reader's language; raises `RulesUnreadable`."""
    outcome = assessed(rule_set.criteria, facts)
    wanted = asked_for(outcome)
    return Answer(
        rule_set=rule_set,
        verdict=outcome.verdict,
        mark=_MARKS[outcome.verdict],
        label=str(VERDICT_LABELS[outcome.verdict]),
        headline=_headline(outcome.verdict, wanted),
        lines=[_line(reason) for reason in reasons(outcome)],
        ask=wanted,
    )


def _headline(verdict: Verdict, wanted: Sequence[str]) -> str:
    if verdict is Verdict.YES:
        return _("By what is stated, the project is eligible.")
    if verdict is Verdict.NO:
        return _("By what is stated, the project is not eligible. Correct the figure if it is wrong.")
    labels = ", ".join(str(Fact(name).label) for name in wanted)
    return _("The rules cannot answer yet. To be stated: %(facts)s.") % {"facts": labels}


def _line(reason: Reason) -> ReasonLine:
    label = str(Fact(reason.criterion.fact).label)
    sentence = _("%(fact)s: %(rule)s") % {"fact": label, "rule": _said(reason)}
    return ReasonLine(reason, label, _MARKS[reason.verdict], str(VERDICT_LABELS[reason.verdict]), sentence)


def _said(reason: Reason) -> str:
    rule = criterion_words(reason.criterion)
    if reason.ask is Ask.VALUE:
        return _("not stated; the rule asks for %(rule)s. State it.") % {"rule": rule}
    words = {"stated": quantity_words(reason.stated), "rule": rule}
    if reason.ask is Ask.EXACT_VALUE:
        return _("“%(stated)s” leaves it open; the rule asks for %(rule)s. State the exact value.") % words
    if reason.verdict is Verdict.NO:
        return _("%(stated)s by what is stated, but the rule asks for %(rule)s.") % words
    return _("%(stated)s by what is stated, and the rule asks for %(rule)s.") % words


def quantity_words(stated: Quantity | None) -> str:
    """A fact as stated: "plus de 900 000 DH", "20 emplois"; "not stated" where there is none."""
    if stated is None:
        return formats.not_stated()
    return str(formats.amount(stated.value, stated.unit, stated.bound, value_max=stated.value_max))


def fact_words(fact: str, stated: Quantity) -> str:
    """A fact with its value: "Emplois à créer : 20 emplois"."""
    return _("%(fact)s: %(rule)s") % {"fact": Fact(fact).label, "rule": quantity_words(stated)}


def criterion_words(criterion: Criterion) -> str:
    """The rule of one criterion: "at least MAD 1 million (included)", with its article where it has one."""
    above = criterion.comparison is Comparison.FROM
    bound = ("at_least" if above else "at_most") if criterion.included else ("over" if above else "under")
    said = str(formats.amount(from_scaled(criterion.bound, Unit(criterion.unit)), criterion.unit, bound))
    if criterion.included:
        said = _("%(rule)s (included)") % {"rule": said}
    return f"{said}, {criterion.article}" if criterion.article else said


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of a rule set in words; `depth` is how far it is set in, `joined` what ties it to the line before."""

    words: str
    depth: int
    joined: str = ""


def rule_lines(criteria: Mapping[str, Any]) -> list[RuleLine]:
    """A rule set as lines to be read from top to bottom; raises `RulesUnreadable`."""
    return _lines(rule_of(criteria), 0, "")


def _lines(rule: Rule, depth: int, joined: str) -> list[RuleLine]:
    if isinstance(rule, Criterion):
        words = {"fact": Fact(rule.fact).label, "rule": criterion_words(rule)}
        return [RuleLine(_("%(fact)s: %(rule)s") % words, depth, joined)]
    tie = pgettext("between rules", "and") if rule.combination is Combination.ALL else pgettext("between rules", "or")
    inside = depth + (1 if joined else 0)
    found: list[RuleLine] = []
    for n, part in enumerate(rule.parts):
        found += _lines(part, inside, tie if n else joined)
    return found


def frozen(rule_set: RuleSet, facts: Facts) -> dict[str, Any]:
    """The assessment as a decision keeps it: values, rules, their version, and the words in every language."""
    now = answer(rule_set, facts)
    said: dict[str, dict[str, Any]] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            told = answer(rule_set, facts)
            said[code] = {"headline": told.headline, "reasons": [line.sentence for line in told.lines]}
    return {
        "verdict": now.verdict.value,
        "rule_set": str(rule_set.public_id),
        "rule_set_number": rule_set.number,
        "rules": rule_set.criteria,
        "facts": kept_facts(facts),
        "verdicts": [line.reason.verdict.value for line in now.lines],
        "words": said,
    }
