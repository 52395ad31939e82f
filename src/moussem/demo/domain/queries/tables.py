"""The tables behind the season, as their pages show them: the mapping of their words, and what became of each row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from moussem.accounts.enums import PromoterKind
from moussem.core.actor import ANONYMOUS
from moussem.core.addresses import public_address
from moussem.core.components import FigureLine
from moussem.core.texts import say
from moussem.demo.domain.mapping import FACT_TABLES, Refusal, kind_of, refusals
from moussem.demo.domain.reading import Row, mapping, table, texts
from moussem.evidence.domain.queries.lines import (
    StatementLine,
    figure_line,
    loaded_figures,
    loaded_statements,
    measure_label,
    statement_line,
)
from moussem.evidence.enums import StatementKind
from moussem.evidence.models import Document, Figure, Statement

PAIRS = "announced_vs_observed"
ADDRESS = "tables/"


class NoTable(LookupError):
    """No table of the season is called so."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the mapping: the table's word, where it holds, the kind it becomes ("" for a statement), and why."""

    word: str
    where: str
    kind: str
    becomes: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table with the number of its rows, of those loaded as a record of their own, and of those refused."""

    code: str
    name: str
    url: str
    rows: int
    loaded: int
    refused: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row: what it holds, the word that says how it is known, and what became of it.

    `figure` or `statement` is the record it became or, if `reason` is not "", the one that says the same already; both
    None where that record is not loaded in this installation.
    """

    row: str
    word: str
    kind: str
    holds: FigureLine | None
    written: str
    reason: str
    figure: FigureLine | None
    statement: StatementLine | None


@dataclass(frozen=True, slots=True)
class Mapped:
    """The page of the mapping: its rules, each table's count, every refused row with its reason."""

    rules: tuple[Rule, ...]
    tables: tuple[TableLine, ...]
    refused: tuple[RowLine, ...]
    pairs: tuple[RowLine, ...]

    @property
    def rows(self) -> int:
        """Rows of all the tables of facts."""
        return sum(one.rows for one in self.tables)

    @property
    def loaded(self) -> int:
        """Rows that became a record of their own."""
        return sum(one.loaded for one in self.tables)


@dataclass(frozen=True, slots=True)
class TableView:
    """One table, row by row."""

    table: TableLine
    lines: tuple[RowLine, ...]


def table_name(code: str) -> str:
    """A table's name in the reader's language."""
    return {
        "parks": _("Parks"),
        "indicators": _("Indicators of the sector"),
        "oujda": _("Promises at Oujda"),
        "incentives": _("Rules of incentives"),
    }[code]


def rules() -> tuple[Rule, ...]:
    """The mapping, in the order in which it is applied: what holds in one place only comes before the word's own."""
    said = mapping()
    found = []
    for word, rule in said["nature"].items():
        for exception in said["observed"] if word == "observed" else ():
            where = _("where the perimeter begins with “%(words)s”") % {"words": exception["perimeter"]}
            found.append(Rule(word, where, "observed", "", say(exception["reason"])))
        statement = StatementKind(rule["statement"]).label if "statement" in rule else ""
        found.append(Rule(word, "", rule.get("kind", ""), str(statement), say(rule["reason"])))
    for rule in said["measure"]:
        where = _("where the unit is “%(unit)s”") % {"unit": rule["unit"]}
        found.append(Rule(rule["attribute"], where, "", measure_label(rule["measure"]), say(rule["reason"])))
    return tuple(found)


def table_lines() -> tuple[TableLine, ...]:
    """Each table of facts with its counts, which add up to its rows."""
    return tuple(_table_line(code) for code in FACT_TABLES)


def _table_line(code: str) -> TableLine:
    refused = sum(1 for row in table(code) if row["same_as"])
    rows = len(table(code))
    address = public_address(f"{ADDRESS}{code}/")
    return TableLine(code, table_name(code), address, rows, rows - refused, refused)


def season_is_among(documents: Iterable[Document]) -> bool:
    """Whether one of these documents is a text of the season; asks the database nothing."""
    return not {text["document"]["key"] for text in texts()}.isdisjoint(one.key for one in documents)


def mapped() -> Mapped:
    """The page of the mapping and the refused rows, as everybody reads it."""
    refused = list(refusals())
    records = _Records([refusal.already for refusal in refused])
    kept = {row["row"]: row for code in FACT_TABLES for row in table(code)}
    lines = {refusal.row: _refused(refusal, kept.get(refusal.row), records) for refusal in refused}
    pairs = {refusal.row for refusal in refused if refusal.table == PAIRS}
    return Mapped(
        rules=rules(),
        tables=table_lines(),
        refused=tuple(line for line in lines.values() if line.row not in pairs),
        pairs=tuple(line for line in lines.values() if line.row in pairs),
    )


def table_view(code: str) -> TableView:
    """One table of facts, each row with the record it became or the reason of its refusal; raises `NoTable`."""
    if code not in FACT_TABLES:
        raise NoTable(code)
    rows = table(code)
    records = _Records([row["same_as"] or row["row"] for row in rows])
    reasons = {refusal.row: refusal for refusal in refusals()}
    return TableView(
        _table_line(code),
        tuple(
            _refused(reasons[row["row"]], row, records) if row["row"] in reasons else _taken(row, records)
            for row in rows
        ),
    )


class _Records:
    """The season's published records by their keys, found in a fixed number of queries."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Find the figures and statements of these keys among the shared rows."""
        asked = {"promoter__kind": PromoterKind.COMMONS, "key__in": [key for key in keys if key]}
        figures = loaded_figures(Figure.objects.visible_to(ANONYMOUS).filter(**asked))
        statements = loaded_statements(Statement.objects.visible_to(ANONYMOUS).filter(**asked))
        self.figures: Mapping[str, FigureLine] = {row.key: figure_line(row, ANONYMOUS) for row in figures}
        self.statements: Mapping[str, StatementLine] = {row.key: statement_line(row, ANONYMOUS) for row in statements}


def _refused(refusal: Refusal, row: Row | None, records: _Records) -> RowLine:
    return _line(refusal.row, row, refusal.already, say(refusal.reason), records)


def _taken(row: Row, records: _Records) -> RowLine:
    return _line(row["row"], row, row["row"], "", records)


def _line(key: str, row: Row | None, record: str, reason: str, records: _Records) -> RowLine:
    kind = kind_of(row) if row else None
    return RowLine(
        row=key,
        word=row["nature"] if row else "",
        kind=str(kind) if kind else "",
        holds=_holds(row) if row else None,
        written=_written(row) if row else "",
        reason=reason,
        figure=records.figures.get(record),
        statement=records.statements.get(record),
    )


def _holds(row: Row) -> FigureLine | None:
    """The row's own number with its bound and unit; None where it states a date, a name or words."""
    if row["unit"] in ("date", "text", "") or not row["value"]:
        return None
    upper = row.get("value_max")
    return FigureLine(
        value=Decimal(row["value"]),
        value_max=Decimal(upper) if upper else None,
        unit=row["unit"],
        kind=str(kind_of(row) or ""),
        bound=row["bound"],
    )


def _written(row: Row) -> str:
    """What a row without a number holds, as the table writes it."""
    words = say({language: row.get(f"words_{language}", "") for language in ("fr", "en")})
    return words or row["value"] or row.get("horizon", "")
