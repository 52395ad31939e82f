"""The mails that can be sent, by name. Each app registers its own; a renderer turns identifiers into words.

Personal links are computed by the renderer when the mail is sent, so that neither queue nor outbox holds them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from moussem.mail.models import Message
from moussem.mail.rendering.messages import Attachment, Rendered, from_templates

__all__ = ("Attachment", "MailTemplate", "Rendered", "UnknownTemplate", "from_templates", "mail_template", "template")

Renderer = Callable[[Message], Rendered]


class UnknownTemplate(LookupError):
    """No mail is registered under this name."""


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """A mail that can be sent. `is_essential`: what its recipient asked for (a log-in, a confirmation): it is sent to
    those who refused further mail too, and carries no way to refuse.
    """

    name: str
    render: Renderer
    is_essential: bool


_templates: dict[str, MailTemplate] = {}


def mail_template(name: str, *, essential: bool = False) -> Callable[[Renderer], Renderer]:
    """Register the renderer of the mail called `name`; its message brings arguments, address and language."""

    def register(function: Renderer) -> Renderer:
        if _templates.setdefault(name, MailTemplate(name, function, essential)).render is not function:
            raise ValueError(f"two mails called {name}")
        return function

    return register


def template(name: str) -> MailTemplate:
    """The mail called `name`; raises `UnknownTemplate`."""
    try:
        return _templates[name]
    except KeyError:
        raise UnknownTemplate(name) from None
