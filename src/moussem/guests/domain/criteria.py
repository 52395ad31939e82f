"""The criteria of a target list: what is looked for and how much it weighs. A change lets everybody stand anew."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.engines.targeting.criterion import clashes
from moussem.events.models import Event
from moussem.guests.domain.judging import criteria_of
from moussem.guests.domain.long_lists import judge_soon
from moussem.guests.domain.rules import wanted_of
from moussem.guests.domain.seats import lock_event
from moussem.guests.enums import CriterionField
from moussem.guests.models import Criterion
from moussem.guests.permissions import can_invite

MOST_CRITERIA = 12
MOST_VALUES = 30


class TooManyCriteria(Exception):
    """A list has twelve criteria at most: more are read by nobody."""


class TooManyValues(Exception):
    """A criterion looks for thirty values at most."""


class CriterionTwice(Exception):
    """The list has this criterion already; `other` is it."""

    def __init__(self, other: Criterion) -> None:
        """Keep the other criterion, for the sentence."""
        super().__init__(str(other.public_id))
        self.other = other


class CriteriaContradict(Exception):
    """Nobody can meet both criteria; `other` is the one that stands."""

    def __init__(self, other: Criterion) -> None:
        """Keep the other criterion, for the sentence."""
        super().__init__(str(other.public_id))
        self.other = other


@dataclass(frozen=True, slots=True)
class Draft:
    """What a criterion is to say; see the fields of `Criterion`."""

    field: CriterionField
    weight: int
    values: tuple[Mapping[str, Any], ...] = ()
    low: int | None = None
    high: int | None = None
    question: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the row."""
        return {**asdict(self), "field": str(self.field), "values": [dict(value) for value in self.values]}


@transaction.atomic
def add_criterion(*, by: Actor, at: datetime, event: Event, draft: Draft) -> Criterion:
    """Add a criterion at the end of the list's, and let everybody stand anew.

    Raises `TooManyCriteria`, `TooManyValues`, `CriterionTwice`, `CriteriaContradict`, and the engine's `NothingWanted`,
    `EndsCrossed`, `WeightOutOfBounds`.
    """
    require(can_invite(by), "add a criterion")
    require_own(event, by=by)
    lock_event(event.pk)
    standing = criteria_of(event)
    if len(standing) >= MOST_CRITERIA:
        raise TooManyCriteria(len(standing))
    last = Criterion.objects.filter(event=event).aggregate(last=Max("position"))["last"]
    row = Criterion(promoter_id=event.promoter_id, event=event, position=0 if last is None else last + 1)
    _take(row, draft, standing)
    row.save(force_insert=True)
    _tell("add_criterion", by, at, row, after=_told(row))
    judge_soon(by=by, at=at, event=event)
    return row


def _take(row: Criterion, draft: Draft, others: Sequence[Criterion]) -> None:
    if len(draft.values) > MOST_VALUES:
        raise TooManyValues(len(draft.values))
    for name, value in draft.columns.items():
        setattr(row, name, value)
    mine = wanted_of(row)
    by_key = {str(other.public_id): other for other in others}
    for other in others:
        for clash in clashes((wanted_of(other), mine)):
            raise (CriterionTwice if clash.is_same else CriteriaContradict)(by_key[clash.first])


@transaction.atomic
def correct_criterion(*, by: Actor, at: datetime, criterion: Criterion, read_version: int, draft: Draft) -> Criterion:
    """Correct a criterion, and let everybody stand anew; its field stays. Raises as `add_criterion`, and
    `ChangedMeanwhile`.
    """
    require(can_invite(by), "correct a criterion")
    require_own(criterion, by=by)
    lock_event(criterion.event_id)
    before = _told(criterion)
    attempt = Criterion(pk=criterion.pk, public_id=criterion.public_id, event_id=criterion.event_id)
    others = [row for row in criteria_of(criterion.event) if row.pk != criterion.pk]
    _take(attempt, draft, others)
    save_version(criterion, read_version=read_version, **draft.columns)
    _tell("correct_criterion", by, at, criterion, before=before, after=_told(criterion))
    judge_soon(by=by, at=at, event=criterion.event)
    return criterion


@transaction.atomic
def drop_criterion(*, by: Actor, at: datetime, criterion: Criterion) -> None:
    """Let a criterion count no more; a second time changes nothing."""
    require(can_invite(by), "drop a criterion")
    require_own(criterion, by=by)
    lock_event(criterion.event_id)
    if Criterion.objects.filter(pk=criterion.pk, dropped_at=None).update(dropped_at=at):
        _tell("drop_criterion", by, at, criterion, before=_told(criterion), after={"dropped_at": at})
        judge_soon(by=by, at=at, event=criterion.event)


def _told(row: Criterion) -> dict[str, object]:
    labels = [value["label"] for value in row.values]
    return {
        "field": row.field, "weight": row.weight, "low": row.low, "high": row.high, "question": row.question,
        "values": [label if isinstance(label, str) else say(label, "en") for label in labels],
    }  # fmt: skip


def _tell(
    verb: str,
    by: Actor,
    at: datetime,
    row: Criterion,
    *,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="criterion", object_id=row.public_id,
        object_label=row.question or row.field, promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip
