"""Saying in which document an agreement can be read."""

from datetime import datetime

from django.db import transaction

from moussem.agreements.domain.agreements import cite_agreement
from moussem.agreements.models import Agreement
from moussem.core.actor import Actor
from moussem.evidence.domain.citing import Cited, citation_of
from moussem.evidence.models import CitedRecord


@transaction.atomic
def cite_agreement_in(*, by: Actor, at: datetime, agreement: Agreement, cited: Cited) -> CitedRecord:
    """Cite a place of an own document for an act; raises `QuoteTooLong`, `QuoteNotInText`."""
    return cite_agreement(by=by, at=at, agreement=agreement, citation=citation_of(by=by, cited=cited))
