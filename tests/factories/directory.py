"""The least valid rows of the directory and of events, by the verbs that make them."""

from moussem.core.actor import Actor
from moussem.directory.domain.organisations import OrganisationFacts, add_organisation
from moussem.directory.domain.people import add_person
from moussem.directory.domain.places import add_park, add_place
from moussem.directory.enums import OrganisationKind, PlaceKind
from moussem.directory.models import Organisation, Park, Person, Place
from moussem.events.domain.events import EventFacts, add_event
from moussem.events.enums import EventKind
from moussem.events.models import Event
from tests.factories.accounts import AT


def an_organisation(by: Actor, name: str = "Saccom", *, publish: bool = True, **facts: object) -> Organisation:
    aliases = facts.pop("aliases", ())
    known = OrganisationFacts(name=name, **({"kind": OrganisationKind.OPERATOR} | facts))
    return add_organisation(by=by, at=AT, facts=known, aliases=aliases, publish=publish)


def a_person(by: Actor, name: str = "Moulay Zine El Oudghiri", *, publish: bool = True) -> Person:
    return add_person(by=by, at=AT, name=name, publish=publish)


def a_place(
    by: Actor,
    name: str = "Oujda",
    kind: PlaceKind = PlaceKind.CITY,
    *,
    code: str = "",
    within: Place | None = None,
    publish: bool = True,
) -> Place:
    return add_place(by=by, at=AT, kind=kind, name={"fr": name, "en": name}, code=code, within=within, publish=publish)


def a_park(by: Actor, name: str = "Oujda Shore", *, place: Place | None = None, publish: bool = True) -> Park:
    return add_park(by=by, at=AT, name=name, place=place, publish=publish)


def an_event(by: Actor, name: str = "17e SICCAM", *, publish: bool = True, **facts: object) -> Event:
    known = EventFacts(kind=EventKind.TRADE_SHOW, name={"fr": name, "en": name}, **facts)
    return add_event(by=by, at=AT, facts=known, publish=publish)
