"""How people call the letters to guests, and the words that go with a link that is shared by message."""

from urllib.parse import quote

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from moussem.core.formats import period
from moussem.core.texts import say
from moussem.guests.models import Invitation

LETTER_NAMES = {
    "invitation": _("Invitation"),
    "reminder": _("Reminder"),
    "seat_freed": _("A seat was freed"),
    "changed": _("Another time or place"),
    "cancelled": _("Cancelled"),
}
"""The letters that can be tried, in order."""
WHATSAPP = "https://wa.me/?text="


def share_words(invitation: Invitation, address: str, language: str) -> str:
    """What to write to a guest beside the link, in their language: who invites, to what, when, and the link."""
    event = invitation.event
    with override(language):
        said = gettext(
            "%(guest)s, %(promoter)s invites you to “%(event)s”, %(when)s. Answer by your personal link:"
        ) % {
            "guest": invitation.person.name,
            "promoter": invitation.promoter.name,
            "event": say(event.name, language),
            "when": period(event.period, language),
        }
    return f"{said} {address}"


def share_address(words: str) -> str:
    """Where the words wait to be sent to whomever one chooses in WhatsApp."""
    return WHATSAPP + quote(words, safe="")
