"""The worker's side of the jobs: take one under a lease, run it, give it back done, waiting or failed.

The database's clock decides what is due, so that workers on several machines agree.
"""

import logging
import traceback
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, QuerySet
from django.db.models.functions import Now

from moussem.core.jobs import lease_for, runner_for
from moussem.core.models import Job, JobState

ATTEMPTS = 12
LONGEST_WAIT_S = 3600
log = logging.getLogger(__name__)


def waiting_jobs() -> QuerySet[Job]:
    """Jobs that wait and whose time has come."""
    return Job.objects.filter(state=JobState.WAITING, run_after__lte=Now())


def lost_jobs() -> QuerySet[Job]:
    """Jobs whose worker lost its lease: it died, or it is too slow."""
    return Job.objects.filter(state=JobState.RUNNING, leased_until__lt=Now())


def claim(worker: str) -> Job | None:
    """Take for `worker` the job that has been due longest, those of dead workers first; None where nothing is due.

    A job whose workers died `ATTEMPTS` times is not tried again: it is left as failed.
    """
    return next((job for due in (lost_jobs, waiting_jobs) if due().exists() and (job := _take(due(), worker))), None)


def _take(due: QuerySet[Job], worker: str) -> Job | None:
    """Each half of what is due is read along its own index: sorting them together would read every waiting job."""
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).order_by("run_after", "id").first()
        if job is None:
            return None
        if job.attempts >= ATTEMPTS:
            _leave(job, state=JobState.FAILED, finished_at=Now(), failure=job.failure or "Its worker died each time.")
            return None
        job.attempts += 1
        job.leased_by = worker
        held = {"attempts": job.attempts, "leased_by": worker, "leased_until": _from_now(_lease_s(job))}
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, **held)
    return job


def _lease_s(job: Job) -> int:
    """Twice as long at each attempt: a job that kills its workers stands back, and workers that are killed for
    another reason do not use its attempts up.
    """
    lease = lease_for(job.name)
    return max(lease, min(lease * 2 ** (job.attempts - 1), LONGEST_WAIT_S))


def run(job: Job) -> bool:
    """Run a claimed job; answer whether it is done. A failure is kept with the job and it is tried again later:
    after 2, 4, 8... seconds, at most an hour apart, `ATTEMPTS` times in all.
    """
    try:
        runner_for(job.name)(**job.arguments)
    except Exception as error:
        _give_back(job, error)
        return False
    return _leave(job, state=JobState.DONE, finished_at=Now(), failure="", leased_until=None)


def run_due_jobs(worker: str = "caller", *, most: int = 1_000_000) -> int:
    """Run jobs until nothing is due, at most `most`; answer how many were taken."""
    taken = 0
    while taken < most and (job := claim(worker)):
        run(job)
        taken += 1
    return taken


def _give_back(job: Job, error: Exception) -> None:
    log.warning("job %s (%s) failed at attempt %d: %s", job.name, job.public_id, job.attempts, error)
    failure = "".join(traceback.format_exception(error))[-4000:]
    if job.attempts >= ATTEMPTS:
        _leave(job, state=JobState.FAILED, finished_at=Now(), failure=failure, leased_until=None)
        return
    wait_s = min(2**job.attempts, LONGEST_WAIT_S)
    _leave(job, state=JobState.WAITING, run_after=_from_now(wait_s), failure=failure, leased_until=None)


def _leave(job: Job, **changes: Any) -> bool:
    """Change the job only while this attempt still holds it: whoever lost its lease has no say any more."""
    held = Job.objects.filter(pk=job.pk, attempts=job.attempts, leased_by=job.leased_by)
    return bool(held.exclude(state__in=(JobState.DONE, JobState.FAILED)).update(**changes))


def _from_now(seconds: float) -> ExpressionWrapper:
    return ExpressionWrapper(Now() + timedelta(seconds=seconds), output_field=DateTimeField())
