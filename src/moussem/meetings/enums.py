"""The words of meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Wish(models.TextChoices):
    """How much a guest wants to meet another."""

    MUST = "must", _("Must meet")
    MEET = "meet", _("Would like to meet")


class RequestState(models.TextChoices):
    """Where a request stands; a pending one blocks nobody's diary."""

    ASKED = "asked", pgettext_lazy("meeting request", "Asked")
    ACCEPTED = "accepted", pgettext_lazy("meeting request", "Accepted")
    DECLINED = "declined", pgettext_lazy("meeting request", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("meeting request", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("meeting request", "Expired")


class MeetingState(models.TextChoices):
    """Where a meeting stands; *held* needs both sides, or one and the promoter's staff."""

    PLACED = "placed", pgettext_lazy("meeting", "Placed")
    HELD = "held", pgettext_lazy("meeting", "Took place")
    MISSED = "missed", pgettext_lazy("meeting", "Did not take place")
    DISPUTED = "disputed", pgettext_lazy("meeting", "The sides disagree")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")
