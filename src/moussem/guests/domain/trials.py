"""Trying a letter before it is sent: read as guest no. 7 will get it, and sent to oneself."""

from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.models import User
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.guests.domain.invitations import language_of
from moussem.guests.domain.letters import TRIAL
from moussem.guests.models import Target
from moussem.guests.permissions import can_invite
from moussem.mail.domain.outbox import queue
from moussem.mail.models import Message

LETTERS = ("invitation", "reminder", "seat_freed", "changed", "cancelled")
"""The letters that can be tried."""


class LetterUnknown(Exception):
    """No letter to guests has this name."""


@transaction.atomic
def send_trial(*, by: Actor, at: datetime, target: Target, letter: str, user: User) -> Message:
    """Send the letter as this guest will get it, in their language, to the user who asks. Raises `LetterUnknown`."""
    require(can_invite(by), "try a letter")
    require_own(target, by=by)
    if letter not in LETTERS:
        raise LetterUnknown(letter)
    spoken = language_of(target.person)
    return queue(
        template=TRIAL, to=user.email, language=user.language or spoken, key=f"trial:{uuid7()}",
        promoter=target.event.promoter, by=by, at=at, target=target.public_id, letter=letter, language_read=spoken,
    )  # fmt: skip
