"""Agreements, who signs them, and who owes what."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.agreements.enums import AgreementKind, AgreementState, DutyKind
from moussem.core.actor import Actor
from moussem.core.models import Publishable, period_columns
from moussem.directory.models import Organisation, Person, Place
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.events.models import Event
from moussem.evidence.models import Subject


def _choices(enumeration: Any) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enumeration]


class AgreementQuerySet(TenantQuerySet):
    """Acts as an actor may see them."""

    def of_event(self, event_key: str) -> Q:
        """Those signed at the one event."""
        return Q(event__public_id=event_key)


class Agreement(TenantRow, Publishable, period_columns("signed_on")):
    """An act between parties. `signed_on` is a period, as sources state it; `event` is where it was signed."""

    kind = models.CharField(max_length=12, choices=AgreementKind)
    title = models.JSONField()
    purpose = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.PREPARED)
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements")
    confidential = models.BooleanField(default=False)
    ended_words = models.CharField(max_length=300, blank=True)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="agreement")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(confidential=False) | Q(published_at=None), name="agreement_confidential_is_closed"
            ),
        )
        indexes = (models.Index(fields=("-signed_on_start", "-public_id"), name="agreement_newest"),)


class OfAgreementQuerySet(TenantQuerySet):
    """Rows that are open exactly when their agreement is."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published agreements."""
        return super().sight(actor) | Q(agreement__published_at__isnull=False)

    def of_event(self, event_key: str) -> Q:
        """What belongs to the acts signed at the one event."""
        return Q(agreement__event__public_id=event_key)


class PartyQuerySet(OfAgreementQuerySet):
    """Parties: those the public may know."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published acts that are published organisations or named by none."""
        known = Q(organisation=None) | Q(organisation__published_at__isnull=False)
        return self.own(actor) | Q(agreement__published_at__isnull=False) & known


class Party(TenantRow):
    """Who agrees: an organisation, or the source's words where it names none; the signatory and in which capacity."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="agreement_parties"
    )
    words = models.JSONField(default=dict, blank=True)
    signatory = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signs")
    capacity = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PartyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(organisation__isnull=False) | ~Q(words={}), name="party_is_somebody"),
            models.UniqueConstraint(fields=("agreement", "organisation"), name="party_once"),
        )


class Obligation(TenantRow, period_columns("due")):
    """Who owes what by when. `debtor`, `measure` and `value`, `due` are null where the text does not state them.

    Once the act is signed a line is never changed: an amendment is a new line, and the old one keeps its numbers, names
    it in `replaced_by` and says why.

    `value` and `value_max` are integers in the unit's scale; `due` of precision *open* is "à terme".
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="obligations")
    kind = models.CharField(max_length=10, choices=DutyKind)
    debtor = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="owes")
    words = models.JSONField()
    measure = models.CharField(max_length=40, choices=_choices(Measure), blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    value_max = models.BigIntegerField(null=True, blank=True)
    bound = models.CharField(max_length=8, choices=_choices(Bound), default=Bound.EQUAL.value)
    unit = models.CharField(max_length=24, choices=_choices(Unit), blank=True)
    evidence_asked = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    replaced_reason = models.CharField(max_length=300, blank=True)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(value=None) | (~Q(measure="") & ~Q(unit="")), name="obligation_measures_its_value"
            ),
            models.CheckConstraint(
                condition=Q(value_max=None) | Q(value__isnull=False, value_max__gte=F("value")),
                name="obligation_ends_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind="objective") | Q(debtor__isnull=False), name="obligation_has_a_debtor"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_reason=""), name="obligation_replaced_with_a_reason"
            ),
        )
