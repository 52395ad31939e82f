"""The sources of records of the directory and of rooms above it, as marks."""

import uuid
from collections.abc import Collection, Mapping

from moussem.core.actor import Actor
from moussem.core.components import SourceMark
from moussem.evidence.domain.queries.lines import source_mark
from moussem.evidence.models import CitedRecord

Marks = Mapping[uuid.UUID, tuple[SourceMark, ...]]


def marks_of(actor: Actor, keys: Collection[uuid.UUID], *, most: int = 3) -> Marks:
    """For each record (by its public identifier) its first sources, at most `most`; one query, whatever the number."""
    if not keys:
        return {}
    ties = CitedRecord.objects.visible_to(actor).filter(key__in=list(keys)).select_related("citation__document")
    found: dict[uuid.UUID, tuple[SourceMark, ...]] = {}
    for tie in ties.order_by("pk"):
        known = found.get(tie.key, ())
        if len(known) < most:
            found[tie.key] = (*known, source_mark(tie.citation, actor))
    return found
