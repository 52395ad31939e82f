"""How large a dossier is, and which dossiers a change touches."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from moussem.evidence.domain.queries.territory import DEEPEST
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import FigureSubject, Subject

MOST_MENTIONS = 500
"""A dossier of which figures speak more often than this is large: its sums are kept, its lists are read in pages."""
PLACES = (SubjectKind.PLACE, SubjectKind.PARK)


def is_large(territory: Collection[int]) -> bool:
    """Whether the figures of a territory (inner keys of its subjects) are too many to be added up at a request."""
    if not territory:
        return False
    links = FigureSubject.objects.filter(subject__in=list(territory)).values_list("pk", flat=True)
    return len(links[: MOST_MENTIONS + 1]) > MOST_MENTIONS


def mentions_of(territory: Collection[int]) -> int:
    """How often figures speak of a territory, published or not."""
    return FigureSubject.objects.filter(subject__in=list(territory)).count()


def dossiers_around(subjects: Iterable[int]) -> list[Subject]:
    """The places and parks among subjects (inner keys), those they were merged into, and all that lie around them."""
    found: dict[int, Subject] = {}
    ahead = set(subjects)
    for _ in range(2 * DEEPEST):
        rows = Subject.objects.filter(pk__in=ahead - found.keys(), kind__in=PLACES)
        found |= {row.pk: row for row in rows}
        ahead = {key for row in rows for key in (row.within_id, row.canonical_id) if key} - found.keys()
        if not ahead:
            break
    return [found[key] for key in sorted(found)]


def places_of_holders(subjects: Iterable[int]) -> set[int]:
    """The places and parks (inner keys) of which the figures of subjects speak."""
    figures = FigureSubject.objects.filter(subject__in=list(subjects)).values("figure_id")
    tied = FigureSubject.objects.filter(Q(subject__kind__in=PLACES), figure__in=figures).order_by()
    return set(tied.values_list("subject_id", flat=True).distinct())
