"""All that the page of an organisation, a person, a park or a place shows, for an actor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from moussem.core.actor import Actor
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
from moussem.evidence.domain.queries.territory import group_of


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


def _evidence(actor: Actor, subjects: Sequence[int], cursor: str, *, of_a_holder: bool = False) -> Evidence:
    timeline = timeline_of(actor, subjects, cursor=cursor)
    if cursor:
        return Evidence(timeline, (), (), ())
    known = columns_of(actor, subjects)
    side_by_side = [_under_heading(measure, of_a_holder) for measure in known if _is_followed(measure)]
    others = [line for m in known if not _is_followed(m) for column in m.columns for line in column.figures]
    return Evidence(timeline, side_by_side, others, contradictions_about(actor, subjects))


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
    memberships: Lines
    establishments: Lines
    sources: Sequence[SourceMark]


def organisation_page(actor: Actor, organisation: Organisation, *, cursor: str = "") -> OrganisationPage:
    """Everything of an organisation and of those merged with it that the actor may see."""
    subjects = group_of(organisation.subject)
    group = _group(actor, organisation)
    keys = [row.pk for row in group]
    beside = brief.marked(
        actor,
        organisation.public_id,
        roles=brief.roles_at(actor, keys),
        members=brief.members_of(actor, keys),
        memberships=brief.memberships_of(actor, organisations=keys),
        establishments=brief.establishments_of(actor, keys),
    )
    return OrganisationPage(
        organisation=organisation,
        name=name_of(organisation),
        where=_around(actor, organisation.place),
        thread=thread_of(actor, subjects),
        evidence=_evidence(actor, subjects, cursor, of_a_holder=True),
        aliases=list(Alias.objects.visible_to(actor).filter(organisation__in=keys).order_by("folded", "pk")),
        parent=_parent(actor, organisation),
        shared=_shared(actor, organisation),
        stands_for_it=_standing(actor, organisation),
        same=[BriefLine(name_of(row), page_of(actor, row)) for row in group if row.pk != organisation.pk],
        children=brief.children_of(actor, keys),
        **beside.lists,
        sources=beside.sources,
    )


def _group(actor: Actor, row: Organisation | Person) -> list[Organisation | Person]:
    standing = row.canonical_id or row.pk
    rows = type(row).objects.visible_to(actor).filter(Q(pk=standing) | Q(canonical=standing))
    found = sorted(rows, key=lambda one: (one.pk == standing, one.pk))
    return found if row in found else [row, *found]


def _parent(actor: Actor, organisation: Organisation) -> BriefLine | None:
    if organisation.parent_id is None:
        return None
    row = Organisation.objects.visible_to(actor).filter(pk=organisation.parent_id).first()
    return BriefLine(name_of(row), page_of(actor, row)) if row else None


def _standing(actor: Actor, row: Organisation | Person) -> BriefLine | None:
    if row.canonical_id is None:
        return None
    found = type(row).objects.visible_to(actor).filter(pk=row.canonical_id).first()
    return BriefLine(str(found), page_of(actor, found)) if found else None


def _shared(actor: Actor, organisation: Organisation) -> BriefLine | None:
    """The published row of the commons that a promoter's own row is tied to."""
    row = organisation.commons
    return BriefLine(name_of(row), page_of(actor, row)) if row is not None and row.is_published else None


def _around(actor: Actor, place: Place | None) -> list[BriefLine]:
    """A place and what it lies in, from the inside out; the country is left out where there is more to say."""
    found: list[Place] = []
    while place is not None and len(found) < 4:
        found.append(place)
        place = place.within
    told = [one for one in found if one.kind != PlaceKind.COUNTRY] or found
    open_ones = set(
        Place.objects.visible_to(actor).filter(pk__in=[one.pk for one in told]).values_list("pk", flat=True)
    )
    return [BriefLine(say(one.name), page_of(actor, one)) for one in told if one.pk in open_ones]


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


def person_page(actor: Actor, person: Person, *, cursor: str = "") -> PersonPage:
    """Everything of a person and of those merged with them that the actor may see, but how to reach them."""
    subjects = group_of(person.subject)
    group = _group(actor, person)
    keys = [row.pk for row in group]
    roles, memberships = brief.roles_of(actor, keys), brief.memberships_of(actor, people=keys)
    beside = brief.marked(actor, person.public_id, roles=roles, memberships=memberships)
    return PersonPage(
        person=person,
        where=_around(actor, person.place),
        timeline=timeline_of(actor, subjects, cursor=cursor),
        contradictions=contradictions_about(actor, subjects),
        stands_for_it=_standing(actor, person),
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


def park_page(actor: Actor, park: Park, *, cursor: str = "") -> ParkPage:
    """Everything of a park that the actor may see."""
    beside = brief.marked(actor, park.public_id, companies=brief.established_at(actor, park=park))
    return ParkPage(
        park=park,
        where=_around(actor, park.place),
        evidence=_evidence(actor, group_of(park.subject), cursor),
        **beside.lists,
        sources=beside.sources,
    )


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
    sources: Sequence[SourceMark]


def place_page(actor: Actor, place: Place, *, cursor: str = "") -> PlacePage:
    """Everything of a place that the actor may see; organisations and parks of all that lies in it."""
    places = list(within(place).values_list("pk", flat=True))
    beside = brief.marked(actor, place.public_id, organisations=brief.established_at(actor, places=places))
    return PlacePage(
        place=place,
        name=say(place.name),
        around=_around(actor, place.within),
        evidence=_evidence(actor, group_of(place.subject), cursor),
        parts=brief.places_in(actor, place),
        parks=brief.parks_in(actor, places),
        **beside.lists,
        sources=beside.sources,
    )
