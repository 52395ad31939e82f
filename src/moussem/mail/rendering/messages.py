"""A mail as data, and as the MIME message that leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import translation


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a mail. A calendar entry has the media type `text/calendar` and its iTIP `method`."""

    filename: str
    media_type: str
    content: bytes
    method: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one mail says; `html` "" where it is plain text only."""

    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a mail goes to, and the headers that stay the same however often it is tried."""

    sender: str
    to: str
    message_id: str
    headers: Mapping[str, str] = field(default_factory=dict)


def from_templates(
    base: str, context: Mapping[str, Any], language: str, *, attachments: tuple[Attachment, ...] = ()
) -> Rendered:
    """Render `<base>.subject.txt`, `<base>.txt` and `<base>.html` in `language`. In the HTML everything is escaped, in
    subject and text nothing is, since nothing there is read as markup.
    """
    with translation.override(language):
        return Rendered(
            subject=" ".join(_plain(f"{base}.subject.txt", context).split())[:200],
            text=_plain(f"{base}.txt", context).strip() + "\n",
            html=render_to_string(f"{base}.html", dict(context)),
            attachments=attachments,
        )


def mime_of(rendered: Rendered, envelope: Envelope) -> EmailMultiAlternatives:
    """The message as it is sent. Raises `BadHeaderError` where an address or the subject holds a line break."""
    mail = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        from_email=envelope.sender,
        to=[envelope.to],
        headers={"Message-ID": envelope.message_id, **envelope.headers},
    )
    if rendered.html:
        mail.attach_alternative(rendered.html, "text/html")
    for attachment in rendered.attachments:
        if attachment.media_type == "text/calendar":
            mail.attach(_calendar_part(attachment))
        else:
            mail.attach(attachment.filename, attachment.content, attachment.media_type)
    return mail


def _calendar_part(attachment: Attachment) -> MIMEBase:
    part = MIMEText(attachment.content.decode(), "calendar", "utf-8")
    part.set_param("method", attachment.method)
    part.add_header("Content-Disposition", "attachment", filename=attachment.filename)
    return part


def _plain(name: str, context: Mapping[str, Any]) -> str:
    template = engines["django"].engine.get_template(name)
    return template.render(Context(dict(context), autoescape=False))
