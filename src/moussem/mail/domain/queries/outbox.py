"""The outbox as staff see it."""

import uuid
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.db.models import QuerySet

from moussem.core.actor import Actor
from moussem.mail.enums import MessageState
from moussem.mail.models import Message, SentCopy

PAGE = 50


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """Some messages, newest first; `older` is the cursor of the next page (None: there is none)."""

    messages: tuple[Message, ...]
    older: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A mail as it was kept: headers worth reading, its text, the source of its HTML, and its attachments' names."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[str, ...]


def outbox_page(actor: Actor, *, before: uuid.UUID | None = None, size: int = PAGE) -> OutboxPage:
    """The messages of the actor's promoter, newest first, from the one older than `before` (unknown: an empty page)."""
    rows = Message.objects.visible_to(actor)
    if before is not None:
        edge = rows.filter(public_id=before).values_list("pk", flat=True).first()
        rows = rows.filter(pk__lt=edge or 0)
    found = list(rows.order_by("-pk")[: size + 1])
    return OutboxPage(tuple(found[:size]), found[size - 1].public_id if len(found) > size else None)


NEWEST = 10_000
"""Messages among which those in doubt and those that failed are looked for: the newest."""


def in_doubt(actor: Actor) -> "QuerySet[Message]":
    """The messages whose sending was cut short, and which are tried again."""
    return _newest(actor).filter(state=MessageState.SENDING)


def failed(actor: Actor) -> "QuerySet[Message]":
    """The messages that could not be sent."""
    return _newest(actor).filter(state=MessageState.FAILED)


def _newest(actor: Actor) -> "QuerySet[Message]":
    newest = Message.objects.visible_to(actor).order_by("-pk").values("pk")[:NEWEST]
    return Message.objects.filter(pk__in=newest)


def copy_of(message: Message) -> Copy | None:
    """The kept copy of a message of the demonstration; None where nothing was kept."""
    kept = SentCopy.objects.filter(message=message).first()
    if kept is None:
        return None
    mail = message_from_bytes(kept.source.encode(), policy=policy.default)
    return Copy(
        headers=tuple(
            (name, str(mail[name])) for name in ("From", "To", "Subject", "Date", "Message-ID") if mail[name]
        ),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
        attachments=tuple(part.get_filename() or part.get_content_type() for part in mail.iter_attachments()),
    )


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body is not None else ""
