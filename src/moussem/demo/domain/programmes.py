"""Playing the programmes: the rows, then the versions of their rules and the awards, each with its sources."""

from collections.abc import Iterable
from decimal import Decimal

from moussem.core.ids import uuid7
from moussem.demo.domain.reading import Record, programme_records, table, texts, words_of
from moussem.demo.domain.stage import Stage
from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion, Group, Rule
from moussem.engines.values.units import Unit, to_scaled
from moussem.evidence.domain.queries.subjects import OWN_PAGE
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Citation
from moussem.programmes.domain.programmes import (
    AwardFacts,
    ProgrammeFacts,
    RuleFacts,
    add_programme,
    add_rule_set,
    give_award,
)
from moussem.programmes.domain.rules import UNIT_OF_FACT
from moussem.programmes.enums import ProgrammeKind


def play_programmes(stage: Stage) -> None:
    """Add each programme that a text or table speaks of. Where no source says what it gives it stays a bare subject."""
    for text in texts():
        for record in text.get("programme", ()):
            citations = stage.quotes(text["document"]["key"], record["cite"])
            _add(stage, record, citations)
    for row in table("programmes"):
        record = {**row, "name": words_of(row, "name")}
        _add(stage, record, stage.sources([row["source"]]))


def _add(stage: Stage, record: Record, citations: list[Citation]) -> None:
    place, giver, event = (record.get(name) for name in ("place", "giver", "event"))
    if not record.get("kind"):
        _open_bare(stage, record, citations)
        return
    programme = add_programme(
        by=stage.by,
        at=stage.at,
        facts=ProgrammeFacts(
            kind=ProgrammeKind(record["kind"]),
            name=record["name"],
            purpose=record.get("purpose", {}),
            giver=stage.find(giver) if giver else None,
            place=stage.find(place) if place else None,
            event=stage.find(event) if event else None,
            envelope=to_scaled(Decimal(record["envelope"]), Unit.MAD) if record.get("envelope") else None,
        ),
        publish=True,
    )
    stage.enter(record["key"], programme)
    stage.tie_thing(citations, programme)


def _open_bare(stage: Stage, record: Record, citations: list[Citation]) -> None:
    place, public_id = record.get("place"), uuid7()
    subject = open_subject(
        by=stage.by, kind=SubjectKind.PROGRAMME, public_id=public_id, label=record["name"],
        address=f"{OWN_PAGE}{public_id}/", within=stage.subject(place) if place else None, published_at=stage.at,
    )  # fmt: skip
    stage.enter(record["key"], subject)
    stage.tie_thing(citations, subject)


def play_rules_and_awards(stage: Stage) -> None:
    """Add the versions of rules and the awards, cited by the very figures and statements that state them."""
    for record in programme_records("rule_set"):
        add_rule_set(
            by=stage.by,
            at=stage.at,
            programme=stage.find(record["programme"]),
            facts=RuleFacts(
                rule=_rule(record["ways"]), inferred=record.get("inferred", {}), remarks=record.get("remarks", {})
            ),
            citations=_cited(stage, record),
        )
    for record in programme_records("award"):
        person = record.get("person")
        give_award(
            by=stage.by,
            at=stage.at,
            programme=stage.find(record["programme"]),
            facts=AwardFacts(
                category=record["category"],
                person=stage.find(person) if person else None,
                words=record.get("words", {}),
                count=record.get("count", 1),
            ),
            citations=_cited(stage, record),
        )


def _rule(ways: Iterable[Iterable[Record]]) -> Rule:
    groups = tuple(Group(Combination.ALL, tuple(_criterion(line) for line in way)) for way in ways)
    return groups[0] if len(groups) == 1 else Group(Combination.ANY, groups)


def _criterion(line: Record) -> Criterion:
    unit = UNIT_OF_FACT[line["fact"]]
    return Criterion(line["fact"], unit, Comparison.FROM, to_scaled(Decimal(line["from"]), unit), line["included"])


def _cited(stage: Stage, record: Record) -> list[Citation]:
    facts = [stage.figures[key] for key in record.get("figures", ())]
    facts += [stage.statements[key] for key in record.get("statements", ())]
    return list({citation.pk: citation for fact in facts for citation in fact.citations.order_by("pk")}.values())
