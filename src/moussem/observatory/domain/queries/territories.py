"""How large a dossier is, and which dossiers a change touches."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from moussem.core.asking import Question, question
from moussem.evidence.domain.queries.territory import DEEPEST
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import FigureSubject, Subject

MOST_MENTIONS = 500
"""A dossier of which figures speak more often than this is large: its sums are kept, its lists are read in pages."""
_COUNT = """(
SELECT COUNT(*) FROM (SELECT 1 FROM evidence_figuresubject WHERE subject_id IN ({keys}) LIMIT %s) mention
)"""
PLACES = (SubjectKind.PLACE, SubjectKind.PARK)


def is_large(territory: Collection[int]) -> bool:
    """Whether the figures of a territory (inner keys of its subjects) are too many to be added up at a request."""
    return are_large(territory)[0]


def are_large(*territories: Collection[int]) -> list[bool]:
    """`is_large` of each territory, by one query."""
    asked = [list(territory) for territory in territories]
    counts = ", ".join(_COUNT.format(keys=", ".join(["%s"] * len(keys)) or "NULL") for keys in asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [given for keys in asked for given in (*keys, MOST_MENTIONS + 1)])
        return [count > MOST_MENTIONS for count in cursor.fetchone()]


def more_than_most(territory: Collection[int]) -> Question:
    """Asks whether a territory `is_large`: then there is a row, elsewhere none."""
    return _mention_after(MOST_MENTIONS, territory)


@question
def _mention_after(count: int, territory: Collection[int]) -> "QuerySet[Any]":
    return FigureSubject.objects.filter(subject__in=territory).values_list("pk")[count : count + 1]


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
