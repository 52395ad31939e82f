"""A mail as data, and as the MIME message that leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import get_language_info

from moussem.core.words import words


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
    return Rendered(
        subject=" ".join(words(f"{base}.subject.txt", context, language).split())[:200],
        text=words(f"{base}.txt", context, language).strip() + "\n",
        html=_directed(words(f"{base}.html", context, language), language),
        attachments=attachments,
    )


def _directed(html: str, language: str) -> str:
    """The HTML, told to be read from right to left where its language is."""
    is_rightward = get_language_info(language)["bidi"]
    return f'<div dir="rtl" lang="{language}">\n{html}</div>\n' if is_rightward else html


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
