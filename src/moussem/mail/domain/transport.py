"""The way out: an SMTP server named by the setting `MAIL_URL`, or (in the demonstration) the kept copies."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from moussem.mail.models import Message, SentCopy

TIMEOUT_S = 10
PORTS = {"smtp": 25, "smtps": 465}
# What a server answers when there is no such mailbox (RFC 5321, 4.2.3).
NO_MAILBOX = frozenset({550, 551, 553})


class NoWayOut(RuntimeError):
    """No mail server can be reached now, or none is named; nothing was sent."""


class NotTaken(RuntimeError):
    """The server answered that it does not take this mail. `is_final`: asking again is pointless; `is_unknown`: there
    is no such mailbox.
    """

    def __init__(self, code: int, said: str) -> None:
        """Keep the server's code and its words."""
        super().__init__(f"{code} {said}")
        self.is_final = 500 <= code < 600
        self.is_unknown = code in NO_MAILBOX


class Transport(Protocol):
    """Something that takes one mail after the other."""

    def send(self, message: Message, mail: EmailMultiAlternatives) -> None:
        """Send it, or raise `NotTaken`; any other exception leaves it in doubt."""


@contextmanager
def way_out() -> Iterator[Transport]:
    """The open transport of this installation; raises `NoWayOut` before anything could have been sent."""
    if settings.DEMONSTRATION:
        yield KeptCopies()
        return
    connection = _smtp()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NoWayOut(str(error)) from error
    try:
        yield Smtp(connection)
    finally:
        connection.close()


class KeptCopies:
    """The demonstration's transport: nothing leaves, staff read what would have been sent."""

    def send(self, message: Message, mail: EmailMultiAlternatives) -> None:
        """Keep the mail as it would have been sent."""
        SentCopy.objects.update_or_create(message=message, defaults={"source": mail.message().as_bytes().decode()})


class Smtp:
    """An open connection to a mail server."""

    def __init__(self, connection: EmailBackend) -> None:
        """Take an open connection."""
        self.connection = connection

    def send(self, message: Message, mail: EmailMultiAlternatives) -> None:
        """Send one mail and wait until the server has taken it."""
        try:
            self.connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise NotTaken(code, said.decode("utf-8", "replace")) from error
        except smtplib.SMTPResponseException as error:
            said = error.smtp_error
            raise NotTaken(
                error.smtp_code, said.decode("utf-8", "replace") if isinstance(said, bytes) else said
            ) from error


def _smtp() -> EmailBackend:
    """`smtp://user:password@host:port?starttls=1`, or `smtps://...` for TLS from the first byte."""
    address = urlsplit(settings.MAIL_URL)
    if address.scheme not in PORTS or not address.hostname:
        raise NoWayOut("MOUSSEM_MAIL_URL names no mail server (smtp://host:port or smtps://host:port)")
    return EmailBackend(
        host=address.hostname,
        port=address.port or PORTS[address.scheme],
        username=unquote(address.username or ""),
        password=unquote(address.password or ""),
        use_ssl=address.scheme == "smtps",
        use_tls=parse_qs(address.query).get("starttls") == ["1"],
        timeout=TIMEOUT_S,
    )
