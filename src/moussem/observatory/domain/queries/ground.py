"""What is published of a place or park: its figures and openings, loaded once, as the engine counts them.

The observatory always reads as the public does, so that a minister and a passer-by see the same numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from moussem.accounts.enums import PromoterKind
from moussem.core.actor import ANONYMOUS
from moussem.directory.enums import MatchState, PlaceKind
from moussem.directory.models import OrganisationMatch, Place
from moussem.engines.values.coverage import Wider
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.promises import Opening, Started
from moussem.evidence.domain.queries.lines import loaded_figures, loaded_statements
from moussem.evidence.domain.queries.tallies import fact_of
from moussem.evidence.domain.queries.territory import DEEPEST, group_key, group_of, surroundings, territory
from moussem.evidence.enums import StatementKind, SubjectKind, SubjectRole
from moussem.evidence.models import Figure, FigureSubject, Statement, StatementSubject, Subject
from moussem.observatory.domain.queries.territories import is_large

MOST_STATEMENTS = 400


@dataclass(frozen=True, slots=True)
class Ground:
    """The published facts of a place and of all that lies in it, and of the regions around it.

    `own` are the inner keys of the place and what lies in it, `around` those of the places it lies in (no country).
    Keys of `facts` are those of `figures`; keys of openings and starts those of `statements`, after an "s".
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

    def is_own(self, figure: Figure) -> bool:
        """Whether a figure is of the place itself or of something in it, and not only of a region around it."""
        return any(link.subject_id in self.own for link in figure.links.all())


def ground_of(subject: Subject, own: frozenset[int] | None = None) -> Ground:
    """Load all that is published of a place or park that is not large (`territories.is_large`), in a fixed number of
    queries. `own` is its territory, where the caller has read it.
    """
    own = frozenset(territory([subject])) if own is None else own
    around = around_of(subject)
    outer = [key for place in around for key in group_of(place)]
    tied = Q(subject__in=own)
    # Of a large region the figures that name a firm are nobody's target for what lies in it.
    tied |= Q(subject__in=outer, whole=True) if is_large(outer) else Q(subject__in=outer)
    links = FigureSubject.objects.filter(tied).values("figure_id")
    rows = Figure.objects.visible_to(ANONYMOUS).current().filter(pk__in=links)
    return ground_from(own, around, loaded_figures(rows).order_by("-pk"), statements_of([*own, *outer]))


def ground_from(
    own: frozenset[int], around: Sequence[Subject], figures: Iterable[Figure], statements: Iterable[Statement]
) -> Ground:
    """The ground of figures and statements that are loaded; `own` and `around` as in `Ground`."""
    rows = {str(figure.pk): figure for figure in figures}
    matches = _matches({link.subject_id for figure in rows.values() for link in figure.links.all()})
    doubtful = doubtful_of(matches)
    facts = {key: fact_of(figure, doubtful) for key, figure in rows.items()}
    places = {int(place) for fact in facts.values() for place in fact.places}
    told = {f"s{statement.pk}": statement for statement in statements}
    places |= {int(place) for statement in told.values() for place in _keys(statement, _PLACES)}
    return Ground(
        own=own,
        around=tuple(around),
        figures=rows,
        facts=facts,
        statements=told,
        openings=tuple(_opening(key, row) for key, row in told.items() if row.forward),
        starts=tuple(_started(key, row) for key, row in told.items() if not row.forward),
        matches=tuple(matches),
        wider=surroundings(places) if places else {},
    )


def doubtful_of(matches: "list[OrganisationMatch] | tuple[OrganisationMatch, ...]") -> dict[int, list[int]]:
    """For each unnamed holder the named ones it may be; two named firms count as two until a person decides."""
    found: dict[int, list[int]] = {}
    for match in matches:
        if not match.left.named:
            found.setdefault(match.left.subject_id, []).append(match.right.subject_id)
    return found


def around_of(subject: Subject) -> list[Subject]:
    """The city and region a place lies in, from the inside out; a country is no neighbourhood."""
    found: list[Subject] = []
    at = subject
    for _ in range(DEEPEST):
        if at.within_id is None:
            break
        at = Subject.objects.select_related("within").get(pk=at.within_id)
        found.append(at)
    countries = set(
        Place.objects.filter(subject__in=found, kind=PlaceKind.COUNTRY).values_list("subject_id", flat=True)
    )
    return [one for one in found if one.pk not in countries and one.kind == SubjectKind.PLACE and one.is_published]


def statements_of(keys: list[int]) -> list[Statement]:
    """Announced openings and what started, as published; the newest where there are very many."""
    tied = StatementSubject.objects.filter(subject__in=keys).values("statement_id")
    kinds = Q(kind=StatementKind.OPENING) | Q(kind=StatementKind.STARTED, forward=False)
    rows = Statement.objects.visible_to(ANONYMOUS).filter(kinds, pk__in=tied)
    return list(loaded_statements(rows).order_by("-pk")[:MOST_STATEMENTS])


def _matches(subjects: set[int]) -> list[OrganisationMatch]:
    """The undecided matches of the shared rows whose two sides are public and of which one holds something here."""
    sides = Q(left__subject__in=subjects) | Q(right__subject__in=subjects)
    return list(open_matches().filter(sides))


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
