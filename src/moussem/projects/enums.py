"""The words of projects."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """How far a project has come, in order."""

    PROSPECT = "prospect", pgettext_lazy("stage", "Prospect")
    QUALIFIED = "qualified", pgettext_lazy("stage", "Qualified")
    ACTIVE = "active", pgettext_lazy("stage", "Active")
    COMMITTED = "committed", pgettext_lazy("stage", "Committed")
    IMPLEMENTING = "implementing", pgettext_lazy("stage", "Implementing")
    OPERATING = "operating", pgettext_lazy("stage", "Operating")
    CLOSED = "closed", pgettext_lazy("stage", "Closed")


STAGES = tuple(Stage)
WITH_FOUR_EYES = (Stage.COMMITTED, Stage.OPERATING)
"""Stages into which a project passes only with evidence and a second person."""


class ProjectStatus(models.TextChoices):
    """How it fares, apart from how far it has come."""

    ONGOING = "ongoing", pgettext_lazy("project", "Ongoing")
    DELAYED = "delayed", pgettext_lazy("project", "Delayed")
    DORMANT = "dormant", pgettext_lazy("project", "Dormant")
    WON = "won", pgettext_lazy("project", "Won")
    LOST = "lost", pgettext_lazy("project", "Lost")
    ABANDONED = "abandoned", pgettext_lazy("project", "Abandoned")
    NOT_STATED = "not_stated", pgettext_lazy("project", "Not stated")


class ProjectOrigin(models.TextChoices):
    """What opened a project."""

    AGREEMENT = "agreement", pgettext_lazy("origin", "Agreement")
    ANNOUNCEMENT = "announcement", _("Announcement")
    MEETING = "meeting", _("Meeting")
    APPLICATION = "application", _("Application")
    STAFF = "staff", _("The promoter's staff")


class PassageState(models.TextChoices):
    """Where the wish to pass to a stage with four eyes stands."""

    ASKED = "asked", pgettext_lazy("passage", "Waits for a second person")
    CONFIRMED = "confirmed", pgettext_lazy("passage", "Confirmed")
    REFUSED = "refused", pgettext_lazy("passage", "Refused")


class ReturnState(models.TextChoices):
    """Where a headcount return stands. A missing return is shown, never filled in."""

    ASKED = "asked", pgettext_lazy("return", "Asked for")
    DECLARED = "declared", pgettext_lazy("return", "Declared")
    CHECKED = "checked", pgettext_lazy("return", "Checked internally")
    VERIFIED = "verified", pgettext_lazy("return", "Verified")
    CORRECTED = "corrected", pgettext_lazy("return", "Replaced by a correction")
