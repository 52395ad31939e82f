"""Requests, slots, tables and meetings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from moussem.accounts.models import TenantRow
from moussem.events.models import Event, Space
from moussem.guests.models import OfGatheringQuerySet, Registration
from moussem.meetings.enums import LIVE, MeetingState, RequestState, Wish


class MeetingRequest(TenantRow):
    """One registered guest asks to meet another; it expires, and blocks nobody while it waits. Of two guests one
    request stands at a time, whoever asked.

    `owner` is who of the staff follows it. `words` say what it is about.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="meeting_requests")
    asker = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="requests_made")
    asked = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="requests_received")
    wish = models.CharField(max_length=4, choices=Wish, default=Wish.MEET)
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ASKED)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_requests"
    )

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                Least("asker", "asked"),
                Greatest("asker", "asked"),
                condition=Q(state__in=LIVE),
                name="meeting_request_of_a_pair_once",
            ),
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="meeting_request_of_two"),
        )
        indexes = (models.Index(fields=("event", "state", "public_id"), name="meeting_request_state"),)

    @property
    def sides(self) -> tuple[Registration, Registration]:
        """Who asked, and who was asked."""
        return self.asker, self.asked


class Slot(TenantRow):
    """A stretch of time of the event in which meetings are held: instants in UTC, and the wall clock's words."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "starts_at"), name="slot_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_start"),
        )


class Table(TenantRow):
    """A place at the event where one meeting at a time is held."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="tables")
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="tables")
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "name"), name="table_once"),)


class Meeting(TenantRow):
    """An accepted request placed in a slot, at a table, or online by `room_address` where there is none.

    A cancelled meeting stays, and its request may be placed again.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="meetings")
    request = models.ForeignKey(MeetingRequest, on_delete=models.PROTECT, related_name="meetings")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="meetings")
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    room_address = models.URLField(blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLACED)
    placed_at = models.DateTimeField()

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("slot", "table"), condition=~Q(state="cancelled"), name="meeting_table_free"
            ),
            models.UniqueConstraint(
                fields=("request",), condition=~Q(state="cancelled"), name="meeting_of_a_request_once"
            ),
        )
        indexes = (models.Index(fields=("event", "state", "public_id"), name="meeting_state"),)


class Side(TenantRow):
    """One guest's side of a meeting: their diary's entry for the slot, and what they say of it afterwards.

    `asked_at` is when the guest was asked by letter. `took_place` null: not answered. `answered_by` names who of the
    staff noted it ("": the guest's own word).
    `cancelled` frees the diary.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sides")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sides")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="sides")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="sides")
    cancelled = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True, blank=True)
    took_place = models.BooleanField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("slot", "registration"), condition=Q(cancelled=False), name="side_diary_free"
            ),
            models.UniqueConstraint(fields=("meeting", "registration"), name="side_once"),
        )
