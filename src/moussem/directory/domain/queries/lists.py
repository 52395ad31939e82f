"""The lists of organisations, people, parks and places, filtered, a page at a time."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Upper

from moussem.accounts.enums import PromoterKind
from moussem.core.actor import Actor
from moussem.core.keyset import RowPage, page_by_name
from moussem.directory.domain.names import fold
from moussem.directory.enums import OrganisationKind, PlaceKind
from moussem.directory.models import Affiliation, Alias, Establishment, Organisation, Park, Person, Place

SHARED = Q(promoter__kind=PromoterKind.COMMONS, published_at__isnull=False)
"""The published rows of the commons, which every promoter may tie its own to."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; "" is everything. `region` is the public identifier of a place."""

    words: str = ""
    kind: str = ""
    region: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list with what it may be narrowed to; `chosen` is the region asked for, None where none is."""

    page: RowPage
    regions: Sequence[Place] = ()
    chosen: Place | None = None


def regions_of(actor: Actor) -> list[Place]:
    """The regions an actor may see, in the order of their codes."""
    return list(Place.objects.visible_to(actor).filter(kind=PlaceKind.REGION).order_by("code", "public_id"))


def _chosen(regions: Sequence[Place], wanted: str) -> Place | None:
    return next((region for region in regions if str(region.public_id) == wanted), None)


def within(place: Place) -> "QuerySet[Place]":
    """A place and all that lies in it, down to what lies in a city."""
    return Place.objects.filter(Q(pk=place.pk) | Q(within=place.pk) | Q(within__within=place.pk))


def organisations(actor: Actor, wanted: Wanted, *, own: bool = False) -> ListPage:
    """Organisations by name, merged ones left out; with `own`, only those of the actor's promoter.

    A search also finds other names, acronyms and the names of merged rows; a region also those established there.
    """
    rows = Organisation.objects.visible_to(actor).filter(canonical=None)
    if own:
        rows = rows.filter(promoter=actor.promoter_pk)
    if wanted.kind in OrganisationKind.values:
        rows = rows.filter(kind=wanted.kind)
    regions = regions_of(actor)
    chosen = _chosen(regions, wanted.region)
    if chosen is not None:
        rows = rows.filter(_organisations_in(actor, chosen))
    if wanted.words:
        rows = rows.filter(_named_like(actor, wanted.words))
    page = page_by_name(rows.select_related("place__within"), "folded", wanted.after)
    return ListPage(page, regions, chosen)


def _organisations_in(actor: Actor, place: Place) -> Q:
    places = list(within(place).values_list("pk", flat=True))
    return Q(place__in=places) | established(actor, established_in(place))


MANY = 3000
"""Above so many establishments, a list of organisations is read in its order until a page is full."""


def more_than_many(there: Q) -> "QuerySet[Any]":
    """A row where more than `MANY` establishments stand `there`, none elsewhere."""
    return Establishment.objects.filter(there).values_list("pk")[MANY : MANY + 1]


def established(actor: Actor, there: Q, *, are_many: bool | None = None) -> Q:
    """Organisations established where `there` (a condition on establishments) says, as a condition on organisations
    that the actor sees.

    Few are found by their keys. Among very many, those of a page come up soon in any order, and sorting all of them
    would cost more than asking one organisation after the other. `are_many` says so where it was asked already.
    """
    stands = Establishment.objects.of_seen(actor).filter(there)
    if are_many if are_many is not None else more_than_many(there):
        return Q(Exists(stands.filter(organisation=OuterRef("pk"))))
    return Q(pk__in=stands.values("organisation_id"))


def established_in(place: Place) -> Q:
    """Establishments at a place, in what lies in it, or in the parks there; by keys, so that an index finds them."""
    places = list(within(place).values_list("pk", flat=True))
    return Q(place__in=places) | Q(park__in=list(Park.objects.filter(place__in=places).values_list("pk", flat=True)))


def _named_like(actor: Actor, words: str) -> Q:
    part = fold(words)
    aliases = Alias.objects.visible_to(actor).filter(folded__holds=part)
    others = {*aliases.values_list("organisation_id", flat=True)[:MANY]}
    others |= set(_with_acronym(words).values_list("pk", flat=True))
    holding = list(Organisation.objects.filter(folded__holds=part).values_list("pk", "canonical_id")[: MANY + 1])
    merged = Organisation.objects.visible_to(actor).filter(canonical__isnull=False)
    if len(holding) > MANY:
        others |= set(merged.filter(folded__holds=part).values_list("canonical_id", flat=True)[:MANY])
        return Q(folded__contains=part) | Q(pk__in=others)
    kept_apart = [key for key, canonical in holding if canonical]
    if kept_apart:
        others |= set(merged.filter(pk__in=kept_apart).values_list("canonical_id", flat=True))
    return Q(pk__in=others | {key for key, _ in holding})


def _holding(model: type[Person], part: str) -> Q:
    """Rows whose folded name holds these characters: by their keys where they are few; where they are very many, the
    list is read in its order until a page is full.
    """
    keys = list(model.objects.filter(folded__holds=part).values_list("pk", flat=True)[: MANY + 1])
    return Q(pk__in=keys) if len(keys) <= MANY else Q(folded__contains=part)


def called(actor: Actor, words: str) -> Q:
    """Organisations that bear exactly this name, acronym or other name, whatever its capitals and accents."""
    named, acronym, aliases = _called(actor, words)
    return Q(pk__in=named) | Q(pk__in=acronym) | Q(pk__in=aliases)


def called_by_keys(actor: Actor, words: str) -> Q:
    """As `called`, the keys asked for first: narrowed further, and read in another order, every organisation would be
    looked at.
    """
    named, *others = _called(actor, words)
    keys = [key for (key,) in named.values_list("pk").union(*others)[: MANY + 1]]
    return Q(pk__in=keys) if len(keys) <= MANY else called(actor, words)


def _called(actor: Actor, words: str) -> "tuple[QuerySet[Any], QuerySet[Any], QuerySet[Any]]":
    folded = fold(words)
    aliases = Alias.objects.visible_to(actor).filter(folded=folded).values_list("organisation_id")
    named = Organisation.objects.filter(folded=folded).values_list("pk")
    return named, _with_acronym(words).values_list("pk"), aliases


def _with_acronym(words: str) -> "QuerySet[Organisation]":
    capitals = Organisation.objects.annotate(capitals=Upper("acronym"))
    return capitals.filter(capitals=words.strip().upper()).exclude(acronym="")


def people(actor: Actor, wanted: Wanted, *, own: bool = False) -> ListPage:
    """People by name, merged ones left out, each with what they are to organisations."""
    rows = Person.objects.visible_to(actor).filter(canonical=None)
    if own:
        rows = rows.filter(promoter=actor.promoter_pk)
    if wanted.words:
        rows = rows.filter(_holding(Person, fold(wanted.words)))
    page = page_by_name(rows, "folded", wanted.after)
    _attach_affiliations(actor, page.rows)
    return ListPage(page)


def _attach_affiliations(actor: Actor, rows: Sequence[Person]) -> None:
    found: dict[int, list[Affiliation]] = {}
    held = Affiliation.objects.visible_to(actor).filter(person__in=[person.pk for person in rows])
    for affiliation in held.select_related("organisation").order_by("former", "pk"):
        found.setdefault(affiliation.person_id, []).append(affiliation)
    for person in rows:
        person.shown_affiliations = found.get(person.pk, [])


def parks(actor: Actor, wanted: Wanted, *, own: bool = False) -> ListPage:
    """Parks by name, of one region or all."""
    rows = Park.objects.visible_to(actor)
    if own:
        rows = rows.filter(promoter=actor.promoter_pk)
    regions = regions_of(actor)
    chosen = _chosen(regions, wanted.region)
    if chosen is not None:
        rows = rows.filter(place__in=within(chosen))
    page = page_by_name(rows.select_related("place__within"), "name", wanted.after)
    return ListPage(page, regions, chosen)


def organisation_named(actor: Actor, words: str, *, among: Q | None = None) -> list[Organisation]:
    """The actor's own organisations that bear a name, an acronym or another name exactly, or this identifier; `among`
    looks elsewhere among what the actor sees (`Q()`: anywhere).

    A page's address counts as its identifier. Merged rows answer the one that stands for them; at most five.
    """
    rows = Organisation.objects.visible_to(actor).filter(Q(promoter=actor.promoter_pk) if among is None else among)
    key = _identifier(words)
    if key is not None:
        return list(rows.filter(public_id=key))
    found = rows.filter(called(actor, words))
    return list(
        {row.pk: row for row in (one.canonical or one for one in found.select_related("canonical")[:5])}.values()
    )


def person_named(actor: Actor, words: str) -> list[Person]:
    """The people the actor sees who bear exactly this name, or this identifier; at most five."""
    rows = Person.objects.visible_to(actor)
    key = _identifier(words)
    if key is not None:
        return list(rows.filter(public_id=key))
    found = rows.filter(folded=fold(words)).select_related("canonical").order_by("pk")[:5]
    return list({row.pk: row for row in (one.canonical or one for one in found)}.values())


def places(actor: Actor, wanted: Wanted) -> ListPage:
    """The actor's promoter's own places, each with what it lies in: first what has no code, then by code."""
    rows = Place.objects.visible_to(actor).filter(promoter=actor.promoter_pk)
    return ListPage(page_by_name(rows.select_related("within"), "code", wanted.after))


def _identifier(words: str) -> uuid.UUID | None:
    for part in reversed(words.strip().rstrip("/").split("/")):
        try:
            return uuid.UUID(part)
        except ValueError:
            continue
    return None
