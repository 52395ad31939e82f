"""Work to be done in the background, and news for higher rooms: rows written with the change that caused them."""

from django.db import models
from django.db.models.functions import Now

from moussem.core.ids import uuid7


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """One piece of background work, run at least once; `key` makes asking for it twice one job.

    `arguments` holds identifiers only. `run_after` is when it may start; `leased_until` is when a worker that took it
    and died loses it. `promoter_key` is "" for the installation's own work.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)
    arguments = models.JSONField(default=dict)
    promoter_key = models.CharField(max_length=36, blank=True)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField(db_default=Now())
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("state", "run_after"), name="job_due"),
            models.Index(fields=("state", "finished_at"), name="job_finished"),
        )


class NewsItem(models.Model):
    """Something that happened in a lower room, for the receivers of higher ones; `key` makes telling it twice one
    item.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)
    arguments = models.JSONField(default=dict)
    promoter_key = models.CharField(max_length=36, blank=True)
    created_at = models.DateTimeField(db_default=Now())
