"""Recording a fact together with its citation: one act, one transaction, so that no half of it is ever saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from moussem.core.actor import Actor
from moussem.evidence.domain.documents import QuoteNotInText, cite
from moussem.evidence.domain.figures import FigureFacts, SubjectsByRole, record_figure, replace_figure
from moussem.evidence.domain.statements import StatementFacts, correct_statement, record_statement
from moussem.evidence.models import Citation, Document, Figure, Statement


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a fact can be read: an own or a published document, the quote (at most 12 words, or ""), the paragraph or
    None.
    """

    document: Document
    quote: str = ""
    paragraph: int | None = None


def citation_of(*, by: Actor, cited: Cited) -> Citation:
    """Cite a place; where the document's text is at hand the quote is found in it, and its passage with it. Otherwise
    the passage is the one whose number the paragraph is.
    """
    text = cited.document.full_text
    if not text or not cited.quote:
        passage = cited.document.passages.filter(position=cited.paragraph or 0).first()
        return cite(by=by, document=cited.document, quote=cited.quote, passage=passage, paragraph=cited.paragraph)
    start = text.find(cited.quote)
    if start < 0:
        raise QuoteNotInText(cited.quote)
    span = (start, start + len(cited.quote))
    passage = cited.document.passages.filter(start__lte=start, end__gt=start).first()
    return cite(
        by=by, document=cited.document, quote=cited.quote, passage=passage, paragraph=cited.paragraph, span=span
    )


def _citations(by: Actor, cited: Sequence[Cited]) -> list[Citation]:
    return [citation_of(by=by, cited=one) for one in cited]


@transaction.atomic
def record_cited_figure(
    *, by: Actor, at: datetime, facts: FigureFacts, subjects: SubjectsByRole, cited: Sequence[Cited] = ()
) -> Figure:
    """Record a figure with its citations; raises what `record_figure` and `cite` raise, and `QuoteNotInText`."""
    return record_figure(by=by, at=at, facts=facts, subjects=subjects, citations=_citations(by, cited))


@transaction.atomic
def replace_cited_figure(
    *,
    by: Actor,
    at: datetime,
    figure: Figure,
    facts: FigureFacts,
    reason: str,
    subjects: SubjectsByRole,
    cited: Sequence[Cited] = (),
) -> Figure:
    """Correct a figure by a new one; without a new citation the old ones stay. Raises `AlreadyReplaced`."""
    return replace_figure(
        by=by,
        at=at,
        figure=figure,
        facts=facts,
        reason=reason,
        subjects=subjects,
        citations=_citations(by, cited) or None,
    )


@transaction.atomic
def record_cited_statement(
    *, by: Actor, at: datetime, facts: StatementFacts, subjects: SubjectsByRole, cited: Sequence[Cited] = ()
) -> Statement:
    """Record a statement with its citations; raises what `record_statement` and `cite` raise, and `QuoteNotInText`."""
    return record_statement(by=by, at=at, facts=facts, subjects=subjects, citations=_citations(by, cited))


@transaction.atomic
def correct_cited_statement(
    *,
    by: Actor,
    at: datetime,
    statement: Statement,
    read_version: int,
    facts: StatementFacts,
    subjects: SubjectsByRole,
    cited: Sequence[Cited] = (),
) -> Statement:
    """Correct a statement; without a new citation the old ones stay. Raises what `correct_statement` raises."""
    return correct_statement(
        by=by,
        at=at,
        statement=statement,
        read_version=read_version,
        facts=facts,
        subjects=subjects,
        citations=_citations(by, cited) or None,
    )
