"""Members of an association by name, place and day; how many where, as a table and as maps; its antennas."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, side_by_side
from moussem.core.components import FigureLine, SourceMark
from moussem.core.keyset import RowPage, page_by_name
from moussem.core.texts import say
from moussem.directory.domain.queries.brief import BriefLine, name_of, page_of
from moussem.directory.domain.queries.cited import Marks, marks_of
from moussem.directory.domain.queries.lists import within
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Antenna, Membership, Organisation, Place
from moussem.directory.rendering.tile_map import LAYOUTS, TileMap, tile_map
from moussem.engines.values.kinds import Precision
from moussem.engines.values.measures import Measure
from moussem.evidence.domain.queries.sides import columns_of
from moussem.evidence.domain.queries.territory import group_read

STATED = (Measure.MEMBERS, Measure.STATES)
MOST_ANTENNAS = 100


@dataclass(frozen=True, slots=True)
class MembersWanted:
    """What a list of members is narrowed to: a place (its public identifier, "" everywhere), and a day (None: all who
    ever were).
    """

    place: str = ""
    on: date | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member: its row, its name and page, its place's page, and the sources that call it one."""

    row: Membership
    name: str
    url: str
    place: BriefLine | None
    sources: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many members are of one region, or of a country of which no region is stated; `place` None: no place is."""

    label: str
    count: int
    url: str = ""
    place: Place | None = None
    is_whole: bool = False
    """Whether it is a country of which no region is stated."""


@dataclass(frozen=True, slots=True)
class CountryMap:
    """The map of one country, its name, and how many of its members are of no stated region."""

    name: str
    drawn: TileMap
    nowhere: int


@dataclass(frozen=True, slots=True)
class AntennaLine:
    """An antenna, its name and page, its place, and its sources."""

    row: Antenna
    name: str
    url: str
    place: BriefLine
    sources: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class MembersPage:
    """The members of an association. `stated` is what sources say of them, apart from what is counted here."""

    association: Organisation
    name: str
    stated: Sequence[FigureLine]
    page: RowPage
    lines: Sequence[MemberLine]
    counts: Sequence[PlaceCount]
    total: int
    maps: Sequence[CountryMap]
    antennas: Sequence[AntennaLine]
    chosen: Place | None
    own: str
    """Where the page of the association itself is; "" where the actor opens none."""


def holding_on(day: date) -> Q:
    """Memberships and antennas that hold on a day, as far as is stated: what has no end goes on, and what has no start
    had always begun. A month or a year counts from its first to its last day.
    """
    over_already = Q(period_precision=Precision.SPAN, period_end__lt=day)
    begun = Q(period_start=None) | Q(period_start__lte=day)
    return begun & (Q(until_end=None) | Q(until_end__gte=day)) & ~over_already


def members_of(actor: Actor, association: Organisation, on: date | None = None) -> "QuerySet[Membership]":
    """The memberships of an association and of the rows merged with it that the actor may see, on a day or ever."""
    same = Q(association=association) | Q(association__canonical=association)
    rows = Membership.objects.visible_to(actor).filter(same)
    return rows.filter(holding_on(on)) if on else rows


def members_page(actor: Actor, association: Organisation, wanted: MembersWanted) -> MembersPage:
    """A page of members by name, and all of them by place; the day narrows both, the place the list alone."""
    rows = members_of(actor, association, wanted.on)
    counts = counted_by_place(actor, rows)
    chosen = next((one.place for one in counts if one.place and str(one.place.public_id) == wanted.place), None)
    listed = rows if chosen is None else rows.filter(place__in=within(chosen).values("pk"))
    named = Coalesce("person__folded", "organisation__folded")
    loaded = listed.select_related("person", "organisation", "place").annotate(named=named)
    page = page_by_name(loaded, "named", wanted.after)
    antennas = list(antennas_of(actor, association, wanted.on))
    stated, marks = _stated_and_marks(actor, association, [one.public_id for one in (*page.rows, *antennas)])
    return MembersPage(
        association=association,
        name=name_of(association),
        stated=stated,
        page=page,
        lines=[_member(actor, row, marks) for row in page.rows],
        counts=counts,
        total=sum(one.count for one in counts),
        maps=_maps(counts),
        antennas=[_antenna(actor, row, marks) for row in antennas],
        chosen=chosen,
        own=page_of(actor, association),
    )


def antennas_of(actor: Actor, association: Organisation, on: date | None = None) -> "QuerySet[Antenna]":
    """The antennas of an association that the actor may see, on a day or ever, by name; at most `MOST_ANTENNAS`."""
    rows = Antenna.objects.visible_to(actor).filter(association=association)
    if on:
        rows = rows.filter(holding_on(on))
    return rows.select_related("organisation", "place").order_by("organisation__folded", "pk")[:MOST_ANTENNAS]


def counted_by_place(actor: Actor, rows: "QuerySet[Membership]") -> list[PlaceCount]:
    """How many members are where: by region, then countries of which no region is stated, then those without a place.

    The largest comes first; each member is counted as often as it holds a membership.
    """
    by_key = dict(rows.order_by().values_list("place").annotate(many=Count("pk")))
    places = Place.objects.filter(pk__in=[key for key in by_key if key]).select_related("within__within__within")
    tally: Counter[Place] = Counter()
    for place in places:
        tally[_territory(place)] += by_key[place.pk]
    found = [_counted(actor, place, count) for place, count in tally.items()]
    found.sort(key=lambda one: (one.is_whole, -one.count, one.label))
    return found + ([PlaceCount("", by_key[None])] if None in by_key else [])


def _territory(place: Place) -> Place:
    """The region a place lies in, else its country, else the place itself."""
    outermost = step = place
    while step is not None:
        if step.kind == PlaceKind.REGION:
            return step
        outermost, step = step, step.within
    return outermost


def _counted(actor: Actor, place: Place, count: int) -> PlaceCount:
    return PlaceCount(say(place.name), count, page_of(actor, place), place, place.kind == PlaceKind.COUNTRY)


@answered
def _stated_and_marks(
    actor: Actor, association: Organisation, keys: Sequence[uuid.UUID]
) -> Reading[tuple[Sequence[FigureLine], Marks]]:
    subjects = yield from group_read(association.subject)
    known, marks = yield from side_by_side(columns_of.reading(actor, subjects), marks_of.reading(actor, keys))
    wanted = [one for one in known if one.measure in STATED]
    return [line for one in wanted for column in one.columns for line in column.figures], marks


def _maps(counts: Sequence[PlaceCount]) -> list[CountryMap]:
    """The maps of the countries that members are of and that have one."""
    regions: dict[str, Counter[str]] = {}
    nowhere: Counter[str] = Counter()
    names: dict[str, str] = {}
    for one in counts:
        place = one.place
        if place is None:
            continue
        code = place.code.partition("-")[0]
        if code not in LAYOUTS:
            continue
        regions.setdefault(code, Counter())
        if one.is_whole:
            nowhere[code] += one.count
            names[code] = one.label
        else:
            regions[code][place.code] += one.count
            if place.within is not None:
                names.setdefault(code, say(place.within.name))
    return [
        CountryMap(names.get(code, code), tile_map(code, counted), nowhere[code])
        for code, counted in sorted(regions.items())
    ]


def _member(actor: Actor, row: Membership, marks: Marks) -> MemberLine:
    member = row.person or row.organisation
    name = member.name if row.person else name_of(member)
    place = BriefLine(say(row.place.name), page_of(actor, row.place)) if row.place else None
    return MemberLine(row, name, page_of(actor, member), place, marks.get(row.public_id, ()))


def _antenna(actor: Actor, row: Antenna, marks: Marks) -> AntennaLine:
    place = BriefLine(say(row.place.name), page_of(actor, row.place))
    return AntennaLine(
        row, name_of(row.organisation), page_of(actor, row.organisation), place, marks.get(row.public_id, ())
    )
