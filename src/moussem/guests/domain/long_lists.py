"""Judging a long target list: the worker does it, and pages say how far it is. A short one is judged at once."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from moussem.accounts.domain.refusals import require, require_own
from moussem.core import progress
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.jobs import enqueue
from moussem.core.models import Job, JobState
from moussem.core.progress import Progress
from moussem.events.models import Event
from moussem.guests.domain.judging import judge_list
from moussem.guests.enums import JUDGE_LIST
from moussem.guests.models import Target
from moussem.guests.permissions import can_invite

AT_ONCE = 500
"""Lists of so many targets (included) are judged at once; a longer one takes seconds."""
PENDING = (JobState.WAITING, JobState.RUNNING)


def is_long(targets: int) -> bool:
    """Whether a list of so many targets is judged by the worker."""
    return targets > AT_ONCE


@transaction.atomic
def judge_soon(*, by: Actor, at: datetime, event: Event) -> int | None:
    """Let every target of a list stand as the criteria and the directory now say: at once, and answers for how many
    that changed; or, where the list is long, by the worker once this transaction has committed (None).
    """
    require(can_invite(by), "judge a target list")
    require_own(event, by=by)
    if not is_long(Target.objects.filter(event=event, dropped_at=None).count()):
        return judge_list(by=by, at=at, event=event)
    run = str(uuid7())
    enqueue(
        JUDGE_LIST, key=f"{event.public_id}:{run}", promoter_key=by.promoter_key, is_unused=True,
        event=str(event.public_id), run=run,
    )  # fmt: skip
    return None


def judge_asked(*, by: Actor, at: datetime, event: Event, run: str) -> int:
    """Judge a list as `judge_soon` asked, all of it or nothing; answers for how many that changed. Where it was asked
    again meanwhile the later asking does it: it sees all that this one would.
    """
    if _asked(event).filter(state=JobState.WAITING, key__gt=_key(event, run)).exists():
        return 0
    changed = judge_list(by=by, at=at, event=event, tell=_telling(event))
    progress.forget(_told_as(event))
    return changed


def being_judged(event: Event) -> Progress | None:
    """How far the judging of a list is that somebody asked for; None where nobody waits for it."""
    if not _asked(event).filter(state__in=PENDING).exists():
        return None
    return progress.told(_told_as(event)) or Progress(0, 0)


def _key(event: Event, run: str) -> str:
    return f"{JUDGE_LIST}:{event.public_id}:{run}"


def _asked(event: Event) -> "QuerySet[Job]":
    return Job.objects.filter(name=JUDGE_LIST, key__startswith=_key(event, ""))


def _told_as(event: Event) -> str:
    return f"judging-{event.public_id}"


def _telling(event: Event) -> Callable[[int, int], None]:
    return lambda done, total: progress.note(_told_as(event), done, total)
