"""The rows of guests."""

from moussem.guests.models.guests import Invitation, OfGatheringQuerySet, Presence, Registration, Target

__all__ = ("Invitation", "OfGatheringQuerySet", "Presence", "Registration", "Target")
