"""Which subjects stand for which, and which places lie in which."""

from collections.abc import Collection, Iterable, Sequence
from typing import Self

from django.db.models import Q

from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject

DEEPEST = 8
"""Levels of places that are followed: a park in a city in a province in a region in a country is five."""


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
    """The inner keys of a subject and of all that were merged with it."""
    group = group_key(subject)
    merged = Subject.objects.filter(canonical=group).values_list("pk", flat=True)
    return Group([group, *merged], subject.kind)


def territory(subjects: Iterable[Subject]) -> list[int]:
    """The inner keys of subjects, of those merged with them, and of all that lies inside them, however deep.

    A project lies in no territory: its figures name their own places, and that of a joint one may be wider than the
    park where one of its projects is.
    """
    found: set[int] = {group_key(subject) for subject in subjects} | {subject.pk for subject in subjects}
    ahead = set(found)
    for _ in range(DEEPEST):
        inside = Subject.objects.filter(Q(within__in=ahead) | Q(canonical__in=ahead)).exclude(kind=SubjectKind.PROJECT)
        ahead = set(inside.values_list("pk", flat=True)) - found
        if not ahead:
            break
        found |= ahead
    return sorted(found)


def surroundings(places: Collection[int]) -> dict[str, Sequence[str]]:
    """For each place the places around it, step by step outwards, by the keys that the engine uses."""
    wider: dict[str, Sequence[str]] = {}
    ahead = set(places)
    for _ in range(DEEPEST):
        rows = Subject.objects.filter(Q(pk__in=ahead) | Q(canonical__in=ahead), within__isnull=False)
        found = rows.values_list("pk", "canonical_id", "within_id", "within__canonical_id")
        around = set()
        for pk, canonical, within, within_canonical in found:
            outer = within_canonical or within
            wider[str(canonical or pk)] = (str(outer),)
            around.add(outer)
        ahead = {place for place in around if str(place) not in wider}
        if not ahead:
            break
    return wider
