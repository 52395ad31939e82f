"""Agreements with their parties, and the lines that say who owes what."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from moussem.agreements.enums import AgreementKind, AgreementState
from moussem.agreements.models import Agreement, Obligation, Party
from moussem.api.paging import Page, list_rows
from moussem.api.shapes import Quoted, Related, When, load_citations, related_row, when
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.doors import Audience, anyone, door
from moussem.core.texts import say
from moussem.engines.values.units import Unit, from_scaled

router = Router(tags=["agreements"])


class PartyItem(Schema):
    """Who agrees; `words` name whom the source does not."""

    id: UUID
    organisation: Related | None
    words: str | None
    capacity: str | None
    signatory: Related | None


class EarlierItem(Schema):
    """What a line said before it was amended, and by what it was."""

    id: UUID
    words: str
    value: str | None
    value_max: str | None
    bound: str
    due: When | None
    reason: str


class ObligationItem(Schema):
    """A line: an obligation, or an objective that binds nobody. Null: not stated; `debtor` is one of the parties;
    `earlier`: what it said before its amendments, the last first.
    """

    id: UUID
    kind: str
    debtor: UUID | None
    words: str
    measure: str | None
    value: str | None
    value_max: str | None
    bound: str
    unit: str | None
    due: When | None
    citations: list[Quoted]
    earlier: list[EarlierItem]


class AgreementItem(Schema):
    """An act between parties; `signed_on` null where no date is stated. One party: the other is not stated."""

    id: UUID
    url: str
    kind: str
    title: str
    purpose: str | None
    state: str
    signed_on: When | None
    event: Related | None
    place: Related | None
    parties: list[PartyItem]
    obligations: list[ObligationItem]
    citations: list[Quoted]


class AgreementPage(Schema):
    """One page of agreements."""

    items: list[AgreementItem]
    next: str | None


class AgreementFilters(Page):
    """Filters; several narrow together."""

    kind: AgreementKind | None = None
    state: AgreementState | None = None
    event: UUID | None = None
    organisation: UUID | None = None


@router.get("/agreements", response=AgreementPage, summary="Agreements")
@door(audience=Audience.API, permission=anyone)
def list_agreements(request: HttpRequest, filters: Query[AgreementFilters]) -> dict[str, Any]:
    """The agreements that the caller may see."""
    given: dict[str, Any] = filters.model_dump(include={"kind", "state"}, exclude_none=True)
    if filters.event:
        given["event__public_id"] = filters.event
    rows = _seen(request).filter(**given)
    if filters.organisation:
        signing = Party.objects.visible_to(request.actor).filter(organisation__public_id=filters.organisation)
        rows = rows.filter(pk__in=signing.values("agreement_id"))
    return list_rows(request, rows, filters, agreement_item, load=_cite)


@router.get("/agreements/{uuid:agreement}", response=AgreementItem, summary="An agreement")
@door(audience=Audience.API, permission=anyone)
def show_agreement(request: HttpRequest, agreement: UUID) -> dict[str, Any]:
    """One agreement."""
    actor = request.actor  # type: ignore[attr-defined]
    row = get_object_or_404(_seen(request), public_id=agreement)
    _cite([row], actor)
    return agreement_item(row, actor)


def _cite(rows: Sequence[Agreement], actor: Actor) -> None:
    load_citations([*rows, *(line for row in rows for line in row.obligations.all())], actor)


def _seen(request: HttpRequest) -> "QuerySet[Agreement]":
    actor = request.actor  # type: ignore[attr-defined]
    parties = Party.objects.visible_to(actor).select_related("organisation__subject", "signatory__subject")
    owed = Obligation.objects.visible_to(actor).select_related("debtor")
    rows = Agreement.objects.visible_to(actor).select_related("event__subject", "place__subject")
    return rows.prefetch_related(
        Prefetch("parties", parties.order_by("position", "pk")),
        Prefetch("obligations", owed.order_by("position", "pk")),
    )


def agreement_item(agreement: Agreement, actor: Actor) -> dict[str, Any]:
    """An agreement (with its citations loaded) as the API shows it."""
    owed = list(agreement.obligations.all())
    before = {row.replaced_by_id: row for row in owed if row.replaced_by_id}
    return {
        "id": agreement.public_id,
        "url": public_address(f"agreements/{agreement.public_id}/"),
        "kind": agreement.kind,
        "title": say(agreement.title),
        "purpose": say(agreement.purpose) or None,
        "state": agreement.state,
        "signed_on": when(agreement.signed_on),
        "event": related_row(agreement.event, actor),
        "place": related_row(agreement.place, actor),
        "parties": [_party(party, actor) for party in agreement.parties.all()],
        "obligations": [_obligation(row, before) for row in owed if row.replaced_by_id is None],
        "citations": agreement.cited,  # type: ignore[attr-defined]
    }


def _party(party: Party, actor: Actor) -> dict[str, Any]:
    return {
        "id": party.public_id,
        "organisation": related_row(party.organisation, actor),
        "words": say(party.words) or None,
        "capacity": say(party.capacity) or None,
        "signatory": related_row(party.signatory, actor),
    }


def _earlier(row: Obligation, before: dict[int, Obligation]) -> Iterator[dict[str, Any]]:
    at = before.get(row.pk)
    while at is not None:
        unit = Unit(at.unit) if at.unit else None
        yield {
            "id": at.public_id,
            "words": say(at.words),
            "value": _number(at.value, unit),
            "value_max": _number(at.value_max, unit),
            "bound": at.bound,
            "due": when(at.due),
            "reason": at.replaced_reason,
        }
        at = before.get(at.pk)


def _obligation(row: Obligation, before: dict[int, Obligation]) -> dict[str, Any]:
    unit = Unit(row.unit) if row.unit else None
    return {
        "id": row.public_id,
        "kind": row.kind,
        "debtor": row.debtor.public_id if row.debtor else None,
        "words": say(row.words),
        "measure": row.measure or None,
        "value": _number(row.value, unit),
        "value_max": _number(row.value_max, unit),
        "bound": row.bound,
        "unit": row.unit or None,
        "due": when(row.due),
        "citations": row.cited,  # type: ignore[attr-defined]
        "earlier": list(_earlier(row, before)),
    }


def _number(value: int | None, unit: Unit | None) -> str | None:
    return None if value is None or unit is None else format(from_scaled(value, unit), "f")
