"""What is published of a place or park: its figures and openings, loaded once, as the engine counts them.

The observatory always reads as the public does, so that a minister and a passer-by see the same numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

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

MOST_FIGURES = 2000
"""How many figures one page follows; of a place with more, the newest are read and no sum is given."""
MOST_STATEMENTS = 400


@dataclass(frozen=True, slots=True)
class Ground:
    """The published facts of a place and of all that lies in it, and of the regions around it.

    `own` are the inner keys of the place and what lies in it, `around` those of the places it lies in (no country).
    Keys of `facts` are those of `figures`; keys of openings and starts those of `statements`, after an "s".
    `is_cut` is True where there are more figures than one page reads.
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
    is_cut: bool

    def is_own(self, figure: Figure) -> bool:
        """Whether a figure is of the place itself or of something in it, and not only of a region around it."""
        return any(link.subject_id in self.own for link in figure.links.all())


def ground_of(subject: Subject) -> Ground:
    """Load what is published of a place or park, in a fixed number of queries."""
    own = frozenset(territory([subject]))
    around = _around(subject)
    keys = [*own, *(key for place in around for key in group_of(place))]
    figures = _figures(keys)
    statements = _statements(keys)
    rows = {str(figure.pk): figure for figure in figures[:MOST_FIGURES]}
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
        is_cut=len(figures) > MOST_FIGURES,
    )


def doubtful_of(matches: "list[OrganisationMatch] | tuple[OrganisationMatch, ...]") -> dict[int, list[int]]:
    """For each unnamed holder the named ones it may be; two named firms count as two until a person decides."""
    found: dict[int, list[int]] = {}
    for match in matches:
        if not match.left.named:
            found.setdefault(match.left.subject_id, []).append(match.right.subject_id)
    return found


def _around(subject: Subject) -> list[Subject]:
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


def _figures(keys: list[int]) -> list[Figure]:
    """The newest published figures about these subjects, one more than a page reads; the replaced ones left out."""
    tied = FigureSubject.objects.filter(figure=OuterRef("pk"), subject__in=keys)
    rows = Figure.objects.visible_to(ANONYMOUS).current().filter(Exists(tied))
    return list(loaded_figures(rows).order_by("-pk")[: MOST_FIGURES + 1])


def _statements(keys: list[int]) -> list[Statement]:
    """Announced openings and what started, as published; the newest where there are very many."""
    tied = StatementSubject.objects.filter(subject__in=keys).values("statement_id")
    kinds = Q(kind=StatementKind.OPENING) | Q(kind=StatementKind.STARTED, forward=False)
    rows = Statement.objects.visible_to(ANONYMOUS).filter(kinds, pk__in=tied)
    return list(loaded_statements(rows).order_by("-pk")[:MOST_STATEMENTS])


def _matches(subjects: set[int]) -> list[OrganisationMatch]:
    """The undecided matches of the shared rows whose two sides are public and of which one holds something here."""
    sides = Q(left__subject__in=subjects) | Q(right__subject__in=subjects)
    public = Q(left__published_at__isnull=False, right__published_at__isnull=False)
    rows = OrganisationMatch.objects.filter(sides, public, promoter__kind=PromoterKind.COMMONS)
    undecided = rows.filter(state=MatchState.PROPOSED)
    return list(undecided.select_related("promoter", "left__subject", "right__subject").order_by("pk"))


_PLACES = (SubjectRole.PLACE, SubjectRole.PARK)
_HOLDERS = (SubjectRole.HOLDER, SubjectRole.PARTY)


def _keys(statement: Statement, roles: tuple[SubjectRole, ...]) -> tuple[str, ...]:
    keys = {group_key(link.subject) for link in statement.links.all() if link.role in roles}
    return tuple(str(key) for key in sorted(keys))


def _opening(key: str, row: Statement) -> Opening:
    return Opening(key, _keys(row, _HOLDERS), _keys(row, _PLACES), row.horizon, row.stated_on)


def _started(key: str, row: Statement) -> Started:
    return Started(key, _keys(row, _HOLDERS), _keys(row, _PLACES), row.period)
