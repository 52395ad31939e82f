"""The minutes of a club meeting: written once, corrected with their past kept, approved; decisions become steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.models import User
from moussem.actions.domain.actions import open_action
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.events.enums import WITH_MINUTES
from moussem.events.models import Decision, EarlierMinutes, Event, Minutes
from moussem.events.permissions import can_write_minutes

DECISION = "decision"
"""What the next steps that come from minutes say of their origin."""


class NoMinutesKept(Exception):
    """Minutes are kept of club meetings only."""


class MinutesWritten(Exception):
    """Somebody wrote the minutes of this meeting already; they are corrected."""


class ApprovedAlready(Exception):
    """The minutes are approved as they stand."""


class NothingWritten(Exception):
    """Minutes have a text."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision to be written down. With an owner or a date it becomes a next step; without both it is one for
    nobody to do.
    """

    words: str
    owner: User | None = None
    due_on: date | None = None

    @property
    def asks_for_a_step(self) -> bool:
        """Whether something is to be done."""
        return self.owner is not None or self.due_on is not None


@transaction.atomic
def write_minutes(*, by: Actor, at: datetime, event: Event, text: str, decided: Sequence[Decided] = ()) -> Minutes:
    """The minutes of a club meeting, a draft until they are approved, with the next steps that were decided.

    Raises `NoMinutesKept`, `NothingWritten`, `MinutesWritten`; `NotAColleague` where an owner works elsewhere.
    """
    require(can_write_minutes(by), "write minutes")
    require_own(event, by=by)
    if event.kind not in WITH_MINUTES:
        raise NoMinutesKept(event.public_id)
    _require_text(text)
    Event.objects.select_for_update().get(pk=event.pk)
    if Minutes.objects.filter(event=event).exists():
        raise MinutesWritten(event.public_id)
    minutes = Minutes.objects.create(
        promoter_id=by.promoter_pk, event=event, text=text, written_by=by.label, written_at=at
    )
    _decide(by, at, minutes, decided, first=0)
    _tell(by, at, "write_minutes", minutes, after={"text": text, "decided": [one.words for one in decided]})
    return minutes


@transaction.atomic
def correct_minutes(
    *,
    by: Actor,
    at: datetime,
    minutes: Minutes,
    read_version: int,
    text: str,
    reworded: Mapping[int, str] | None = None,
    decided: Sequence[Decided] = (),
) -> Minutes:
    """Correct the text, say decisions (by inner key) otherwise, add others. How it read before is kept; approved
    minutes are a draft again. What became a next step stays one, as it was given.

    Raises `ChangedMeanwhile` where somebody else saved since it was read, `NothingWritten`.
    """
    require(can_write_minutes(by), "correct minutes")
    require_own(minutes, by=by)
    _require_text(text)
    standing = list(minutes.decisions.order_by("position", "pk"))
    before = {"text": minutes.text, "decided": [one.words for one in standing]}
    kept = {name: getattr(minutes, name) for name in ("text", "written_by", "written_at", "approved_by", "approved_at")}
    save_version(
        minutes, read_version=read_version, text=text, written_by=by.label, written_at=at, approved_by="",
        approved_at=None,
    )  # fmt: skip
    EarlierMinutes.objects.create(
        promoter_id=by.promoter_pk, minutes=minutes, number=read_version, decided=before["decided"], **kept
    )
    for one in standing:
        words = (reworded or {}).get(one.pk, one.words)
        if words != one.words:
            one.words = words
            one.save(update_fields=["words"])
    _decide(by, at, minutes, decided, first=len(standing))
    after = {"text": text, "decided": [one.words for one in (*standing, *decided)]}
    _tell(by, at, "correct_minutes", minutes, before=before, after=after)
    return minutes


@transaction.atomic
def approve_minutes(*, by: Actor, at: datetime, minutes: Minutes, read_version: int) -> Minutes:
    """Approve the minutes as they were read. Raises `ApprovedAlready`, `ChangedMeanwhile`."""
    require(can_write_minutes(by), "approve minutes")
    require_own(minutes, by=by)
    if minutes.approved_at is not None:
        raise ApprovedAlready(minutes.public_id)
    save_version(minutes, read_version=read_version, approved_by=by.label, approved_at=at)
    _tell(by, at, "approve_minutes", minutes, after={"approved_by": by.label})
    return minutes


def _require_text(text: str) -> None:
    if not text.strip():
        raise NothingWritten


def _decide(by: Actor, at: datetime, minutes: Minutes, decided: Sequence[Decided], *, first: int) -> None:
    for position, one in enumerate(decided, start=first):
        key = uuid7()
        action = None
        if one.asks_for_a_step:
            action = open_action(
                by=by, at=at, words=one.words, owner=one.owner, due_on=one.due_on, about=minutes.event.subject,
                origin_kind=DECISION, origin_key=key,
            )  # fmt: skip
        Decision.objects.create(
            public_id=key, promoter_id=by.promoter_pk, minutes=minutes, position=position, words=one.words,
            action=action,
        )  # fmt: skip


def _tell(by: Actor, at: datetime, verb: str, minutes: Minutes, **changes: Mapping[str, object]) -> None:
    event = minutes.event
    write_entry(
        by=by, at=at, verb=verb, object_kind="event", object_id=event.public_id, object_label=say(event.name),
        promoter_key=by.promoter_key, may_show=False, **changes,
    )  # fmt: skip
