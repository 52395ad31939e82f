"""What is sent to many at once, by waves, and what guests were told of the day."""

from django.db import models

from moussem.accounts.models import TenantRow
from moussem.events.models import Event, Space
from moussem.guests.enums import SendingPurpose
from moussem.guests.models.guests import OfGatheringQuerySet, Registration


class Sending(TenantRow):
    """Invitations or reminders that one act sent to `count` guests. Until `leaves_at` (excluded) it can be undone as a
    whole; its mails are the batch with its `public_id`. `starts_waves`: undoing it stops the waves that began with it.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sendings")
    purpose = models.CharField(max_length=10, choices=SendingPurpose)
    count = models.PositiveIntegerField()
    sent_by = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    starts_waves = models.BooleanField(default=False)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("event", "-leaves_at"), name="sending_newest"),)


class Waves(TenantRow):
    """An event whose guests are invited by waves, while `stopped_at` is null: as many as are wanted of each kind, and
    the next of the list for each who declines.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="waves")
    began_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = OfGatheringQuerySet.as_manager()


class SpaceSeat(TenantRow):
    """A guest's place in a space of an event, in the mode of their registration; given back at `freed_at`."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="space_seats")
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="seats")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="space_seats")
    taken_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True, blank=True)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("space", "registration"), name="space_seat_once"),)


class ToldAppointment(TenantRow):
    """What guests were last told of when and where an event is, as a digest. A change is told once it has stood for a
    while: `seen` is the digest that waits to be told ("": none), `seen_at` since when.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="told_appointment")
    digest = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    seen = models.CharField(max_length=64, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = OfGatheringQuerySet.as_manager()
