"""Whom an event targets, invites, registers and sees come."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from moussem.accounts.models import Link, TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.directory.models import ImportedList, Organisation, Person
from moussem.events.models import Event, GuestKind
from moussem.guests.enums import (
    COMING,
    AttendanceMode,
    ContactOrigin,
    InvitationState,
    LegalBasis,
    RegistrationOrigin,
)
from moussem.mail.enums import MessageState


class OfGatheringQuerySet(TenantQuerySet):
    """Rows of one event, closed to everybody but the promoter's staff: who is invited is nobody else's business."""

    def of_event(self, event_key: str) -> Q:
        """What belongs to the one event."""
        return Q(event__public_id=event_key)


class Target(TenantRow):
    """A person an event would like to see, as a guest of one kind, with the reasons in words that the person may read.

    `owner` is who of the staff knows them, `origin` where the contact comes from, `origin_words` which one, and
    `legal_basis` on which ground they stand here ("": not stated). Waves invite the highest `turn` first, then who was
    put on the list first: never by score. `imported_list` is the file that brought them here (null: none).
    `objected_at` is when they objected to standing on it, with their `objection`; who objected stays off.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="targets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="targeted")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="targeted"
    )
    guest_kind = models.ForeignKey(GuestKind, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    reasons = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="targets"
    )
    turn = models.PositiveIntegerField(default=0)
    imported_list = models.ForeignKey(
        ImportedList, null=True, blank=True, on_delete=models.SET_NULL, related_name="targets"
    )
    legal_basis = models.CharField(max_length=20, choices=LegalBasis, blank=True)
    origin = models.CharField(max_length=10, choices=ContactOrigin, blank=True)
    origin_words = models.CharField(max_length=200, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    objection = models.CharField(max_length=300, blank=True)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "person"), name="target_person_once"),
            models.CheckConstraint(
                condition=Q(objected_at=None) | Q(dropped_at__isnull=False), name="target_objected_is_off"
            ),
        )
        indexes = (models.Index(fields=("person",), condition=Q(objected_at__isnull=False), name="target_objected"),)


class InvitationQuerySet(OfGatheringQuerySet):
    """Invitations as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own promoter's; and, for the person with the link, the one it was made for."""
        if actor.kind == "link":
            return Q(link__public_id=actor.id, promoter=actor.promoter_pk)
        return super().sight(actor)


class Invitation(TenantRow):
    """What one person was asked, and what they answered. It is an object of its own, no ticket.

    `answered_words` is the reason given, or the words for the colleague; `answered_by` names who answered where it was
    not the guest (an assistant, a member of staff). `delegate` is the invitation of the colleague sent in their place.
    `needs` are those of access and diet, in the guest's words. `waiting_rank` orders the waiting list.
    `origin` tells whom we invited from who asked to come by the open form: the answers to that are its `request`.
    `sending` is what it was sent with, where many were sent at once; `reminded_before` the reminder before the last.
    `undelivered` is the state of a mail of ours that did not reach the guest ("": none known); `zone` the time zone
    that the guest chose ("": theirs by country, else the event's).
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="invitations")
    target = models.OneToOneField(Target, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    guest_kind = models.ForeignKey(
        GuestKind, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    origin = models.CharField(max_length=10, choices=RegistrationOrigin, default=RegistrationOrigin.INVITATION)
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.PLANNED)
    link = models.OneToOneField(Link, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation")
    sent_at = models.DateTimeField(null=True, blank=True)
    sending = models.ForeignKey(
        "guests.Sending", null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminded_before = models.DateTimeField(null=True, blank=True)
    undelivered = models.CharField(max_length=10, choices=MessageState, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_words = models.CharField(max_length=300, blank=True)
    needs = models.CharField(max_length=300, blank=True)
    wanted_mode = models.CharField(max_length=10, choices=AttendanceMode, blank=True)
    waiting_rank = models.PositiveIntegerField(null=True, blank=True)
    delegate = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="instead_of")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "person"), name="invitation_person_once"),
            models.UniqueConstraint(fields=("event", "waiting_rank"), name="invitation_rank_once"),
            models.CheckConstraint(
                condition=Q(state=InvitationState.PLANNED) | Q(link__isnull=False), name="invitation_sent_by_link"
            ),
            models.CheckConstraint(
                condition=Q(state=InvitationState.WAITING, waiting_rank__isnull=False)
                | (~Q(state=InvitationState.WAITING) & Q(waiting_rank=None)),
                name="invitation_waits_with_a_rank",
            ),
        )
        indexes = (
            models.Index(fields=("event", "state", "public_id"), name="invitation_state"),
            # With the promoter in it, whom an actor sees is counted from the index alone.
            models.Index(fields=("event", "origin", "state", "public_id", "promoter"), name="invitation_origin"),
            models.Index(fields=("promoter", "state", "origin"), name="invitation_waits"),
        )

    @property
    def is_asked_for(self) -> bool:
        """Whether the guest asked to come by the open form, and was not invited by us."""
        return self.origin == RegistrationOrigin.OPEN_FORM

    @property
    def comes(self) -> bool:
        """Whether the guest said yes, on site or online."""
        return self.state in COMING


class Registration(TenantRow):
    """One person's place at an event: how they attend (here only), and how it came about; at most one per person."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    guest_kind = models.ForeignKey(
        GuestKind, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    mode = models.CharField(max_length=10, choices=AttendanceMode)
    origin = models.CharField(max_length=10, choices=RegistrationOrigin)
    registered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "person"), name="registration_person_once"),)
        indexes = (models.Index(fields=("event", "mode"), name="registration_seat", condition=Q(cancelled_at=None)),)


class Presence(TenantRow):
    """Somebody registered was there: in which mode, when by the clock of whoever noted it, and when we received it."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="presences")
    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="presence")
    mode = models.CharField(max_length=10, choices=AttendanceMode)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200, blank=True)

    objects = OfGatheringQuerySet.as_manager()
