"""The least valid rows of evidence, by the verbs that make them."""

from datetime import UTC, date, datetime

from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Promoter
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.engines.values import period as periods
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.documents import DocumentFacts, add_document, cite
from moussem.evidence.domain.figures import FigureFacts, publish_figure, record_figure
from moussem.evidence.domain.statements import StatementFacts, publish_statement, record_statement
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import Kind, StatementKind, SubjectKind, SubjectRole
from moussem.evidence.models import Document

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def promoter(slug="oriental", kind=PromoterKind.PROMOTER):
    return Promoter.objects.get_or_create(slug=slug, defaults={"name": slug.title(), "kind": kind})[0]


def editor(of=None, role="account_owner"):
    of = of or promoter()
    return Actor(
        kind="user", id="1", label="account owner", promoter_pk=of.pk, promoter_key=of.key, roles=frozenset({role})
    )


def subject(label="Saccom", kind=SubjectKind.ORGANISATION, *, by=None, published=True, within=None):
    key = uuid7()
    return open_subject(
        by=by or editor(),
        kind=kind,
        public_id=key,
        label={"fr": label},
        address=f"{kind}s/{key}/",
        within=within,
        published_at=NOW if published else None,
    )


def document(key="text", *, by=None, publish=True, **facts):
    by = by or editor()
    found = Document.objects.filter(promoter_id=by.promoter_pk, key=key).first()
    facts = {"title": "Offshoring à Oujda", "publisher": "L’Économiste", "language": "fr"} | facts
    return found or add_document(by=by, at=NOW, facts=DocumentFacts(key=key, **facts), publish=publish)


def citation(quote="plus de 1.000 emplois", *, by=None, of=None, **place):
    return cite(by=by or editor(), document=of or document(by=by), quote=quote, **place)


def facts(value=1000, **said):
    """What a source says of a thousand announced jobs, unless told otherwise."""
    said = {"measure": Measure.JOBS, "unit": Unit.JOBS, "kind": Kind.ANNOUNCED, "bound": Bound.EQUAL} | said
    return FigureFacts(value=value, **said)


def figure(*holders, by=None, value=1000, publish=True, place=None, cited=True, **said):
    by = by or editor()
    holders = holders or (subject(by=by),)
    roles = [(SubjectRole.HOLDER, holder) for holder in holders] + ([(SubjectRole.PLACE, place)] if place else [])
    row = record_figure(
        by=by,
        at=NOW,
        facts=facts(value=value, **said),
        subjects=roles,
        citations=[citation(by=by)] if cited else [],
    )
    return publish_figure(by=by, at=NOW, figure=row) if publish else row


def statement(*about, by=None, words="Un centre ouvre à Oujda", publish=True, cited=True, **facts):
    by = by or editor()
    row = record_statement(
        by=by,
        at=NOW,
        facts=StatementFacts(kind=facts.pop("kind", StatementKind.OPENING), words={"fr": words}, **facts),
        subjects=[(SubjectRole.HOLDER, one) for one in about or (subject(by=by),)],
        citations=[citation("ouvre un centre", by=by)] if cited else [],
    )
    return publish_statement(by=by, at=NOW, statement=row) if publish else row


def on(year, month, day):
    return periods.day(date(year, month, day))
