"""From the tables' words to kinds and measures, and what became of each row: loaded, or refused with the reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from moussem.demo.domain.reading import Row, mapping, table
from moussem.evidence.enums import Kind

FACT_TABLES = ("parks", "indicators", "oujda", "incentives")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not loaded by itself: its table, its key, the fact that already says the same ("" if none)."""

    table: str
    row: str
    reason: Mapping[str, str]
    already: str = ""


def kind_of(row: Row) -> Kind | None:
    """The kind of the figure in a row; None where the row's nature makes it a statement.

    "observed" stays observed only where the perimeter names a body that counts and does not promote.
    """
    rules = mapping()
    nature = row["nature"]
    if nature == "observed" and any(
        row.get("perimeter", "").startswith(rule["perimeter"]) for rule in rules["observed"]
    ):
        return Kind.OBSERVED
    kind = rules["nature"][nature].get("kind")
    return Kind(kind) if kind else None


def measure_of(attribute: str, unit: str) -> str:
    """The measure of a park's attribute in this unit; the attribute itself unless the mapping says otherwise."""
    for rule in mapping()["measure"]:
        if (rule["attribute"], rule["unit"]) == (attribute, unit):
            return str(rule["measure"])
    return attribute


def refusals() -> Iterator[Refusal]:
    """Every row of the tables that is not loaded by itself, with the reason, in the order of the tables."""
    reasons = {rule["row"]: rule["reason"] for rule in mapping()["exception"]}
    caution = mapping()["caution"]
    for name in FACT_TABLES:
        for row in table(name):
            if row["same_as"]:
                reason = reasons.get(row["row"]) or _said(caution["same_as"], row["same_as"])
                yield Refusal(name, row["row"], reason, row["same_as"])
    for row in table("announced_vs_observed"):
        pair = [row["announced"], row["later"]]
        reason = _said(caution["pair"], " / ".join(pair)) if all(pair) else caution["unpaired"]
        yield Refusal("announced_vs_observed", row["row"], reason, row["announced"])


def _said(words: Mapping[str, str], key: str) -> dict[str, str]:
    return {language: text.format(key=key) for language, text in words.items()}
