"""All that the page of an organisation, a person, a park or a place shows, for an actor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question, side_by_side
from moussem.core.components import FigureLine, SourceMark, Step
from moussem.core.texts import say
from moussem.core.threads import thread_of
from moussem.core.timelines import TimelinePage, timeline_of
from moussem.directory.domain.queries import brief
from moussem.directory.domain.queries.brief import BriefLine, Lines, name_of, page_of
from moussem.directory.domain.queries.lists import within
from moussem.directory.domain.queries.thread import WORK
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Alias, Organisation, Park, Person, Place
from moussem.engines.values.measures import Measure
from moussem.evidence.domain.queries.sides import Against, MeasureColumns, columns_of, contradictions_about
from moussem.evidence.domain.queries.territory import group_read


@dataclass(frozen=True, slots=True)
class Evidence:
    """What evidence knows of a thing: one timeline, its figures, what contradicts what.

    `measures` are shown kind beside kind: what is promised and followed, and whatever is known in several kinds.
    `others` are the figures of all other measures, one a line.
    """

    timeline: TimelinePage
    measures: Sequence[MeasureColumns]
    others: Sequence[FigureLine]
    contradictions: Sequence[Against]


def _evidence(actor: Actor, subjects: Sequence[int], cursor: str, *, of_a_holder: bool = False) -> Reading[Evidence]:
    timeline = timeline_of.reading(actor, subjects, cursor=cursor)
    if cursor:
        return Evidence((yield from timeline), (), (), ())
    shown, known, against = yield from side_by_side(
        timeline, columns_of.reading(actor, subjects), contradictions_about.reading(actor, subjects)
    )
    followed = [_under_heading(measure, of_a_holder) for measure in known if _is_followed(measure)]
    others = [line for m in known if not _is_followed(m) for column in m.columns for line in column.figures]
    return Evidence(shown, followed, others, against)


def _under_heading(measure: MeasureColumns, of_a_holder: bool) -> MeasureColumns:
    """The columns without the measure in each label: the heading above them says it. On the page of a holder what it
    holds with others stands below its own, in no column.
    """
    every = [line for column in measure.columns for line in column.figures]
    joint = tuple(line for line in every if of_a_holder and line.joint_with)
    columns = (
        replace(column, figures=tuple(_beside(line, measure.label) for line in column.figures if line not in joint))
        for column in measure.columns
    )
    return replace(measure, columns=tuple(columns), joint=joint)


def _beside(line: FigureLine, heading: str) -> FigureLine:
    return replace(line, label=line.label.removeprefix(heading).removeprefix(" · "))


def _is_followed(measure: MeasureColumns) -> bool:
    kinds = sum(1 for column in measure.columns if column.figures)
    return measure.measure in (*WORK, Measure.INVESTMENT) or kinds > 1


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation's page. `stands_for_it` is the row a person said it is the same as; `same` are those said to be
    this one.
    """

    organisation: Organisation
    name: str
    where: Sequence[BriefLine]
    thread: Sequence[Step]
    evidence: Evidence
    aliases: Sequence[Alias]
    parent: BriefLine | None
    shared: BriefLine | None
    stands_for_it: BriefLine | None
    same: Sequence[BriefLine]
    roles: Lines
    children: Lines
    members: Lines
    antennas: Lines
    memberships: Lines
    establishments: Lines
    sources: Sequence[SourceMark]


@answered
def organisation_page(actor: Actor, organisation: Organisation, *, cursor: str = "") -> Reading[OrganisationPage]:
    """Everything of an organisation and of those merged with it that the actor may see."""
    subjects, group, where = yield from side_by_side(
        group_read(organisation.subject), _group(actor, organisation), _around(actor, organisation.place)
    )
    keys = [row.pk for row in group]
    beside, thread, evidence, aliases, parent, shared, children = yield from side_by_side(
        brief.marked(
            actor,
            organisation.public_id,
            roles=brief.roles_at(actor, keys),
            members=brief.members_of(actor, keys),
            antennas=brief.antennas_of(actor, keys),
            memberships=brief.memberships_of(actor, "organisation", keys),
            establishments=brief.establishments_of(actor, keys),
        ),
        thread_of.reading(actor, subjects),
        _evidence(actor, subjects, cursor, of_a_holder=True),
        _aliases(actor, keys),
        _parent(actor, organisation),
        _shared(actor, organisation),
        brief.children_of(actor, keys),
    )
    return OrganisationPage(
        organisation=organisation,
        name=name_of(organisation),
        where=where,
        thread=thread,
        evidence=evidence,
        aliases=aliases,
        parent=parent,
        shared=shared,
        stands_for_it=_standing(actor, organisation, group),
        same=[BriefLine(name_of(row), page_of(actor, row)) for row in group if row.pk != organisation.pk],
        children=children,
        **beside.lists,
        sources=beside.sources,
    )


def _group(actor: Actor, row: Organisation | Person) -> Reading[list[Organisation | Person]]:
    standing = row.canonical_id or row.pk
    (rows,) = yield [_merged(actor, type(row), [standing])]
    found = sorted(rows, key=lambda one: (one.pk == standing, one.pk))
    return found if row in found else [row, *found]


@question
def _merged(actor: Actor, model: type[Organisation | Person], standing: Sequence[int]) -> "QuerySet[Any]":
    return model.objects.visible_to(actor).filter(Q(pk__in=standing) | Q(canonical__in=standing))


def _aliases(actor: Actor, organisations: Sequence[int]) -> Reading[list[Alias]]:
    (found,) = yield [_asked_aliases(actor, organisations)]
    return found


@question
def _asked_aliases(actor: Actor, organisations: Sequence[int]) -> "QuerySet[Any]":
    return Alias.objects.visible_to(actor).filter(organisation__in=organisations).order_by("folded", "pk")


def _parent(actor: Actor, organisation: Organisation) -> Reading[BriefLine | None]:
    if organisation.parent_id is None:
        return None
    (found,) = yield [_these(actor, Organisation, [organisation.parent_id])]
    return BriefLine(name_of(found[0]), page_of(actor, found[0])) if found else None


@question
def _these(actor: Actor, model: type[Organisation | Place], keys: Sequence[int]) -> "QuerySet[Any]":
    return model.objects.visible_to(actor).filter(pk__in=keys)


def _standing(actor: Actor, row: Organisation | Person, group: Sequence[Organisation | Person]) -> BriefLine | None:
    """The row of its group that a person said it is the same as, where the actor sees it."""
    found = next((one for one in group if one.pk == row.canonical_id), None)
    return BriefLine(str(found), page_of(actor, found)) if found else None


def _shared(actor: Actor, organisation: Organisation) -> Reading[BriefLine | None]:
    """The published row of the commons that a promoter's own row is tied to."""
    if organisation.commons_id is None:
        return None
    (found,) = yield [Organisation.objects.filter(pk=organisation.commons_id, published_at__isnull=False)]
    return BriefLine(name_of(found[0]), page_of(actor, found[0])) if found else None


def _around(actor: Actor, place: Place | None) -> Reading[list[BriefLine]]:
    """A place and what it lies in, from the inside out; the country is left out where there is more to say."""
    found: list[Place] = []
    while place is not None and len(found) < 4:
        found.append(place)
        place = place.within
    told = [one for one in found if one.kind != PlaceKind.COUNTRY] or found
    if not told:
        return []
    (seen,) = yield [_these(actor, Place, [one.pk for one in told])]
    return [BriefLine(say(one.name), page_of(actor, one)) for one in told if one in seen]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's page, without any contact detail; `stands_for_it` and `same` as on an organisation's."""

    person: Person
    where: Sequence[BriefLine]
    timeline: TimelinePage
    contradictions: Sequence[Against]
    stands_for_it: BriefLine | None
    same: Sequence[BriefLine]
    roles: Lines
    memberships: Lines
    sources: Sequence[SourceMark]


@answered
def person_page(actor: Actor, person: Person, *, cursor: str = "") -> Reading[PersonPage]:
    """Everything of a person and of those merged with them that the actor may see, but how to reach them."""
    subjects, group, where = yield from side_by_side(
        group_read(person.subject), _group(actor, person), _around(actor, person.place)
    )
    keys = [row.pk for row in group]
    beside, timeline, contradictions = yield from side_by_side(
        brief.marked(
            actor,
            person.public_id,
            roles=brief.roles_of(actor, keys),
            memberships=brief.memberships_of(actor, "person", keys),
        ),
        timeline_of.reading(actor, subjects, cursor=cursor),
        contradictions_about.reading(actor, subjects),
    )
    return PersonPage(
        person=person,
        where=where,
        timeline=timeline,
        contradictions=contradictions,
        stands_for_it=_standing(actor, person, group),
        same=[BriefLine(row.name, page_of(actor, row)) for row in group if row.pk != person.pk],
        **beside.lists,
        sources=beside.sources,
    )


@dataclass(frozen=True, slots=True)
class ParkPage:
    """A park's page: land, offices, occupancy, companies and jobs are its figures, by measure and kind."""

    park: Park
    where: Sequence[BriefLine]
    evidence: Evidence
    companies: Lines
    sources: Sequence[SourceMark]


@answered
def park_page(actor: Actor, park: Park, *, cursor: str = "") -> Reading[ParkPage]:
    """Everything of a park that the actor may see."""
    subjects = yield from group_read(park.subject)
    beside, where, evidence = yield from side_by_side(
        brief.marked(actor, park.public_id, companies=brief.established_at(actor, park=park)),
        _around(actor, park.place),
        _evidence(actor, subjects, cursor),
    )
    return ParkPage(park=park, where=where, evidence=evidence, **beside.lists, sources=beside.sources)


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place's page: what lies in it, which organisations are there, and its own figures."""

    place: Place
    name: str
    around: Sequence[BriefLine]
    evidence: Evidence
    parts: Lines
    parks: Lines
    organisations: Lines
    antennas: Lines
    sources: Sequence[SourceMark]


@answered
def place_page(actor: Actor, place: Place, *, cursor: str = "") -> Reading[PlacePage]:
    """Everything of a place that the actor may see; organisations and parks of all that lies in it."""
    places = list(within(place).values_list("pk", flat=True))
    subjects = yield from group_read(place.subject)
    beside, around, evidence, parts, parks = yield from side_by_side(
        brief.marked(
            actor,
            place.public_id,
            organisations=brief.established_at(actor, places=places),
            antennas=brief.antennas_at(actor, places),
        ),
        _around(actor, place.within),
        _evidence(actor, subjects, cursor),
        brief.places_in(actor, place),
        brief.parks_in(actor, places),
    )
    return PlacePage(
        place=place,
        name=say(place.name),
        around=around,
        evidence=evidence,
        parts=parts,
        parks=parks,
        **beside.lists,
        sources=beside.sources,
    )
