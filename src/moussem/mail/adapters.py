"""Mail that other packages send through Django goes to the outbox like our own."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from moussem.core.actor import task_actor
from moussem.mail.domain.outbox import queue_rendered
from moussem.mail.domain.templates import Rendered


class OutboxBackend(BaseEmailBackend):
    """Django's way of sending, which queues: log-in and password mails leave by the worker, one per recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages, all or none; answers how many. Attachments are refused: no such mail has any."""
        with transaction.atomic():
            for mail in email_messages:
                self._queue(mail)
        return len(email_messages)

    def _queue(self, mail: EmailMessage) -> None:
        if mail.attachments:
            raise ValueError("mail with attachments is queued by its template")
        html = next((part[0] for part in getattr(mail, "alternatives", ()) if part[1] == "text/html"), "")
        for address in mail.recipients():
            queue_rendered(
                rendered=Rendered(str(mail.subject), str(mail.body), str(html)),
                to=address,
                language=get_language() or "fr",
                key=str(uuid4()),
                by=task_actor("accounts"),
                at=timezone.now(),
            )
