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


EXPIRE = "guests.expire"
TAKE_LIST = "guests.take_list"
INVITE_LIST = "guests.invite_list"
TAKE_BACK_LIST = "guests.take_back_list"
