"""Totals worked out a second time, by the database alone: the latest figure of each holder at a place, added up."""

from typing import Any

from django.db import connection

from moussem.core.actor import ANONYMOUS
from moussem.directory.models import Organisation, Park, Person
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.evidence.domain.queries.tallies import total_for
from moussem.evidence.models import Document, Figure, FigureSubject, Statement, Subject

# Where sources of one day differ, the lowest and the highest stand; equal numbers leave no range.
_LATEST = """
    SELECT SUM(low), SUM(high) FROM (
        SELECT MIN(value) AS low, MAX(value) AS high FROM (
            SELECT held.subject_id AS holder, f.value AS value,
                   RANK() OVER (PARTITION BY held.subject_id ORDER BY held.moment DESC) AS place
            FROM evidence_figuresubject stands
            JOIN evidence_figuresubject held ON held.figure_id = stands.figure_id AND held.role = 'holder'
            JOIN evidence_figure f ON f.id = stands.figure_id
            WHERE stands.subject_id = %s AND stands.role = 'place' AND stands.measure = %s AND stands.kind = %s
        ) ranked WHERE place = 1 GROUP BY holder
    ) latest
"""


def compare_totals() -> list[dict[str, Any]]:
    """For places that hold generated figures only: our total beside the database's own answer."""
    return [
        {"of": place.label.get("fr", ""), "kind": str(kind), **_both(place, kind)}
        for place in _untouched_places()[:4]
        for kind in (Kind.ANNOUNCED, Kind.REPORTED)
    ]


def _untouched_places() -> list[Subject]:
    """Places with nothing inside them and no figure of the demonstration, whose joint figures no sum would repeat."""
    places = Subject.objects.filter(kind="place", parts=None).order_by("pk")
    return [place for place in places if not Figure.objects.exclude(key="").filter(links__subject=place).exists()]


def _both(place: Subject, kind: Kind) -> dict[str, Any]:
    totals = total_for([place], measure=Measure.JOBS, kind=kind, actor=ANONYMOUS).of(kind, Measure.JOBS)
    found = [total.quantity for total in totals if total.quantity is not None]
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [place.pk, str(Measure.JOBS), str(kind)])
        low, high = cursor.fetchone()
    ours = [(one.scaled, one.highest_stated) for one in found] or [(None, None)]
    return {"ours": ours, "recomputed": [(low and int(low), high and int(high))]}


def rows() -> dict[str, int]:
    """How much there is."""
    models = (Organisation, Person, Park, Document, Figure, FigureSubject, Statement)
    return {model._meta.model_name or "": model.objects.count() for model in models}
