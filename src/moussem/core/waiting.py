"""What waits for a person, from every room: each room registers what it knows, Today and the navigation ask all of them
together.

A room writes, in its `navigation_items.py`:

    register(
        WaitingSource(
            Verb.INVITE,
            _("Guests who have not answered"),
            can_see_desk,
            rows=silent_invitations,  # Callable[[Actor], QuerySet]: what waits, reached by `visible_to(actor)`
            title="person__name",  # a column, or an expression of text
            on="sent_at",  # since when it waits, or when it is due; the earliest is shown first
            url_name="guests_desk:invitations-list",  # a page of the navigation, which shows the count
            query="state=sent",
            row_url="guests_desk:event",  # where one of them is settled
            row_key=("event", "event__public_id"),
        )
    )

All sources are counted by one query, and the first rows of all of them are read by one more, however many rooms there
are. A source with very many rows bounds them itself (the newest so many).
"""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, F, QuerySet, TextField, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise

from moussem.core.actor import Actor
from moussem.core.doors import Predicate
from moussem.core.navigation import Verb
from moussem.core.texts import say
from moussem.core.together import Written, counted, numbered, together, written_out

FEW = 3
"""Rows of each source that are shown beside its count."""
KEPT = 256
"""So many actors' queries are kept written."""
Rows = Callable[[Actor], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class WaitingSource:
    """One thing that may wait for a person, under `verb`, for whoever `permission` lets in.

    `rows` answers the queryset of all that waits for the actor, from the actor alone: it asks neither the database nor
    a clock but the database's own (`Now`), for its query is kept. The rest says how one is shown. `texts`: the title is
    a text in several languages (see `core.texts`). `on` is "" where no date is known, `owner` the column of who of the
    staff it belongs to. `url_name` (takes the promoter) is the page that lists them, with `query` as its filter;
    `row_url` takes the promoter and `row_key`: the name of the address's part, and the column that fills it. Without
    `row_url` a row leads to the list.
    """

    verb: Verb
    label: Promise
    permission: Predicate
    rows: Rows
    title: str | Combinable
    url_name: str
    on: str = ""
    owner: str = ""
    query: str = ""
    row_url: str = ""
    row_key: tuple[str, str] = ("row", "public_id")
    texts: bool = False
    order: int = 100


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One thing that waits: its name, since or until when (None: no date), whose it is ("": nobody's), where it is
    settled.
    """

    title: str
    on: date | None
    owner: str
    url: str


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """What one source answered: how many wait, the page of all of them, and the first few, earliest date first."""

    label: str | Promise
    count: int
    url: str
    rows: tuple[WaitingRow, ...]


_sources: list[WaitingSource] = []


def register(source: WaitingSource) -> None:
    """Offer what a room knows; called once from an app's `navigation_items.py`."""
    if source not in _sources:
        _sources.append(source)


def sources_for(actor: Actor) -> list[WaitingSource]:
    """The sources that the actor may see, in order."""
    seen = (source for source in _sources if source.permission(actor))
    return sorted(seen, key=lambda source: (source.order, source.url_name, source.query))


def waiting_on_pages(actor: Actor) -> dict[str, int]:
    """How many wait for the actor behind each page of the navigation, by its URL name; pages where none does are left
    out.
    """
    sources = sources_for(actor)
    pages: dict[str, int] = {}
    for number, count in _counts(actor, sources).items():
        page = sources[number].url_name
        pages[page] = pages.get(page, 0) + count
    return pages


def waiting_for(actor: Actor, promoter_slug: str, *, few: int = FEW) -> dict[Verb, list[WaitingGroup]]:
    """All that waits for the actor at the promoter, by verb of the way; what has nothing waiting is left out."""
    sources = sources_for(actor)
    counts = _counts(actor, sources)
    rows = _first_rows(actor, {number: sources[number] for number in counts}, promoter_slug, few)
    found: dict[Verb, list[WaitingGroup]] = {}
    for number, source in enumerate(sources):
        if number in counts:
            page = _address(source.url_name, promoter_slug) + (f"?{source.query}" if source.query else "")
            group = WaitingGroup(source.label, counts[number], page, tuple(rows.get(number, ())))
            found.setdefault(source.verb, []).append(group)
    return found


def _counts(actor: Actor, sources: Sequence[WaitingSource]) -> dict[int, int]:
    """How many wait, by the source's place in the list; one query. Sources with none are left out."""
    counting = _counting(connection.vendor, actor, tuple(source.rows for source in sources))
    return {number: count for number, count in (counting.read({}) if counting else ()) if count}


@lru_cache(maxsize=KEPT)
def _counting(vendor: str, actor: Actor, rows: tuple[Rows, ...]) -> Written | None:
    """The query of all counts, put together once for an actor: every page of the desk asks it."""
    parts = together([counted(number, those(actor)) for number, those in enumerate(rows)])
    try:
        return written_out(parts) if isinstance(parts, QuerySet) else None
    except EmptyResultSet:
        return None


def _first_rows(
    actor: Actor, sources: Mapping[int, WaitingSource], promoter_slug: str, few: int
) -> dict[int, list[WaitingRow]]:
    """The first rows of each source, earliest date first, what has no date last; one query."""
    found: dict[int, list[WaitingRow]] = {number: [] for number in sources}
    for number, title, on, owner, key in together([_first(n, s, actor, few) for n, s in sources.items()]):
        url = _row_address(sources[number], promoter_slug, key)
        named = say(json.loads(title or "{}")) if sources[number].texts else title or ""
        found[number].append(WaitingRow(named, on, owner or "", url))
    for rows in found.values():  # the union keeps no order
        rows.sort(key=lambda row: (row.on is None, row.on or date.min, row.title))
    return found


def _first(number: int, source: WaitingSource, actor: Actor, few: int) -> "QuerySet[Any]":
    rows = source.rows(actor)
    order = [F(source.on).asc(nulls_last=True), "pk"] if source.on else ["-pk"]
    shown = rows.model._default_manager.filter(pk__in=rows.order_by(*order).values("pk")[:few])
    return shown.order_by().values_list(
        numbered(number),
        Cast(F(source.title) if isinstance(source.title, str) else source.title, TextField()),
        Cast(F(source.on) if source.on else Value(None), DateField()),
        Cast(F(source.owner) if source.owner else Value(""), TextField()),
        Cast(F(source.row_key[1]), UUIDField()),
    )


def _row_address(source: WaitingSource, promoter_slug: str, key: uuid.UUID) -> str:
    if not source.row_url:
        return _address(source.url_name, promoter_slug)
    return reverse(source.row_url, kwargs={"promoter": promoter_slug, source.row_key[0]: key})


def _address(url_name: str, promoter_slug: str) -> str:
    return reverse(url_name, kwargs={"promoter": promoter_slug})
