"""A mail server for tests: takes mail, remembers it, refuses what it is told to refuse."""

import contextlib
import socket
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Mailbox:
    """What the server took; `answers` maps an address to the refusal it gets."""

    def __init__(self) -> None:
        self.mails = []
        self.answers = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def message_ids(self) -> Counter:
        """How often each mail came. No property: the server reads every attribute of its handler at each connection."""
        return Counter(mail["Message-ID"] for mail in self.mails)


@contextlib.contextmanager
def mail_server() -> Iterator[tuple[Mailbox, str]]:
    """A running server: its mailbox, and its address for `MAIL_URL`."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield box, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
