"""Documents: where facts come from, with passages, what was not taken, and what is not stated."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.api.paging import Page, list_rows
from moussem.api.shapes import When, Words, when
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.evidence.enums import DocumentKind
from moussem.evidence.models import Document, Passage, Silence

router = Router(tags=["documents"])


class DocumentItem(Schema):
    """A document as a list shows it. What is not stated is null; `found_elsewhere` names what the text lacks."""

    id: UUID
    url: str
    key: str
    kind: str
    title: str | None
    publisher: str | None
    author: str | None
    published_on: When | None
    language: str | None
    address: str | None
    address_kind: str
    found_elsewhere: list[str]


class PassageItem(Schema):
    """A stretch of the text, known by a fragment of at most twelve words; `reason` says why nothing was taken."""

    position: int
    start: int
    end: int
    fragment: str
    taken: bool
    reason: str | None


class DocumentWhole(DocumentItem):
    """A document with its passages in order and what it does not state."""

    passages: list[PassageItem]
    not_stated: list[str]


class DocumentPage(Schema):
    """One page of documents."""

    items: list[DocumentItem]
    next: str | None


class DocumentFilters(Page):
    """Filters; several narrow together."""

    kind: DocumentKind | None = None
    key: Words | None = None
    publisher: Words | None = None


@router.get("/documents", response=DocumentPage, summary="Documents")
@door(audience=Audience.API, permission=anyone)
def list_documents(request: HttpRequest, filters: Query[DocumentFilters]) -> dict[str, Any]:
    """The documents that the caller may see."""
    given = filters.model_dump(include={"kind", "key", "publisher"}, exclude_none=True)
    return list_rows(request, _seen(request).filter(**given), filters, document_item)


@router.get("/documents/{uuid:document}", response=DocumentWhole, summary="A document")
@door(audience=Audience.API, permission=anyone)
def show_document(request: HttpRequest, document: UUID) -> dict[str, Any]:
    """One document with its passages."""
    actor = request.actor  # type: ignore[attr-defined]
    loaded = _seen(request).prefetch_related(
        Prefetch("passages", Passage.objects.visible_to(actor).order_by("position")),
        Prefetch("silences", Silence.objects.visible_to(actor).order_by("position")),
    )
    found = get_object_or_404(loaded, public_id=document)
    return {
        **document_item(found, actor),
        "passages": [
            {
                "position": passage.position,
                "start": passage.start,
                "end": passage.end,
                "fragment": passage.fragment,
                "taken": passage.taken,
                "reason": say(passage.reason) or None,
            }
            for passage in found.passages.all()
        ],
        "not_stated": [say(silence.words) for silence in found.silences.all()],
    }


def _seen(request: HttpRequest) -> "QuerySet[Document]":
    return Document.objects.visible_to(request.actor).defer("full_text")  # type: ignore[attr-defined]


def document_item(document: Document, actor: Actor) -> dict[str, Any]:
    """A document as a list shows it."""
    return {
        "id": document.public_id,
        "url": public_address(f"documents/{document.public_id}/"),
        "key": document.key,
        "kind": document.kind,
        "title": document.title or None,
        "publisher": document.publisher or None,
        "author": document.author or None,
        "published_on": when(document.published_on),
        "language": document.language or None,
        "address": document.address or None,
        "address_kind": document.address_kind,
        "found_elsewhere": document.found_elsewhere,
    }
