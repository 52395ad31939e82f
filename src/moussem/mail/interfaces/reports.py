"""Reports of mail servers that a mail was not delivered (RFC 3464), read from the bytes of a mail.

Nothing of a report is believed but its fields: who did not get which Message-ID, with which status (RFC 3463).
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message as Mail

LARGEST = 10 * 1024 * 1024
"""Bytes beyond which a report is not read."""
_WORDS_ABOUT_THE_PATH = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Statuses of RFC 3463 and RFC 7505 that say: there is no such mailbox, or it takes no mail any more."""


@dataclass(frozen=True, slots=True)
class Report:
    """One recipient who did not get a mail. `for_good`: the status says that there is no such mailbox."""

    message_id: str
    address: str
    words: str
    for_good: bool


def reports_in(source: bytes) -> list[Report]:
    """What a report tells, one entry for each recipient whose delivery failed; empty for any other mail.

    A delay is no failure. What cannot be read is no report.
    """
    if len(source) > LARGEST:
        return []
    mail = message_from_bytes(source, policy=policy.compat32)
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return []
    message_id, blocks = "", []
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            blocks += [block for block in _blocks(part) if block["Final-Recipient"] or block["Original-Recipient"]]
        elif kind in ("message/rfc822", "text/rfc822-headers") and not message_id:
            message_id = _id_of(part)
    if not message_id:
        return []
    return [_report(message_id, block) for block in blocks if str(block["Action"] or "").strip().lower() == "failed"]


def _blocks(part: Mail) -> list[Mail]:
    inside = part.get_payload()
    return [block for block in inside if isinstance(block, Mail)] if isinstance(inside, list) else []


def _id_of(part: Mail) -> str:
    """The Message-ID of the mail that came back, given whole or as its headers only."""
    inside = part.get_payload()
    if isinstance(inside, list):
        return str(inside[0]["Message-ID"] or "").strip() if inside else ""
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return ""
    return str(message_from_bytes(body, policy=policy.compat32)["Message-ID"] or "").strip()


def _report(message_id: str, block: Mail) -> Report:
    """The addressee as we wrote to them where the server says so, else where the mail ended up."""
    stated = str(block["Original-Recipient"] or block["Final-Recipient"])
    address = stated.partition(";")[2].strip() or stated.strip()
    status = re.match(r"\s*(\d\.\d{1,3}\.\d{1,3})", str(block["Status"] or ""))
    code = status[1] if status else ""
    said = str(block["Diagnostic-Code"] or "").partition(";")[2].strip()
    return Report(message_id, address, " ".join(f"{code} {said}".split()), code in _WORDS_ABOUT_THE_PATH)
