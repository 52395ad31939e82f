"""What stands at the side of a page: who leads, who belongs to what, where it is established, each with its sources."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, Q, When

from moussem.core.actor import Actor
from moussem.core.addresses import address_for, public_address
from moussem.core.components import SourceMark
from moussem.core.formats import Dated
from moussem.core.texts import say
from moussem.directory.domain.queries.cited import Marks, marks_of
from moussem.directory.domain.queries.lists import established
from moussem.directory.models import Affiliation, Establishment, Membership, Organisation, Park, Person, Place

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


def marked(actor: Actor, thing: uuid.UUID, **drawn: Sequence[Drawn]) -> Marked:
    """Lists by name, and the record that the page is about, with the sources of all of them: one query."""
    shown = {name: lines[:MOST] for name, lines in drawn.items()}
    marks = marks_of(actor, [thing, *(one.key for lines in shown.values() for one in lines)])
    lists = {
        name: Lines(tuple(_marked(one, marks) for one in lines), len(drawn[name]) > MOST)
        for name, lines in shown.items()
    }
    return Marked(lists, marks.get(thing, ()))


def _marked(one: Drawn, marks: Marks) -> BriefLine:
    line = one.line
    return BriefLine(line.label, line.url, line.note, line.period, line.former, marks.get(one.key, ()))


def roles_at(actor: Actor, organisations: Sequence[int]) -> list[Drawn]:
    """People and their roles at organisations (inner keys); former ones last."""
    rows = Affiliation.objects.visible_to(actor).filter(organisation__in=organisations).select_related("person")
    return [
        Drawn(a.public_id, BriefLine(a.person.name, page_of(actor, a.person), say(a.role), a.period, a.former))
        for a in rows.order_by("former", "pk")[: MOST + 1]
    ]  # fmt: skip


def roles_of(actor: Actor, people: Sequence[int]) -> list[Drawn]:
    """Organisations at which people (inner keys) hold or held a role; former ones last."""
    rows = Affiliation.objects.visible_to(actor).filter(person__in=people).select_related("organisation")
    found = rows.order_by("former", "pk")[: MOST + 1]
    return [_at(actor, a.organisation, a, say(a.role), former=a.former) for a in found]


def _at(
    actor: Actor, organisation: Organisation, row: Affiliation | Establishment, note: str, *, former: bool = False
) -> Drawn:
    return Drawn(
        row.public_id, BriefLine(name_of(organisation), page_of(actor, organisation), note, row.period, former)
    )


def members_of(actor: Actor, associations: Sequence[int]) -> list[Drawn]:
    """The members of associations or clubs (inner keys), with the place where they are members."""
    rows = Membership.objects.visible_to(actor).filter(association__in=associations)
    return [
        Drawn(m.public_id, BriefLine(_member_name(m), page_of(actor, m.person or m.organisation), _beside(m), m.period))
        for m in rows.select_related("person", "organisation", "place").order_by("pk")[: MOST + 1]
    ]  # fmt: skip


def _member_name(membership: Membership) -> str:
    return membership.person.name if membership.person else name_of(membership.organisation)


def _beside(membership: Membership) -> str:
    """What stands beside a member: the source's words for the tie, and the place, as far as they are stated."""
    return ", ".join(filter(None, (say(membership.role), say(membership.place.name) if membership.place else "")))


def memberships_of(actor: Actor, *, people: Sequence[int] = (), organisations: Sequence[int] = ()) -> Lines:
    """The associations and clubs that people or organisations (inner keys) are members of."""
    rows = Membership.objects.visible_to(actor).filter(Q(person__in=people) | Q(organisation__in=organisations))
    return [
        Drawn(m.public_id, BriefLine(m.association.name, page_of(actor, m.association), _beside(m), m.period))
        for m in rows.select_related("association", "place").order_by("pk")[: MOST + 1]
    ]  # fmt: skip


def establishments_of(actor: Actor, organisations: Sequence[int]) -> list[Drawn]:
    """Where organisations (inner keys) are established."""
    rows = Establishment.objects.visible_to(actor).filter(organisation__in=organisations)
    return [
        Drawn(e.public_id, BriefLine(where(e), page_of(actor, e.park or e.place), "", e.period))
        for e in rows.select_related("park", "place").order_by("pk")[: MOST + 1]
    ]  # fmt: skip


def established_at(actor: Actor, *, park: Park | None = None, places: Sequence[int] = ()) -> Lines:
    """The organisations established at a park, or at places (inner keys) outside any park and in their parks."""
    parks = Park.objects.filter(place__in=places).values_list("pk", flat=True)
    there = Q(park=park) if park is not None else Q(place__in=places) | Q(park__in=list(parks))
    # The organisations come first, in their order: whole rows of thousands of tenants are slow to sort.
    tenants = Organisation.objects.visible_to(actor).filter(established(actor, there)).order_by("folded", "public_id")
    first = list(tenants.values_list("pk", flat=True)[: MOST + 1])
    # By these organisations, and not by all that stands there: a database without statistics would choose wrongly.
    stands = Case(When(there, then=1), default=0)
    rows = Establishment.objects.visible_to(actor).filter(organisation__in=first).annotate(stands=stands)
    found = (
        rows.filter(stands=1)
        .select_related("organisation", "park", "place")
        .order_by("organisation__folded", "organisation__public_id", "pk")[: MOST + 1]
    )
    return [_at(actor, row.organisation, row, "" if park else where(row)) for row in found]


def children_of(actor: Actor, organisations: Sequence[int]) -> Lines:
    """The organisations that belong to others (inner keys)."""
    rows = Organisation.objects.visible_to(actor).filter(parent__in=organisations, canonical=None)
    found = rows.order_by("folded", "public_id")[: MOST + 1]
    return _plain([BriefLine(name_of(row), page_of(actor, row), str(row.get_kind_display())) for row in found])


def parks_in(actor: Actor, places: Sequence[int]) -> Lines:
    """The parks in places (inner keys)."""
    rows = Park.objects.visible_to(actor).filter(place__in=places).select_related("place")
    found = rows.order_by("name", "public_id")[: MOST + 1]
    return _plain([BriefLine(row.name, page_of(actor, row), say(row.place.name)) for row in found])


def places_in(actor: Actor, place: Place) -> Lines:
    """The places that lie directly in a place."""
    rows = Place.objects.visible_to(actor).filter(within=place).order_by("code", "pk")[: MOST + 1]
    return _plain([BriefLine(say(row.name), page_of(actor, row), row.code) for row in rows])


def _plain(lines: list[BriefLine]) -> Lines:
    return Lines(tuple(lines[:MOST]), len(lines) > MOST)
