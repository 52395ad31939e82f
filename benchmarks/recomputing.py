"""Totals worked out a second time, by the database alone: the latest figure of each holder at a place, added up."""

from typing import Any

from django.db import connection

from moussem.core.actor import ANONYMOUS
from moussem.directory.models import Organisation, Park, Person
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.evidence.domain.queries.tallies import total_for
from moussem.evidence.models import Document, Figure, FigureSubject, Statement, Subject
from moussem.observatory.domain.queries.territories import is_large
from moussem.observatory.models import Standing

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


# Planned figures have no total: each firm's target stands for itself.
_TARGETS = """
    SELECT COUNT(*) FROM (
        SELECT DISTINCT held.subject_id, stands.measure
        FROM evidence_figuresubject stands
        JOIN evidence_figuresubject held ON held.figure_id = stands.figure_id AND held.role = 'holder'
        WHERE stands.subject_id = %s AND stands.role = 'place' AND stands.kind = 'planned'
    ) targets
"""
MEASURES = (Measure.JOBS, Measure.EMPLOYEES)


def compare_totals() -> list[dict[str, Any]]:
    """For places that hold generated figures only: the engine's total and the kept one beside the database's own.

    Every kind that was filled: announced and reported are added up, planned work is counted by its targets.
    """
    found = []
    for place in _untouched_places()[:4]:
        name = place.label.get("fr", "")
        for kind in (Kind.ANNOUNCED, Kind.REPORTED):
            for measure in MEASURES:
                found.append(
                    _same(f"{name}, {measure} {kind}, at once", _at_once(place, kind, measure), place, kind, measure)
                )
                if is_large([place.pk]):
                    kept = _kept(place, kind, measure)
                    found.append(_same(f"{name}, {measure} {kind}, kept", kept, place, kind, measure))
        if is_large([place.pk]):
            found.append(_targets(name, place))
    return found


def _untouched_places() -> list[Subject]:
    """Places with nothing inside them and no figure of the demonstration, whose joint figures no sum would repeat."""
    places = Subject.objects.filter(kind="place", parts=None).order_by("pk")
    return [place for place in places if not Figure.objects.exclude(key="").filter(links__subject=place).exists()]


def _same(of: str, ours: Any, place: Subject, kind: Kind, measure: Measure) -> dict[str, Any]:
    low, high = _asked(_LATEST, [place.pk, str(measure), str(kind)])
    return {"of": of, "ours": ours, "recomputed": [(low and int(low), high and int(high))]}


def _asked(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def _at_once(place: Subject, kind: Kind, measure: Measure) -> list[Any]:
    found = total_for([place], measure=measure, kind=kind, actor=ANONYMOUS).of(kind, measure)
    return [(t.quantity.scaled, t.quantity.highest_stated) for t in found if t.quantity] or [(None, None)]


def _kept(place: Subject, kind: Kind, measure: Measure) -> list[Any]:
    sums = Standing.objects.get(subject=place).sums
    rows = [row["quantity"] for row in sums["totals"] if (row["kind"], row["measure"]) == (kind, measure)]
    return [(low, low if high is None else high) for low, _, _, high in filter(None, rows)] or [(None, None)]


def _targets(name: str, place: Subject) -> dict[str, Any]:
    sums = Standing.objects.get(subject=place).sums
    return {
        "of": f"{name}, planned, targets kept",
        "ours": sums["targets_of_holders"],
        "recomputed": _asked(_TARGETS, [place.pk])[0],
    }


def rows() -> dict[str, int]:
    """How much there is."""
    models = (Organisation, Person, Park, Document, Figure, FigureSubject, Statement)
    return {model._meta.model_name or "": model.objects.count() for model in models}
