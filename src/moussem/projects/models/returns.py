"""Headcount returns: what an operator declares, and who verified it."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import Link, TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import StoredFile, period_columns
from moussem.directory.models import Establishment
from moussem.evidence.models import Figure
from moussem.projects.enums import ReturnState
from moussem.projects.models.projects import Project


class ReturnQuerySet(TenantQuerySet):
    """Returns as an actor may see them: never a rival's."""

    def sight(self, actor: Actor) -> Q:
        """One's own promoter's; for an operator's user their organisation's; with a link the one it was made for."""
        if actor.kind == "link":
            return Q(link__public_id=actor.id, promoter=actor.promoter_pk)
        sight = super().sight(actor)
        if actor.kind == "user" and actor.organisation_pks:
            sight |= Q(establishment__organisation__in=actor.organisation_pks)
        return sight

    def of_event(self, event_key: str) -> Q:
        """Those of projects that came from the one event."""
        return Q(project__event__public_id=event_key)


class HeadcountReturn(TenantRow, period_columns("period")):
    """One declaration per establishment and period: present at its end, hired and left during it (whole numbers of
    persons).

    All three null: asked for and missing. `declared_key` says who declared, as four eyes compare it. `figure` is the
    declared figure, `verified_figure` the one a body stands for. A correction is a new row; the old one keeps its
    numbers and names it in `replaced_by`.
    """

    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="returns")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="returns")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.ASKED)
    present = models.PositiveIntegerField(null=True, blank=True)
    hired = models.PositiveIntegerField(null=True, blank=True)
    left = models.PositiveIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.CharField(max_length=200, blank=True)
    declared_key = models.CharField(max_length=80, blank=True)
    evidence_words = models.CharField(max_length=300, blank=True)
    evidence_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_by = models.CharField(max_length=80, blank=True)
    checked_label = models.CharField(max_length=200, blank=True)
    figure = models.OneToOneField(
        Figure, null=True, blank=True, on_delete=models.PROTECT, related_name="headcount_return"
    )
    verified_figure = models.OneToOneField(
        Figure, null=True, blank=True, on_delete=models.PROTECT, related_name="verified_return"
    )
    link = models.OneToOneField(Link, null=True, blank=True, on_delete=models.PROTECT, related_name="headcount_return")
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    replaced_reason = models.CharField(max_length=300, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("establishment", "period_start", "period_end"),
                condition=Q(replaced_by=None),
                name="return_current_once",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", present=None, hired=None, left=None)
                | (~Q(state="asked") & Q(present__isnull=False, hired__isnull=False, left__isnull=False)),
                name="return_declares_three_numbers",
            ),
        )
        indexes = (models.Index(fields=("promoter", "state", "due_on", "public_id"), name="return_due"),)
