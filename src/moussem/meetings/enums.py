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


LIVE = (RequestState.ASKED, RequestState.ACCEPTED)
"""The states in which a request stands between two guests."""


class MeetingState(models.TextChoices):
    """Where a meeting stands; *held* needs both sides, or one and the promoter's staff."""

    PLACED = "placed", pgettext_lazy("meeting", "Placed")
    HELD = "held", pgettext_lazy("meeting", "Took place")
    MISSED = "missed", pgettext_lazy("meeting", "Did not take place")
    DISPUTED = "disputed", pgettext_lazy("meeting", "The sides disagree")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class Unplaced(models.TextChoices):
    """Why an accepted request has no slot and table."""

    NO_SLOT = "no_slot", _("No hours are laid out that are still to come.")
    NO_TABLE = "no_table", _("No table is set up, and they do not meet online.")
    DIARIES = "diaries", _("In no slot are both free.")
    TABLES = "tables", _("Where both are free, every table is taken.")
    GONE = "gone", _("One of them does not come any more.")


EXPIRE_REQUESTS = "meetings.expire_requests"
ASK_OUTCOMES = "meetings.ask_outcomes"
