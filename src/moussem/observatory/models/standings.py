"""What the figures of a large dossier come to, kept, since they are too many to add up at each request."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.evidence.models import Subject


class StandingQuerySet(TenantQuerySet):
    """Standings as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published places and parks: they hold published figures only."""
        return self.own(actor) | Q(subject__published_at__isnull=False)


class Standing(TenantRow):
    """The sums of one place or park, worked out by a job from published figures only (see ADR 21).

    It belongs to the promoter of its subject. `asked` counts the requests to work it out, `taken` is the last that a
    worker began and `answered` the last whose sums are kept: a change after `taken` makes a new request, and an older
    answer never takes the place of a newer one. `sums` (empty until the first answer) is as
    `domain.queries.sums_kept` writes it; `figures` are those that were read, `mentions` the links to them.
    """

    subject = models.OneToOneField(Subject, on_delete=models.CASCADE, related_name="standing")
    asked = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    worked_out_at = models.DateTimeField(null=True)
    figures = models.PositiveIntegerField(default=0)
    mentions = models.PositiveIntegerField(default=0)
    sums = models.JSONField(default=dict)

    objects = StandingQuerySet.as_manager()

    @property
    def is_awaited(self) -> bool:
        """Whether a change was told that the kept sums do not hold yet."""
        return self.answered < self.asked
