"""A worker that only sends mail, to be killed (see `tests.core.stems`)."""

import os

from tests.core.working import ready_flag


def prepare() -> None:
    """The mail of these tests."""
    from moussem.mail.domain.templates import Rendered, mail_template

    @mail_template("test.letter")
    def letter(message):
        """The same words as in the tests' own process."""
        return Rendered(f"About {message.arguments['word']}", "text")


def work() -> None:
    """Send until told to stop."""
    from django.core.management import call_command

    ready_flag(os.getpid()).touch()
    call_command("worker")
