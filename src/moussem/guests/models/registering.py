"""The public form by which people register for an event, what it asks of whom, and what they said there."""

from django.db import models
from django.db.models import F, Q

from moussem.accounts.models import TenantRow
from moussem.events.models import Event, GuestKind
from moussem.guests.enums import ADMITTED, Decision
from moussem.guests.models.guests import Invitation, OfGatheringQuerySet


class OpenForm(TenantRow):
    """The form of an event: people register from `opens_at` (null: as soon as the event is public) to `closes_at`
    (excluded; null: until the event begins), while `is_on`. `shows_seats`: the public reads how many seats are left.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="open_form")
    is_on = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    shows_seats = models.BooleanField(default=False)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="open_form_closes_after_it_opens",
            ),
        )


class OpenKind(TenantRow):
    """A kind of guest (null: everybody else) that may register: what it is asked (`asked`: of each field whether it may
    or must be answered; a field that is not named is not asked), and whether each is approved by a person.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="open_kinds")
    form = models.ForeignKey(OpenForm, on_delete=models.CASCADE, related_name="kinds")
    guest_kind = models.ForeignKey(
        GuestKind, null=True, blank=True, on_delete=models.PROTECT, related_name="open_kinds"
    )
    needs_approval = models.BooleanField(default=False)
    asked = models.JSONField(default=dict, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OfGatheringQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("form", "guest_kind"), name="open_kind_once"),
            models.UniqueConstraint(fields=("form",), condition=Q(guest_kind=None), name="open_kind_else_once"),
        )


class RegistrationRequest(TenantRow):
    """What somebody wrote into the form when they registered, word by word, and what was decided of it. `said` holds
    the name, the address and each answer by field; nothing of it changes the directory. `wished` are the public
    identifiers of the spaces in which they wish a place.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registration_requests")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="request")
    said = models.JSONField(default=dict)
    wished = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=11, choices=Decision, default=Decision.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)

    objects = OfGatheringQuerySet.as_manager()

    @property
    def is_admitted(self) -> bool:
        """Whether a seat may be given: approved, or no approval is needed."""
        return self.decision in ADMITTED
