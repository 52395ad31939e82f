"""Associations and clubs: who is a member of them and where, and their antennas."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import Publishable, period_columns
from moussem.directory.enums import MembershipOffice
from moussem.directory.models.organisations import Organisation
from moussem.directory.models.people import Person
from moussem.directory.models.places import Place


class MembershipQuerySet(TenantQuerySet):
    """Memberships as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and the published ones of a published member in a published association."""
        member = Q(person__published_at__isnull=False) | Q(organisation__published_at__isnull=False)
        opened = Q(published_at__isnull=False, association__published_at__isnull=False)
        return self.own(actor) | opened & member


class Membership(TenantRow, Publishable, period_columns("period"), period_columns("until")):
    """A person or an organisation as a member of an association or club, with the place where it is a member.

    `period` says since when, or from when to when where a source says both at once; `until` says until when (its last
    day included). Neither is guessed: a membership whose end is not stated goes on. `role` is what a source says of the
    tie beside, or in the place of, the word member ("initiator of the club"); `source` is where we learned it.
    """

    association = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    office = models.CharField(max_length=9, choices=MembershipOffice, default=MembershipOffice.MEMBER)
    role = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation=None) | Q(person=None, organisation__isnull=False),
                name="membership_of_one",
            ),
        )


class AntennaQuerySet(TenantQuerySet):
    """Antennas as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and the published ones whose association and whose own organisation are published."""
        opened = Q(association__published_at__isnull=False, organisation__published_at__isnull=False)
        return self.own(actor) | Q(published_at__isnull=False) & opened


class Antenna(TenantRow, Publishable, period_columns("period"), period_columns("until")):
    """A regional antenna: an organisation that belongs to an association and stands for it at a place.

    `period` and `until` as of a membership; `source` is where we learned that it stands. An antenna that is wished for
    is no row here: it is an objective, and stays one.
    """

    association = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="antennas")
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="antenna")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="antennas")
    source = models.CharField(max_length=200, blank=True)

    objects = AntennaQuerySet.as_manager()
