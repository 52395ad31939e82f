"""Playing the tables: parks, indicators, Oujda's promises and incentives, row by row, by one mapping of their words."""

from collections.abc import Mapping
from decimal import Decimal

from moussem.demo.domain.facts import inferred_in, parties, put_figure, put_statement
from moussem.demo.domain.mapping import FACT_TABLES, kind_of, measure_of
from moussem.demo.domain.reading import Row, listed, mapping, period_of, table, words_of
from moussem.demo.domain.stage import Stage
from moussem.engines.values.kinds import Bound, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period
from moussem.engines.values.units import Unit, to_scaled
from moussem.evidence.domain.figures import FigureFacts, SubjectsByRole, Teller
from moussem.evidence.domain.statements import StatementFacts
from moussem.evidence.enums import StatementKind

NO_NUMBER = ("date", "text", "")
"""What the unit column holds where a row states a date, a name or words, and no quantity."""


class RowUnmapped(ValueError):
    """A row is neither a figure, nor a statement, nor refused."""


def play_tables(stage: Stage) -> None:
    """Record and publish each row that is not refused, as a figure or as a statement; raises `RowUnmapped`."""
    told = {row["row"]: row for row in table("statements")}
    for name in FACT_TABLES:
        for row in table(name):
            if row["same_as"]:
                continue
            if row["row"] in told:
                _play_statement(stage, row, told[row["row"]])
            elif row["unit"] not in NO_NUMBER:
                _play_figure(stage, row)
            elif "programme" in row:
                _play_rule(stage, row)
            else:
                raise RowUnmapped(row["row"])


def _play_figure(stage: Stage, row: Row) -> None:
    kind = kind_of(row)
    if kind is None:
        raise RowUnmapped(row["row"])
    unit = Unit(row["unit"])
    period, horizon, stated_on = _periods(row)
    facts = FigureFacts(
        key=row["row"],
        measure=Measure(row.get("measure") or measure_of(row["attribute"], row["unit"])),
        value=to_scaled(Decimal(row["value"]), unit),
        value_max=to_scaled(Decimal(row["value_max"]), unit) if row.get("value_max") else None,
        bound=Bound(row["bound"]),
        unit=unit,
        kind=kind,
        scope=Scope(row.get("scope") or Scope.NOT_STATED),
        perimeter=_perimeter(row),
        period=period,
        horizon=horizon,
        stated_on=stated_on,
        teller=_teller(stage, row),
        note=_note(row),
        inferred=inferred_in(period=period, horizon=horizon, stated_on=stated_on),
        maybe_within=stage.figures[row["may_be_inside"]] if row.get("may_be_inside") else None,
    )
    put_figure(stage, facts, _subjects(stage, row), stage.sources(listed(row["source"])))


def _periods(row: Row) -> tuple[Period | None, Period | None, Period | None]:
    """When it held, by when it shall be, when it was said; a rule's period is when it is in force."""
    period = period_of(
        row.get("period") or row.get("valid_from", ""),
        words=row.get("period_words", ""),
        inferred=bool(row.get("period_inferred")),
    )
    horizon = period_of(row.get("horizon", ""), words=row.get("horizon_words", ""))
    return period, horizon, period_of(row["stated_on"], inferred=bool(row.get("stated_on_inferred")))


def _perimeter(row: Row) -> str:
    """The series or definition of a figure; for a rule, which of its parameters it sets."""
    return row.get("perimeter") or row.get("parameter_en") or ""


def _teller(stage: Stage, row: Row) -> Teller:
    return stage.teller_named(row.get("stated_by", ""), row.get("stated_by_words", ""))


def _note(row: Row) -> Mapping[str, str]:
    """The note of a row; a rule of law also says that it is to be checked against the official bulletin."""
    note = words_of(row, "note")
    if "programme" not in row:
        return note
    legal = mapping()["caution"]["legal"]
    return {
        language: " ".join(filter(None, (_sentence(note.get(language, "")), legal[language])))
        for language in ("fr", "en")
    }


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _subjects(stage: Stage, row: Row) -> SubjectsByRole:
    """Whom and what a row is about: holders, then park, place or event, what stands apart in `also_about`, then the
    programme.
    """
    keys = [*listed(row.get("holders") or row.get("holder") or ""), row.get("park") or row.get("place") or ""]
    keys += [key for also in table("also_about") if also["row"] == row["row"] for key in listed(also["subjects"])]
    subjects = list(stage.about(filter(None, keys)))
    if "programme" in row:
        subjects += _programme(stage, row["programme"])
    return subjects


def _programme(stage: Stage, key: str) -> SubjectsByRole:
    """A programme, with the place it is for and, for an equity fund, the organisation whose capital it is."""
    entry = next(item for item in table("programmes") if item["key"] == key)
    return stage.about(filter(None, (key, entry["place"], entry["holder"])))


def _play_statement(stage: Stage, row: Row, told: Row) -> None:
    kind = StatementKind(told["kind"])
    facts = StatementFacts(
        key=row["row"],
        kind=kind,
        words=words_of(told, "words"),
        period=period_of(told["period"], inferred=bool(row.get("period_inferred"))),
        horizon=period_of(told["horizon"]),
        stated_on=period_of(row["stated_on"], inferred=bool(row.get("stated_on_inferred"))),
        forward=bool(told["forward"]),
        teller=_teller(stage, row),
    )
    subjects = parties(stage, kind, listed(told["subjects"]))
    put_statement(stage, facts, subjects, stage.sources(listed(row["source"])))


def _play_rule(stage: Stage, row: Row) -> None:
    """A rule without a number, in words, with the caution that legal rows carry."""
    caution = _note(row)
    words = {
        language: f"{_sentence(row[f'parameter_{language}'] + ' : ' + row[f'words_{language}'])} {caution[language]}"
        for language in ("fr", "en")
    }
    facts = StatementFacts(
        key=row["row"],
        kind=StatementKind.RULE,
        words=words,
        period=period_of(row["valid_from"]),
        stated_on=period_of(row["stated_on"]),
    )
    put_statement(stage, facts, _programme(stage, row["programme"]), stage.sources(listed(row["source"])))
