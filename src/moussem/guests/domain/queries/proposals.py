"""Whom the directory proposes for a list: people who meet criteria, with the reasons; firms of whom nobody is known.

The database finds who surely meets most of the weight, the engine then judges those exactly as it judges the list. A
person decides whom to put on it; nobody is put there by a query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from moussem.core.actor import Actor
from moussem.directory.enums import ConsentPurpose
from moussem.directory.models import Affiliation, Consent, Establishment, Membership, Organisation, Person
from moussem.engines.targeting.score import Score
from moussem.engines.values.measures import Measure
from moussem.events.models import Event
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure
from moussem.guests.domain.queries.assessing import Line, assess
from moussem.guests.domain.queries.facts import COUNTED, Candidate, findings_of
from moussem.guests.domain.rules import keys_of
from moussem.guests.enums import CriterionField
from moussem.guests.models import Criterion, Presence, Target

LOOKED_AT = 120
SHOWN = 30
FIRMS_SHOWN = 10
UP = ("place", "place__within", "place__within__within")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody of the directory, as they would stand on the list."""

    person: Person
    organisation: Organisation | None
    score: Score
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Proposals:
    """People by how they would stand, and firms that meet criteria and of whom the directory knows nobody."""

    people: Sequence[Proposal] = ()
    firms: Sequence[Organisation] = ()


def propose(actor: Actor, event: Event, criteria: Sequence[Criterion], *, on: date) -> Proposals:
    """Whom the directory proposes on a day: of the promoter's own people who never stood on the list and do not object
    to invitations, those who meet the most weight, at most thirty; and at most ten firms.
    """
    conditions = [(row.weight, found) for row in criteria if (found := _of_person(actor, row, on)) is not None]
    if not conditions:
        return Proposals()
    free = _free(actor, event)
    people = list(_heaviest(free, conditions).order_by("-meets", "folded", "public_id")[:LOOKED_AT])
    firms = _firms_of(actor, people, on)
    candidates = [Candidate(person, firms.get(person.pk)) for person in people]
    findings = findings_of(actor, event, candidates, {row.field for row in criteria}, on=on)
    judged = [
        Proposal(one.person, one.organisation, *assess(criteria, one.person.pk, findings, {})) for one in candidates
    ]
    judged.sort(key=lambda one: (one.score.sort_code, one.person.folded, one.person.pk))
    return Proposals(judged[:SHOWN], _firms_of_nobody(actor, criteria, on))


Conditions = Sequence[tuple[int, Q]]


def _heaviest(rows: "QuerySet[Any]", conditions: Conditions) -> "QuerySet[Any]":
    """Those who meet at least one condition, each with the weight of all that they meet as `meets`."""
    parts = [
        Case(When(met, then=Value(weight)), default=Value(0), output_field=IntegerField()) for weight, met in conditions
    ]
    return rows.annotate(meets=reduce(add, parts)).filter(meets__gt=0)


def _free(actor: Actor, event: Event) -> "QuerySet[Person]":
    """The promoter's own people of whom nothing keeps them off the list."""
    own = Person.objects.visible_to(actor).filter(promoter=actor.promoter_pk, canonical=None)
    listed = Target.objects.filter(Q(event=event) | Q(objected_at__isnull=False), person=OuterRef("pk"))
    consents = Consent.objects.filter(person=OuterRef("pk"), purpose=ConsentPurpose.INVITATIONS)
    latest = Subquery(consents.order_by("-at", "-pk").values("given")[:1])
    rows = own.filter(~Exists(listed.filter(promoter=actor.promoter_pk))).annotate(agrees=latest)
    return rows.filter(Q(agrees=True) | Q(agrees=None)).select_related("owner")


def _current(on: date) -> Q:
    return Q(former=False) & (Q(period_end=None) | Q(period_end__gte=on))


def _firms_of(actor: Actor, people: Sequence[Person], on: date) -> dict[int, Organisation]:
    """The organisation at which each person is now, the last one recorded; who has none is missing."""
    ties = Affiliation.objects.visible_to(actor).filter(_current(on), person__in=people, organisation__canonical=None)
    return {tie.person_id: tie.organisation for tie in ties.select_related("organisation").order_by("pk")}


def _of_person(actor: Actor, row: Criterion, on: date) -> Q | None:
    """The condition that a person surely meets a criterion; None for what only people answer."""
    keys = list(keys_of(row))
    tied = Affiliation.objects.visible_to(actor).filter(_current(on), person=OuterRef("pk"))
    by_firm = Q(Exists(tied.filter(organisation__in=_meeting(actor, row)))) if row.field in _ABOUT_FIRMS else Q()
    match CriterionField(row.field):
        case CriterionField.QUESTION:
            return None
        case CriterionField.LANGUAGE:
            return Q(language__in=keys)
        case CriterionField.CAME_BEFORE:
            there = Presence.objects.visible_to(actor).filter(registration__person=OuterRef("pk"))
            return Q(Exists(there))
        case CriterionField.ROLE:
            return Q(Exists(tied.filter(reduce(or_, _role_words(row)))))
        case CriterionField.MEMBERSHIP:
            own = Membership.objects.visible_to(actor).filter(association__public_id__in=keys)
            return Q(pk__in=own.filter(person__isnull=False).values("person")) | by_firm
        case CriterionField.SEAT:
            return _any_of(UP, keys) | by_firm
    return by_firm


def _role_words(row: Criterion) -> Iterable[Q]:
    for value in row.values:
        for language in ("fr", "en"):
            yield Q(**{f"role__{language}__icontains": str(value["label"])})


def _meeting(actor: Actor, row: Criterion) -> "QuerySet[Organisation]":
    """The organisations that surely meet a criterion about organisations, as far as the actor may know it."""
    keys = list(keys_of(row))
    at = [*UP, *(f"park__{up}" for up in UP)]
    match CriterionField(row.field):
        case CriterionField.ORGANISATION_KIND:
            met = Q(kind__in=keys)
        case CriterionField.BRANCH:
            met = Q(branches__code__in=keys)
        case CriterionField.SEAT:
            met = _any_of(UP, keys)
        case CriterionField.PRESENCE:
            there = Establishment.objects.visible_to(actor).filter(_any_of(at, keys))
            met = _any_of(UP, keys) | Q(pk__in=there.values("organisation"))
        case CriterionField.MEMBERSHIP:
            own = Membership.objects.visible_to(actor).filter(association__public_id__in=keys)
            met = Q(pk__in=own.filter(organisation__isnull=False).values("organisation"))
        case _:
            met = Q(subject__in=_sized(actor, row).values("links__subject"))
    return Organisation.objects.filter(met).values("pk")


def _any_of(paths: Iterable[str], keys: Sequence[str]) -> Q:
    return reduce(or_, (Q(**{f"{path}__public_id__in": keys}) for path in paths))


def _sized(actor: Actor, row: Criterion) -> "QuerySet[Figure]":
    ends = {"value__gte": row.low, "value__lte": row.high}
    asked = {name: end for name, end in ends.items() if end is not None}
    counted = Figure.objects.visible_to(actor).current().filter(measure=Measure.EMPLOYEES.value, kind__in=COUNTED)
    return counted.filter(links__role=SubjectRole.HOLDER, **asked)


_ABOUT_FIRMS = frozenset(
    {
        CriterionField.ORGANISATION_KIND, CriterionField.BRANCH, CriterionField.SEAT, CriterionField.PRESENCE,
        CriterionField.MEMBERSHIP, CriterionField.SIZE,
    }
)  # fmt: skip


def _firms_of_nobody(actor: Actor, criteria: Sequence[Criterion], on: date) -> Sequence[Organisation]:
    conditions = [(row.weight, Q(pk__in=_meeting(actor, row))) for row in criteria if row.field in _ABOUT_FIRMS]
    if not conditions:
        return ()
    someone = Affiliation.objects.filter(_current(on), organisation=OuterRef("pk"))
    rows = Organisation.objects.visible_to(actor).filter(~Exists(someone), promoter=actor.promoter_pk, canonical=None)
    listed = _heaviest(rows.filter(named=True), conditions).exclude(targeted__dropped_at=None, targeted__isnull=False)
    return list(listed.order_by("-meets", "folded", "public_id")[:FIRMS_SHOWN])
