"""What stands at the side of a page: who leads, who belongs to what, where it is established, each with its sources."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from moussem.core.actor import Actor
from moussem.core.addresses import address_for, public_address
from moussem.core.asking import Reading, question, side_by_side
from moussem.core.components import SourceMark
from moussem.core.formats import Dated
from moussem.core.texts import say
from moussem.directory.domain.queries.cited import Marks, marks_of
from moussem.directory.domain.queries.lists import established, more_than_many
from moussem.directory.models import Affiliation, Antenna, Establishment, Membership, Organisation, Park, Person, Place

MOST = 60
"""How many lines of one sort a page shows; the rest is counted and said."""


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line: a name that leads to its page, a note beside it, since when (None: not stated), and its sources."""

    label: str
    url: str = ""
    note: str = ""
    period: Dated | None = None
    former: bool = False
    sources: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """At most `MOST` lines; `more` says that there are others."""

    lines: tuple[BriefLine, ...] = ()
    more: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.lines)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line before its sources are known: those of the record with this public identifier."""

    key: uuid.UUID
    line: BriefLine


def address_of(row: Organisation | Person | Park | Place) -> str:
    """The public page of a published thing of the directory in the reader's language."""
    return public_address(_relative(row))


def page_of(actor: Actor, row: Organisation | Person | Park | Place) -> str:
    """Where the actor reads a thing of the directory, in their language; "" where no page opens for them."""
    return address_for(actor, _relative(row), row)


def _relative(row: Organisation | Person | Park | Place) -> str:
    room = {Organisation: "organisations", Person: "people", Park: "parks", Place: "places"}[type(row)]
    return f"{room}/{row.public_id}/"


def name_of(organisation: Organisation) -> str:
    """An organisation's name; the sources' description where they do not name it."""
    return organisation.shown_name


def where(row: Establishment) -> str:
    """Where an establishment is: the park, or the place."""
    return row.park.name if row.park else say(row.place.name)


@dataclass(frozen=True, slots=True)
class Marked:
    """The lists of a page with their sources, and those of the thing itself."""

    lists: Mapping[str, Lines]
    sources: Sequence[SourceMark]


def marked(actor: Actor, thing: uuid.UUID, **readings: Reading[list[Drawn]]) -> Reading[Marked]:
    """Lists by name, and the record that the page is about, with the sources of all of them."""
    drawn = dict(zip(readings, (yield from side_by_side(*readings.values())), strict=True))
    shown = {name: lines[:MOST] for name, lines in drawn.items()}
    marks = yield from marks_of.reading(actor, [thing, *(one.key for lines in shown.values() for one in lines)])
    lists = {
        name: Lines(tuple(_marked(one, marks) for one in lines), len(drawn[name]) > MOST)
        for name, lines in shown.items()
    }
    return Marked(lists, marks.get(thing, ()))


def _marked(one: Drawn, marks: Marks) -> BriefLine:
    line = one.line
    return BriefLine(line.label, line.url, line.note, line.period, line.former, marks.get(one.key, ()))


def roles_at(actor: Actor, organisations: Sequence[int]) -> Reading[list[Drawn]]:
    """People and their roles at organisations (inner keys); former ones last."""
    (found,) = yield [_roles_at(actor, organisations)]
    return [
        Drawn(a.public_id, BriefLine(a.person.name, page_of(actor, a.person), say(a.role), a.period, a.former))
        for a in found
    ]


@question
def _roles_at(actor: Actor, organisations: Sequence[int]) -> "QuerySet[Any]":
    rows = Affiliation.objects.visible_to(actor).filter(organisation__in=organisations).select_related("person")
    return rows.order_by("former", "pk")[: MOST + 1]


def roles_of(actor: Actor, people: Sequence[int]) -> Reading[list[Drawn]]:
    """Organisations at which people (inner keys) hold or held a role; former ones last."""
    (found,) = yield [_roles_of(actor, people)]
    return [_at(actor, a.organisation, a, say(a.role), former=a.former) for a in found]


@question
def _roles_of(actor: Actor, people: Sequence[int]) -> "QuerySet[Any]":
    rows = Affiliation.objects.visible_to(actor).filter(person__in=people).select_related("organisation")
    return rows.order_by("former", "pk")[: MOST + 1]


def _at(
    actor: Actor, organisation: Organisation, row: Affiliation | Establishment, note: str, *, former: bool = False
) -> Drawn:
    return Drawn(
        row.public_id, BriefLine(name_of(organisation), page_of(actor, organisation), note, row.period, former)
    )


def members_of(actor: Actor, associations: Sequence[int]) -> Reading[list[Drawn]]:
    """The members of associations or clubs (inner keys), with the place where they are members."""
    (found,) = yield [_members_of(actor, associations)]
    return [
        Drawn(m.public_id, BriefLine(_member_name(m), page_of(actor, m.person or m.organisation), _beside(m), m.period))
        for m in found
    ]


@question
def _members_of(actor: Actor, associations: Sequence[int]) -> "QuerySet[Any]":
    rows = Membership.objects.visible_to(actor).filter(association__in=associations)
    return rows.select_related("person", "organisation", "place").order_by("pk")[: MOST + 1]


def _member_name(membership: Membership) -> str:
    return membership.person.name if membership.person else name_of(membership.organisation)


def _beside(membership: Membership) -> str:
    """What stands beside a member: the source's words for the tie, and the place, as far as they are stated."""
    return ", ".join(filter(None, (say(membership.role), say(membership.place.name) if membership.place else "")))


def antennas_of(actor: Actor, associations: Sequence[int]) -> Reading[list[Drawn]]:
    """The antennas of associations (inner keys), with the place where each stands."""
    (found,) = yield [_antennas_of(actor, associations)]
    return [_antenna(actor, row, row.organisation, say(row.place.name)) for row in found]


@question
def _antennas_of(actor: Actor, associations: Sequence[int]) -> "QuerySet[Any]":
    rows = Antenna.objects.visible_to(actor).filter(association__in=associations)
    return rows.select_related("organisation", "place").order_by("pk")[: MOST + 1]


def antennas_at(actor: Actor, places: Sequence[int]) -> Reading[list[Drawn]]:
    """The antennas that stand at places (inner keys), with the association of each."""
    (found,) = yield [_antennas_at(actor, places)]
    return [_antenna(actor, row, row.organisation, name_of(row.association)) for row in found]


@question
def _antennas_at(actor: Actor, places: Sequence[int]) -> "QuerySet[Any]":
    rows = Antenna.objects.visible_to(actor).filter(place__in=places)
    return rows.select_related("organisation", "association").order_by("pk")[: MOST + 1]


def _antenna(actor: Actor, row: Antenna, organisation: Organisation, note: str) -> Drawn:
    line = BriefLine(
        name_of(organisation), page_of(actor, organisation), note, row.period, former=row.until is not None
    )
    return Drawn(row.public_id, line)


def memberships_of(actor: Actor, member: str, keys: Sequence[int]) -> Reading[list[Drawn]]:
    """The associations and clubs that people or organisations (`member`: "person" or "organisation", and their inner
    keys) are members of.
    """
    (found,) = yield [_memberships_of(actor, member, keys)]
    return [
        Drawn(m.public_id, BriefLine(m.association.name, page_of(actor, m.association), _beside(m), m.period))
        for m in found
    ]


@question
def _memberships_of(actor: Actor, member: str, keys: Sequence[int]) -> "QuerySet[Any]":
    rows = Membership.objects.visible_to(actor).filter(**{f"{member}__in": keys})
    return rows.select_related("association", "place").order_by("pk")[: MOST + 1]


def establishments_of(actor: Actor, organisations: Sequence[int]) -> Reading[list[Drawn]]:
    """Where organisations (inner keys) are established."""
    (found,) = yield [_establishments_of(actor, organisations)]
    return [Drawn(e.public_id, BriefLine(where(e), page_of(actor, e.park or e.place), "", e.period)) for e in found]


@question
def _establishments_of(actor: Actor, organisations: Sequence[int]) -> "QuerySet[Any]":
    rows = Establishment.objects.visible_to(actor).filter(organisation__in=organisations)
    return rows.select_related("park", "place").order_by("pk")[: MOST + 1]


def established_at(actor: Actor, *, park: Park | None = None, places: Sequence[int] = ()) -> Reading[list[Drawn]]:
    """The organisations established at a park, or at places (inner keys) outside any park and in their parks."""
    there = Q(park=park)
    if park is None:
        (parks,) = yield [_parks_at(places)]
        there = Q(place__in=places) | Q(park__in=list(parks))
    (many,) = yield [more_than_many(there)]
    # The organisations come first, in their order: whole rows of thousands of tenants are slow to sort.
    tenants = Organisation.objects.visible_to(actor).filter(established(actor, there, are_many=bool(many)))
    (first,) = yield [tenants.order_by("folded", "public_id").values_list("pk", flat=True)[: MOST + 1]]
    # By these organisations, and not by all that stands there: a database without statistics would choose wrongly.
    stands = Case(When(there, then=1), default=0)
    rows = Establishment.objects.visible_to(actor).filter(organisation__in=first).annotate(stands=stands)
    (found,) = yield [
        rows.filter(stands=1)
        .select_related("organisation", "park", "place")
        .order_by("organisation__folded", "organisation__public_id", "pk")[: MOST + 1]
    ]
    return [_at(actor, row.organisation, row, "" if park else where(row)) for row in found]


@question
def _parks_at(places: Sequence[int]) -> "QuerySet[Any]":
    return Park.objects.filter(place__in=places).values_list("pk", flat=True)


def children_of(actor: Actor, organisations: Sequence[int]) -> Reading[Lines]:
    """The organisations that belong to others (inner keys)."""
    (found,) = yield [_children_of(actor, organisations)]
    return _plain([BriefLine(name_of(row), page_of(actor, row), str(row.get_kind_display())) for row in found])


@question
def _children_of(actor: Actor, organisations: Sequence[int]) -> "QuerySet[Any]":
    rows = Organisation.objects.visible_to(actor).filter(parent__in=organisations, canonical=None)
    return rows.order_by("folded", "public_id")[: MOST + 1]


def parks_in(actor: Actor, places: Sequence[int]) -> Reading[Lines]:
    """The parks in places (inner keys)."""
    (found,) = yield [_parks_in(actor, places)]
    return _plain([BriefLine(row.name, page_of(actor, row), say(row.place.name)) for row in found])


@question
def _parks_in(actor: Actor, places: Sequence[int]) -> "QuerySet[Any]":
    rows = Park.objects.visible_to(actor).filter(place__in=places).select_related("place")
    return rows.order_by("name", "public_id")[: MOST + 1]


def places_in(actor: Actor, place: Place) -> Reading[Lines]:
    """The places that lie directly in a place."""
    (found,) = yield [_places_in(actor, [place.pk])]
    return _plain([BriefLine(say(row.name), page_of(actor, row), row.code) for row in found])


@question
def _places_in(actor: Actor, places: Sequence[int]) -> "QuerySet[Any]":
    return Place.objects.visible_to(actor).filter(within__in=places).order_by("code", "pk")[: MOST + 1]


def _plain(lines: list[BriefLine]) -> Lines:
    return Lines(tuple(lines[:MOST]), len(lines) > MOST)
