"""A mail that is registered for the tests, and a server that takes it."""

import pytest

from moussem.mail.domain import templates
from moussem.mail.domain.templates import Rendered, mail_template
from tests.factories.accounts import a_promoter
from tests.mail.servers import mail_server


@pytest.fixture(autouse=True)
def letter(monkeypatch):
    """The mail called `test.letter`: says its argument `word`."""
    monkeypatch.setattr(templates, "_templates", dict(templates._templates))

    @mail_template("test.letter")
    def render(message):
        word = message.arguments["word"]
        return Rendered(f"About {word}", f"The word is {word}.\n", f"<p>The word is {word}.</p>")

    @mail_template("test.essential", essential=True)
    def essential(message):
        return Rendered("Your new password", "As you asked.\n")


@pytest.fixture
def promoter(db):
    return a_promoter("cri", "CRI")


@pytest.fixture
def server(settings):
    with mail_server() as (box, url):
        settings.MAIL_URL = url
        settings.DEMONSTRATION = False
        yield box
