"""Recording and publishing figures by the same verbs as the pages, once per `Idempotency-Key`."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Schema

from moussem.api.answers import Refused
from moussem.api.callers import can_publish_by_token, can_record_by_token, know_writer
from moussem.api.figures import FigureItem, figure_item, figures_shown, router
from moussem.api.shapes import Refusal, Words
from moussem.core.doors import Audience, door
from moussem.core.submissions import Answer, answer_once, digest_of_body
from moussem.engines.values.kinds import Bound, Scope
from moussem.engines.values.measures import BoundMismatch, FigureRefused, KindMismatch, Measure, UnitMismatch
from moussem.engines.values.period import Period, PeriodUnreadable, parse_period
from moussem.engines.values.units import Unit, to_scaled
from moussem.evidence.domain.documents import QuoteTooLong, cite
from moussem.evidence.domain.figures import (
    FigureFacts,
    NoSource,
    NotVerified,
    SubjectNotPublic,
    publish_figure,
    record_figure,
)
from moussem.evidence.domain.queries.passages import documents_citable
from moussem.evidence.enums import Kind, SubjectRole
from moussem.evidence.models import Document, Figure, Subject


class SubjectDraft(Schema):
    """What the figure is about, and in which role."""

    id: UUID
    role: SubjectRole


class CitationDraft(Schema):
    """Where it is written: one of the promoter's documents, the exact words (at most twelve), the paragraph."""

    document: UUID
    quote: Words = Field("", max_length=200)
    paragraph: int | None = Field(None, ge=1, le=32_767)


class FigureDraft(Schema):
    """A figure to be recorded. `value` is text, exact, in the unit; periods as "2020", "2020-07", "à terme"."""

    measure: Measure
    value: str | None = Field(None, max_length=30)
    value_max: str | None = Field(None, max_length=30)
    bound: Bound = Bound.EQUAL
    unit: Unit
    kind: Kind
    scope: Scope = Scope.NOT_STATED
    period: str | None = Field(None, max_length=60)
    horizon: str | None = Field(None, max_length=60)
    stated_on: str | None = Field(None, max_length=60)
    perimeter: Words = Field("", max_length=200)
    subjects: list[SubjectDraft] = Field(..., min_length=1, max_length=50)
    citations: list[CitationDraft] = Field([], max_length=20)


@router.post(
    "/figures",
    response={201: FigureItem, 422: Refusal},
    summary="Record a figure",
    url_name="figures",
    auth=know_writer,
)
@door(audience=Audience.API, permission=can_record_by_token, methods=("POST",))
def record(request: HttpRequest, draft: FigureDraft) -> JsonResponse:
    """Record a figure; it is not public yet. Needs an `Idempotency-Key`, under which it is recorded once."""
    return _once(request, 201, lambda: _record(request, draft))


@router.post(
    "/figures/{uuid:figure}/publication",
    response={200: FigureItem, 422: Refusal},
    summary="Publish a figure",
    auth=know_writer,
)
@door(audience=Audience.API, permission=can_publish_by_token, methods=("POST",))
def publish(request: HttpRequest, figure: UUID) -> JsonResponse:
    """Open a figure to the public. Refused without a citation."""
    return _once(request, 200, lambda: _publish(request, figure))


def _once(request: HttpRequest, status: int, act: Callable[[], Figure]) -> JsonResponse:
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= 120:
        raise Refused("KeyNeeded", _("Send an Idempotency-Key of 1 to 120 characters, a new one for each write."), 400)

    def produce() -> Answer:
        figure = act()
        shown = figures_shown(request.actor).get(pk=figure.pk)  # type: ignore[attr-defined]
        return Answer(status, FigureItem(**figure_item(shown, request.actor)).model_dump(mode="json"))

    answer = answer_once(actor=request.actor, key=key, digest=digest_of_body(request), produce=produce)  # type: ignore[attr-defined]
    return JsonResponse(answer.body, status=answer.status)


def _record(request: HttpRequest, draft: FigureDraft) -> Figure:
    by = request.actor  # type: ignore[attr-defined]
    said_once = dict.fromkeys((said.role, said.id) for said in draft.subjects)
    subjects = [(role, _own(Subject, by, key, "subjects")) for role, key in said_once]
    try:
        citations = [
            cite(
                by=by,
                document=_citable(by, said.document),
                quote=said.quote,
                paragraph=said.paragraph,
            )
            for said in draft.citations
        ]
        return record_figure(by=by, at=timezone.now(), facts=_facts(draft), subjects=subjects, citations=citations)
    except QuoteTooLong:
        raise Refused("QuoteTooLong", _("A quote has at most 12 words. Shorten it.")) from None
    except NotVerified:
        sentence = _("A verified figure names the body that verified it. Record it as declared, or on the pages.")
        raise Refused("NotVerified", sentence) from None
    except FigureRefused as refusal:
        raise Refused(type(refusal).__name__, _sentence(refusal)) from None


def _own(model: Any, by: Any, key: UUID, field: str) -> Any:
    row = model.objects.visible_to(by).filter(public_id=key, promoter=by.promoter_pk).first()
    if row is None:
        sentence = _("%(field)s: %(key)s is not one of your promoter's rows.")
        raise Refused("UnknownRow", sentence % {"field": field, "key": key})
    return row


def _citable(by: Any, key: UUID) -> Document:
    """A document of the caller's promoter, or a shared one."""
    row = documents_citable(by).filter(public_id=key).first()
    if row is None:
        sentence = _("citations: %(key)s is neither one of your promoter's documents nor a shared one.")
        raise Refused("UnknownRow", sentence % {"key": key})
    return row


def _facts(draft: FigureDraft) -> FigureFacts:
    return FigureFacts(
        measure=draft.measure,
        value=_scaled(draft.value, draft.unit),
        value_max=_scaled(draft.value_max, draft.unit),
        bound=draft.bound,
        unit=draft.unit,
        kind=draft.kind,
        scope=draft.scope,
        period=_period(draft.period),
        horizon=_period(draft.horizon),
        stated_on=_period(draft.stated_on),
        perimeter=draft.perimeter,
    )


def _scaled(text: str | None, unit: Unit) -> int | None:
    if text is None:
        return None
    try:
        return to_scaled(Decimal(text), unit)
    except (InvalidOperation, ValueError):
        sentence = _("%(text)s is no number that the unit %(unit)s can hold.")
        raise Refused("NumberUnreadable", sentence % {"text": text, "unit": unit}) from None


def _period(text: str | None) -> Period | None:
    if not text:
        return None
    try:
        return parse_period(text)
    except (PeriodUnreadable, ValueError):
        sentence = _("%(text)s is no date that is understood. Write 2020, 2020-07 or 2020-07-10.")
        raise Refused("PeriodUnreadable", sentence % {"text": text}) from None


def _sentence(refusal: FigureRefused) -> str:
    sentences = {
        UnitMismatch: _("The unit does not fit the measure %(measure)s: %(got)s."),
        KindMismatch: _("A figure of %(measure)s cannot be %(got)s."),
        BoundMismatch: _("The bound does not fit the values of %(measure)s: %(got)s."),
    }
    sentence = sentences.get(type(refusal), _("The value of %(measure)s is not possible: %(got)s."))
    return sentence % {"measure": refusal.measure, "got": refusal.got}


def _publish(request: HttpRequest, key: UUID) -> Figure:
    by = request.actor  # type: ignore[attr-defined]
    figure = get_object_or_404(Figure.objects.visible_to(by), public_id=key, promoter=by.promoter_pk)
    try:
        return publish_figure(by=by, at=timezone.now(), figure=figure)
    except NoSource:
        sentence = _("A figure without a source cannot be published. Cite a document first.")
        raise Refused("NoSource", sentence) from None
    except SubjectNotPublic:
        raise Refused("SubjectNotPublic", _("Something this figure is about is not public yet.")) from None
