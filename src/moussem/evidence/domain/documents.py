"""Documents, their passages and silences, and citing them."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.models import period_values
from moussem.core.versions import save_version
from moussem.engines.values.period import Period
from moussem.evidence.enums import AddressKind, DocumentKind
from moussem.evidence.models import Citation, CitedRecord, Document, Passage, Silence
from moussem.evidence.permissions import can_publish, can_record

MOST_WORDS = 12


class QuoteTooLong(Exception):
    """A quote or fragment of more than 12 words: more than may be carried over from somebody's text."""


class QuoteNotInText(Exception):
    """The document's text is at hand, and the quote does not stand where it is said to."""


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A passage to be added: offsets in the text, fragment (at most 12 words), and why nothing was taken (else
    None).
    """

    start: int
    end: int
    fragment: str
    reason: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of a document itself; "" and None where the text does not state it."""

    key: str
    kind: DocumentKind = DocumentKind.TEXT
    title: str = ""
    publisher: str = ""
    author: str = ""
    language: str = ""
    published_on: Period | None = None
    address: str = ""
    address_kind: AddressKind = AddressKind.NONE
    consulted_on: date | None = None
    digest: str = ""
    notes: Mapping[str, str] | None = None
    found_elsewhere: tuple[str, ...] = ()


def check_length(words: str) -> None:
    """Raise `QuoteTooLong` for more than 12 words."""
    if len(words.split()) > MOST_WORDS:
        raise QuoteTooLong(words)


@transaction.atomic
def add_document(
    *, by: Actor, at: datetime, facts: DocumentFacts, passages: Iterable[PassageDraft] = (), publish: bool = False
) -> Document:
    """A document with its passages in order, open to the public if `publish`; raises `QuoteTooLong`, `NotAllowed`."""
    require(can_record(by), "record a document")
    document = Document.objects.create(
        promoter_id=by.promoter_pk,
        key=facts.key,
        kind=facts.kind,
        title=facts.title,
        publisher=facts.publisher,
        author=facts.author,
        language=facts.language,
        address=facts.address,
        address_kind=facts.address_kind,
        consulted_on=facts.consulted_on,
        digest=facts.digest,
        notes=dict(facts.notes or {}),
        found_elsewhere=list(facts.found_elsewhere),
        published_at=at if publish else None,
        **period_values("published_on", facts.published_on),
    )
    Passage.objects.bulk_create(_passages(document, passages))
    write_entry(
        by=by, at=at, verb="add_document", object_kind="document", object_id=document.public_id,
        object_label=str(document), promoter_key=by.promoter_key, after={"key": facts.key, "published": publish},
    )  # fmt: skip
    return document


def _passages(document: Document, drafts: Iterable[PassageDraft]) -> list[Passage]:
    rows = []
    for position, draft in enumerate(drafts, start=1):
        check_length(draft.fragment)
        rows.append(
            Passage(
                promoter_id=document.promoter_id,
                document=document,
                position=position,
                start=draft.start,
                end=draft.end,
                fragment=draft.fragment,
                taken=draft.reason is None,
                reason=dict(draft.reason or {}),
            )
        )
    return rows


@transaction.atomic
def correct_document(
    *, by: Actor, at: datetime, document: Document, read_version: int, facts: DocumentFacts
) -> Document:
    """Correct what is known of a document; its key, text and passages stay. Raises `ChangedMeanwhile` where somebody
    else saved since it was read.
    """
    require(can_record(by), "correct a document")
    require_own(document, by=by)
    before = _known(document)
    save_version(
        document,
        read_version=read_version,
        title=facts.title,
        publisher=facts.publisher,
        author=facts.author,
        language=facts.language,
        address=facts.address,
        address_kind=facts.address_kind,
        consulted_on=facts.consulted_on,
        **period_values("published_on", facts.published_on),
    )
    write_entry(
        by=by, at=at, verb="correct_document", object_kind="document", object_id=document.public_id,
        object_label=str(document), promoter_key=by.promoter_key, before=before, after=_known(document),
    )  # fmt: skip
    return document


def _known(document: Document) -> dict[str, str]:
    names = ("title", "publisher", "author", "language", "address", "address_kind")
    dated = document.published_on
    said = {name: str(getattr(document, name)) for name in names}
    return said | {
        "published_on": f"{dated.start}/{dated.end}" if dated else "",
        "consulted_on": str(document.consulted_on or ""),
    }


@transaction.atomic
def add_passage(
    *, by: Actor, at: datetime, document: Document, fragment: str, reason: Mapping[str, str] | None = None
) -> Passage:
    """One more passage of an own document, after those it has; `reason` says why nothing was taken from it (else None).

    Raises `QuoteTooLong`, and `QuoteNotInText` where the text is at hand and does not hold the fragment.
    """
    require(can_record(by), "record a passage")
    require_own(document, by=by)
    held = Document.objects.select_for_update().get(pk=document.pk)
    last = held.passages.order_by("-position").first()
    start = held.full_text.find(fragment) if held.full_text else (last.end if last else 0)
    if start < 0:
        raise QuoteNotInText(fragment)
    check_length(fragment)
    passage = Passage.objects.create(
        promoter_id=by.promoter_pk,
        document=document,
        position=last.position + 1 if last else 1,
        start=start,
        end=start + len(fragment),
        fragment=fragment,
        taken=reason is None,
        reason=dict(reason or {}),
    )
    write_entry(
        by=by, at=at, verb="add_passage", object_kind="document", object_id=document.public_id,
        object_label=str(document), promoter_key=by.promoter_key,
        after={"position": passage.position, "taken": passage.taken},
    )  # fmt: skip
    return passage


@transaction.atomic
def add_silence(
    *, by: Actor, at: datetime, document: Document, words: Mapping[str, str], passage: Passage | None = None
) -> Silence:
    """Say what a document does not state; told in the ledger as part of the document."""
    require(can_record(by), "record a silence")
    require_own(document, by=by)
    silence = Silence.objects.create(
        promoter_id=by.promoter_pk,
        document=document,
        passage=passage,
        words=dict(words),
        position=document.silences.count() + 1,
    )
    write_entry(
        by=by, at=at, verb="add_silence", object_kind="document", object_id=document.public_id,
        object_label=str(document), promoter_key=by.promoter_key, after={"words": dict(words)},
    )  # fmt: skip
    return silence


def require_citable(document: Document, *, by: Actor) -> None:
    """Raise `ForeignRow` unless the document is the actor's promoter's own or published."""
    if not document.is_published:
        require_own(document, by=by)


def cite(
    *,
    by: Actor,
    document: Document,
    quote: str = "",
    passage: Passage | None = None,
    paragraph: int | None = None,
    span: tuple[int, int] | None = None,
) -> Citation:
    """The citation of this quote in this place: an existing one if it is there, else a new one.

    Belongs to the transaction of the record that cites; the citation is the actor's promoter's, also where the document
    is another's published one. Raises `ForeignRow`, `QuoteTooLong`, and `QuoteNotInText` where the text
    is at hand
    and says otherwise.
    """
    require_citable(document, by=by)
    check_length(quote)
    if document.full_text and span and document.full_text[span[0] : span[1]] != quote:
        raise QuoteNotInText(quote)
    start, end = span or (None, None)
    found = {
        "document": document,
        "passage": passage,
        "paragraph": paragraph,
        "quote": quote,
        "start": start,
        "end": end,
    }
    existing = Citation.objects.filter(promoter_id=by.promoter_pk, **found).first()
    return existing or Citation.objects.create(promoter_id=by.promoter_pk, **found)


def cite_record(
    *, by: Actor, citation: Citation, kind: str, key: uuid.UUID, label: Mapping[str, str], address: str = ""
) -> CitedRecord:
    """Tie any record to a citation, so that the document shows what became of its words. Saying it twice is one tie."""
    require_own(citation, by=by)
    record, _ = CitedRecord.objects.get_or_create(
        promoter_id=by.promoter_pk,
        citation=citation,
        kind=kind,
        key=key,
        defaults={"label": dict(label), "address": address},
    )
    return record


@transaction.atomic
def attach_text(*, by: Actor, at: datetime, document: Document, text: str) -> Document:
    """Keep the full text beside a document whose text file is at hand, so that spans are shown in place."""
    require(can_record(by), "attach a text")
    require_own(document, by=by)
    Document.objects.filter(pk=document.pk).update(full_text=text)
    write_entry(
        by=by, at=at, verb="attach_text", object_kind="document", object_id=document.public_id,
        object_label=str(document), promoter_key=by.promoter_key, after={"characters": len(text)},
    )  # fmt: skip
    document.full_text = text
    return document


@transaction.atomic
def publish_document(*, by: Actor, at: datetime, document: Document) -> Document:
    """Open a document, with its passages and citations, to the public; a second time changes nothing."""
    require(can_publish(by), "publish a document")
    require_own(document, by=by)
    if Document.objects.filter(pk=document.pk, published_at=None).update(published_at=at):
        write_entry(
            by=by, at=at, verb="publish_document", object_kind="document", object_id=document.public_id,
            object_label=str(document), promoter_key=by.promoter_key,
        )  # fmt: skip
    document.refresh_from_db(fields=["published_at"])
    return document
