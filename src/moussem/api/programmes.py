"""Programmes with their rules, what the rules say of figures, and the applications that the caller may see."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from moussem.api.answers import Refused
from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Quoted, Related, When, load_citations, related_row, when
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.engines.eligibility.words import Reason
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import LossOfDigits, Unit, from_scaled
from moussem.programmes.domain.queries.pages import loaded_applications, tried_rules
from moussem.programmes.domain.rules import UNIT_OF_FACT, RulesUnreadable, facts_of
from moussem.programmes.domain.words import Answer, answer
from moussem.programmes.enums import ApplicationState, ProgrammeKind
from moussem.programmes.models import Application, Award, Call, Programme, RuleSet

router = Router(tags=["programmes"])


class RuleSetItem(Schema):
    """A version of the rules: `rules` are criteria in groups "all" and "any"; bounds as text in the unit."""

    number: int
    valid_from: date | None
    valid_until: date | None
    inferred: str | None
    remarks: str | None
    rules: dict[str, Any]
    citations: list[Quoted]


class CallItem(Schema):
    """A time in which one may apply: opening included, closing excluded."""

    id: UUID
    name: str
    opens_at: datetime
    closes_at: datetime
    rule_set: int
    envelope: str | None


class AwardItem(Schema):
    """An award; both winners null where the source names nobody."""

    category: str
    organisation: Related | None
    person: Related | None
    words: str | None
    count: int
    event: Related | None
    citations: list[Quoted]


class ProgrammeItem(Schema):
    """A fund, an intake, a prize; `envelope` in dirhams as text, null where it is not stated."""

    id: UUID
    url: str
    kind: str
    name: str
    purpose: str | None
    giver: Related | None
    place: Related | None
    event: Related | None
    period: When | None
    envelope: str | None
    rule_sets: list[RuleSetItem]
    calls: list[CallItem]
    awards: list[AwardItem]
    citations: list[Quoted]


class ProgrammePage(Schema):
    """One page of programmes."""

    items: list[ProgrammeItem]
    next: str | None


class StatedFact(Schema):
    """A fact as stated: `value` as text in the unit."""

    value: str
    value_max: str | None
    bound: str
    unit: str


class ReasonItem(Schema):
    """What one criterion says: the rule, the value, and what to ask for (nothing, value, exact_value)."""

    fact: str
    verdict: str
    comparison: str
    bound: str
    included: bool
    unit: str
    article: str | None
    stated: StatedFact | None
    ask: str
    decides: bool
    sentence: str


class Assessment(Schema):
    """What the rules say: yes, no or cannot_say, each criterion's reason, and the facts to be stated."""

    programme: UUID
    rule_set: int
    verdict: str
    sentence: str
    ask: list[str]
    reasons: list[ReasonItem]


class ApplicationItem(Schema):
    """An application; `assessment` is what the rules of its call say of its values now."""

    id: UUID
    call: UUID
    programme: Related | None
    organisation: UUID
    title: str
    state: str
    values: dict[str, StatedFact]
    asked_for: str | None
    submitted_at: datetime | None
    decision: str | None
    amount: str | None
    decided_at: datetime | None
    project: Related | None
    assessment: Assessment | None


class ApplicationPage(Schema):
    """One page of applications."""

    items: list[ApplicationItem]
    next: str | None


class ProgrammeFilters(Page):
    """Filters; several narrow together."""

    kind: ProgrammeKind | None = None
    giver: UUID | None = None
    place: UUID | None = None


class ApplicationFilters(Page):
    """Filters; several narrow together."""

    call: UUID | None = None
    state: ApplicationState | None = None


class Stated(Schema):
    """Figures to assess; a fact left out is not stated, never zero. `rule_set`: its number, else the newest stated."""

    investment: str | None = Field(None, max_length=30, description="In dirhams.")
    investment_bound: Bound = Bound.EQUAL
    jobs: str | None = Field(None, max_length=30)
    jobs_bound: Bound = Bound.EQUAL
    stable_jobs: str | None = Field(None, max_length=30)
    stable_jobs_bound: Bound = Bound.EQUAL
    rule_set: int | None = Field(None, ge=1, le=32_767)
    language: str = ""


@router.get("/programmes", response=ProgrammePage, summary="Programmes")
@door(audience=Audience.API, permission=anyone)
def list_programmes(request: HttpRequest, filters: Query[ProgrammeFilters]) -> dict[str, Any]:
    """The programmes that the caller may see."""
    given: dict[str, Any] = {"kind": filters.kind} if filters.kind else {}
    for name in ("giver", "place"):
        if getattr(filters, name):
            given[f"{name}__public_id"] = getattr(filters, name)
    return list_rows(request, _seen(request).filter(**given), filters, programme_item, load=_cite)


@router.get("/programmes/{uuid:programme}", response=ProgrammeItem, summary="A programme")
@door(audience=Audience.API, permission=anyone)
def show_programme(request: HttpRequest, programme: UUID) -> dict[str, Any]:
    """One programme."""
    row, actor = get_object_or_404(_seen(request), public_id=programme), request.actor  # type: ignore[attr-defined]
    _cite([row], actor)
    return programme_item(row, actor)


def _cite(rows: Sequence[Programme], actor: Actor) -> None:
    load_citations([part for row in rows for part in (row, *row.rule_sets.all(), *row.awards.all())], actor)


@router.get("/programmes/{uuid:programme}/assess", response=Assessment, summary="What the rules say of figures")
@door(audience=Audience.API, permission=anyone)
def assess_programme(request: HttpRequest, programme: UUID, stated: Query[Stated]) -> dict[str, Any]:
    """Yes, no or cannot say, with the reasons; nothing is kept."""
    row = get_object_or_404(_seen(request), public_id=programme)
    unknown = sorted(set(request.GET) - set(Stated.model_fields))
    if unknown:
        sentence = _("There is no filter called %(unknown)s here. There are: %(known)s.")
        known = ", ".join(sorted(Stated.model_fields))
        raise Refused("UnknownFilter", sentence % {"unknown": ", ".join(unknown), "known": known})
    rule_set = _chosen(row, stated.rule_set)
    try:
        return _assessment(row.public_id, answer(rule_set, _facts(stated)))
    except RulesUnreadable:
        sentence = _("These rules cannot be read by machine. Write a new version of them.")
        raise Refused("RulesUnreadable", sentence) from None


@router.get("/applications", response=ApplicationPage, summary="Applications")
@door(audience=Audience.API, permission=anyone)
def list_applications(request: HttpRequest, filters: Query[ApplicationFilters]) -> dict[str, Any]:
    """The applications to the calls of the caller's promoter; none without a token, none for a juror's."""
    given: dict[str, Any] = {"state": filters.state} if filters.state else {}
    if filters.call:
        given["call__public_id"] = filters.call
    rows = _applications(request).filter(**given)
    return list_rows(request, rows, filters, application_item)


@router.get("/applications/{uuid:application}", response=ApplicationItem, summary="An application")
@door(audience=Audience.API, permission=anyone)
def show_application(request: HttpRequest, application: UUID) -> dict[str, Any]:
    """One application."""
    return application_item(get_object_or_404(_applications(request), public_id=application), request.actor)  # type: ignore[attr-defined]


def _applications(request: HttpRequest) -> "QuerySet[Application]":
    return loaded_applications(request.actor).select_related("call__programme__subject", "project__subject")  # type: ignore[attr-defined]


def _seen(request: HttpRequest) -> "QuerySet[Programme]":
    actor = request.actor  # type: ignore[attr-defined]
    awards = Award.objects.visible_to(actor).select_related(
        "organisation__subject", "person__subject", "event__subject"
    )
    rows = Programme.objects.visible_to(actor).select_related("giver__subject", "place__subject", "event__subject")
    return rows.prefetch_related(
        Prefetch("rule_sets", RuleSet.objects.visible_to(actor).order_by("-number")),
        Prefetch("calls", Call.objects.visible_to(actor).select_related("rule_set").order_by("opens_at", "pk")),
        Prefetch("awards", awards.order_by("position", "pk")),
    )


def programme_item(row: Programme, actor: Actor) -> dict[str, Any]:
    """A programme (with its citations loaded) as the API shows it."""
    return {
        "id": row.public_id,
        "url": public_address(f"programmes/{row.public_id}/"),
        "kind": row.kind,
        "name": say(row.name),
        "purpose": say(row.purpose) or None,
        "giver": related_row(row.giver, actor),
        "place": related_row(row.place, actor),
        "event": related_row(row.event, actor),
        "period": when(row.period),
        "envelope": _dirhams(row.envelope),
        "rule_sets": [_rule_set(rule_set) for rule_set in row.rule_sets.all()],
        "calls": [_call(call) for call in row.calls.all()],
        "awards": [_award(award, actor) for award in row.awards.all()],
        "citations": row.cited,  # type: ignore[attr-defined]
    }


def _rule_set(row: RuleSet) -> dict[str, Any]:
    return {
        "number": row.number,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "inferred": say(row.inferred_words) or None,
        "remarks": say(row.remarks) or None,
        "rules": _rules(row.criteria),
        "citations": row.cited,  # type: ignore[attr-defined]
    }


def _rules(kept: Any) -> Any:
    """The rules with bounds as text in their units, as every number of the API."""
    if not isinstance(kept, dict):
        return kept
    if "bound" in kept and kept.get("fact") in UNIT_OF_FACT:
        unit = UNIT_OF_FACT[kept["fact"]]
        return {**kept, "bound": _number(kept["bound"], unit), "unit": unit.value}
    return {name: [_rules(part) for part in parts] for name, parts in kept.items() if isinstance(parts, list)}


def _call(row: Call) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "name": say(row.name),
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "rule_set": row.rule_set.number,
        "envelope": _dirhams(row.envelope),
    }


def _award(row: Award, actor: Actor) -> dict[str, Any]:
    return {
        "category": say(row.category),
        "organisation": related_row(row.organisation, actor),
        "person": related_row(row.person, actor),
        "words": say(row.words) or None,
        "count": row.count,
        "event": related_row(row.event, actor),
        "citations": row.cited,  # type: ignore[attr-defined]
    }


def application_item(row: Application, actor: Actor) -> dict[str, Any]:
    """An application as the API shows it (loaded)."""
    decided = getattr(row, "determination", None)
    try:
        said = _assessment(row.call.programme.public_id, answer(row.call.rule_set, facts_of(row.values)))
    except RulesUnreadable:
        said = None
    return {
        "id": row.public_id,
        "call": row.call.public_id,
        "programme": related_row(row.call.programme, actor),
        "organisation": row.organisation.public_id,
        "title": row.title,
        "state": row.state,
        "values": {name: _stated(stated) for name, stated in facts_of(row.values).items()},
        "asked_for": _dirhams(row.asked_for),
        "submitted_at": row.submitted_at,
        "decision": decided.decision if decided else None,
        "amount": _dirhams(decided.amount) if decided else None,
        "decided_at": decided.decided_at if decided else None,
        "project": related_row(row.project, actor),
        "assessment": said,
    }


def _chosen(row: Programme, number: int | None) -> RuleSet:
    rule_sets = list(row.rule_sets.all())
    chosen = tried_rules(rule_sets) if number is None else next((r for r in rule_sets if r.number == number), None)
    if chosen is None:
        raise Refused("RulesNotStated", _("No rules of this number are stated for this programme."), 404)
    return chosen


def _facts(stated: Stated) -> dict[str, Quantity]:
    facts = {}
    for fact, unit in UNIT_OF_FACT.items():
        text, bound = getattr(stated, fact), getattr(stated, f"{fact}_bound")
        if text is not None:
            facts[str(fact)] = _quantity(text, unit, bound)
    return facts


def _quantity(text: str, unit: Unit, bound: Bound) -> Quantity:
    sentence = _("%(text)s is no number that the unit %(unit)s can hold.")
    try:
        value = Quantity.of(Decimal(text), unit, bound)
    except (InvalidOperation, LossOfDigits, ValueError):
        raise Refused("NumberUnreadable", sentence % {"text": text, "unit": unit}) from None
    if value.scaled < 0:
        raise Refused("NumberUnreadable", sentence % {"text": text, "unit": unit})
    return value


def _assessment(programme: UUID, said: Answer) -> dict[str, Any]:
    return {
        "programme": programme,
        "rule_set": said.rule_set.number,
        "verdict": said.verdict.value,
        "sentence": said.headline,
        "ask": list(said.ask),
        "reasons": [{**_reason(line.reason), "sentence": line.sentence} for line in said.lines],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    rule = reason.criterion
    return {
        "fact": rule.fact,
        "verdict": reason.verdict.value,
        "comparison": rule.comparison.value,
        "bound": _number(rule.bound, rule.unit),
        "included": rule.included,
        "unit": rule.unit.value,
        "article": rule.article or None,
        "stated": _stated(reason.stated) if reason.stated else None,
        "ask": reason.ask.value,
        "decides": reason.decides,
    }


def _stated(stated: Quantity) -> dict[str, Any]:
    return {
        "value": f"{stated.value:f}",
        "value_max": None if stated.value_max is None else f"{stated.value_max:f}",
        "bound": stated.bound.value,
        "unit": stated.unit.value,
    }


def _number(scaled: int, unit: Unit) -> str:
    return f"{from_scaled(scaled, unit):f}"


def _dirhams(scaled: int | None) -> str | None:
    return None if scaled is None else _number(scaled, Unit.MAD)
