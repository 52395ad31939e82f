"""Moving a session to another space or hour, calling it off, and holding it after all."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.events.domain.hours import Hours, hours_columns
from moussem.events.models import Session, Space
from moussem.events.permissions import can_organise


class SpaceOfAnotherEvent(Exception):
    """A session is held in a space of its own event."""


@transaction.atomic
def move_session(
    *, by: Actor, at: datetime, session: Session, read_version: int, space: Space | None, hours: Hours | None
) -> Session:
    """Hold a session in another space (None: not stated) or at other hours (None: not stated); what is published stays
    until the agenda is published again. Raises `ChangedMeanwhile`, `EndsBeforeItBegins`, `SpaceOfAnotherEvent`.
    """
    require(can_organise(by), "move a session")
    require_own(session, space, by=by)
    if space is not None and space.event_id != session.event_id:
        raise SpaceOfAnotherEvent(space.public_id)
    before = _place_of(session)
    save_version(session, read_version=read_version, space=space, **hours_columns(session.event, hours))
    _tell(by, at, "move_session", session, before=before, after=_place_of(session))
    return session


@transaction.atomic
def cancel_session(*, by: Actor, at: datetime, session: Session) -> Session:
    """Call a session off; a second time changes nothing. One that was published stays in the agenda, as cancelled."""
    require(can_organise(by), "call a session off")
    require_own(session, by=by)
    if Session.objects.filter(pk=session.pk, cancelled_at=None).update(cancelled_at=at, version=F("version") + 1):
        _tell(by, at, "cancel_session", session, before=_place_of(session), after={"cancelled_at": at})
    session.refresh_from_db()
    return session


@transaction.atomic
def hold_session(*, by: Actor, at: datetime, session: Session) -> Session:
    """Hold a session after all that was called off; a second time changes nothing."""
    require(can_organise(by), "hold a session again")
    require_own(session, by=by)
    off = Session.objects.filter(pk=session.pk, cancelled_at__isnull=False)
    if off.update(cancelled_at=None, version=F("version") + 1):
        _tell(by, at, "hold_session_again", session, before={}, after=_place_of(session))
    session.refresh_from_db()
    return session


def _place_of(session: Session) -> dict[str, object]:
    space = session.space.name if session.space else None
    return {"session": session.title, "local_time": session.local_time, "space": space}


def _tell(
    by: Actor, at: datetime, verb: str, session: Session, *, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    event = session.event
    write_entry(
        by=by, at=at, verb=verb, object_kind="event", object_id=event.public_id, object_label=say(event.name, "en"),
        promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip
