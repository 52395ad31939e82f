"""The rows of guests."""

from moussem.guests.models.criteria import Criterion, Judgement, Prequalification, Standing
from moussem.guests.models.guests import Invitation, OfGatheringQuerySet, Presence, Registration, Target
from moussem.guests.models.registering import OpenForm, OpenKind, RegistrationRequest
from moussem.guests.models.sendings import Sending, SpaceSeat, ToldAppointment, Waves

__all__ = (
    "Criterion",
    "Invitation",
    "Judgement",
    "OfGatheringQuerySet",
    "OpenForm",
    "OpenKind",
    "Prequalification",
    "Presence",
    "Registration",
    "RegistrationRequest",
    "Sending",
    "SpaceSeat",
    "Standing",
    "Target",
    "ToldAppointment",
    "Waves",
)
