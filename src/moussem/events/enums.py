"""The words of events."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    """What sort of gathering an event is."""

    ONE_TO_FEW = "one_to_few", _("One-to-few meeting")
    CONFERENCE = "conference", _("Conference")
    TRADE_SHOW = "trade_show", _("Trade show")
    WEBINAR = "webinar", _("Webinar")
    MISSION = "mission", _("Mission")
    EXHIBITION = "exhibition", _("Itinerant exhibition")
    CLUB_MEETING = "club_meeting", _("Club meeting")
    JOB_FAIR = "job_fair", _("Job fair")
    GATHERING = "gathering", _("Gathering")


WITH_SPACES = frozenset({EventKind.CONFERENCE, EventKind.TRADE_SHOW, EventKind.EXHIBITION, EventKind.JOB_FAIR})
"""Kinds of gatherings that are prepared by their spaces; a small one does without."""


WITH_DELEGATION = frozenset({EventKind.MISSION})
"""Kinds of gatherings to which a delegation travels, and which are reported on."""
WITH_MINUTES = frozenset({EventKind.CLUB_MEETING})
"""Kinds of gatherings whose minutes are kept."""


class SpaceKind(models.TextChoices):
    """What a space is for."""

    EXHIBITION = "exhibition", _("Exhibition")
    CONFERENCE = "conference", _("Conference")
    SIGNING = "signing", _("Signing")
    WEBINAR = "webinar", _("Webinar")
    MEETINGS = "meetings", _("Meeting tables")
    TESTS = "tests", _("Test room")


class EventMode(models.TextChoices):
    """How an event is held."""

    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    BOTH = "both", _("On site and online")
    NOT_STATED = "not_stated", _("Not stated")


class PartKind(models.TextChoices):
    """Which part somebody takes in an event or a session."""

    ORGANISER = "organiser", pgettext_lazy("part", "Organiser")
    PARTNER = "partner", _("Partner")
    HOST = "host", _("Host")
    SPEAKER = "speaker", _("Speaker")
    MODERATOR = "moderator", _("Moderator")
    OPENING = "opening", _("Opening")
    CO_HOST = "co_host", _("Co-host")
    TESTIMONY = "testimony", _("Testimony")
    PARTICIPANT = "participant", _("Participant")
    LAUREATE = "laureate", _("Laureate")
    HEAD = "head", _("Head of the delegation")
    DELEGATE = "delegate", _("Delegate")
    MET = "met", _("Met there")


class Letter(models.TextChoices):
    """The mails in which an event may speak its own words."""

    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")
    RECEIVED = "received", _("Registration received")
    APPROVED = "approved", _("Registration confirmed")
    REFUSED = "refused", pgettext_lazy("mail", "Not this time")


LETTER_LANGUAGES = {"fr": _("French"), "en": _("English"), "ar": _("Arabic")}
"""In which languages guests are written to."""


SESSION_LANGUAGES = LETTER_LANGUAGES | {"es": _("Spanish")}
"""In which languages a session may be held, and interpreted."""


class FragmentForm(models.TextChoices):
    """In which forms a published agenda is handed out."""

    PAGE = "page"
    JSON = "json"
    CALENDAR = "ics"


class KeptPage(models.TextChoices):
    """The pages of an event that are kept as the public reads them."""

    EVENT = "event"
    AGENDA = "agenda"


class Change(models.TextChoices):
    """What may differ between two versions of an agenda, in the order in which it is told."""

    ADDED = "added", _("Added")
    CANCELLED = "cancelled", _("Cancelled")
    HELD_AGAIN = "held_again", _("Held after all")
    MOVED = "moved", _("Moved")
    RENAMED = "renamed", _("Renamed")
    PEOPLE = "people", _("Who takes part")
    LANGUAGES = "languages", _("Languages")
    SPACE_ADDED = "space_added", _("New space")
    SPACE_RENAMED = "space_renamed", _("Space renamed")
    SPACE_CHANGED = "space_changed", _("Space changed")


FOR_EVENT = "event"
"""What a list of guests from a file is for, as the directory keeps it."""
LEDGER_WORDS = (
    pgettext_lazy("ledger", "add event"),
    pgettext_lazy("ledger", "add series"),
    pgettext_lazy("ledger", "add session"),
    pgettext_lazy("ledger", "add space"),
    pgettext_lazy("ledger", "add stop"),
    pgettext_lazy("ledger", "take part"),
    pgettext_lazy("ledger", "copy template"),
    pgettext_lazy("ledger", "correct template"),
    pgettext_lazy("ledger", "withdraw template"),
    pgettext_lazy("ledger", "correct letters"),
    pgettext_lazy("ledger", "cancel event"),
    pgettext_lazy("ledger", "restore event"),
    pgettext_lazy("ledger", "open series"),
    pgettext_lazy("ledger", "move session"),
    pgettext_lazy("ledger", "cancel session"),
    pgettext_lazy("ledger", "hold session again"),
    pgettext_lazy("ledger", "publish agenda"),
    pgettext_lazy("ledger", "join delegation"),
    pgettext_lazy("ledger", "report outcome"),
    pgettext_lazy("ledger", "correct outcome"),
    pgettext_lazy("ledger", "write minutes"),
    pgettext_lazy("ledger", "correct minutes"),
    pgettext_lazy("ledger", "approve minutes"),
    pgettext_lazy("ledger", "event"),
    pgettext_lazy("ledger", "template"),
    pgettext_lazy("ledger", "series"),
)
"""How the ledger says what is done to events."""
