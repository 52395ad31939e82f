"""Applications and what was determined of them."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.directory.models import Organisation
from moussem.programmes.enums import ApplicationState, Decision
from moussem.programmes.models.programmes import Call
from moussem.projects.models import Project


class ApplicationQuerySet(TenantQuerySet):
    """Applications as an actor may see them: never a rival's."""

    def sight(self, actor: Actor) -> Q:
        """One's own promoter's; for an applicant's user those of their own organisation."""
        sight = super().sight(actor)
        if actor.kind == "user" and actor.organisation_pks:
            sight |= Q(organisation__in=actor.organisation_pks)
        return sight


class Application(TenantRow):
    """An organisation applies to a call. `values` are the facts the rules ask for, by name, as scaled integers; a fact
    that is absent is *missing*, never zero. `asked_for` is in hundredths of a dirham.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")
    title = models.CharField(max_length=200)
    values = models.JSONField(default=dict, blank=True)
    asked_for = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    more_words = models.CharField(max_length=500, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("call", "state", "public_id"), name="application_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("call", "organisation"),
                condition=Q(state__in=("draft", "submitted", "more_asked")),
                name="application_one_under_way",
            ),
        )


class DeterminationQuerySet(TenantQuerySet):
    """Determinations as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own promoter's; for an applicant's user those of their own applications."""
        sight = super().sight(actor)
        if actor.kind == "user" and actor.organisation_pks:
            sight |= Q(application__organisation__in=actor.organisation_pks)
        return sight


class Determination(TenantRow):
    """The decision on one application, frozen with the assessment it rests on: values, rule version, words.

    `words` are its reason, which a refusal always has. `amount` is in hundredths of a dirham; with an award of money it
    counts against the call's envelope.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="determination")
    decision = models.CharField(max_length=8, choices=Decision)
    amount = models.BigIntegerField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    assessment = models.JSONField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)

    objects = DeterminationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decision="award") | Q(amount=None), name="determination_refusal_gives_nothing"
            ),
        )
