"""The newest of what is tied to several subjects, read along each subject's own index and merged: never sorted whole.

A territory or a merged firm is a few subjects with tens of thousands of rows between them; a page needs twenty.
"""

import heapq
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from moussem.core.timelines import Moment
from moussem.core.together import for_each

MOST_ROLES = 3
"""In how many roles at most a row is tied to one subject; each is one entry of the index."""


STANDING_FOR = -1
"""No row has this inner key: it stands for each subject in turn."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row (its inner key) and where it stands: `day` is the ordinal of its first day, 0 where none is stated."""

    day: int
    entry: uuid.UUID
    pk: int


def newest_of(
    rows: "QuerySet[Any]",
    subjects: Iterable[int],
    before: Moment | None,
    limit: int,
    *,
    narrowed: Mapping[str, Any] | None = None,
) -> list[Placed]:
    """The newest of `rows` (figures or statements) tied to any of the subjects (inner keys), each named once.

    Strictly older than `before`, newest first, at most `limit`. `narrowed` are further conditions on the links.
    """
    columns = tied_newest(rows, [STANDING_FOR], before, limit, **(narrowed or {}))
    return newest_among(for_each(columns, [{STANDING_FOR: subject} for subject in subjects]), limit)


def tied_newest(
    rows: "QuerySet[Any]", subjects: Sequence[int], before: Moment | None, limit: int, **narrowed: Any
) -> "QuerySet[Any]":
    """Enough of the newest of `rows` tied to subjects (inner keys) for a stretch of `limit`: day, entry and key."""
    tied = rows.filter(before_of(before), links__subject__in=subjects, **narrowed)
    ordered = tied.order_by("-links__moment", "-links__entry")[: limit * MOST_ROLES]
    return ordered.values_list("links__moment", "links__entry", "pk")


def newest_among(found: Iterable[Sequence[tuple[Any, ...]]], limit: int) -> list[Placed]:
    """The newest of several lists (of `tied_newest`), each newest first; each row once, at most `limit`."""
    streams = [
        [Placed(day, entry if isinstance(entry, uuid.UUID) else uuid.UUID(entry), pk) for day, entry, pk in one]
        for one in found
    ]
    merged = heapq.merge(*streams, key=lambda one: (one.day, one.entry), reverse=True)
    return list(islice({one.pk: one for one in merged}.values(), limit))


def before_of(moment: Moment | None) -> Q:
    """Rows whose link stands strictly before a moment; with every day given, so that an index is read from there."""
    if moment is None:
        return Q()
    day = moment.on.toordinal() if moment.on else 0
    return Q(links__moment__lte=day) & (Q(links__moment__lt=day) | Q(links__entry__lt=moment.key))
