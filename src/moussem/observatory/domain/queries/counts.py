"""A promoter's own people counted: announced, contracted, declared and verified side by side, by project, park, region,
event and year of announcement. Kinds are never added to one another; each total is the engine's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.components import FigureLine, StatColumn
from moussem.core.texts import say
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Place
from moussem.engines.values.coverage import Wider
from moussem.engines.values.kinds import Kind
from moussem.engines.values.total import Total, totals
from moussem.evidence.domain.queries.lines import loaded_figures, measure_label, quantity_line, source_marks
from moussem.evidence.domain.queries.tallies import fact_of
from moussem.evidence.domain.queries.territory import group_key, surroundings
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure, Subject
from moussem.observatory.domain.queries.sums import PEOPLE

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
_ROLE = {Grouping.PROJECT: SubjectRole.PROJECT, Grouping.PARK: SubjectRole.PARK, Grouping.EVENT: SubjectRole.EVENT}


@dataclass(frozen=True, slots=True)
class MeasureCount:
    """One measure of one row, a column for each of the four kinds; the empty ones stay."""

    label: str
    columns: tuple[StatColumn, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One project, park, region, event or year with what was said of it and what came of it."""

    label: str
    url: str
    measures: tuple[MeasureCount, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The page: its rows by label, what is not tied to any last; `cut` where more figures exist than are counted."""

    grouping: Grouping
    rows: tuple[CountRow, ...]
    cut: bool


def counts(actor: Actor, grouping: Grouping) -> Counts:
    """What the actor's promoter recorded of people, row by row."""
    figures = list(_own(actor)[: MOST + 1])
    groups: dict[str, list[Figure]] = defaultdict(list)
    labels: dict[str, tuple[str, str]] = {}
    wider = ground_of(figures[:MOST])
    key_of = _keys_by_year if grouping is Grouping.YEAR else _keys_by_subject(grouping, figures[:MOST], wider)
    for figure in figures[:MOST]:
        for key, label, address in key_of(figure):
            groups[key].append(figure)
            labels[key] = (label, public_address(address))
    order = sorted(groups, key=lambda key: (key == "", labels[key][0].casefold(), key))
    rows = tuple(CountRow(*labels[key], measures=counted(groups[key], actor, wider)) for key in order)
    return Counts(grouping=grouping, rows=rows, cut=len(figures) > MOST)


def _own(actor: Actor) -> "QuerySet[Figure]":
    rows = Figure.objects.filter(Figure.objects.own(actor)).current()
    rows = rows.filter(measure__in=[m.value for m in PEOPLE], kind__in=[k.value for k in KINDS])
    return loaded_figures(rows).order_by("-pk")


def counted(figures: Sequence[Figure], actor: Actor, wider: Wider | None = None) -> tuple[MeasureCount, ...]:
    """What figures come to, measure by measure, kinds side by side; only measures of which something is stated.

    `wider` is the ground of all figures of the page (see `ground_of`), where a page counts several rows.
    """
    rows = {str(figure.pk): figure for figure in figures}
    facts = [fact_of(figure) for figure in figures]
    found = totals(facts, wider=ground_of(figures) if wider is None else wider)
    lines = []
    for measure in PEOPLE:
        columns = tuple(
            StatColumn(kind.value, tuple(_line(rows, total, actor) for total in found.of(kind, measure)))
            for kind in KINDS
        )
        if any(column.figures for column in columns):
            lines.append(MeasureCount(measure_label(measure), columns))
    return tuple(lines)


def ground_of(figures: Iterable[Figure]) -> Wider:
    """Which places lie around those of the figures."""
    places = _places(figures)
    return surroundings(places) if places else {}


def _places(figures: Iterable[Figure]) -> set[int]:
    links = (link for figure in figures for link in figure.links.all() if link.role in _PLACES)
    return {group_key(link.subject) for link in links}


def _line(figures: Mapping[str, Figure], total: Total, actor: Actor) -> FigureLine:
    included = [figures[key] for key in total.reading.included]
    citations = [citation for figure in included for citation in figure.citations.all()]
    line = quantity_line(total.quantity, kind=total.kind, measure=total.measure)
    return replace(line, label="", sources=source_marks(dict.fromkeys(citations), actor))


def _keys_by_year(figure: Figure) -> list[Bucket]:
    said = figure.stated_on or figure.period
    year = str(said.start.year) if said and said.start else ""
    return [(year, year or str(NOT_STATED), "")]


def _keys_by_subject(grouping: Grouping, figures: Sequence[Figure], wider: Wider) -> Callable[[Figure], list[Bucket]]:
    """The subjects in one role of a figure; for regions the widest place around its park or place."""
    regions = _regions(figures, wider) if grouping is Grouping.REGION else {}

    def buckets(figure: Figure) -> list[Bucket]:
        links = list(figure.links.all())
        if grouping is Grouping.REGION:
            found = [regions[group_key(link.subject)] for link in links if link.role in _PLACES]
        else:
            found = [link.subject.canonical or link.subject for link in links if link.role == _ROLE[grouping]]
        named = {str(one.public_id): (str(one.public_id), say(one.label), one.address) for one in found}
        return list(named.values()) or [("", str(NOT_STATED), "")]

    return buckets


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
