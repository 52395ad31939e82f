"""What the directory knows of people and their firms for the criteria of a list: one query a field, however many they
are, and two for all fields of the few that one page shows. Nothing is guessed: what is not recorded is no fact.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answer, answered, one_step, reading_of, side_by_side
from moussem.directory.domain.names import fold
from moussem.directory.models import Affiliation, Establishment, Membership, Organisation, Person, Place
from moussem.engines.targeting.judge import Fact, Known
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.events.models import Event
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure, FigureSubject
from moussem.guests.domain.rules import CAME, REGISTERED
from moussem.guests.enums import CriterionField
from moussem.guests.models import Registration

COUNTED = (Kind.REPORTED.value, Kind.DECLARED.value, Kind.VERIFIED.value, Kind.OBSERVED.value)
"""The kinds of figure that say how many people work somewhere; what is planned or announced is no size."""
LONGEST_PHRASE = 5
FEW = 250
"""Of so many at most all fields are asked together: each names all of them, and a database takes so many values."""
_WORD = re.compile(r"[^\W_]+")

Label = str | Mapping[str, str]
"""What a value is called: a text, or texts by language."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be judged, with the organisation for which they are wished (None: none)."""

    person: Person
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known for one field: the fact for the engine, and what the values are called; `number` for a size."""

    fact: Fact = None
    found: Sequence[Label] = ()
    number: Mapping[str, Any] | None = None


Findings = Mapping[int, Finding]
"""By the inner key of the person; who is missing is not known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom, by whom, for which event and on which day something is asked."""

    actor: Actor
    event: Event
    on: date
    candidates: Sequence[Candidate]
    firms: Mapping[int, set[int]] = field(default_factory=dict)

    @property
    def people(self) -> list[int]:
        """The inner keys of the people."""
        return [one.person.pk for one in self.candidates]


def findings_of(
    actor: Actor, event: Event, candidates: Sequence[Candidate], fields: Iterable[str], *, on: date
) -> Mapping[str, Findings]:
    """What is known for each of the fields, of each candidate, on a day."""
    asked = Asked(actor, event, on, candidates, _firms(candidates))
    names = [name for name in set(fields) if CriterionField(name) in _GATHER]
    readings = [reading_of(_GATHER[CriterionField(name)], asked) for name in names]
    found = answer(side_by_side(*readings)) if len(candidates) <= FEW else map(answer, readings)
    return dict(zip(names, found, strict=True))


def _firms(candidates: Sequence[Candidate]) -> dict[int, set[int]]:
    """The rows that stand for a firm (its own, the one it was merged into, the shared one), and whose firm each is."""
    firms: dict[int, set[int]] = defaultdict(set)
    for one in candidates:
        firm = one.organisation
        for key in (firm.pk, firm.canonical_id, firm.commons_id) if firm else ():
            if key is not None:
                firms[key].add(one.person.pk)
    return firms


def _organisation_kind(asked: Asked) -> Findings:
    known = {}
    for one in asked.candidates:
        if one.organisation is not None:
            kind = one.organisation.kind
            known[one.person.pk] = Finding(Known(frozenset({kind})), [kind])
    return known


@answered
def _branch(asked: Asked) -> Reading[Findings]:
    parents: dict[int, set[int]] = defaultdict(set)
    for one in asked.candidates:
        if one.organisation is not None and one.organisation.parent_id is not None:
            parents[one.organisation.parent_id].add(one.person.pk)
    ties = Organisation.branches.through.objects.filter(organisation__in=[*asked.firms, *parents])
    own: dict[int, dict[str, Label]] = defaultdict(dict)
    near: dict[int, dict[str, Label]] = defaultdict(dict)
    (rows,) = yield [ties.order_by("pk").values_list("organisation", "branch__code", "branch__name")]
    for firm, code, name in rows:
        for person in asked.firms.get(firm, ()):
            own[person][code] = name
        for person in parents.get(firm, ()):
            near[person][code] = name
    return {
        person: Finding(
            Known(frozenset(own.get(person, ())), frozenset(near.get(person, ()))),
            [*(own.get(person) or near.get(person) or {}).values()],
        )
        for person in {*own, *near}
    }


def _chain(place: Place | None) -> Iterator[Place]:
    """A place, and those it lies in: a town, its region, its country."""
    while place is not None:
        yield place
        place = place.within if place.within_id is not None else None


def _places(chains: Iterable[Iterable[Place]], *, is_open: bool = False) -> Finding:
    keys: set[str] = set()
    found: list[Label] = []
    for chain in chains:
        for number, place in enumerate(chain):
            keys.add(str(place.public_id))
            if number == 0 and place.name not in found:
                found.append(place.name)
    return Finding(Known(frozenset(keys), is_open=is_open), found) if keys else Finding()


_AROUND = "place__within__within"


def _seats(asked: Asked) -> Reading[dict[int, list[list[Place]]]]:
    """The place of each candidate's organisation, or else the one that the sources give for the person."""
    seats: dict[int, list[list[Place]]] = defaultdict(list)
    firms = Organisation.objects.filter(pk__in=list(asked.firms), place__isnull=False)
    (found,) = yield [firms.select_related(_AROUND).order_by("pk")]
    for firm in found:
        for person in asked.firms[firm.pk]:
            seats[person].append(list(_chain(firm.place)))
    return seats


@answered
def _seat(asked: Asked) -> Reading[Findings]:
    seats = yield from _seats(asked)
    return {person: _places(chains) for person, chains in seats.items()}


@answered
def _presence(asked: Asked) -> Reading[Findings]:
    rows = Establishment.objects.visible_to(asked.actor).filter(
        Q(period_end=None) | Q(period_end__gte=asked.on), organisation__in=list(asked.firms)
    )
    chains, (found,) = yield from side_by_side(
        _seats(asked), one_step(rows.select_related(_AROUND, "park__place__within__within").order_by("pk"))
    )
    for row in found:
        place = row.place or (row.park.place if row.park else None)
        for person in asked.firms[row.organisation_id] if place else ():
            chains[person].append(list(_chain(place)))
    return {person: _places(found, is_open=True) for person, found in chains.items()}


@answered
def _size(asked: Asked) -> Reading[Findings]:
    """The latest figure of employees of the firm alone: one that several firms share says nothing of one of them."""
    (pairs,) = yield [Organisation.objects.filter(pk__in=list(asked.firms)).values_list("subject", "pk")]
    firms = dict(pairs)
    others = FigureSubject.objects.filter(figure=OuterRef("pk"), role=SubjectRole.HOLDER).exclude(
        subject=OuterRef("links__subject")
    )
    rows = (
        Figure.objects.visible_to(asked.actor)
        .current()
        .filter(
            ~Exists(others), links__subject__in=list(firms), links__role=SubjectRole.HOLDER,
            measure=Measure.EMPLOYEES.value, kind__in=COUNTED, value__isnull=False,
        )
        .annotate(about=F("links__subject"), moment=F("links__moment"))
        .order_by("moment", "pk")
    )  # fmt: skip
    (found,) = yield [rows]
    known: dict[int, Finding] = {}
    for row in found:
        stated = row.quantity
        number = {"value": row.value, "max": row.value_max, "bound": row.bound, "kind": row.kind}
        for person in asked.firms[firms[row.about]]:
            known[person] = Finding(stated, (), number)
    return known


def _language(asked: Asked) -> Findings:
    return {
        one.person.pk: Finding(Known(frozenset({one.person.language})), [one.person.language])
        for one in asked.candidates
        if one.person.language
    }


def phrases(words: str) -> frozenset[str]:
    """Every run of up to five words of a text, folded: what a role can be recognised by."""
    parts = _WORD.findall(fold(words))
    ends = ((start, end) for start in range(len(parts)) for end in range(start + 1, start + 1 + LONGEST_PHRASE))
    return frozenset(" ".join(parts[start:end]) for start, end in ends if end <= len(parts))


def phrase(words: str) -> str:
    """Words as `phrases` writes them."""
    return " ".join(_WORD.findall(fold(words)))


@answered
def _role(asked: Asked) -> Reading[Findings]:
    """The roles that people hold now at the organisation for which they are wished; at any, where there is none."""
    theirs = {one.person.pk: one.organisation for one in asked.candidates}
    rows = Affiliation.objects.visible_to(asked.actor).filter(
        Q(period_end=None) | Q(period_end__gte=asked.on), person__in=asked.people, former=False
    )
    runs: dict[int, set[str]] = defaultdict(set)
    found: dict[int, list[Label]] = defaultdict(list)
    (held,) = yield [rows.order_by("pk").values_list("person", "organisation", "role")]
    for person, firm, role in held:
        wished = theirs[person]
        if not any(role.values()) or (wished is not None and person not in asked.firms.get(firm, ())):
            continue
        found[person].append(role)
        for words in role.values():
            runs[person] |= phrases(words)
    return {person: Finding(Known(frozenset(runs[person])), found[person]) for person in found}


@answered
def _membership(asked: Asked) -> Reading[Findings]:
    rows = Membership.objects.visible_to(asked.actor).filter(
        Q(period_end=None) | Q(period_end__gte=asked.on),
        Q(person__in=asked.people) | Q(organisation__in=list(asked.firms)),
    )
    known: dict[int, dict[str, Label]] = defaultdict(dict)
    columns = ("person", "organisation", "association__public_id", "association__name")
    (held,) = yield [rows.order_by("pk").values_list(*columns)]
    for person, firm, key, name in held:
        for whose in {person} if person is not None else asked.firms[firm]:
            known[whose][str(key)] = name
    return {
        person: Finding(Known(frozenset(names), is_open=True), [*names.values()]) for person, names in known.items()
    }


@answered
def _came_before(asked: Asked) -> Reading[Findings]:
    """Earlier gatherings: whoever was there, and whoever had a seat and was not seen; nobody else is known not to."""
    rows = Registration.objects.visible_to(asked.actor).filter(
        person__in=asked.people, cancelled_at=None, event__period_end__lt=asked.on
    )
    known: dict[int, dict[str, Label]] = defaultdict(dict)
    columns = ("person", "presence", "event__name")
    (held,) = yield [rows.exclude(event=asked.event).order_by("pk").values_list(*columns)]
    for person, presence, name in held:
        known[person][CAME if presence else REGISTERED] = name
    return {
        person: Finding(Known(frozenset(names), is_open=True), [names.get(CAME, names.get(REGISTERED, ""))])
        for person, names in known.items()
    }


_GATHER: Mapping[CriterionField, Callable[[Asked], Findings]] = {
    CriterionField.ORGANISATION_KIND: _organisation_kind,
    CriterionField.BRANCH: _branch,
    CriterionField.SIZE: _size,
    CriterionField.SEAT: _seat,
    CriterionField.PRESENCE: _presence,
    CriterionField.LANGUAGE: _language,
    CriterionField.ROLE: _role,
    CriterionField.MEMBERSHIP: _membership,
    CriterionField.CAME_BEFORE: _came_before,
}
