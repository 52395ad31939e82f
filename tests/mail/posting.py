"""A worker that only sends mail, to be killed; run as `python -m tests.mail.posting`."""

import os
import signal
import sys

from tests.core.working import ready_flag

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    import django

    django.setup()
    from django.core.management import call_command

    from moussem.mail.domain.templates import Rendered, mail_template

    @mail_template("test.letter")
    def letter(message):
        """The same words as in the tests' own process."""
        return Rendered(f"About {message.arguments['word']}", "text")

    ready_flag(os.getpid()).touch()
    call_command("worker")
