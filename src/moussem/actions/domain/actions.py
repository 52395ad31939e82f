"""Next steps: opened once per origin, given to somebody, moved, done or dropped."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import ForeignRow, require, require_own
from moussem.accounts.models import RoleGrant, User
from moussem.actions.enums import ActionState
from moussem.actions.models import Action
from moussem.actions.permissions import can_act
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.versions import save_version
from moussem.evidence.models import Subject


class ActionSettled(Exception):
    """The next step is done or dropped already; its row says when and how."""


class NotAColleague(Exception):
    """The owner to be holds no role at this promoter."""


class ReasonMissing(Exception):
    """A next step is dropped with a reason, or not at all."""


@transaction.atomic
def open_action(
    *,
    by: Actor,
    at: datetime,
    words: str,
    owner: User | None = None,
    due_on: date | None = None,
    about: Subject | None = None,
    origin_kind: str = "",
    origin_key: object = "",
) -> Action:
    """A next step; `due_on` None: no date was set. The same origin opens it once, and answers the one that stands.

    Raises `NotAColleague`; `ForeignRow` where the actor may not see what it is about.
    """
    require(can_act(by), "open a next step")
    _require_colleague(owner, by)
    if about is not None and not Subject.objects.visible_to(by).filter(pk=about.pk).exists():
        raise ForeignRow(f"{about._meta.label} {about.public_id}")
    facts = {"words": words, "owner": owner, "due_on": due_on, "about": about, "opened_at": at}
    if not origin_kind:
        action, is_new = Action.objects.create(promoter_id=by.promoter_pk, **facts), True
    else:
        action, is_new = Action.objects.get_or_create(
            promoter_id=by.promoter_pk, origin_kind=origin_kind, origin_key=str(origin_key), defaults=facts
        )
    if is_new:
        _tell(by, at, "open_action", action, None, _plan(action))
    return action


@transaction.atomic
def plan_action(
    *, by: Actor, at: datetime, action: Action, read_version: int, words: str, owner: User | None, due_on: date | None
) -> None:
    """Say it otherwise, give it to another, move its date. Raises `ChangedMeanwhile`, `ActionSettled`,
    `NotAColleague`.
    """
    require(can_act(by), "change a next step")
    require_own(action, by=by)
    if owner is not None and owner.pk != action.owner_id:
        _require_colleague(owner, by)
    _require_open(action)
    before = _plan(action)
    save_version(action, read_version=read_version, words=words, owner=owner, due_on=due_on)
    _tell(by, at, "plan_action", action, before, _plan(action))


def finish_action(*, by: Actor, at: datetime, action: Action, words: str = "") -> None:
    """It is done; `words` say what came of it. Raises `ActionSettled`."""
    _settle(by, at, action, ActionState.DONE, words, "finish_action")


def drop_action(*, by: Actor, at: datetime, action: Action, reason: str) -> None:
    """It will not be done, and why. Raises `ReasonMissing`, `ActionSettled`."""
    if not reason.strip():
        raise ReasonMissing(action.public_id)
    _settle(by, at, action, ActionState.DROPPED, reason, "drop_action")


@transaction.atomic
def _settle(by: Actor, at: datetime, action: Action, state: ActionState, words: str, verb: str) -> None:
    require(can_act(by), "settle a next step")
    require_own(action, by=by)
    changed = Action.objects.filter(pk=action.pk, state=ActionState.OPEN).update(
        state=state, settled_at=at, settled_words=words, version=F("version") + 1
    )
    action.refresh_from_db()
    if not changed:
        raise ActionSettled(action.public_id)
    _tell(by, at, verb, action, {"state": "open"}, {"state": str(state), "words": words})


def _require_open(action: Action) -> None:
    if action.state != ActionState.OPEN:
        raise ActionSettled(action.public_id)


def _require_colleague(owner: User | None, by: Actor) -> None:
    held = RoleGrant.objects.filter(promoter_id=by.promoter_pk, ended_at=None)
    if owner is not None and not held.filter(user=owner).exists():
        raise NotAColleague(owner.public_id)


def _plan(action: Action) -> dict[str, Any]:
    return {"words": action.words, "owner": action.owner and str(action.owner), "due_on": action.due_on}


def _tell(
    by: Actor,
    at: datetime,
    verb: str,
    action: Action,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="action", object_id=action.public_id, object_label=action.words,
        promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip
