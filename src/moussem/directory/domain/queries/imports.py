"""The lists from files as their owner sees them: all of them, and one with its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from moussem.core import progress
from moussem.core.actor import Actor
from moussem.core.models import Job, JobState
from moussem.core.progress import Progress
from moussem.directory.domain.imports.deciding import is_open, open_doubts
from moussem.directory.domain.imports.matching import Row
from moussem.directory.enums import ImportState, Verdict
from moussem.directory.models import Affiliation, ImportedList, ImportedRows, Person

PAGE = 50
NEWEST = 100


def lists_of(actor: Actor) -> "Sequence[ImportedList]":
    """The newest lists that the actor sees, at most a hundred."""
    own = ImportedList.objects.visible_to(actor).filter(promoter=actor.promoter_pk)
    return own.select_related("owner").order_by("-pk")[:NEWEST]


def waiting_lists(actor: Actor) -> "QuerySet[ImportedList]":
    """The lists that wait for a yes or a no."""
    return ImportedList.objects.visible_to(actor).filter(state=ImportState.READY)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The person of the directory that a row is taken for: where their page is, their name, and where they are."""

    public_id: UUID
    name: str
    firms: Sequence[str]


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row with the person that it is taken for (None: nobody) and the name of its sheet."""

    row: Row
    sheet: str
    person: KnownPerson | None


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Some rows of one verdict ("": all): where they begin, from 0 on, and where the next page does (None: nowhere)."""

    rows: Sequence[ListRow]
    start: int
    next: int | None


@dataclass(frozen=True, slots=True)
class ListDesk:
    """A list on its page. `progress` tells how far its reading or writing is, None where nothing is told; `has_work`
    whether the worker still has something to do for it.
    """

    imported: ImportedList
    progress: Progress | None
    page: RowsPage
    verdict: str
    doubts: int
    has_work: bool

    @property
    def is_working(self) -> bool:
        """Whether the worker has it in hand: the page looks again by itself."""
        return self.imported.state in (ImportState.READING, ImportState.WRITING, ImportState.UNDOING)

    @property
    def total(self) -> int:
        """How many rows were read."""
        return sum(self.imported.counts.values())

    @property
    def wrong(self) -> int:
        """How many rows are to be corrected."""
        return int(self.imported.counts.get(Verdict.WRONG, 0))

    @property
    def to_write(self) -> int:
        """How many rows a yes writes."""
        return self.total - self.wrong


def list_desk(actor: Actor, imported: ImportedList, *, verdict: str = "", start: int = 0) -> ListDesk:
    """All that stands on a list's page; rows that a person must look at come first where nothing was asked for."""
    if verdict not in Verdict.values:
        verdict = ""
    page = rows_of(actor, imported, verdict=verdict, start=start)
    working = progress.told(str(imported.public_id))
    doubts = open_doubts(imported) if imported.state == ImportState.READY else 0
    return ListDesk(imported, working, page, verdict, doubts, _has_work(imported))


def _has_work(imported: ImportedList) -> bool:
    """Whether the worker still has something to do for the list, in this room or a higher one."""
    asked = Job.objects.filter(state__in=(JobState.WAITING, JobState.RUNNING), promoter_key=imported.promoter.key)
    return asked.filter(arguments__imported_list=str(imported.public_id)).exists()


def rows_of(actor: Actor, imported: ImportedList, *, verdict: str = "", start: int = 0) -> RowsPage:
    """A page of the rows of one verdict, or of all; parts that hold none of them are not loaded."""
    parts = ImportedRows.objects.filter(imported_list=imported).order_by("position")
    skip, found = start, list[Row]()
    for pk, counts in parts.values_list("pk", "counts"):
        count = counts.get(verdict, 0) if verdict else sum(counts.values())
        if skip >= count:
            skip -= count
            continue
        rows = ImportedRows.objects.values_list("rows", flat=True).get(pk=pk)
        found += [row for row in rows if not verdict or row["verdict"] == verdict][skip:]
        skip = 0
        if len(found) > PAGE:
            break
    shown = found[:PAGE]
    people = _people(actor, {row["person"] for row in shown if row["person"]})
    names = [sheet["name"] for sheet in imported.sheets]
    rows_shown = [ListRow(row, names[row["sheet"]], people.get(row["person"])) for row in shown]
    return RowsPage(rows_shown, start, start + PAGE if len(found) > PAGE else None)


def _people(actor: Actor, pks: set[int]) -> Mapping[int, KnownPerson]:
    firms: dict[int, list[str]] = {}
    ties = Affiliation.objects.visible_to(actor).filter(person__in=pks, former=False).order_by("pk")
    for person, firm in ties.values_list("person", "organisation__name"):
        firms.setdefault(person, []).append(firm)
    rows = Person.objects.visible_to(actor).filter(pk__in=pks).values_list("pk", "public_id", "name")
    return {pk: KnownPerson(key, name, firms.get(pk, ())) for pk, key, name in rows}


def people_of(imported: ImportedList) -> "list[tuple[int, int | None, str]]":
    """Whom a written list names, in order and each once: the person's and the organisation's inner keys, and the kind
    of guest as the file says it.
    """
    found: dict[int, tuple[int, int | None, str]] = {}
    parts = ImportedRows.objects.filter(imported_list=imported).order_by("position").values_list("rows", flat=True)
    for rows in parts.iterator(chunk_size=4):
        for row in rows:
            if row["person"] and row["verdict"] != Verdict.WRONG and not is_open(row):
                found.setdefault(row["person"], (row["person"], row.get("firm"), row["guest_kind"]))
    return list(found.values())


def kinds_named(imported: ImportedList) -> dict[str, int]:
    """The kinds of guests that the rows of a list name, as written, with how many rows do."""
    found: dict[str, int] = {}
    parts = ImportedRows.objects.filter(imported_list=imported).values_list("rows", flat=True)
    for rows in parts.iterator(chunk_size=4):
        for row in rows:
            if row["guest_kind"] and row["verdict"] != Verdict.WRONG:
                found[row["guest_kind"]] = found.get(row["guest_kind"], 0) + 1
    return found


def about(imported: ImportedList) -> Mapping[str, Any]:
    """How the file was read: the encoding and the delimiter of a text ("" for a workbook)."""
    first = imported.sheets[0] if imported.sheets else {}
    return {"encoding": first.get("encoding", ""), "delimiter": first.get("delimiter", "")}
