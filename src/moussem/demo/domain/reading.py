"""Reading the season's data files: five texts in TOML, tables in CSV, one mapping of the tables' words."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from moussem.engines.values.period import Period, parse_period

Record = Mapping[str, Any]
Row = Mapping[str, str]

DEMO = Path(__file__).resolve().parent.parent


@cache
def texts() -> tuple[Record, ...]:
    """The five texts in order, each as its file has it: document, passages, records, figures, statements, silences."""
    return tuple(_toml(path) for path in sorted((DEMO / "season").glob("*.toml")))


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of one table, by column; an empty cell is "": not stated."""
    with (DEMO / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def mapping() -> Record:
    """The documented mapping of the tables' words, with the reason of each."""
    return _toml(DEMO / "mapping.toml")


@cache
def programme_records(kind: str) -> tuple[Record, ...]:
    """The rule sets or the awards of the programmes, as their file has them."""
    return tuple(_toml(DEMO / "programmes.toml")[kind])


def _toml(path: Path) -> Record:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def period_of(text: str, *, words: str = "", inferred: bool = False) -> Period | None:
    """The period a data file writes, with the source's words; None where it is empty: not stated.

    The parser's own words are kept only where the dates do not say them already ("early 2009").
    """
    parsed = parse_period(text)
    if parsed is None:
        return None
    kept = words or (parsed.words if parsed.words[:1].isalpha() and parsed.words != "open" else "")
    return replace(parsed, words=kept, inferred=inferred)


def period_in(record: Record, name: str) -> Period | None:
    """The period that a text's record holds under `name`; None where the text does not state it."""
    stated = record.get(name)
    if stated is None:
        return None
    return period_of(stated["text"], words=stated.get("words", ""), inferred=stated.get("inferred", False))


def words_of(row: Row, name: str) -> dict[str, str]:
    """The French and English words of a table's columns `<name>_fr` and `<name>_en`, without the empty ones."""
    return {language: row[f"{name}_{language}"] for language in ("fr", "en") if row.get(f"{name}_{language}")}


def listed(cell: str) -> list[str]:
    """The references in a cell, separated by semicolons; none in an empty one."""
    return [part.strip() for part in cell.split(";") if part.strip()]
