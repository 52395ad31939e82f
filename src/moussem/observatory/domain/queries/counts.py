"""A promoter's own people counted: announced, contracted, declared and verified side by side, by project, park, region,
event and year of announcement. Kinds are never added to one another; each total is the engine's.

Rows are never added either. A joint figure stands beside the rows of its projects and in none of them; a figure whose
unnamed holder may be a named one is counted by nobody until a person decides.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moussem.core.actor import Actor
from moussem.core.addresses import address_for
from moussem.core.components import FigureLine, StatColumn
from moussem.core.texts import say
from moussem.directory.enums import MatchState, PlaceKind
from moussem.directory.models import OrganisationMatch, Place
from moussem.engines.values.coverage import Wider
from moussem.engines.values.kinds import Kind, Scope
from moussem.engines.values.total import Total, totals
from moussem.evidence.domain.queries.lines import (
    figure_line,
    loaded_figures,
    measure_label,
    quantity_line,
    source_marks,
)
from moussem.evidence.domain.queries.tallies import Doubtful, fact_of
from moussem.evidence.domain.queries.territory import group_key, surroundings
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure, Subject
from moussem.observatory.domain.queries.ground import doubtful_from
from moussem.observatory.domain.queries.sums import PEOPLE, total_words
from moussem.projects.domain.queries.figures import is_joint, projects_of_figures
from moussem.projects.models import Project

KINDS = (Kind.ANNOUNCED, Kind.CONTRACTED, Kind.DECLARED, Kind.VERIFIED)
MOST = 5_000
"""Figures that one page counts; above, it counts the newest and says so."""


class Grouping(StrEnum):
    """What the rows of the page are."""

    PROJECT = "project"
    PARK = "park"
    REGION = "region"
    EVENT = "event"
    YEAR = "year"


GROUPING_LABELS: Mapping[Grouping, Promise] = {
    Grouping.PROJECT: _("By project"),
    Grouping.PARK: _("By park"),
    Grouping.REGION: _("By region or city"),
    Grouping.EVENT: _("By event"),
    Grouping.YEAR: _("By year of announcement"),
}
NOT_STATED = pgettext_lazy("bucket", "Not stated")
_PLACES = (SubjectRole.PARK, SubjectRole.PLACE)
Bucket = tuple[str, str, str]
"""Which row a figure belongs to: its key ("": not stated), label and address."""
ProjectsOf = Mapping[int, Sequence[Project]]
"""For each figure (inner key) its projects, their events loaded."""


@dataclass(frozen=True, slots=True)
class MeasureCount:
    """One measure of one row, a column for each of the four kinds; the empty ones stay. `waiting` are the figures that
    no column counts until a person says whose they are.
    """

    label: str
    columns: tuple[StatColumn, ...]
    waiting: tuple[FigureLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CountRow:
    """One project, park, region, event or year with what was said of it and what came of it. `joint` are figures of
    several projects together, in no column.
    """

    label: str
    url: str
    measures: tuple[MeasureCount, ...]
    joint: tuple[FigureLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """The page: its rows by label, what is not tied to any last; `cut` where more figures exist than are counted."""

    grouping: Grouping
    rows: tuple[CountRow, ...]
    cut: bool


def counts(actor: Actor, grouping: Grouping) -> Counts:
    """What the actor's promoter recorded of people, row by row."""
    found = list(_own(actor)[: MOST + 1])
    figures = found[:MOST]
    wider, doubtful = ground_of(figures), doubts_of(actor)
    groups: dict[str, list[Figure]] = defaultdict(list)
    labels: dict[str, tuple[str, str]] = {}
    buckets_of = _buckets(actor, grouping, figures, wider)
    for figure in figures:
        for key, label, address in buckets_of(figure):
            groups[key].append(figure)
            labels[key] = (label, address)
    order = sorted(groups, key=lambda key: (key == "", labels[key][0].casefold(), key))
    apart = grouping is Grouping.PROJECT
    rows = tuple(_row(labels[key], groups[key], actor, wider, doubtful, apart=apart and key != "") for key in order)
    return Counts(grouping=grouping, rows=rows, cut=len(found) > MOST)


def _row(
    label: tuple[str, str], figures: Sequence[Figure], actor: Actor, wider: Wider, doubtful: Doubtful, *, apart: bool
) -> CountRow:
    """A row; `apart`: its joint figures beside its columns."""
    joint = [figure for figure in figures if apart and is_joint(figure)]
    own = [figure for figure in figures if figure not in joint]
    lines = tuple(figure_line(figure, actor) for figure in joint)
    return CountRow(*label, measures=counted(own, actor, wider, doubtful), joint=lines)


def _own(actor: Actor) -> "QuerySet[Figure]":
    rows = Figure.objects.filter(Figure.objects.own(actor)).current()
    rows = rows.filter(measure__in=[m.value for m in PEOPLE], kind__in=[k.value for k in KINDS])
    return loaded_figures(rows).order_by("-pk")


def doubts_of(actor: Actor) -> Doubtful:
    """For each unnamed firm of the actor's promoter the named ones it may be, until a person decides."""
    return doubtful_from(undecided(actor).values_list("left__subject", "right__subject").order_by("pk"))


def undecided(actor: Actor) -> "QuerySet[OrganisationMatch]":
    """The matches of unnamed firms that the actor's promoter has not decided."""
    return OrganisationMatch.objects.visible_to(actor).filter(state=MatchState.PROPOSED, left__named=False)


def counted(
    figures: Sequence[Figure], actor: Actor, wider: Wider | None = None, doubtful: Doubtful | None = None
) -> tuple[MeasureCount, ...]:
    """What figures come to, measure by measure, kinds side by side; only measures of which something is stated.

    `wider` is the ground of all figures of the page (see `ground_of`), where a page counts several rows; `doubtful` are
    the firms about which a person must decide (see `doubts_of`).
    """
    rows = {str(figure.pk): figure for figure in figures}
    facts = [fact_of(figure, doubtful) for figure in figures]
    found = totals(facts, wider=ground_of(figures) if wider is None else wider)
    lines = []
    for measure in PEOPLE:
        of_kind = {kind: found.of(kind, measure) for kind in KINDS}
        columns = tuple(StatColumn(kind.value, _lines(rows, of_kind[kind], actor)) for kind in KINDS)
        undecided = [key for kind in KINDS for total in of_kind[kind] for key in total.undecided]
        waiting = tuple(figure_line(rows[key], actor) for key in undecided)
        if waiting or any(column.figures for column in columns):
            lines.append(MeasureCount(measure_label(measure), columns, waiting))
    return tuple(lines)


def ground_of(figures: Iterable[Figure]) -> Wider:
    """Which places lie around those of the figures."""
    links = [link for figure in figures for link in figure.links.all() if link.role in _PLACES]
    places = {group_key(link.subject) for link in links}
    return surroundings(places, seen=[link.subject for link in links]) if places else {}


def _places(figures: Iterable[Figure]) -> set[int]:
    links = (link for figure in figures for link in figure.links.all() if link.role in _PLACES)
    return {group_key(link.subject) for link in links}


def _lines(figures: Mapping[str, Figure], found: Iterable[Total], actor: Actor) -> tuple[FigureLine, ...]:
    return tuple(_line(figures, total, actor) for total in found if total.reading.states_something)


def _line(figures: Mapping[str, Figure], total: Total, actor: Actor) -> FigureLine:
    """One total with its sources, and in words what it is if what may be inside comes on top."""
    reading = total.reading
    shown = [*reading.included, *(key for row in reading.on_top for key in row.keys)]
    citations = [citation for key in shown for citation in figures[key].citations.all()]
    line = quantity_line(total.quantity, kind=total.kind, measure=total.measure)
    scope = "" if total.scope in (None, Scope.NOT_STATED) else str(total.scope)
    words = [gettext(total.perimeter) if total.perimeter else "", total_words(figures, total) if reading.on_top else ""]
    note = ". ".join(filter(None, words))
    return replace(line, label="", scope=scope, note=note, sources=source_marks(dict.fromkeys(citations), actor))


def _buckets(
    actor: Actor, grouping: Grouping, figures: Sequence[Figure], wider: Wider
) -> Callable[[Figure], list[Bucket]]:
    """To which rows a figure belongs."""
    if grouping is Grouping.YEAR:
        return _by_year
    named = partial(_named, actor)
    if grouping is Grouping.REGION:
        regions = _regions(figures, wider)
        return lambda figure: named(regions[group_key(link.subject)] for link in _tied(figure, *_PLACES))
    if grouping is Grouping.PARK:
        return lambda figure: named(link.subject for link in _tied(figure, SubjectRole.PARK))
    projects = projects_of_figures(actor, figures)
    if grouping is Grouping.EVENT:
        return lambda figure: named(events_of(figure, projects))
    return lambda figure: named(
        [*(link.subject for link in _tied(figure, SubjectRole.PROJECT)), *(one.subject for one in projects[figure.pk])]
    )


def _by_year(figure: Figure) -> list[Bucket]:
    said = figure.stated_on or figure.period
    year = str(said.start.year) if said and said.start else ""
    return [(year, year or str(NOT_STATED), "")]


def _tied(figure: Figure, *roles: SubjectRole) -> list[Any]:
    return [link for link in figure.links.all() if link.role in roles]


def _named(actor: Actor, subjects: Iterable[Subject]) -> list[Bucket]:
    """A row for each subject, merged ones as one; the row of what is tied to none where there is no subject."""
    standing = [subject.canonical or subject for subject in subjects]
    named = {
        str(one.public_id): (str(one.public_id), say(one.label), address_for(actor, one.address, one))
        for one in standing
    }
    return list(named.values()) or [("", str(NOT_STATED), "")]


def events_of(figure: Figure, projects: ProjectsOf) -> list[Subject]:
    """The gatherings of a figure: those it names, else those from which its projects came."""
    named = [link.subject for link in _tied(figure, SubjectRole.EVENT)]
    if named:
        return named
    came_from = (one.event or (one.agreement and one.agreement.event) for one in projects.get(figure.pk, ()))
    return [event.subject for event in came_from if event]


def _regions(figures: Sequence[Figure], wider: Wider) -> dict[int, Subject]:
    """For each place and park of the figures the region around it, or its city where no region is known."""
    paths = {place: _path(str(place), wider) for place in _places(figures)}
    keys = {int(key) for path in paths.values() for key in path}
    places = {place.subject_id: place for place in Place.objects.filter(subject__in=keys)}
    subjects = Subject.objects.in_bulk(keys)
    return {place: subjects[_region(path, places)] for place, path in paths.items()}


def _path(place: str, wider: Wider) -> list[int]:
    """A place and those around it, step by step outwards."""
    path = [place]
    while wider.get(path[-1]) and wider[path[-1]][0] not in path:
        path.append(wider[path[-1]][0])
    return [int(key) for key in path]


def _region(path: Sequence[int], places: Mapping[int, Place]) -> int:
    known = [key for key in path if key in places]
    regions = [key for key in known if places[key].kind == PlaceKind.REGION]
    return (regions or known or path)[0]
