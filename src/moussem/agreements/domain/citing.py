"""Saying in which document an agreement can be read, and which one is the source of what it owes."""

from datetime import datetime

from django.db import transaction

from moussem.agreements.domain.agreements import cite_agreement
from moussem.agreements.models import Agreement, Obligation
from moussem.core.actor import Actor
from moussem.core.texts import language_said, say
from moussem.evidence.domain.citing import Cited, citation_of
from moussem.evidence.domain.documents import DocumentFacts
from moussem.evidence.domain.own_records import cite_own_record
from moussem.evidence.enums import DocumentKind
from moussem.evidence.models import Citation, CitedRecord


@transaction.atomic
def cite_agreement_in(*, by: Actor, at: datetime, agreement: Agreement, cited: Cited) -> CitedRecord:
    """Cite a place of an own document for an act; raises `QuoteTooLong`, `QuoteNotInText`."""
    return cite_agreement(by=by, at=at, agreement=agreement, citation=citation_of(by=by, cited=cited))


@transaction.atomic
def sources_of_line(*, by: Actor, at: datetime, line: Obligation) -> list[Citation]:
    """Where what a line owes can be read: the documents cited for it or for its act, else the act itself, in the
    line's words and in those of its amendment.
    """
    agreement = line.agreement
    for kind, key in ((line.kind, line.public_id), ("agreement", agreement.public_id)):
        ties = CitedRecord.objects.about(kind, key).filter(promoter=agreement.promoter_id)
        cited = [tie.citation for tie in ties.select_related("citation").order_by("pk")]
        if cited:
            return cited
    facts = DocumentFacts(
        key=f"agreement:{agreement.public_id}", kind=DocumentKind.ACT, title=say(agreement.title, "fr")[:300],
        language=language_said(agreement.title, "fr"), published_on=agreement.signed_on,
    )  # fmt: skip
    amended = Obligation.objects.filter(replaced_by=line).first()
    said = [say(line.words, "fr"), *([amended.replaced_reason] if amended else [])]
    return [cite_own_record(by=by, at=at, facts=facts, words=words) for words in said]
