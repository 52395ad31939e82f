"""The words of guests."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InvitationState(models.TextChoices):
    """Where an invitation stands. There is no state "opened": mail scanners open links."""

    PLANNED = "planned", pgettext_lazy("invitation", "Planned")
    SENT = "sent", pgettext_lazy("invitation", "Sent, no answer yet")
    ON_SITE = "on_site", pgettext_lazy("invitation", "Comes on site")
    ONLINE = "online", pgettext_lazy("invitation", "Comes online")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    DELEGATED = "delegated", pgettext_lazy("invitation", "Sends a colleague")
    WAITING = "waiting", pgettext_lazy("invitation", "On the waiting list")
    EXPIRED = "expired", pgettext_lazy("invitation", "Expired")
    ASKED = "asked", pgettext_lazy("invitation", "Asked to come, not decided yet")
    REFUSED = "refused", pgettext_lazy("invitation", "Not this time")


COMING = (InvitationState.ON_SITE, InvitationState.ONLINE)


class AttendanceMode(models.TextChoices):
    """How somebody attends; it drives seats, links and the badge."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")


class RegistrationOrigin(models.TextChoices):
    """How a registration came about."""

    INVITATION = "invitation", pgettext_lazy("registration", "Invitation")
    OPEN_FORM = "open_form", pgettext_lazy("registration", "Open form")
    WALK_IN = "walk_in", pgettext_lazy("registration", "At the door")


class AskedField(models.TextChoices):
    """What a registration may ask besides name and e-mail address."""

    ORGANISATION = "organisation", pgettext_lazy("registration", "Organisation")
    ROLE = "role", pgettext_lazy("registration", "Your role there")
    PHONE = "phone", pgettext_lazy("registration", "Telephone")
    CITY = "city", pgettext_lazy("registration", "Town and country")
    PURPOSE = "purpose", pgettext_lazy("registration", "What brings you")
    NEEDS = "needs", pgettext_lazy("registration", "What you need of access or diet")


class Asking(models.TextChoices):
    """Whether a field is asked."""

    NO = "no", pgettext_lazy("registration", "not asked")
    MAY = "may", pgettext_lazy("registration", "asked, may stay empty")
    MUST = "must", pgettext_lazy("registration", "asked, must be answered")


class Decision(models.TextChoices):
    """What was decided of somebody who registered."""

    NONE_NEEDED = "none_needed", pgettext_lazy("registration", "No approval needed")
    OPEN = "open", pgettext_lazy("registration", "To approve")
    APPROVED = "approved", pgettext_lazy("registration", "Approved")
    REFUSED = "refused", pgettext_lazy("registration", "Not this time")


ADMITTED = (Decision.NONE_NEEDED, Decision.APPROVED)


class SendingPurpose(models.TextChoices):
    """What is sent to many at once."""

    INVITATION = "invitation", pgettext_lazy("sending", "Invitations")
    REMINDER = "reminder", pgettext_lazy("sending", "Reminders")


EXPIRE = "guests.expire"
TAKE_LIST = "guests.take_list"
INVITE_LIST = "guests.invite_list"
TAKE_BACK_LIST = "guests.take_back_list"
FILL_WAVES = "guests.fill_waves"
TELL_CHANGES = "guests.tell_changes"

ZONES = (
    "Africa/Abidjan", "Africa/Algiers", "Africa/Cairo", "Africa/Casablanca", "Africa/Dakar", "Africa/Johannesburg",
    "Africa/Lagos", "Africa/Nairobi", "Africa/Tunis", "America/Chicago", "America/Los_Angeles", "America/Montreal",
    "America/New_York", "America/Sao_Paulo", "Asia/Beirut", "Asia/Dubai", "Asia/Hong_Kong", "Asia/Kolkata",
    "Asia/Qatar", "Asia/Riyadh", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
    "Europe/Berlin", "Europe/Brussels", "Europe/Istanbul", "Europe/Lisbon", "Europe/London", "Europe/Madrid",
    "Europe/Paris", "Europe/Rome", "Europe/Zurich", "UTC",
)  # fmt: skip
"""The time zones that a guest may choose; the one of their country is offered, too."""

LEDGER_WORDS = (
    pgettext_lazy("ledger", "invite"),
    pgettext_lazy("ledger", "remind"),
    pgettext_lazy("ledger", "send invitations"),
    pgettext_lazy("ledger", "send reminders"),
    pgettext_lazy("ledger", "undo sending"),
    pgettext_lazy("ledger", "start waves"),
    pgettext_lazy("ledger", "stop waves"),
    pgettext_lazy("ledger", "put next"),
    pgettext_lazy("ledger", "choose zone"),
    pgettext_lazy("ledger", "note undelivered"),
    pgettext_lazy("ledger", "tell change"),
    pgettext_lazy("ledger", "set open form"),
    pgettext_lazy("ledger", "register openly"),
    pgettext_lazy("ledger", "approve registration"),
    pgettext_lazy("ledger", "refuse registration"),
    pgettext_lazy("ledger", "invitation"),
    pgettext_lazy("ledger", "sending"),
)
"""How the ledger says what is done about guests."""
