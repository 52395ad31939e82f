"""The sources of records of the directory and of rooms above it, as marks and as citations."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.components import SourceMark
from moussem.evidence.domain.queries.lines import source_mark
from moussem.evidence.models import Citation, CitedRecord

Marks = Mapping[uuid.UUID, tuple[SourceMark, ...]]


@answered
def citations_of(actor: Actor, keys: Collection[uuid.UUID]) -> Reading[Mapping[uuid.UUID, Sequence[Citation]]]:
    """For each record (by its public identifier) its citations, documents loaded; one query, whatever the number."""
    found: dict[uuid.UUID, list[Citation]] = defaultdict(list)
    if keys:
        (ties,) = yield [_ties(actor, keys)]
        for tie in ties:
            found[tie.key].append(tie.citation)
    return found


@question
def _ties(actor: Actor, keys: Collection[uuid.UUID]) -> "QuerySet[Any]":
    ties = CitedRecord.objects.visible_to(actor).filter(key__in=keys).select_related("citation__document")
    return ties.order_by("pk")


@answered
def marks_of(actor: Actor, keys: Collection[uuid.UUID], *, most: int = 3) -> Reading[Marks]:
    """For each record (by its public identifier) its first sources, at most `most`; one query, whatever the number."""
    found = yield from citations_of.reading(actor, keys)
    return {key: tuple(source_mark(one, actor) for one in cited[:most]) for key, cited in found.items()}
