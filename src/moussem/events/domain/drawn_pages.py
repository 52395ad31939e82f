"""The page of an event as the public reads it: drawn once, and anew as soon as anything changed that it may show."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from moussem.audit.domain.marks import SUM_OF_MARKS, public_state
from moussem.core.actor import ANONYMOUS
from moussem.core.ids import uuid7
from moussem.core.together import Written, written_out
from moussem.events.models import Event, PageFragment

Draw = Callable[[], tuple[str, str]]
"""Draws the title and the body of the page, as the public reads them now."""
_AN_EVENT, _A_LANGUAGE, _A_DRAWING = UUID(int=1), "<language>", "<drawing>"
_OF_EVENT = (
    "id", "public_id", "promoter_id", "mode", "zone", "seats_on_site", "seats_online", "cancelled_at", "published_at",
    "period_start", "period_end", "period_precision", "period_words", "period_inferred",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page that was drawn: `key` tells this drawing from every other; `event` has what its seats and hours need."""

    key: UUID
    title: str
    body: str
    event: Event


@cache
def drawing() -> str:
    """Tells how pages are drawn now (templates, catalogues, lines of code) from how they were before an upgrade."""
    top = Path(str(files("moussem")))
    used = sorted(path for kind in ("*.py", "*.html", "*.mo") for path in top.rglob(kind))
    digest = hashlib.sha256()
    for path in used:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def drawn_page(*, event_key: UUID, language: str) -> DrawnPage | None:
    """The page of a published event as it was drawn, where nothing has changed since that it may show; else None. One
    query.
    """
    standing = {_key(_AN_EVENT): _key(event_key), _A_LANGUAGE: language, _A_DRAWING: drawing()}
    for key, title, body, *columns in _written(connection.vendor).read(standing):
        return DrawnPage(key, title, body, Event(**dict(zip(_OF_EVENT, columns, strict=True))))
    return None


def _key(key: UUID) -> Any:
    return Event._meta.get_field("public_id").get_db_prep_value(key, connection)


@lru_cache(maxsize=4)
def _written(vendor: str) -> Written:
    """The one query; one snapshot of the database tells both the page and whether it still holds."""
    now = RawSQL(SUM_OF_MARKS, (), output_field=BigIntegerField())  # noqa: S611  # no word of a caller's is in it
    rows = PageFragment.objects.visible_to(ANONYMOUS).filter(
        event__public_id=_AN_EVENT, language=_A_LANGUAGE, drawing=_A_DRAWING, state=now
    )
    return written_out(rows.values_list("public_id", "title", "body", *(f"event__{name}" for name in _OF_EVENT)))


def draw_page(*, at: datetime, event: Event, language: str, draw: Draw) -> DrawnPage:
    """Draw the page of a published event and keep it. The state is read first: what changes while it is drawn makes it
    old at once, and the next reader draws it anew.
    """
    state = public_state()
    title, body = draw()
    key = uuid7()
    kept = {
        "promoter_id": event.promoter_id, "public_id": key, "title": title, "body": body, "state": state,
        "drawing": drawing(), "drawn_at": at,
    }  # fmt: skip
    PageFragment.objects.update_or_create(event=event, language=language, defaults=kept)
    return DrawnPage(key, title, body, event)
