"""A headcount return as the source of its figures: the document that it is, with what it says passage by passage."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, override

from moussem.core.actor import Actor
from moussem.core.formats import period
from moussem.engines.values.period import day
from moussem.evidence.domain.documents import DocumentFacts
from moussem.evidence.domain.own_records import cite_own_record
from moussem.evidence.enums import DocumentKind
from moussem.evidence.models import Citation
from moussem.projects.models import HeadcountReturn


def cite_declaration(*, by: Actor, at: datetime, row: HeadcountReturn) -> list[Citation]:
    """The three numbers as they were declared, and the words they rest on where there are any."""
    with override(settings.LANGUAGE_CODE):
        words = gettext("present: %(present)d, hired: %(hired)d, left: %(left)d") % {
            "present": row.present, "hired": row.hired, "left": row.left,
        }  # fmt: skip
    said = [words, row.evidence_words] if row.evidence_words else [words]
    return [cite_own_record(by=by, at=at, facts=_document(row), words=one) for one in said]


def cite_verification(*, by: Actor, at: datetime, row: HeadcountReturn, words: str) -> Citation:
    """What a body's verification of the return rests on, in its words."""
    return cite_own_record(by=by, at=at, facts=_document(row), words=words)


def _document(row: HeadcountReturn) -> DocumentFacts:
    """The document that the returns of one establishment and period are: corrections are further passages of it."""
    organisation = row.establishment.organisation.name
    with override(settings.LANGUAGE_CODE):
        title = gettext("Headcount return, %(organisation)s, %(period)s") % {
            "organisation": organisation, "period": period(row.period),
        }  # fmt: skip
    return DocumentFacts(
        key=f"return:{row.establishment.public_id}:{row.period_start}:{row.period_end}", kind=DocumentKind.RETURN,
        title=title[:300], publisher=organisation[:200], language=settings.LANGUAGE_CODE,
        published_on=day(row.declared_at.date()) if row.declared_at else None,
    )  # fmt: skip
