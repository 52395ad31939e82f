"""One timeline from many rooms: each registers a source, and a page merges them newest first without counting rows.

An entry stands at a `Moment`: its first day (None: not stated, all of them after the dated ones) and its row's public
identifier. Both together are the cursor of the page, the same for every source, so that a page of ten thousand
entries costs what a page of twenty does.
"""

import heapq
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import F, Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, reading_of, side_by_side
from moussem.core.components import Event


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an entry stands: `on` is its first day, None where no date is stated; `key` tells equal days apart."""

    on: date | None
    key: uuid.UUID

    @property
    def rank(self) -> tuple[date, uuid.UUID]:
        """Sorts moments: the larger is the newer; what has no date is older than everything that has one."""
        return (self.on or date.min, self.key)

    def __str__(self) -> str:
        return f"{self.on.isoformat() if self.on else ''}~{self.key}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The moment written by `str`; None for anything else, so that a mistyped cursor is the first page."""
        day, _, key = text.partition("~")
        try:
            return cls(date.fromisoformat(day) if day else None, uuid.UUID(key))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline and where it stands."""

    moment: Moment
    event: Event


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A stretch of a timeline, newest first; `older` is the cursor of the next stretch, "" where there is none."""

    events: tuple[Event, ...]
    older: str = ""


Source = Callable[[Actor, Sequence[int], Moment | None, int], Sequence[Entry]]
"""Answers, for an actor, the keys of subjects, a moment (None: from the newest) and a limit, the newest entries that
are strictly older than the moment, newest first, at most as many as the limit. One that is `answered` asks together
with the others."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Offer a room's entries to every timeline; called once from an app's `panels.py`."""
    if source not in _sources:
        _sources.append(source)


def older_than(
    rows: QuerySet[Any], moment: Moment | None, limit: int, *, day: str = "period_start", dated: bool = False
) -> QuerySet[Any]:
    """`rows` newest first by the column `day` and `public_id`, those strictly older than `moment`, at most `limit`.

    `dated` says that every row has a day, so that PostgreSQL too may read the order from an index.
    """
    if moment is not None:
        rows = rows.filter(_before(moment, day))
    return rows.order_by(F(day).desc(nulls_last=None if dated else True), "-public_id")[:limit]


def _before(moment: Moment, day: str) -> Q:
    undated = Q(**{f"{day}__isnull": True})
    if moment.on is None:
        return undated & Q(public_id__lt=moment.key)
    same_day = Q(**{day: moment.on}) & Q(public_id__lt=moment.key)
    return Q(**{f"{day}__lt": moment.on}) | same_day | undated


def merged(parts: Iterable[Sequence[Entry]], limit: int) -> TimelinePage:
    """The newest `limit` entries of several stretches, each of which is newest first and at least as long as needed."""
    merging = heapq.merge(*parts, key=lambda entry: entry.moment.rank, reverse=True)
    entries = [entry for entry, _ in zip(merging, range(limit + 1), strict=False)]
    shown = entries[:limit]
    older = str(shown[-1].moment) if len(entries) > limit else ""
    return TimelinePage(tuple(entry.event for entry in shown), older)


@answered
def timeline_of(
    actor: Actor, subject_keys: Sequence[int], *, cursor: str = "", limit: int = 20
) -> Reading[TimelinePage]:
    """The timeline of subjects (one, and those it stands for) from `cursor` on, from every registered source."""
    moment = Moment.read(cursor) if cursor else None
    parts = yield from side_by_side(
        *(reading_of(source, actor, subject_keys, moment, limit + 1) for source in _sources)
    )
    return merged(parts, limit)
