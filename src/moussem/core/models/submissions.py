"""One effect per submit: what was sent, under which key, and what it answered."""

from django.db import models
from django.db.models.functions import Now


class Submission(models.Model):
    """A form nonce or an `Idempotency-Key` that was used; a second use answers what the first one answered.

    `digest` is of the request's body: the same key with another body is refused.
    """

    owner = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("owner", "key"), name="submission_once"),)
