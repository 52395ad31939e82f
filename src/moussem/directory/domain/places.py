"""Adding places and parks."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Park, Place
from moussem.directory.permissions import can_write
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import SubjectKind


class CodeTaken(Exception):
    """Another place of the promoter bears this code."""


@transaction.atomic
def add_place(
    *,
    by: Actor,
    at: datetime,
    kind: PlaceKind,
    name: Mapping[str, str],
    code: str = "",
    within: Place | None = None,
    note: Mapping[str, str] | None = None,
    publish: bool = False,
) -> Place:
    """A country, region or city, with its subject; raises `CodeTaken`."""
    require(can_write(by), "add a place")
    require_in_reach(within, by=by)
    if code and Place.objects.filter(promoter=by.promoter_pk, code=code).exists():
        raise CodeTaken(code)
    public_id = uuid7()
    subject = open_subject(
        by=by, kind=SubjectKind.PLACE, public_id=public_id, label=name, address=f"places/{public_id}/",
        within=within.subject if within else None, published_at=at if publish else None,
    )  # fmt: skip
    place = Place.objects.create(
        public_id=public_id, promoter_id=by.promoter_pk, kind=kind, code=code, name=dict(name), within=within,
        note=dict(note or {}), subject=subject, published_at=at if publish else None,
    )  # fmt: skip
    write_entry(
        by=by, at=at, verb="add_place", object_kind="place", object_id=public_id, object_label=code or str(name),
        promoter_key=by.promoter_key, after={"name": dict(name), "code": code},
    )  # fmt: skip
    return place


@transaction.atomic
def add_park(
    *,
    by: Actor,
    at: datetime,
    name: str,
    place: Place | None = None,
    aliases: tuple[str, ...] = (),
    publish: bool = False,
) -> Park:
    """A business park in a place, with its subject."""
    require(can_write(by), "add a park")
    require_in_reach(place, by=by)
    public_id = uuid7()
    subject = open_subject(
        by=by, kind=SubjectKind.PARK, public_id=public_id, label={"fr": name, "en": name},
        address=f"parks/{public_id}/", within=place.subject if place else None, published_at=at if publish else None,
    )  # fmt: skip
    park = Park.objects.create(
        public_id=public_id, promoter_id=by.promoter_pk, name=name, aliases=list(aliases), place=place,
        subject=subject, published_at=at if publish else None,
    )  # fmt: skip
    write_entry(
        by=by, at=at, verb="add_park", object_kind="park", object_id=public_id, object_label=name,
        promoter_key=by.promoter_key, after={"name": name},
    )  # fmt: skip
    return park
