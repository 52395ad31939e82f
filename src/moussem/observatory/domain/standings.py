"""Keeping the sums of large dossiers: asked for by news, worked out by a job, never by a request."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from moussem.core.jobs import enqueue
from moussem.evidence.domain.queries.territory import territory
from moussem.evidence.models import Subject
from moussem.observatory.domain.queries.sums_kept import Worked, work_out
from moussem.observatory.domain.queries.territories import PLACES, dossiers_around, is_large, mentions_of
from moussem.observatory.enums import WORK_OUT_STANDING
from moussem.observatory.models import Standing

log = logging.getLogger(__name__)


def ask_standings(subjects: Iterable[int]) -> list[Standing]:
    """Ask for the sums of every large dossier that subjects (inner keys) are or lie in; answer the standings asked for.

    Many changes before a worker comes are one request; a change while it works is one more.
    """
    large = [
        place for place in dossiers_around(subjects) if place.canonical_id is None and is_large(territory([place]))
    ]
    return [ask_standing(place) for place in large]


@transaction.atomic
def ask_standing(place: Subject) -> Standing:
    """Ask for the sums of one dossier in the caller's transaction; a request that waits already is this one."""
    Standing.objects.get_or_create(subject=place, defaults={"promoter_id": place.promoter_id})
    standing = Standing.objects.select_for_update().get(subject=place)
    if standing.asked == standing.taken:
        Standing.objects.filter(pk=standing.pk).update(asked=F("asked") + 1)
        standing.refresh_from_db()
        enqueue(
            WORK_OUT_STANDING, key=f"{standing.public_id}:{standing.asked}",
            promoter_key=place.promoter.key, standing=standing.pk, turn=standing.asked,
        )  # fmt: skip
    return standing


def work_out_standing(standing: Standing, *, turn: int, at: datetime) -> bool:
    """Work out the sums asked for in a turn and keep them; answer whether they were kept.

    The turn is taken before anything is read: what changes from then on asks anew. Where a later turn has been answered
    meanwhile this one is dropped; the same turn again gives the same sums.
    """
    Standing.objects.filter(pk=standing.pk, taken__lt=turn).update(taken=turn)
    own = territory([standing.subject])
    with transaction.atomic():
        worked, mentions = work_out(own), mentions_of(own)
    return _keep(standing, turn, worked, mentions, at)


def _keep(standing: Standing, turn: int, worked: Worked, mentions: int, at: datetime) -> bool:
    mine = Standing.objects.filter(pk=standing.pk, answered__lte=turn)
    kept = mine.update(
        answered=turn, worked_out_at=at, figures=worked.figures, mentions=mentions, sums=worked.sums
    )  # fmt: skip
    log.info("standing %s, turn %d: %d figures, kept: %s", standing.public_id, turn, worked.figures, bool(kept))
    return bool(kept)


def large_places() -> list[Subject]:
    """Every published place and park of which too many figures speak to be added up at a request."""
    places = Subject.objects.filter(kind__in=PLACES, canonical=None, published_at__isnull=False).order_by("pk")
    return [place for place in places if is_large(territory([place]))]


def ask_stale_standings() -> list[Standing]:
    """Ask for the sums of large dossiers that have none yet, or whose figures are not those that were read."""
    kept = {standing.subject_id: standing.mentions for standing in Standing.objects.filter(answered__gt=0)}
    stale = [place for place in large_places() if kept.get(place.pk) != mentions_of(territory([place]))]
    return [ask_standing(place) for place in stale]
