"""A list from a file as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from moussem.directory.domain.imports.deciding import is_open
from moussem.directory.domain.queries.imports import KnownPerson, ListRow
from moussem.directory.enums import MatchReason, Verdict
from moussem.directory.interfaces.import_sentences import DELIMITERS, ENCODINGS, faults_of, refusal_of
from moussem.directory.models import ImportedList
from moussem.engines.lists.headings import Column

_STATES = {Verdict.NEW: "yes", Verdict.KNOWN: "kept", Verdict.DOUBTFUL: "doubt", Verdict.WRONG: "no"}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: what it says, what it is in words, whom it is taken for and why, what is wrong with it, and how its
    doubt is asked about (`doubt` is the field's name, "" where there is none).
    """

    said: dict[str, Any]
    sheet: str
    verdict: str
    state: str
    why: str
    person: KnownPerson | None
    faults: Sequence[str]
    doubt: str
    kept: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody must still say whom the row means."""
        return is_open(self.said)


def shown(imported: ImportedList, rows: Sequence[ListRow]) -> list[ShownRow]:
    """The rows of a page, with their words."""
    return [_shown(imported, row) for row in rows]


def _shown(imported: ImportedList, found: ListRow) -> ShownRow:
    row, verdict = found.row, Verdict(found.row["verdict"])
    why = str(MatchReason(row["why"]).label) if row.get("why") and verdict != Verdict.NEW else ""
    if row.get("score"):
        why = _("%(why)s (%(score)s out of 100)") % {"why": why, "score": row["score"]}
    doubt = f"doubt-{row['sheet']}-{row['row']}" if verdict == Verdict.DOUBTFUL else ""
    return ShownRow(
        row, found.sheet, str(verdict.label), _STATES[verdict], why,
        found.person if verdict != Verdict.NEW else None, faults_of(imported, row), doubt, bool(row.get("kept")),
    )  # fmt: skip


_OF_TEXT = frozenset({"encoding", "quotes"})
"""Why only a text is refused."""


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How a file was read: why it was not, in words ("": it was); encoding and delimiter of a text; the sheets that
    name nobody; whether any column is said to hold names;
    whether it is a text, so that a person may say how it is to be read.
    """

    refusal: str
    encoding: str
    delimiter: str
    unread: Sequence[str]
    names_people: bool
    is_text: bool


def read_as(imported: ImportedList) -> ReadAs:
    """How the file of a list was read."""
    sheets = imported.sheets
    first = sheets[0] if sheets else {"encoding": "", "delimiter": ""}
    names = {Column.NAME.value, Column.LAST_NAME.value}
    return ReadAs(
        refusal=refusal_of(imported),
        encoding=str(ENCODINGS.get(first["encoding"], first["encoding"])),
        delimiter=str(DELIMITERS.get(first["delimiter"], first["delimiter"])),
        unread=[sheet["name"] for sheet in sheets if not sheet["read"] and sheet["columns"] and sheet["name"]],
        names_people=any(column["column"] in names for sheet in sheets for column in sheet["columns"]),
        is_text=bool(first["encoding"]) or imported.refusal.get("code") in _OF_TEXT,
    )
