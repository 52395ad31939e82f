"""The pages of an event as the public reads them: drawn once, and anew as soon as anything changed that they show."""

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
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from moussem.audit.domain.marks import SUM_OF_MARKS, public_state
from moussem.core.actor import ANONYMOUS
from moussem.core.ids import uuid7
from moussem.core.together import Written, written_out
from moussem.directory.models import Organisation, Person
from moussem.events.enums import KeptPage
from moussem.events.models import AgendaVersion, Event, PageFragment, Part

Draw = Callable[[], tuple[str, datetime | None]]
"""Draws the page as the public reads it now, and says until when at most it holds (None: no hour changes it)."""
_AN_EVENT, _A_DRAWN_PAGE, _NOW = UUID(int=1), UUID(int=2), datetime(1, 1, 2, tzinfo=UTC)
_A_PAGE, _A_LANGUAGE, _A_DRAWING = "<page>", "<language>", "<drawing>"
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


def drawn_page(*, at: datetime, event_key: UUID, page: KeptPage, language: str) -> DrawnPage | None:
    """A page of a published event as it was drawn, where nothing has changed since that it may show; else None. One
    query.
    """
    for key, body, *columns in _written(connection.vendor).read(_standing(at, event_key, page, language)):
        return DrawnPage(key, body, Event(**dict(zip(_OF_EVENT, columns, strict=True))))
    return None


def is_still_drawn(*, at: datetime, event_key: UUID, page: KeptPage, language: str, key: UUID) -> bool:
    """Whether `drawn_page` would answer the drawing of this key. One query, which reads no page."""
    standing = _standing(at, event_key, page, language)
    standing[_prepared("public_id", _A_DRAWN_PAGE)] = _prepared("public_id", key)
    return bool(_written_for_key(connection.vendor).read(standing))


def _standing(at: datetime, event_key: UUID, page: KeptPage, language: str) -> dict[Any, Any]:
    return {
        _prepared("public_id", _AN_EVENT): _prepared("public_id", event_key),
        _prepared("cancelled_at", _NOW): _prepared("cancelled_at", at), _A_PAGE: page.value, _A_LANGUAGE: language,
        _A_DRAWING: drawing(),
    }  # fmt: skip


def _prepared(field: str, value: Any) -> Any:
    """A value as the database takes it."""
    return Event._meta.get_field(field).get_db_prep_value(value, connection)


@lru_cache(maxsize=4)
def _written(vendor: str) -> Written:
    """The one query; one snapshot of the database tells both the page and whether it still holds."""
    return written_out(_holding().values_list("public_id", "body", *(f"event__{name}" for name in _OF_EVENT)))


@lru_cache(maxsize=4)
def _written_for_key(vendor: str) -> Written:
    return written_out(_holding().filter(public_id=_A_DRAWN_PAGE).values_list("pk"))


def _holding() -> "QuerySet[PageFragment]":
    """The drawing of one page that still holds."""
    now = RawSQL(SUM_OF_MARKS, (), output_field=BigIntegerField())  # noqa: S611  # no word of a caller's is in it
    people = PageFragment.people.through.objects.filter(pagefragment=OuterRef("pk"), person__published_at=None)
    organisations = PageFragment.organisations.through.objects.filter(
        pagefragment=OuterRef("pk"), organisation__published_at=None
    )
    return PageFragment.objects.visible_to(ANONYMOUS).filter(
        ~Exists(people),
        ~Exists(organisations),
        Q(good_until=None) | Q(good_until__gt=_NOW),
        event__public_id=_AN_EVENT,
        page=_A_PAGE,
        language=_A_LANGUAGE,
        drawing=_A_DRAWING,
        state=now,
    )


def draw_page(*, at: datetime, event: Event, page: KeptPage, language: str, draw: Draw) -> DrawnPage:
    """Draw a page of a published event and keep it. The state is read first: what changes while it is drawn makes it
    old at once, and the next reader draws it anew.
    """
    state = public_state()
    body, good_until = draw()
    key = uuid7()
    kept = {
        "promoter_id": event.promoter_id, "public_id": key, "body": body, "good_until": good_until, "state": state,
        "drawing": drawing(), "drawn_at": at,
    }  # fmt: skip
    with transaction.atomic():
        row, _ = PageFragment.objects.update_or_create(event=event, page=page, language=language, defaults=kept)
        people, organisations = _named(event, page)
        row.people.set(people)
        row.organisations.set(organisations)
    return DrawnPage(key, body, event)


def _named(event: Event, page: KeptPage) -> "tuple[QuerySet[Person], QuerySet[Organisation]]":
    """The people and the organisations who may be named on a page: those of what it shows, the published agenda or the
    event as it stands.
    """
    if page == KeptPage.AGENDA:
        shown = AgendaVersion.objects.filter(event=event, replaced_at=None)
        named = shown.values("people"), shown.values("organisations")
    else:
        parts = Part.objects.visible_to(ANONYMOUS).filter(event=event)
        named = parts.values("person"), parts.values("organisation")
    return Person.objects.filter(pk__in=named[0]), Organisation.objects.filter(pk__in=named[1])
