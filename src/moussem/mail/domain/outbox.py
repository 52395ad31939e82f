"""Queueing mail: a row in the transaction of its cause, sent by the worker; one effect, one mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from moussem.core.inserting import inserted
from moussem.core.jobs import enqueue, enqueue_many
from moussem.mail.domain.templates import Rendered, mail_template
from moussem.mail.domain.templates import template as known_template
from moussem.mail.enums import LET_GO, RENDERED, SEND, MessageState
from moussem.mail.models import Message


def queue(
    *,
    template: str,
    to: str,
    language: str,
    key: str,
    promoter: Promoter,
    by: Actor,
    at: datetime,
    is_unused: bool = False,
    **ids: object,
) -> Message:
    """Queue the mail called `template` to one address; the same `key` again is the same mail, and stays as it was.

    `ids` are identifiers for the renderer, never a text or a link. `is_unused`: the key cannot have been used before,
    since it names what is made in this transaction; nobody looks then. Raises `UnknownTemplate`.
    """
    arguments = {name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()}
    return _queue(template, to, language, f"{promoter.key}:{key}", promoter, by, at, arguments, is_unused=is_unused)


class MailLeft(Exception):
    """A mail of the batch has left, or its time has come: nothing of it is withdrawn any more."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of many: to whom, in which language, its key, and the identifiers for the renderer."""

    to: str
    language: str
    key: str
    ids: Mapping[str, str]


AT_ONCE = 1000
"""Rows of one INSERT where many are written."""


@transaction.atomic
def queue_many(
    *,
    template: str,
    letters: Sequence[Letter],
    promoter: Promoter,
    by: Actor,
    at: datetime,
    batch: UUID,
    not_before: datetime | None = None,
) -> int:
    """Queue one mail to many as a `batch`, leaving from `not_before` on (None: at once); answers how many are new.

    A key that was used before is the same mail, and stays as it was. The ledger gets one row with their number.
    Raises `UnknownTemplate`.
    """
    name = known_template(template).name
    wanted = {f"{promoter.key}:{letter.key}": letter for letter in letters}
    keys = list(wanted)
    for first in range(0, len(keys), AT_ONCE):
        for used in Message.objects.filter(key__in=keys[first : first + AT_ONCE]).values_list("key", flat=True):
            del wanted[used]
    host = urlsplit(settings.SITE_URL).hostname
    rows = [
        Message(
            public_id=(public_id := uuid7()), promoter=promoter, template=name, arguments=dict(letter.ids),
            address=letter.to.strip(), language=letter.language, key=key, message_id=f"<{public_id}@{host}>",
            batch=batch, not_before=not_before,
        )
        for key, letter in wanted.items()
    ]  # fmt: skip
    Message.objects.bulk_create(rows, batch_size=AT_ONCE)
    if rows:
        enqueue(LET_GO, key=str(batch), promoter_key=promoter.key, run_after=not_before, batch=str(batch))
        _tell_batch("queue_mails", promoter, batch, name, len(rows), by, at)
    return len(rows)


@transaction.atomic
def let_batch_go(*, batch: UUID) -> int:
    """Ask for each mail of a batch that waits to be sent; answers how many. Done twice, each is still sent once.

    The act that sends to many asks for this one job, so that it is done sooner, and undone without a trace of jobs.
    """
    rows = Message.objects.filter(batch=batch, state=MessageState.WAITING).select_related("promoter").order_by("pk")
    found = list(rows)
    wanted = {str(row.public_id): {"message": str(row.public_id)} for row in found}
    if found:
        enqueue_many(SEND, wanted=wanted, promoter_key=found[0].promoter.key)
    return len(wanted)


@transaction.atomic
def withdraw_batch(*, batch: UUID, promoter: Promoter, by: Actor, at: datetime) -> int:
    """Withdraw every mail of a batch before the first one leaves; answers how many. A second time withdraws nothing.

    Raises `MailLeft` where `at` has reached the time when they may leave, or one has left: all or nothing.
    """
    rows = list(Message.objects.select_for_update().filter(batch=batch, promoter=promoter).order_by("pk"))
    waiting = [row for row in rows if row.state != MessageState.WITHDRAWN]
    if any(row.state != MessageState.WAITING or row.not_before is None or at >= row.not_before for row in waiting):
        raise MailLeft(str(batch))
    if waiting:
        Message.objects.filter(batch=batch, promoter=promoter).update(state=MessageState.WITHDRAWN)
        _tell_batch("withdraw_mails", promoter, batch, waiting[0].template, len(waiting), by, at)
    return len(waiting)


def _tell_batch(verb: str, promoter: Promoter, batch: UUID, name: str, count: int, by: Actor, at: datetime) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="batch", object_id=batch, object_label=name, promoter_key=promoter.key,
        after={"count": count},
    )  # fmt: skip


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


def _queue(
    name: str, to: str, language: str, key: str, promoter: Promoter, by: Actor, at: datetime,
    arguments: dict[str, Any], *, is_unused: bool = False,
) -> Message:  # fmt: skip
    registered = known_template(name)
    public_id = uuid7()
    host = urlsplit(settings.SITE_URL).hostname
    values = {
        "public_id": public_id,
        "promoter": promoter,
        "template": registered.name,
        "arguments": arguments,
        "address": to.strip(),
        "language": language,
        "message_id": f"<{public_id}@{host}>",
    }
    with transaction.atomic(savepoint=False):
        if is_unused:
            message, is_new = inserted(Message(key=key, **values)), True
        else:
            message, is_new = Message.objects.get_or_create(key=key, defaults=values)
        if is_new:
            enqueue(SEND, key=str(public_id), promoter_key=promoter.key, is_unused=True, message=str(public_id))
            write_entry(
                by=by, at=at, verb="queue_mail", object_kind="message", object_id=public_id,
                object_label=registered.name, promoter_key=promoter.key, may_show=False,
            )  # fmt: skip
    return message
