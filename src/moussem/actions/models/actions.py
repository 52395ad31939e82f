"""Next steps."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantRow
from moussem.actions.enums import ActionState
from moussem.evidence.models import Subject


class Action(TenantRow):
    """One next step: what, whose, until when (null: no date was set), about whom or what.

    `origin_kind`, `origin_key` name the row it came from (a meeting, an agreement, a return that is missing), so that
    the same origin opens it once; both empty: written by hand. `settled_words` say what came of it, or why it was
    dropped.
    """

    words = models.CharField(max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    due_on = models.DateField(null=True, blank=True)
    about = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    state = models.CharField(max_length=8, choices=ActionState, default=ActionState.OPEN)
    origin_kind = models.CharField(max_length=40, blank=True)
    origin_key = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("promoter", "origin_kind", "origin_key"),
                condition=~Q(origin_kind=""),
                name="action_origin_once",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="action_settled_at",
            ),
        )
        indexes = (models.Index(fields=("promoter", "state", "due_on", "public_id"), name="action_due"),)
