"""Guests from a file: a list of the directory that is for one gathering, and whose people stand on its target list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.audit.models import Entry
from moussem.core.actor import Actor
from moussem.core.bulk import insert_many
from moussem.core.ids import uuid7
from moussem.core.jobs import enqueue
from moussem.core.texts import say
from moussem.directory.domain.imports.deciding import ask_to_undo, confirm_list, job_key, locked
from moussem.directory.domain.imports.opening import open_list
from moussem.directory.domain.imports.undoing import undo_list
from moussem.directory.domain.imports.writing import write_list
from moussem.directory.domain.names import fold
from moussem.directory.domain.queries.imports import people_of
from moussem.directory.enums import ImportState
from moussem.directory.models import ImportedList
from moussem.events.enums import FOR_EVENT
from moussem.events.models import Event, GuestKind
from moussem.guests.domain.judging import judge_list
from moussem.guests.domain.sendings import invite_all
from moussem.guests.domain.targets import listed_objectors
from moussem.guests.enums import INVITE_LIST, TAKE_BACK_LIST, TAKE_LIST, ContactOrigin
from moussem.guests.models import Invitation, Standing, Target
from moussem.guests.permissions import can_invite

MANY = 1000


class OtherGathering(Exception):
    """The list is for another gathering, or for none."""


def open_guest_list(*, by: Actor, at: datetime, event: Event, file: BinaryIO, filename: str) -> ImportedList:
    """Keep a dropped file with guests for one gathering and let the worker read it; nobody is on its list yet.

    Raises `core.files.FileTooLarge`.
    """
    require(can_invite(by), "import guests")
    require_own(event, by=by)
    return open_list(by=by, at=at, file=file, filename=filename, object_kind=FOR_EVENT, object_key=event.public_id)


def _require_for(imported: ImportedList, event: Event) -> None:
    if (imported.object_kind, imported.object_key) != (FOR_EVENT, event.public_id):
        raise OtherGathering(imported.public_id)


def confirm_guests(
    *,
    by: Actor,
    at: datetime,
    event: Event,
    imported: ImportedList,
    guest_kind: GuestKind | None = None,
    invites: bool = False,
    leave_out: bool = False,
) -> ImportedList:
    """The yes: the worker writes the list, puts its people on the target list in the same transaction, and, where
    `invites`, then invites them. `guest_kind` is for those of whom the file names no kind of this gathering.

    Raises as `directory.confirm_list`, and `OtherGathering`.
    """
    require(can_invite(by), "import guests")
    require_own(event, guest_kind, by=by)
    _require_for(imported, event)
    kind = str(guest_kind.public_id) if guest_kind else ""

    def ask(row: ImportedList) -> None:
        enqueue(
            TAKE_LIST, key=job_key(row), promoter_key=by.promoter_key, imported_list=str(row.public_id),
            guest_kind=kind, invites=invites,
        )  # fmt: skip

    return confirm_list(by=by, at=at, imported=imported, leave_out=leave_out, ask=ask)


@transaction.atomic
def take_guests(
    *, by: Actor, at: datetime, event: Event, imported: ImportedList, guest_kind: GuestKind | None, invites: bool
) -> bool:
    """Write a confirmed list and put its people on the target list, all of them or nobody; answers whether it was
    done now. Who stands there already stays as they are; who was taken off comes back, unless they objected.
    """
    require(can_invite(by), "import guests")
    require_own(event, guest_kind, by=by)
    _require_for(imported, event)
    if not write_list(by=by, at=at, imported=imported):
        return False
    kinds = {fold(text): kind for kind in GuestKind.objects.filter(event=event) for text in kind.name.values()}
    people = people_of(imported)
    for start in range(0, len(people), MANY):
        _target(event, imported, people[start : start + MANY], kinds, guest_kind)
    judge_list(by=by, at=at, event=event)
    count = Target.objects.filter(imported_list=imported).count()
    _tell("take_list", by, at, event, {"list": imported.filename, "targets": count})
    if invites:
        enqueue(
            INVITE_LIST, key=str(imported.public_id), promoter_key=by.promoter_key,
            imported_list=str(imported.public_id),
        )  # fmt: skip
    return True


def _target(
    event: Event,
    imported: ImportedList,
    people: Sequence[tuple[int, int | None, str]],
    kinds: Mapping[str, GuestKind],
    other: GuestKind | None,
) -> None:
    known = Target.objects.filter(event=event, person__in=[person for person, _firm, _kind in people])
    there = set(known.values_list("person", flat=True))
    known.filter(dropped_at__isnull=False, objected_at=None).update(dropped_at=None, version=F("version") + 1)
    stay_off = listed_objectors(event.promoter_id, [person for person, _firm, _kind in people])
    new = [one for one in people if one[0] not in there and one[0] not in stay_off]
    given = [kinds.get(fold(kind), other) if kind else other for _person, _firm, kind in new]
    each = {
        "public_id": [uuid7() for _ in new], "person_id": [person for person, _firm, _kind in new],
        "organisation_id": [firm for _person, firm, _kind in new],
        "guest_kind_id": [kind.pk if kind else None for kind in given],
    }  # fmt: skip
    every = {
        "promoter_id": event.promoter_id, "event_id": event.pk, "owner_id": imported.owner_id,
        "imported_list_id": imported.pk, "origin": ContactOrigin.FILE.value, "origin_words": imported.filename[:200],
    }  # fmt: skip
    insert_many(Target, len(new), each, every)


def _tell(verb: str, by: Actor, at: datetime, event: Event, after: Mapping[str, object]) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="event", object_id=event.public_id, object_label=say(event.name, "en"),
        promoter_key=by.promoter_key, after=after,
    )  # fmt: skip


def invite_taken(*, by: Actor, at: datetime, event: Event, imported: ImportedList) -> int:
    """Invite those whom a list brought as one sending, which can be undone for a minute; answers how many.

    Run again, it invites who is not invited yet. Raises `EventUndated`, `EventBegun`, `EventCancelled`.
    """
    _require_for(imported, event)
    brought = Target.objects.filter(imported_list=imported)
    sending = invite_all(by=by, at=at, event=event, those=brought)
    return sending.count if sending else 0


def ask_to_undo_guests(*, by: Actor, at: datetime, event: Event, imported: ImportedList) -> ImportedList:
    """Let the worker take a list and its guests back. Raises `NotWaiting`, `OtherGathering`."""
    require(can_invite(by), "undo an import of guests")
    require_own(event, by=by)
    _require_for(imported, event)

    def ask(row: ImportedList) -> None:
        enqueue(TAKE_BACK_LIST, key=job_key(row), promoter_key=by.promoter_key, imported_list=str(row.public_id))

    return ask_to_undo(by=by, at=at, imported=imported, ask=ask)


@transaction.atomic
def undo_guests(*, by: Actor, at: datetime, event: Event, imported: ImportedList) -> bool:
    """Take off the target list whom a list brought and nobody touched since, then undo the list itself; who is invited
    stays, in the directory too. Answers whether it was undone now.
    """
    require(can_invite(by), "undo an import of guests")
    require_own(event, by=by)
    _require_for(imported, event)
    if locked(imported, by=by).state != ImportState.UNDOING:
        return False
    targets = dict(Target.objects.filter(imported_list=imported, version=1).values_list("public_id", "pk"))
    invited = Invitation.objects.filter(target__imported_list=imported)
    kept = set(invited.values_list("target", flat=True)) | _told_of(targets)
    gone = [pk for pk in targets.values() if pk not in kept]
    for start in range(0, len(gone), MANY):
        some = gone[start : start + MANY]
        standings = Standing.objects.filter(target__in=some)
        standings._raw_delete(standings.db)
        rows = Target.objects.filter(pk__in=some)
        rows._raw_delete(rows.db)
    _tell("undo_list", by, at, event, {"list": imported.filename, "removed": len(gone)})
    return undo_list(by=by, at=at, imported=imported)


def _told_of(targets: Mapping[UUID, int]) -> set[int]:
    """The targets of which the ledger tells an act."""
    found: set[int] = set()
    keys = list(targets)
    for start in range(0, len(keys), MANY):
        some = {str(key): targets[key] for key in keys[start : start + MANY]}
        told = Entry.objects.filter(object_kind="target", object_id__in=list(some)).values_list("object_id", flat=True)
        found.update(some[key] for key in told)
    return found
