"""What came of a mission: of each visit and meeting of its programme, and of the whole."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantRow
from moussem.actions.models import Action
from moussem.events.models.events import Event, Session


class Outcome(TenantRow):
    """What came of one visit or meeting of a mission, in words; `session` null: of the mission as a whole.

    `steps` are the next steps it asked for. Outcomes are read at the promoter's desk and nowhere else.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="outcomes")
    session = models.OneToOneField(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="outcome")
    words = models.TextField()
    written_by = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    steps = models.ManyToManyField(Action, blank=True, related_name="outcomes")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event",), condition=Q(session=None), name="outcome_of_the_whole_once"),
        )
