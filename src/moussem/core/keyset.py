"""Long lists, a page at a time, by the last row shown: page one thousand costs what page one does."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

PAGE = 50


@dataclass(frozen=True, slots=True)
class RowPage:
    """Rows in order; `after` is the cursor of the next page, "" on the last one; `is_first` where none was given."""

    rows: Sequence[Any]
    after: str = ""
    is_first: bool = True


def page_by_name(rows: QuerySet[Any], column: str, cursor: str = "", limit: int = PAGE) -> RowPage:
    """Rows in the order of a text column and their public identifier, those after `cursor` only.

    An unreadable cursor is the first page.
    """
    last = _read(cursor)
    if last is not None:
        key, name = last
        # The first condition alone tells the database where in its index to begin.
        beyond = Q(**{f"{column}__gt": name}) | Q(public_id__gt=key)
        rows = rows.filter(Q(**{f"{column}__gte": name}) & beyond)
    found = list(rows.order_by(column, "public_id")[: limit + 1])
    shown = found[:limit]
    after = f"{shown[-1].public_id}~{getattr(shown[-1], column)}" if len(found) > limit else ""
    return RowPage(shown, after, last is None)


def _read(cursor: str) -> tuple[uuid.UUID, str] | None:
    key, parted, name = cursor.partition("~")
    try:
        return (uuid.UUID(key), name) if parted else None
    except ValueError:
        return None


def page_newest(rows: QuerySet[Any], cursor: str = "", limit: int = PAGE) -> RowPage:
    """Rows by when they were made, the newest first, those older than `cursor` (a public identifier) only.

    An unreadable cursor is the first page.
    """
    last = _key(cursor)
    if last is not None:
        rows = rows.filter(public_id__lt=last)
    return _page(list(rows.order_by("-public_id")[: limit + 1]), last, limit)


@dataclass(frozen=True, slots=True)
class Parts:
    """A page of rows that lie in several parts, by when they were made: each part is read along its own index up to the
    page's length, and what a row shows is asked for those of the page alone. Few or many rows in a part cost the same.

    Ask `firsts` (beside whatever else the page asks), and hand their rows to `page`.
    """

    parts: "Sequence[QuerySet[Any]]"
    cursor: str = ""
    newest_first: bool = True
    limit: int = PAGE

    def firsts(self) -> "list[QuerySet[Any]]":
        """The first of each part after the cursor: public identifier and inner key."""
        last, order = _key(self.cursor), "-public_id" if self.newest_first else "public_id"
        beyond = Q() if last is None else Q(**{f"public_id__{'lt' if self.newest_first else 'gt'}": last})
        found = (part.filter(beyond).order_by(order) for part in self.parts)
        return [part.values_list("public_id", "pk")[: self.limit + 1] for part in found]

    def page(self, firsts: "Sequence[Sequence[tuple[uuid.UUID, int]]]", rows: "QuerySet[Any]") -> RowPage:
        """The page, of `rows` with all that they show; one query."""
        found = sorted((pair for part in firsts for pair in part), reverse=self.newest_first)[: self.limit + 1]
        shown = {row.pk: row for row in rows.filter(pk__in=[pk for _, pk in found[: self.limit]])}
        ordered = [shown[pk] for _, pk in found[: self.limit] if pk in shown]
        after = str(found[self.limit - 1][0]) if len(found) > self.limit else ""
        return RowPage(ordered, after, _key(self.cursor) is None)


def _key(cursor: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(cursor) if cursor else None
    except ValueError:
        return None


def _page(found: Sequence[Any], last: uuid.UUID | None, limit: int) -> RowPage:
    shown = found[:limit]
    return RowPage(shown, str(shown[-1].public_id) if len(found) > limit else "", last is None)
