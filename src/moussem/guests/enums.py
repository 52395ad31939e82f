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


class CriterionField(models.TextChoices):
    """What a criterion of a target list is about: a field of the directory, what happened before, or a question."""

    ORGANISATION_KIND = "organisation_kind", pgettext_lazy("criterion", "Kind of organisation")
    BRANCH = "branch", pgettext_lazy("criterion", "Line of business")
    SIZE = "size", pgettext_lazy("criterion", "Employees")
    SEAT = "seat", pgettext_lazy("criterion", "Seat")
    PRESENCE = "presence", pgettext_lazy("criterion", "Already established in")
    LANGUAGE = "language", pgettext_lazy("criterion", "Language")
    ROLE = "role", pgettext_lazy("criterion", "Decides as")
    MEMBERSHIP = "membership", pgettext_lazy("criterion", "Member of")
    CAME_BEFORE = "came_before", pgettext_lazy("criterion", "Came to an earlier gathering")
    QUESTION = "question", pgettext_lazy("criterion", "A question that we answer ourselves")


SINGLE_FIELDS = frozenset({CriterionField.ORGANISATION_KIND, CriterionField.SIZE, CriterionField.LANGUAGE})
"""Fields with one value: two criteria without a common one cannot both be met."""


class Verdict(models.TextChoices):
    """The answer to a criterion or to a question of pre-qualification."""

    YES = "yes", pgettext_lazy("criterion", "Yes")
    PARTLY = "partly", pgettext_lazy("criterion", "Partly")
    NO = "no", pgettext_lazy("criterion", "No")
    CANNOT_SAY = "cannot_say", pgettext_lazy("criterion", "Cannot say")


class PrequalificationQuestion(models.TextChoices):
    """The four questions asked of a target before it is invited."""

    FIT = "fit", pgettext_lazy("pre-qualification", "Does the gathering fit what they do?")
    NEED = "need", pgettext_lazy("pre-qualification", "Do they have a need?")
    DATE = "date", pgettext_lazy("pre-qualification", "Is there a date by which they decide?")
    DECIDER = "decider", pgettext_lazy("pre-qualification", "Do they decide, or bring who does?")


class LegalBasis(models.TextChoices):
    """On which ground somebody stands on a target list."""

    CONSENT = "consent", pgettext_lazy("legal basis", "Their consent")
    CONTRACT = "contract", pgettext_lazy("legal basis", "A contract or a membership")
    PUBLIC_TASK = "public_task", pgettext_lazy("legal basis", "A task of public interest")
    LEGITIMATE_INTEREST = "legitimate_interest", pgettext_lazy("legal basis", "Legitimate interest")
    PUBLIC_SOURCE = "public_source", pgettext_lazy("legal basis", "Legitimate interest, from a public source")


class ContactOrigin(models.TextChoices):
    """Where somebody on a target list comes from."""

    WORD = "word", pgettext_lazy("source of a contact", "A person’s word")
    FILE = "file", pgettext_lazy("source of a contact", "A list from a file")
    DIRECTORY = "directory", pgettext_lazy("source of a contact", "Our directory")
    DOCUMENT = "document", pgettext_lazy("source of a contact", "A document")


EXPIRE = "guests.expire"
TAKE_LIST = "guests.take_list"
INVITE_LIST = "guests.invite_list"
TAKE_BACK_LIST = "guests.take_back_list"
FILL_WAVES = "guests.fill_waves"
TELL_CHANGES = "guests.tell_changes"
JUDGE_LISTS = "guests.judge_lists"
JUDGE_LIST = "guests.judge_list"

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
    pgettext_lazy("ledger", "add criterion"),
    pgettext_lazy("ledger", "correct criterion"),
    pgettext_lazy("ledger", "drop criterion"),
    pgettext_lazy("ledger", "answer criterion"),
    pgettext_lazy("ledger", "prequalify"),
    pgettext_lazy("ledger", "object to list"),
    pgettext_lazy("ledger", "criterion"),
    pgettext_lazy("ledger", "set open form"),
    pgettext_lazy("ledger", "register openly"),
    pgettext_lazy("ledger", "approve registration"),
    pgettext_lazy("ledger", "refuse registration"),
    pgettext_lazy("ledger", "invitation"),
    pgettext_lazy("ledger", "sending"),
)
"""How the ledger says what is done about guests."""
