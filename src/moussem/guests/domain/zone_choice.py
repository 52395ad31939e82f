"""A guest chooses the time zone in which they read the hours."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.core.actor import Actor
from moussem.guests.domain.invitations import tell
from moussem.guests.domain.zones import zones_offered
from moussem.guests.models import Invitation
from moussem.guests.permissions import can_answer


class ZoneUnknown(Exception):
    """No such time zone is offered."""


@transaction.atomic
def choose_zone(*, by: Actor, at: datetime, invitation: Invitation, zone: str) -> Invitation:
    """Show and write the guest's times in this zone from now on (an IANA name; "": the usual one).

    Raises `ZoneUnknown`.
    """
    require(can_answer(by, str(invitation.link.public_id) if invitation.link else ""), "choose a time zone")
    require_own(invitation, by=by)
    if zone and zone not in zones_offered(invitation):
        raise ZoneUnknown(zone)
    before = invitation.zone
    rows = Invitation.objects.filter(pk=invitation.pk).exclude(zone=zone)
    if rows.update(zone=zone, version=F("version") + 1):
        tell("choose_zone", by=by, at=at, invitation=invitation, before={"zone": before}, after={"zone": zone})
    invitation.refresh_from_db(fields=["zone", "version"])
    invitation.__dict__.pop("_zone", None)
    return invitation
