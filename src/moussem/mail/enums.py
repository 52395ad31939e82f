"""The words of mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageState(models.TextChoices):
    """Where a message stands. *In doubt*: the worker died between sending and recording it; it is sent again, same
    Message-ID.
    """

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("In doubt")
    SENT = "sent", _("Sent")
    SUPPRESSED = "suppressed", _("Not sent: refused by the recipient")
    FAILED = "failed", _("Failed")
    WITHDRAWN = "withdrawn", _("Withdrawn before it left")
    BOUNCED = "bounced", _("Came back")


NOT_DELIVERED = (MessageState.SUPPRESSED, MessageState.FAILED, MessageState.BOUNCED)
"""States in which a mail did not reach anybody, and will not."""


class SuppressionReason(models.TextChoices):
    """Why an address gets no more mail."""

    REFUSED = "refused", _("Refused further mail")
    BOUNCED = "bounced", _("Address does not exist")
    ERASED = "erased", _("Erasure request")


SEND = "mail.send"
LET_GO = "mail.let_batch_go"
RENDERED = "mail.rendered"
BOUNCES = "bounces"

LEDGER_WORDS = (
    pgettext_lazy("ledger", "queue mail"),
    pgettext_lazy("ledger", "queue mails"),
    pgettext_lazy("ledger", "withdraw mails"),
    pgettext_lazy("ledger", "record bounce"),
    pgettext_lazy("ledger", "suppress address"),
    pgettext_lazy("ledger", "message"),
    pgettext_lazy("ledger", "batch"),
    pgettext_lazy("ledger", "suppression"),
)
"""How the ledger says what is done to letters."""
