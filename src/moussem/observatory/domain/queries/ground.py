"""What is published of a place or park: its figures and openings, loaded once, as the engine counts them.

The observatory always reads as the public does, so that a minister and a passer-by see the same numbers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from moussem.accounts.enums import PromoterKind
from moussem.core.actor import ANONYMOUS
from moussem.core.asking import Reading, answered, one_step, question, side_by_side
from moussem.directory.enums import MatchState, PlaceKind
from moussem.directory.models import OrganisationMatch, Place
from moussem.engines.values.coverage import Wider
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.promises import Opening, Started
from moussem.evidence.domain.queries.lines import (
    shown_figures,
    shown_statements,
    tied_statements,
    told_figures,
    told_statements,
)
from moussem.evidence.domain.queries.tallies import fact_of
from moussem.evidence.domain.queries.territory import DEEPEST, group_key, surroundings, territory_read
from moussem.evidence.enums import StatementKind, SubjectKind, SubjectRole
from moussem.evidence.models import Figure, FigureSubject, Statement, StatementSubject, Subject
from moussem.observatory.domain.queries.territories import more_than_most

MOST_STATEMENTS = 400
AROUND = "__".join(["within"] * 4)
"""With these the places around a place are loaded: a city, a province, a region, a country."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The published facts of a place and of all that lies in it, and of the regions around it.

    `own` are the inner keys of the place and what lies in it, `around` those of the places it lies in (no country).
    Keys of `facts` are those of `figures`; keys of openings and starts those of `statements`, after an "s".
    `beside` are figures by their inner keys that were only loaded with these.
    """

    own: frozenset[int]
    around: tuple[Subject, ...]
    figures: Mapping[str, Figure]
    facts: Mapping[str, FigureFact]
    statements: Mapping[str, Statement]
    openings: tuple[Opening, ...]
    starts: tuple[Started, ...]
    matches: tuple[OrganisationMatch, ...]
    wider: Wider
    beside: Mapping[int, Figure]

    def is_own(self, figure: Figure) -> bool:
        """Whether a figure is of the place itself or of something in it, and not only of a region around it."""
        return any(link.subject_id in self.own for link in figure.links.all())


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the dossier of a place or park reaches.

    `own` are the inner keys of the place and all that lies in it, `around` the city and region it lies in, from the
    inside out, `outer` their inner keys with those merged with them, `countries` those of the countries around.
    """

    own: frozenset[int]
    around: tuple[Subject, ...]
    outer: tuple[int, ...]
    countries: frozenset[int]
    is_large: bool
    is_outer_large: bool


@answered
def extent_of(subject: Subject) -> Reading[Extent]:
    """How far the dossier of a place or park reaches, in two queries where the places around it are loaded."""
    chain = _chain(subject)
    groups = sorted({group_key(place) for place in chain})
    own, (found,) = yield from side_by_side(territory_read([subject]), one_step(_standing_around(groups)))
    countries = frozenset(pk for pk, _, is_country in found if is_country)
    around = [one for one in chain if one.pk not in countries and one.kind == SubjectKind.PLACE and one.is_published]
    standing = {group_key(place) for place in around}
    outer = tuple(pk for pk, canonical, _ in found if (canonical or pk) in standing)
    large, outer_large = yield [more_than_most(own), more_than_most(outer)]
    return Extent(frozenset(own), tuple(around), outer, countries, bool(large), bool(outer_large))


@question
def _standing_around(groups: Sequence[int]) -> "QuerySet[Any]":
    """The subjects of the places around, each with what it was merged into and whether it is a country."""
    country = Exists(Place.objects.filter(subject=OuterRef("pk"), kind=PlaceKind.COUNTRY))
    rows = Subject.objects.filter(Q(pk__in=groups) | Q(canonical__in=groups)).annotate(is_country=country)
    return rows.values_list("pk", "canonical_id", "is_country").order_by("pk")


def _chain(subject: Subject) -> list[Subject]:
    found: list[Subject] = []
    at = subject.within
    while at is not None and len(found) < DEEPEST:
        found.append(at)
        at = at.within
    return found


@answered
def ground_of(
    subject: Subject, extent: Extent | None = None, *, beside: Collection[int] = (), told: bool = True
) -> Reading[Ground]:
    """Load all that is published of a place or park that is not large (`territories.is_large`), in a fixed number of
    queries. `extent` is how far it reaches, where the caller has read it; `beside` are the inner keys of figures that
    the page shows elsewhere and that are loaded with these; without `told` the statements come without what their
    lines show.
    """
    if extent is None:
        extent = yield from extent_of.reading(subject)
    asked = _figures(sorted(extent.own), extent.outer, extent.is_outer_large, sorted(beside))
    figures, statements = yield from side_by_side(
        shown_figures(asked), statements_of([*extent.own, *extent.outer], told=told)
    )
    tied = [figure for figure in figures if any(_is_tied(link, extent) for link in figure.links.all())]
    matches = yield from matches_about(tied)
    return ground_from(
        extent.own,
        extent.around,
        tied,
        statements,
        matches=matches,
        countries=extent.countries,
        beside={figure.pk: figure for figure in figures if figure.pk in beside},
    )


@question
def _figures(own: Sequence[int], outer: Sequence[int], only_whole: bool, beside: Sequence[int]) -> "QuerySet[Any]":
    # Of a large region the figures that name a firm are nobody's target for what lies in it.
    around = Q(subject__in=outer, whole=True) if only_whole else Q(subject__in=outer)
    links = FigureSubject.objects.filter(Q(subject__in=own) | around).values("figure_id")
    wanted = Q(pk__in=links) | Q(pk__in=beside) if beside else Q(pk__in=links)
    return told_figures(Figure.objects.visible_to(ANONYMOUS).current().filter(wanted)).order_by("-pk")


def _is_tied(link: FigureSubject, extent: Extent) -> bool:
    """What the query of `ground_of` asks of a link."""
    outer = link.subject_id in extent.outer and (link.whole or not extent.is_outer_large)
    return link.subject_id in extent.own or outer


def ground_from(
    own: frozenset[int],
    around: Sequence[Subject],
    figures: Iterable[Figure],
    statements: Iterable[Statement],
    *,
    matches: Sequence[OrganisationMatch],
    countries: Collection[int] = (),
    beside: Mapping[int, Figure] | None = None,
) -> Ground:
    """The ground of figures and statements that are loaded, and of the `matches_about` them; the rest as in `Ground`
    and `Extent`.
    """
    rows = {str(figure.pk): figure for figure in figures}
    doubtful = doubtful_of(matches)
    facts = {key: fact_of(figure, doubtful) for key, figure in rows.items()}
    places = {int(place) for fact in facts.values() for place in fact.places}
    told = {f"s{statement.pk}": statement for statement in statements}
    places |= {int(place) for statement in told.values() for place in _keys(statement, _PLACES)}
    at_hand = (link.subject for row in (*rows.values(), *told.values()) for link in row.links.all())
    return Ground(
        own=own,
        around=tuple(around),
        figures=rows,
        facts=facts,
        statements=told,
        openings=tuple(_opening(key, row) for key, row in told.items() if row.forward),
        starts=tuple(_started(key, row) for key, row in told.items() if not row.forward),
        matches=tuple(matches),
        wider=surroundings(places, seen=(*around, *at_hand), outermost=countries) if places else {},
        beside=beside or {},
    )


def doubtful_of(matches: Iterable[OrganisationMatch]) -> dict[int, list[int]]:
    """For each unnamed holder the named ones it may be; two named firms count as two until a person decides."""
    return doubtful_from((m.left.subject_id, m.right.subject_id) for m in matches if not m.left.named)


def doubtful_from(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """For each unnamed holder (inner key of its subject) the named ones it may be."""
    found: dict[int, list[int]] = {}
    for unnamed, named in pairs:
        found.setdefault(unnamed, []).append(named)
    return found


def statements_of(keys: Sequence[int], *, told: bool = True) -> Reading[list[Statement]]:
    """Announced openings and what started, as published; the newest where there are very many. Without `told` they
    come with their subjects alone.
    """
    if told:
        return (yield from shown_statements(_statements(keys)))
    (found,) = yield [_tied_statements(keys)]
    return list(found)


def _openings(keys: Sequence[int]) -> "QuerySet[Statement]":
    tied = StatementSubject.objects.filter(subject__in=keys).values("statement_id")
    kinds = Q(kind=StatementKind.OPENING) | Q(kind=StatementKind.STARTED, forward=False)
    return Statement.objects.visible_to(ANONYMOUS).filter(kinds, pk__in=tied).order_by("-pk")


@question
def _statements(keys: Sequence[int]) -> "QuerySet[Any]":
    return told_statements(_openings(keys))[:MOST_STATEMENTS]


@question
def _tied_statements(keys: Sequence[int]) -> "QuerySet[Any]":
    return tied_statements(_openings(keys))[:MOST_STATEMENTS]


def matches_about(figures: Iterable[Figure]) -> Reading[list[OrganisationMatch]]:
    """The undecided matches of the shared rows whose two sides are public and of which one holds one of the figures."""
    (found,) = yield [_matches(sorted(_subjects_of(figures)))]
    return found


def _subjects_of(figures: Iterable[Figure]) -> set[int]:
    return {link.subject_id for figure in figures for link in figure.links.all()}


@question
def _matches(subjects: Sequence[int]) -> "QuerySet[OrganisationMatch]":
    return open_matches().filter(Q(left__subject__in=subjects) | Q(right__subject__in=subjects))


def open_matches() -> "QuerySet[OrganisationMatch]":
    """The undecided matches of the shared rows whose two sides are public, the oldest first."""
    public = Q(left__published_at__isnull=False, right__published_at__isnull=False)
    rows = OrganisationMatch.objects.filter(public, promoter__kind=PromoterKind.COMMONS, state=MatchState.PROPOSED)
    return rows.select_related("promoter", "left__subject", "right__subject").order_by("pk")


_PLACES = (SubjectRole.PLACE, SubjectRole.PARK)
_HOLDERS = (SubjectRole.HOLDER, SubjectRole.PARTY)


def _keys(statement: Statement, roles: tuple[SubjectRole, ...]) -> tuple[str, ...]:
    keys = {group_key(link.subject) for link in statement.links.all() if link.role in roles}
    return tuple(str(key) for key in sorted(keys))


def _opening(key: str, row: Statement) -> Opening:
    return Opening(key, _keys(row, _HOLDERS), _keys(row, _PLACES), row.horizon, row.stated_on)


def _started(key: str, row: Statement) -> Started:
    return Started(key, _keys(row, _HOLDERS), _keys(row, _PLACES), row.period)
