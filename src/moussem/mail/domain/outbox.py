"""Queueing mail: a row in the transaction of its cause, sent by the worker; one effect, one mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction

from moussem.accounts.domain.promoters import create_promoter
from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Promoter
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.core.ids import uuid7
from moussem.core.jobs import enqueue
from moussem.mail.domain.templates import Rendered, mail_template, template
from moussem.mail.enums import RENDERED, SEND
from moussem.mail.models import Message


def queue(
    *, template: str, to: str, language: str, key: str, promoter: Promoter, by: Actor, at: datetime, **ids: object
) -> Message:
    """Queue the mail called `template` to one address; the same `key` again is the same mail, and stays as it was.

    `ids` are identifiers for the renderer, never a text or a link. Raises `UnknownTemplate`.
    """
    arguments = {name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()}
    return _queue(template, to, language, f"{promoter.key}:{key}", promoter, by, at, arguments)


def queue_rendered(
    *, rendered: Rendered, to: str, language: str, key: str, by: Actor, at: datetime, promoter: Promoter | None = None
) -> Message:
    """Queue a mail that another package wrote (log-in, password); its words are kept until it is sent and no longer.

    Without a promoter it is the installation's own and stands in the commons' outbox.
    """
    owner = promoter or Promoter.objects.filter(kind=PromoterKind.COMMONS).first() or _found_commons(at)
    words = {"subject": rendered.subject, "text": rendered.text, "html": rendered.html}
    return _queue(RENDERED, to, language, f"{owner.key}:{key}", owner, by, at, words)


@mail_template(RENDERED, essential=True)
def as_it_was_written(message: Message) -> Rendered:
    """A mail that was rendered when it was queued."""
    words: Mapping[str, str] = message.arguments
    return Rendered(words["subject"], words["text"], words["html"])


def _found_commons(at: datetime) -> Promoter:
    return create_promoter(slug="commons", name="Fonds commun", kind=PromoterKind.COMMONS, by=task_actor("mail"), at=at)


@transaction.atomic
def _queue(
    name: str, to: str, language: str, key: str, promoter: Promoter, by: Actor, at: datetime, arguments: dict[str, Any]
) -> Message:
    registered = template(name)
    public_id = uuid7()
    host = urlsplit(settings.SITE_URL).hostname
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "public_id": public_id,
            "promoter": promoter,
            "template": registered.name,
            "arguments": arguments,
            "address": to.strip(),
            "language": language,
            "message_id": f"<{public_id}@{host}>",
        },
    )
    if is_new:
        enqueue(SEND, key=str(public_id), promoter_key=promoter.key, message=str(public_id))
        write_entry(
            by=by,
            at=at,
            verb="queue_mail",
            object_kind="message",
            object_id=public_id,
            object_label=registered.name,
            promoter_key=promoter.key,
        )
    return message
