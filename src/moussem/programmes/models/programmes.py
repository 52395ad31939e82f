"""Programmes, their rule sets, calls and awards."""

from django.db import models
from django.db.models import F, Q

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import Publishable, period_columns
from moussem.directory.models import Organisation, Person, Place
from moussem.events.models import Event
from moussem.evidence.models import Subject
from moussem.programmes.enums import ProgrammeKind


class Programme(TenantRow, Publishable, period_columns("period")):
    """A fund, an intake, a prize: who gives it, where. `envelope` is in hundredths of a dirham (null: not stated)."""

    kind = models.CharField(max_length=12, choices=ProgrammeKind)
    name = models.JSONField()
    purpose = models.JSONField(default=dict, blank=True)
    giver = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="programmes")
    envelope = models.BigIntegerField(null=True, blank=True)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="programme")


class OfProgrammeQuerySet(TenantQuerySet):
    """Rows that are open exactly when their programme is."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published programmes."""
        return super().sight(actor) | Q(programme__published_at__isnull=False)


class RuleSet(TenantRow):
    """One immutable version of a programme's rules, as data for `engines.eligibility`; its sources are cited records.

    `inferred_words` say why it is only an inference that these are the programme's rules (empty: they are stated).
    `remarks` is what the rules also say and no machine decides.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rule_sets")
    number = models.PositiveSmallIntegerField()
    criteria = models.JSONField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    inferred_words = models.JSONField(default=dict, blank=True)
    remarks = models.JSONField(default=dict, blank=True)

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("programme", "number"), name="rule_set_number_once"),)


class Call(TenantRow, Publishable):
    """A time in which one may apply under one rule set; `envelope` in hundredths of a dirham (null: not limited)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="calls")
    name = models.JSONField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    envelope = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_opening"),
        )


class Award(TenantRow):
    """A prize or a grant as it was given: its category, and the winner named, or described where nobody is named.

    `words` describe the winner or the reason as the source does; `count` is how many of the kind were given.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="awards")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    category = models.JSONField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    words = models.JSONField(default=dict, blank=True)
    count = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfProgrammeQuerySet.as_manager()
