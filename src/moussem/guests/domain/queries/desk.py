"""One guest as staff see them: the invitation, the link for who looks after them, what can be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Promoter
from moussem.core.actor import Actor
from moussem.events.domain.hours import answers_until
from moussem.events.models import Space
from moussem.guests.domain.letters import page_of
from moussem.guests.domain.queries.funnel import rank_of
from moussem.guests.domain.space_seats import chosen_spaces
from moussem.guests.domain.waves import are_on
from moussem.guests.enums import InvitationState
from moussem.guests.models import Invitation, Registration, Target
from moussem.guests.permissions import can_invite, can_take_link


@dataclass(frozen=True, slots=True)
class GuestDesk:
    """A guest's page. `address` is the personal link's, "" for whom it is not open to or where none opens anything.

    `rank` is the place on the waiting list, `number` that on the target list, from one on. `colleague` comes in the
    guest's place; `instead_of` is who sent this one. `waves_on`: the guest may be put next.
    """

    invitation: Invitation | None
    registration: Registration | None
    address: str
    rank: int | None
    colleague: Invitation | None
    instead_of: Invitation | None
    spaces: Sequence[Space]
    number: int
    waves_on: bool
    may_write: bool
    may_play: bool
    is_open: bool

    @property
    def may_remind(self) -> bool:
        """Whether a reminder has a purpose."""
        waits = self.invitation is not None and self.invitation.state == InvitationState.SENT
        return self.may_write and self.is_open and waits


def guest_desk(actor: Actor, target: Target, *, promoter: Promoter, at: datetime) -> GuestDesk:
    """Everything on a guest's page, for the promoter's staff at a time."""
    others = ("promoter", "person", "delegate__person", "delegate__target", "instead_of__person", "instead_of__target")
    rows = Invitation.objects.visible_to(actor).select_related("link", "event", *others)
    invitation = rows.filter(target=target, sent_at__isnull=False).first()
    seats = Registration.objects.visible_to(actor).filter(event=target.event, person=target.person, cancelled_at=None)
    until = answers_until(target.event)
    registration = seats.select_related("presence").first()
    before = Target.objects.visible_to(actor).filter(event=target.event, dropped_at=None, pk__lte=target.pk)
    return GuestDesk(
        invitation=invitation,
        registration=registration,
        address=_address(actor, target, invitation, promoter, at),
        rank=rank_of(invitation) if invitation else None,
        colleague=invitation.delegate if invitation else None,
        instead_of=getattr(invitation, "instead_of", None),
        spaces=chosen_spaces(registration),
        number=before.count(),
        waves_on=invitation is None and are_on(target.event),
        may_write=can_invite(actor),
        may_play=may_play(promoter),
        is_open=target.event.cancelled_at is None and until is not None and at < until,
    )


def _address(actor: Actor, target: Target, invitation: Invitation | None, promoter: Promoter, at: datetime) -> str:
    if invitation is None or invitation.link is None:
        return ""
    owner = str(target.owner.public_id) if target.owner else ""
    may = can_take_link(actor, owner) or (may_play(promoter) and can_invite(actor))
    opens = invitation.link.revoked_at is None and at < invitation.link.expires_at
    return page_of(invitation.link) if may and opens else ""


def may_play(promoter: Promoter) -> bool:
    """Whether staff may answer as a guest: in the playground of a demonstration, where all guests are invented."""
    return bool(settings.DEMONSTRATION) and promoter.kind == PromoterKind.PLAYGROUND
