"""The page of an event as the public reads it: drawn once, and anew as soon as anything changed that it may show."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from moussem.audit.domain.marks import SUM_OF_MARKS, public_state
from moussem.core.actor import ANONYMOUS
from moussem.core.ids import uuid7
from moussem.core.together import Written, written_out
from moussem.events.models import Event, PageFragment, Part

Draw = Callable[[], tuple[str, datetime | None]]
"""Draws the page as the public reads it now, and says until when at most it holds (None: no hour changes it)."""
_AN_EVENT, _A_LANGUAGE, _A_DRAWING, _NOW = UUID(int=1), "<language>", "<drawing>", datetime(1, 1, 2, tzinfo=UTC)
_OF_EVENT = (
    "id", "public_id", "promoter_id", "zone", "seats_on_site", "seats_online", "cancelled_at", "period_start",
    "period_end", "period_precision", "period_words", "period_inferred",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page that was drawn: `key` tells this drawing from every other; `event` has what its seats and hours need."""

    key: UUID
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


def drawn_page(*, at: datetime, event_key: UUID, language: str) -> DrawnPage | None:
    """The page of a published event as it was drawn, where nothing has changed since that it may show; else None. One
    query.
    """
    standing = {
        _prepared("public_id", _AN_EVENT): _prepared("public_id", event_key),
        _prepared("cancelled_at", _NOW): _prepared("cancelled_at", at), _A_LANGUAGE: language, _A_DRAWING: drawing(),
    }  # fmt: skip
    for key, body, *columns in _written(connection.vendor).read(standing):
        return DrawnPage(key, body, Event(**dict(zip(_OF_EVENT, columns, strict=True))))
    return None


def _prepared(field: str, value: Any) -> Any:
    """A value as the database takes it."""
    return Event._meta.get_field(field).get_db_prep_value(value, connection)


@lru_cache(maxsize=4)
def _written(vendor: str) -> Written:
    """The one query; one snapshot of the database tells both the page and whether it still holds."""
    now = RawSQL(SUM_OF_MARKS, (), output_field=BigIntegerField())  # noqa: S611  # no word of a caller's is in it
    people = PageFragment.people.through.objects.filter(pagefragment=OuterRef("pk"), person__published_at=None)
    organisations = PageFragment.organisations.through.objects.filter(
        pagefragment=OuterRef("pk"), organisation__published_at=None
    )
    rows = PageFragment.objects.visible_to(ANONYMOUS).filter(
        ~Exists(people),
        ~Exists(organisations),
        Q(good_until=None) | Q(good_until__gt=_NOW),
        event__public_id=_AN_EVENT,
        language=_A_LANGUAGE,
        drawing=_A_DRAWING,
        state=now,
    )
    return written_out(rows.values_list("public_id", "body", *(f"event__{name}" for name in _OF_EVENT)))


def draw_page(*, at: datetime, event: Event, language: str, draw: Draw) -> DrawnPage:
    """Draw the page of a published event and keep it. The state is read first: what changes while it is drawn makes it
    old at once, and the next reader draws it anew.
    """
    state = public_state()
    body, good_until = draw()
    key = uuid7()
    kept = {
        "promoter_id": event.promoter_id, "public_id": key, "body": body, "good_until": good_until, "state": state,
        "drawing": drawing(), "drawn_at": at,
    }  # fmt: skip
    parts = Part.objects.visible_to(ANONYMOUS).filter(event=event)
    with transaction.atomic():
        row, _ = PageFragment.objects.update_or_create(event=event, language=language, defaults=kept)
        row.people.set(parts.exclude(person=None).values_list("person", flat=True))
        row.organisations.set(parts.exclude(organisation=None).values_list("organisation", flat=True))
    return DrawnPage(key, body, event)
