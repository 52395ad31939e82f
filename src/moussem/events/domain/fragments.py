"""What is handed out of a published agenda: drawn when it was published, and anew where that does not hold any more."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.together import Written, written_out
from moussem.directory.models import Place
from moussem.events.domain.agendas import edition_of
from moussem.events.enums import FragmentForm
from moussem.events.models import AgendaFragment, AgendaVersion, Event
from moussem.events.rendering.feeds import drawing, drawn

_AN_EVENT, _A_FORM, _A_LANGUAGE, _A_DRAWING = UUID(int=1), "<form>", "<language>", "<drawing>"
_OF_EVENT = ("public_id", "name", "period_start", "period_end", "period_precision", "period_words", "period_inferred")


@dataclass(frozen=True, slots=True)
class HandedOut:
    """The agenda in one form and language: `key` tells this drawing from another. `event` has what a head shows."""

    key: UUID
    body: str
    drawn_at: datetime
    event: Event


def handed_out(*, by: Actor, at: datetime, event_key: UUID, form: FragmentForm, language: str) -> HandedOut | None:
    """The published agenda of an event in one form and language; None where none is published, or the actor may not
    see it. One query, unless it must be drawn anew: where nothing is drawn, or somebody named in it is not public any
    more, or the product draws otherwise now.
    """
    standing = {
        _key(_AN_EVENT): _key(event_key), _A_FORM: form.value, _A_LANGUAGE: language, _A_DRAWING: drawing()
    }  # fmt: skip
    for key, body, drawn_at, is_stale, place, *columns in _written(connection.vendor, by).read(standing):
        if not is_stale:
            event = Event(**dict(zip(_OF_EVENT, columns, strict=True)), place=Place(name=place) if place else None)
            return HandedOut(key, body, drawn_at, event)
    return _drawn_anew(by, at, event_key, form, language)


def _key(key: UUID) -> Any:
    return Event._meta.get_field("public_id").get_db_prep_value(key, connection)


@lru_cache(maxsize=256)
def _written(vendor: str, by: Actor) -> Written:
    """The one query for an actor: a page that everybody asks for on the same morning puts it together once."""
    people = AgendaVersion.people.through.objects.filter(agendaversion=OuterRef("agenda"), person__published_at=None)
    organisations = AgendaVersion.organisations.through.objects.filter(
        agendaversion=OuterRef("agenda"), organisation__published_at=None
    )
    rows = AgendaFragment.objects.visible_to(by).filter(
        agenda__event__public_id=_AN_EVENT, agenda__replaced_at=None, form=_A_FORM, language=_A_LANGUAGE,
        drawing=_A_DRAWING,
    ).annotate(is_stale=Exists(people) | Exists(organisations))  # fmt: skip
    event = (f"agenda__event__{name}" for name in _OF_EVENT)
    return written_out(
        rows.values_list("public_id", "body", "drawn_at", "is_stale", "agenda__event__place__name", *event)
    )


@transaction.atomic
def _drawn_anew(by: Actor, at: datetime, event_key: UUID, form: FragmentForm, language: str) -> HandedOut | None:
    """Drawn by whoever asks first; those who are not public any more are forgotten by the version's lists, too."""
    versions = AgendaVersion.objects.visible_to(by).filter(event__public_id=event_key, replaced_at=None)
    version = versions.select_related("event__place").first()
    if version is None:
        return None
    for named in (version.people, version.organisations):
        gone = list(named.filter(published_at=None))
        if gone:
            named.remove(*gone)
            AgendaFragment.objects.filter(agenda=version).delete()
    body, key = drawn(edition_of(version), form, language), uuid7()
    kept = {"promoter_id": version.promoter_id, "public_id": key, "body": body, "drawn_at": at, "drawing": drawing()}
    AgendaFragment.objects.update_or_create(agenda=version, form=form, language=language, defaults=kept)
    return HandedOut(key, body, at, version.event)


def forget_drawn(event: Event) -> None:
    """Have the agenda of an event drawn anew: its name, place or zone changed. Part of the caller's transaction."""
    AgendaFragment.objects.filter(agenda__event=event).delete()
