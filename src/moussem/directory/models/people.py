"""People, what they are to organisations, whom they represent, and what they agreed to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import Publishable, SearchedField, period_columns
from moussem.directory.enums import ConsentPurpose, MatchState
from moussem.directory.models.organisations import Organisation
from moussem.directory.models.places import Place
from moussem.evidence.models import Subject


class Person(TenantRow, Publishable):
    """A person. Contact details are seen by the account owner and administrators only; public persons have none
    here. `place` is where the sources say they are of ("de Belgique"), which is no address.
    """

    name = models.CharField(max_length=200)
    folded = SearchedField(max_length=200, blank=True, editable=False)
    printed_names = models.JSONField(default=list, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, blank=True)
    contact_source = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    canonical = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="person")

    class Meta:
        indexes = (
            models.Index(fields=("folded", "public_id"), name="person_name"),
            # As for organisations: the few merged rows only.
            models.Index(fields=("canonical",), condition=Q(canonical__isnull=False), name="person_merged"),
            models.Index(Lower("email"), condition=~Q(email=""), name="person_email"),
        )

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(TenantQuerySet):
    """Affiliations as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and the published ones between a published person and a published organisation."""
        both = Q(person__published_at__isnull=False, organisation__published_at__isnull=False)
        return self.own(actor) | Q(published_at__isnull=False) & both


class Affiliation(TenantRow, Publishable, period_columns("period")):
    """What a person is or was at an organisation: the role in words, from-to (not stated where the source is
    silent).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="affiliations")
    role = models.JSONField(default=dict)
    former = models.BooleanField(default=False)

    objects = AffiliationQuerySet.as_manager()


class Representation(TenantRow):
    """A user who acts for an organisation, from one time until it ends."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="representations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="representations")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation"), condition=Q(until__isnull=True), name="representation_once"
            ),
        )


class Consent(TenantRow):
    """What a person agreed or objected to, for one purpose, when, and the proof; the latest row per purpose counts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=24, choices=ConsentPurpose)
    given = models.BooleanField()
    at = models.DateTimeField()
    proof = models.CharField(max_length=300)


class PersonMatch(TenantRow):
    """Two people who may be one: the score and the reasons of the proposal, and what a person decided."""

    left = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="matches_left")
    right = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="matches_right")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=MatchState, default=MatchState.PROPOSED)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("left", "right"), name="person_match_once"),)
