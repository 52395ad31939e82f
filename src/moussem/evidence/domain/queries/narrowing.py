"""Narrowing figures and statements an actor already sees: by what they are about, and by where they are written."""

import heapq
from collections.abc import Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from moussem.core.actor import Actor
from moussem.core.together import for_each
from moussem.evidence.domain.queries.newest import MOST_ROLES, STANDING_FOR
from moussem.evidence.domain.queries.territory import territory
from moussem.evidence.models import Figure, FigureSubject, StatementSubject, Subject


def about_subject(rows: "QuerySet[Any]", subject: UUID | None, role: str | None = None) -> "QuerySet[Any]":
    """The figures or statements about a thing (None: any), in any role or in this one; each once."""
    # The subject is found within the query: told its inner key, PostgreSQL would walk all figures in their order.
    wanted: dict[str, Any] = {"subject__public_id": subject} if subject else {}
    return _tied(rows, _links(rows).filter(**wanted, **({"role": role} if role else {})))


def subject_of(key: UUID) -> list[int]:
    """The inner key of the subject with this identifier; none where there is none."""
    return list(Subject.objects.filter(public_id=key).values_list("pk", flat=True))


def territory_of(place: UUID, actor: Actor) -> list[int]:
    """The inner keys of a place that the actor sees, and of all that lies in it; none of any other."""
    return territory(Subject.objects.visible_to(actor).filter(public_id=place))


def first_about(
    rows: "QuerySet[Any]", subjects: Sequence[int], limit: int, *, role: str | None = None
) -> "QuerySet[Any]":
    """Those among the first `limit` of `rows` (figures) by public identifier that are about any of the subjects, in
    any role or in this one.

    Along the index of each subject, so that a region of twenty thousand figures costs what a city of ten does.
    """
    link: dict[str, Any] = {"links__subject": STANDING_FOR} | ({"links__role": role} if role else {})
    tied = rows.select_related(None).prefetch_related(None).filter(**link)
    ordered = tied.order_by("links__entry").values_list("links__entry", flat=True)[: limit * MOST_ROLES]
    streams = for_each(ordered, [{STANDING_FOR: subject} for subject in subjects])
    merged = heapq.merge(*([entry for (entry,) in stream] for stream in streams))
    return rows.filter(public_id__in=list(islice(dict.fromkeys(merged), limit)))


def cited_from(rows: "QuerySet[Any]", document: UUID) -> "QuerySet[Any]":
    """The figures or statements that cite a document; each once."""
    through = rows.model.citations.through
    owner = "figure_id" if rows.model is Figure else "statement_id"
    return rows.filter(pk__in=through.objects.filter(citation__document__public_id=document).values(owner))


def _links(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return FigureSubject.objects.all() if rows.model is Figure else StatementSubject.objects.all()


def _tied(rows: "QuerySet[Any]", links: "QuerySet[Any]") -> "QuerySet[Any]":
    """From the links to the rows: asked the other way round, every row would be looked at for a few that are tied."""
    return rows.filter(public_id__in=links.values("entry"))
