"""The rows of guests."""

from moussem.guests.models.guests import Invitation, OfGatheringQuerySet, Presence, Registration, Target
from moussem.guests.models.sendings import Sending, SpaceSeat, ToldAppointment, Waves

__all__ = (
    "Invitation",
    "OfGatheringQuerySet",
    "Presence",
    "Registration",
    "Sending",
    "SpaceSeat",
    "Target",
    "ToldAppointment",
    "Waves",
)
