"""Organisations, where they are established, and whom they count as members."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import Publishable, SearchedField, period_columns
from moussem.core.texts import say
from moussem.directory.enums import MatchState, OrganisationKind
from moussem.directory.models.places import Park, Place
from moussem.evidence.models import Subject


class Taxonomy(TenantRow, Publishable):
    """One version of a list of branches, with the date it holds from and its source."""

    key = models.CharField(max_length=60)
    name = models.JSONField()
    valid_from = models.DateField(null=True, blank=True)


class Branch(TenantRow, Publishable):
    """A line of business in one version of a taxonomy (ITO, CRM, BPO, ESO, KPO)."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.PROTECT, related_name="branches")
    code = models.CharField(max_length=20)
    name = models.JSONField()


class Organisation(TenantRow, Publishable):
    """A body of any kind. `named` is False where the sources describe it without naming it; `description` then says
    how.

    `folded` is the name as lists sort it and searches compare it: no capitals, no accents. `commons` ties a promoter's
    private row to the shared one. `canonical` stands for this row after a person decided that both are one. `owner`
    is the account owner.
    """

    kind = models.CharField(max_length=20, choices=OrganisationKind)
    name = models.CharField(max_length=200)
    folded = SearchedField(max_length=200, blank=True, editable=False)
    acronym = models.CharField(max_length=30, blank=True)
    named = models.BooleanField(default=True)
    description = models.JSONField(default=dict, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations")
    branches = models.ManyToManyField(Branch, blank=True, related_name="organisations")
    commons = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="private_rows")
    canonical = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="organisation")

    class Meta:
        indexes = (
            models.Index(fields=("folded", "public_id"), name="organisation_name"),
            models.Index(Upper("acronym"), name="organisation_acronym"),
            models.Index(fields=("kind", "folded", "public_id"), name="organisation_kind"),
            models.Index(fields=("place", "folded", "public_id"), name="organisation_place"),
            # Only the few merged rows: an index of all would be taken for "merged into none", which nearly all are.
            models.Index(fields=("canonical",), condition=Q(canonical__isnull=False), name="organisation_merged"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name; of one that no source names, how it is described, in the reader's language."""
        return self.name if self.named else say(self.description) or self.name


class AliasQuerySet(TenantQuerySet):
    """Aliases, which are open exactly when their organisation is."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published organisations."""
        return super().sight(actor) | Q(organisation__published_at__isnull=False)


class Alias(TenantRow):
    """Another name of an organisation, as printed somewhere or as confirmed by a person; `ours` where no source prints
    it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    folded = SearchedField(max_length=200, blank=True, editable=False, db_index=True)
    ours = models.BooleanField(default=False)

    objects = AliasQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "name"), name="alias_once"),)


class EstablishmentQuerySet(TenantQuerySet):
    """Establishments as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and the published ones of published organisations."""
        return self.own(actor) | Q(published_at__isnull=False, organisation__published_at__isnull=False)

    def of_seen(self, actor: Actor) -> Self:
        """Those of organisations that the actor sees by another condition of the same query: theirs is not asked."""
        return self.filter(self.own(actor) | Q(published_at__isnull=False), self.met_by(actor))


class Establishment(TenantRow, Publishable, period_columns("period")):
    """An organisation at a place or park, from one time to another."""

    # Found by an index below that begins with it.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="establishments", db_index=False
    )
    park = models.ForeignKey(Park, null=True, blank=True, on_delete=models.PROTECT, related_name="establishments")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="establishments")

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(park__isnull=False) | Q(place__isnull=False), name="establishment_somewhere"
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "park"), name="establishment_held"),
            models.Index(fields=("park", "period_start", "public_id"), name="establishment_at_park"),
            models.Index(fields=("place", "period_start", "public_id"), name="establishment_at_place"),
        )


class OrganisationMatch(TenantRow):
    """Two organisations that may be one: the score and the reasons of the proposal, and what a person decided."""

    left = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="matches_left")
    right = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="matches_right")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=MatchState, default=MatchState.PROPOSED)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("left", "right"), name="organisation_match_once"),)
