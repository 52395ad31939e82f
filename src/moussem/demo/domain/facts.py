"""Playing the facts of the five texts: figures, statements and contradictions, each with its quotes."""

from decimal import Decimal

from moussem.demo.domain.reading import Record, listed, period_in, table, texts, words_of
from moussem.demo.domain.stage import Stage
from moussem.engines.values.kinds import Bound, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit, to_scaled
from moussem.evidence.domain.figures import FigureFacts, SubjectsByRole, publish_figure, record_figure
from moussem.evidence.domain.statements import StatementFacts, publish_statement, record_statement, set_against
from moussem.evidence.enums import Kind, StatementKind, SubjectRole
from moussem.evidence.models import Citation


def play_text_facts(stage: Stage) -> None:
    """Record and publish what the five texts state, in their order."""
    for text in texts():
        key = text["document"]["key"]
        for record in text.get("figure", ()):
            _play_figure(stage, key, record)
        for record in text.get("statement", ()):
            _play_statement(stage, key, record)


def put_figure(stage: Stage, facts: FigureFacts, subjects: SubjectsByRole, citations: list[Citation]) -> None:
    """Record a figure and open it to the public."""
    figure = record_figure(by=stage.by, at=stage.at, facts=facts, subjects=subjects, citations=citations)
    stage.figures[facts.key] = publish_figure(by=stage.by, at=stage.at, figure=figure)


def put_statement(stage: Stage, facts: StatementFacts, subjects: SubjectsByRole, citations: list[Citation]) -> None:
    """Record a statement and open it to the public."""
    statement = record_statement(by=stage.by, at=stage.at, facts=facts, subjects=subjects, citations=citations)
    stage.statements[facts.key] = publish_statement(by=stage.by, at=stage.at, statement=statement)


def inferred_in(**periods: object) -> tuple[str, ...]:
    """The names of the periods that a reader worked out."""
    return tuple(name for name, period in periods.items() if getattr(period, "inferred", False))


def _play_figure(stage: Stage, text: str, record: Record) -> None:
    unit = Unit(record["unit"])
    period, horizon, stated_on = (period_in(record, name) for name in ("period", "horizon", "stated_on"))
    facts = FigureFacts(
        key=record["key"],
        measure=Measure(record["measure"]),
        value=to_scaled(Decimal(record["value"]), unit),
        value_max=to_scaled(Decimal(record["value_max"]), unit) if "value_max" in record else None,
        bound=Bound(record["bound"]),
        unit=unit,
        kind=Kind(record["kind"]),
        scope=Scope(record.get("scope", Scope.NOT_STATED)),
        perimeter=record.get("perimeter", ""),
        period=period,
        horizon=horizon,
        stated_on=stated_on,
        teller=stage.teller(record["stated_by"]),
        note=record.get("note"),
        inferred=inferred_in(period=period, horizon=horizon, stated_on=stated_on),
    )
    subjects = [(SubjectRole(item["role"]), stage.subject(item["ref"])) for item in record["subjects"]]
    put_figure(stage, facts, subjects, stage.quotes(text, record["cite"]))


def _play_statement(stage: Stage, text: str, record: Record) -> None:
    kind = StatementKind(record["kind"])
    facts = StatementFacts(
        key=record["key"],
        kind=kind,
        words=record["words"],
        period=period_in(record, "period"),
        horizon=period_in(record, "horizon"),
        stated_on=period_in(record, "stated_on"),
        forward=record.get("forward", False),
        teller=stage.teller(record["stated_by"]),
    )
    put_statement(stage, facts, parties(stage, kind, record["subjects"]), stage.quotes(text, record["cite"]))


def parties(stage: Stage, kind: StatementKind, keys: list[str]) -> SubjectsByRole:
    """The subjects of a statement in the role of their kind; organisations that agree are parties."""
    agreed = kind == StatementKind.AGREEMENT
    return [
        (SubjectRole.PARTY if agreed and role == SubjectRole.HOLDER else role, subject)
        for role, subject in stage.about(keys)
    ]


def play_contradictions(stage: Stage) -> None:
    """Put side by side what cannot all be so, from the texts and across the tables."""
    for text in texts():
        for record in text.get("contradiction", ()):
            _set_against(stage, record["key"], record["words"], record["figures"], record["statements"])
    for row in table("contradictions"):
        _set_against(stage, row["key"], words_of(row, "words"), listed(row["figures"]), listed(row["statements"]))


def _set_against(stage: Stage, key: str, words: dict[str, str], figures: list[str], statements: list[str]) -> None:
    set_against(
        by=stage.by,
        at=stage.at,
        key=key,
        words=words,
        figures=[stage.figures[name] for name in figures],
        statements=[stage.statements[name] for name in statements],
        publish=True,
    )
