"""Who speaks for a guest: the guest by their own link, and the promoter's staff."""

from django.db.models import Exists, OuterRef

from moussem.accounts.domain.refusals import require, require_own
from moussem.core.actor import Actor
from moussem.guests.models import Invitation, Registration
from moussem.meetings.permissions import can_arrange


class GuestGone(Exception):
    """The guest does not come any more."""


def own_registration(actor: Actor) -> Registration | None:
    """The registration of the guest who holds the link; None for who does not come, or holds no invitation's link."""
    if actor.kind != "link":
        return None
    own = Invitation.objects.visible_to(actor).filter(event=OuterRef("event"), person=OuterRef("person"))
    held = Registration.objects.filter(Exists(own), cancelled_at=None)
    return held.select_related("event", "person", "organisation").first()


def speaks_for(actor: Actor, registration: Registration) -> bool:
    """Whether the actor's word is the guest's: the guest's own link, or staff who may arrange meetings."""
    if can_arrange(actor):
        return True
    own = own_registration(actor)
    return own is not None and own.pk == registration.pk


def require_voice(actor: Actor, registration: Registration, what: str) -> None:
    """Raise `NotAllowed` unless the actor speaks for the guest, `ForeignRow` where they are another promoter's."""
    require(speaks_for(actor, registration), what)
    require_own(registration, by=actor)


def require_coming(*registrations: Registration) -> None:
    """Raise `GuestGone` where one of them gave the seat back."""
    for registration in registrations:
        if registration.cancelled_at is not None:
            raise GuestGone(registration.public_id)
