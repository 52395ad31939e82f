"""Which subjects stand for which, and which places lie in which."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Self, cast

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from moussem.core.asking import Reading, answer, question
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject

DEEPEST = 8
"""Levels of places that are followed: a park in a city in a province in a region in a country is five."""
_READ = "_group_of"
"""Where a row keeps its group, as Django keeps a row that a foreign key led to."""

# UNION keeps each row once, so that a circle of places ends too. The queries have no word of a caller's in them.
_INSIDE = """
WITH RECURSIVE inside(id) AS (
    SELECT id FROM evidence_subject WHERE id IN ({keys})
    UNION
    SELECT part.id FROM {parts_of_inside} WHERE part.kind <> %s
)
SELECT id FROM inside
"""
_AROUND = """
WITH RECURSIVE around(id) AS (
    SELECT id FROM evidence_subject WHERE id IN ({keys})
    UNION
    SELECT COALESCE(wider.canonical_id, wider.id)
    FROM {places_of_around} JOIN evidence_subject wider ON wider.id = place.within_id
)
SELECT place.id, place.canonical_id, COALESCE(wider.canonical_id, wider.id)
FROM {places_of_around} JOIN evidence_subject wider ON wider.id = place.within_id
ORDER BY place.id
"""
# Each database by the form in which it reads both indexes: PostgreSQL reads the whole table for an OR of a join.
_JOINS = {
    "sqlite": {
        "parts_of_inside": (
            "inside JOIN evidence_subject part ON part.within_id = inside.id OR part.canonical_id = inside.id"
        ),
        "places_of_around": (
            "around JOIN evidence_subject place ON place.id = around.id OR place.canonical_id = around.id"
        ),
    },
    "postgresql": {
        "parts_of_inside": (
            "inside CROSS JOIN LATERAL (SELECT id, kind FROM evidence_subject WHERE within_id = inside.id"
            " UNION ALL SELECT id, kind FROM evidence_subject WHERE canonical_id = inside.id) part"
        ),
        "places_of_around": (
            "around CROSS JOIN LATERAL (SELECT id, canonical_id, within_id FROM evidence_subject WHERE id = around.id"
            " UNION ALL SELECT id, canonical_id, within_id FROM evidence_subject WHERE canonical_id = around.id) place"
        ),
    },
}


def group_key(subject: Subject) -> int:
    """The inner key of the subject that stands for this one after merging, or its own."""
    return subject.canonical_id or subject.pk


class Group(tuple[int, ...]):
    """The inner keys of one thing, that of the subject which stands for it first; `kind` is that of all of them.

    `kind` is "" where a query has copied the keys alone.
    """

    kind: str

    def __new__(cls, keys: Iterable[int], kind: str = "") -> Self:
        """The keys, with the kind that every source of a page would otherwise ask for."""
        group = super().__new__(cls, keys)
        group.kind = kind
        return group


def group_of(subject: Subject) -> Group:
    """The inner keys of a subject and of all that were merged with it; a row asks once, however many panels do."""
    return answer(group_read(subject))


def group_read(subject: Subject) -> Reading[Group]:
    """As `group_of`, beside other readings."""
    if _READ not in vars(subject):
        group = group_key(subject)
        (merged,) = yield [_merged_into([group])]
        vars(subject)[_READ] = Group([group, *merged], subject.kind)
    return cast(Group, vars(subject)[_READ])


@question
def _merged_into(groups: Collection[int]) -> "QuerySet[Any]":
    return Subject.objects.filter(canonical__in=groups).order_by("pk").values_list("pk", flat=True)


def territory(subjects: Iterable[Subject]) -> list[int]:
    """The inner keys of subjects, of those merged with them, and of all that lies inside them, however deep; one query.

    A project lies in no territory: its figures name their own places, and that of a joint one may be wider than the
    park where one of its projects is.
    """
    keys = _standing(subjects)
    return sorted(key for (key,) in _rows(_INSIDE, [*keys, SubjectKind.PROJECT.value], len(keys))) if keys else []


def territory_read(subjects: Iterable[Subject]) -> Reading[list[int]]:
    """As `territory`, beside other readings."""
    (found,) = yield [_inside(_standing(subjects))]
    return sorted(found)


def _standing(subjects: Iterable[Subject]) -> list[int]:
    return sorted({key for subject in subjects for key in (group_key(subject), subject.pk)})


@question
def _inside(keys: Collection[int]) -> "QuerySet[Any]":
    text = _INSIDE.format(keys=", ".join(["%s"] * len(keys)), **_JOINS[connection.vendor])
    inside = RawSQL(text, (*keys, SubjectKind.PROJECT.value))  # noqa: S611 - places of values only
    return Subject.objects.filter(pk__in=inside).values_list("pk", flat=True)


def surroundings(
    places: Collection[int], *, seen: Iterable[Subject] = (), outermost: Collection[int] = ()
) -> dict[str, Sequence[str]]:
    """For each place the places around it, step by step outwards, by the keys that the engine uses.

    One query for those that rows at hand (`seen`) do not lead from to one of the `outermost`, around which nothing is.
    """
    known = {subject.pk: subject for subject in seen if subject.within_id is not None}
    wider: dict[str, Sequence[str]] = {}
    unknown: set[int] = set()
    ahead = set(places)
    while ahead:
        place = ahead.pop()
        within = known[place].within_id if place in known else None
        if within is not None and (within in known or within in outermost):
            outer = group_key(known[within]) if within in known else within
            wider[str(place)] = (str(outer),)
            ahead |= {outer} if str(outer) not in wider else set()
        elif place not in outermost:
            unknown.add(place)
    found = _rows(_AROUND, sorted(unknown), len(unknown)) if unknown else []
    return wider | {str(canonical or pk): (str(outer),) for pk, canonical, outer in found}


def _rows(query: str, given: list[Any], keys: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query.format(keys=", ".join(["%s"] * keys), **_JOINS[connection.vendor]), given)
        return list(cursor.fetchall())
