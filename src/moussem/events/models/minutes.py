"""The minutes of a club meeting: their text, what was decided, and how they read before each correction."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantRow
from moussem.actions.models import Action
from moussem.events.models.events import Event


class Minutes(TenantRow):
    """The minutes of one meeting as they stand. `approved_at` null: they are a draft.

    They are read at the promoter's desk and nowhere else.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="minutes")
    text = models.TextField()
    written_by = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by="") | Q(approved_at__isnull=False),
                name="minutes_approved_at",
            ),
        )


class Decision(TenantRow):
    """Something that was decided, in the order of the minutes; `action` is the next step it became, null where it asked
    for none.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300)
    action = models.OneToOneField(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="decision")

    class Meta:
        indexes = (models.Index(fields=("minutes", "position"), name="decision_order"),)


class EarlierMinutes(TenantRow):
    """How minutes read until a correction: text, decisions in words, by whom, when, and whether they were approved."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="earlier")
    number = models.PositiveIntegerField()
    text = models.TextField()
    decided = models.JSONField(default=list)
    written_by = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("minutes", "number"), name="earlier_minutes_once"),)
