"""The shapes that several resources share. Not stated is null everywhere, never an empty text or a zero."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from moussem.core.addresses import public_address
from moussem.core.texts import say
from moussem.engines.values.period import Period
from moussem.evidence.models import Citation, Document, Subject


class Related(Schema):
    """Another thing: its identifier, what it is, how it is called, and where its page is."""

    id: UUID
    kind: str
    label: str
    url: str


class RelatedInRole(Related):
    """Another thing, in a role."""

    role: str


class When(Schema):
    """A time as the source states it; `start` and `end` are included, null where open. `words` are the source's own."""

    start: date | None
    end: date | None
    precision: str
    words: str | None
    inferred: bool


class Quoted(Schema):
    """Where it is said: a document, its place in it, and the exact words (at most twelve)."""

    document: UUID
    title: str | None
    publisher: str | None
    published_on: When | None
    paragraph: int | None
    quote: str | None
    url: str


class Teller(Schema):
    """Who said it; all null: the document itself."""

    person: Related | None
    organisation: Related | None
    words: str | None


class Refusal(Schema):
    """Why something was not done: a name for programs, a sentence for people."""

    error: str
    sentence: str


def related(subject: Subject | None) -> dict[str, Any] | None:
    """The relation to what a subject stands for."""
    if subject is None:
        return None
    return {
        "id": subject.public_id,
        "kind": subject.kind,
        "label": say(subject.label),
        "url": public_address(subject.address) if subject.address else "",
    }


def related_row(row: Any) -> dict[str, Any] | None:
    """The relation to a row that has a subject (loaded)."""
    return related(row.subject) if row is not None else None


def when(period: Period | None) -> dict[str, Any] | None:
    """A period; null where it is not stated."""
    if period is None:
        return None
    return {
        "start": period.start,
        "end": period.end,
        "precision": str(period.precision),
        "words": period.words or None,
        "inferred": period.inferred,
    }


def quoted(citation: Citation) -> dict[str, Any]:
    """A citation with its document (loaded)."""
    document: Document = citation.document
    return {
        "document": document.public_id,
        "title": document.title or None,
        "publisher": document.publisher or None,
        "published_on": when(document.published_on),
        "paragraph": citation.paragraph,
        "quote": citation.quote or None,
        "url": public_address(f"documents/{document.public_id}/"),
    }


def told(row: Any) -> dict[str, Any]:
    """Who said it, of a figure or statement with its tellers loaded."""
    return {
        "person": related(row.stated_by_person),
        "organisation": related(row.stated_by_organisation),
        "words": row.stated_by_words or None,
    }


def in_roles(links: Any) -> list[dict[str, Any]]:
    """The things a figure or statement is about, each in its role (links and subjects loaded)."""
    return [{**(related(link.subject) or {}), "role": link.role} for link in links]
