"""The rows of guests."""

from moussem.guests.models.guests import Invitation, OfGatheringQuerySet, Presence, Registration, Target
from moussem.guests.models.registering import OpenForm, OpenKind, RegistrationRequest
from moussem.guests.models.sendings import Sending, SpaceSeat, ToldAppointment, Waves

__all__ = (
    "Invitation",
    "OfGatheringQuerySet",
    "OpenForm",
    "OpenKind",
    "Presence",
    "Registration",
    "RegistrationRequest",
    "Sending",
    "SpaceSeat",
    "Target",
    "ToldAppointment",
    "Waves",
)
