"""Citing a record of one of our own rooms as the source that it is: a declaration, a signed act."""

from datetime import datetime

from django.db import transaction

from moussem.core.actor import Actor
from moussem.evidence.domain.documents import MOST_WORDS, DocumentFacts, add_document, add_passage, cite
from moussem.evidence.models import Citation, Document

LONGEST = 200


@transaction.atomic
def cite_own_record(*, by: Actor, at: datetime, facts: DocumentFacts, words: str) -> Citation:
    """The citation of these words in the document that the record is; of more than 12 words the first 12.

    The document, known by its key, and the passage are added where they are not there yet, closed to the public.
    The record's own state guards that no two write it at once. Raises `NotAllowed`.
    """
    told = words.split()
    fragment = (words if len(told) <= MOST_WORDS else " ".join(told[:MOST_WORDS]))[:LONGEST]
    document = Document.objects.filter(promoter=by.promoter_pk, key=facts.key).first()
    if document is None:
        document = add_document(by=by, at=at, facts=facts)
    passage = document.passages.filter(fragment=fragment).first()
    if passage is None:
        passage = add_passage(by=by, at=at, document=document, fragment=fragment)
    return cite(by=by, document=document, quote=fragment, passage=passage)
