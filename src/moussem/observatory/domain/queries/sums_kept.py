"""The sums of a large dossier as they are kept: worked out from every published figure, written as JSON.

Every number is as `engines.values.total` gives it; nothing is added here. What a page would have to list by the
thousand (what is inside a sum, what was left out) is kept as counts, each with its reason.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from moussem.core.actor import ANONYMOUS
from moussem.engines.values.coverage import Wider
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.total import Target, Total, totals
from moussem.evidence.domain.queries.tallies import fact_of
from moussem.evidence.domain.queries.territory import surroundings
from moussem.evidence.models import Figure, FigureSubject
from moussem.observatory.domain.queries.ground import doubtful_of, open_matches
from moussem.observatory.domain.queries.people import PEOPLE, newest_announcement, said_since

NAMED = 3
"""How many of those that may come on top of a sum are kept by name."""
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Worked:
    """The sums of a territory and how many figures they were read from."""

    sums: dict[str, Any]
    figures: int


def work_out(territory: Collection[int]) -> Worked:
    """The sums of a territory (inner keys of a place and all that lies in it), from its published figures."""
    facts = facts_of(territory)
    places = {int(place) for fact in facts for place in fact.places}
    return Worked(sums_of(facts, surroundings(places) if places else {}), len(facts))


def facts_of(territory: Collection[int]) -> list[FigureFact]:
    """The published figures of people of a territory as the engine counts them, by key; the replaced ones left out."""
    tied = FigureSubject.objects.filter(subject__in=list(territory), measure__in=[m.value for m in PEOPLE])
    rows = Figure.objects.visible_to(ANONYMOUS).current().filter(pk__in=tied.values("figure_id"))
    links = FigureSubject.objects.select_related("subject").only("figure", "role", "subject__canonical")
    figures = rows.defer("note", "inferred").prefetch_related(Prefetch("links", links.order_by("pk"))).order_by("pk")
    # Of the unnamed firms all that are undecided, and not those of so many figures: they are few.
    doubtful = doubtful_of(list(open_matches().filter(left__named=False)))
    return [fact_of(figure, doubtful) for figure in figures.iterator(chunk_size=CHUNK)]


def sums_of(facts: Iterable[FigureFact], wider: Wider) -> dict[str, Any]:
    """What a standing keeps of facts; the order of the facts never matters."""
    given = sorted(facts, key=lambda fact: int(fact.key))
    holders = {fact.key: fact.holders or fact.places for fact in given}
    whole = totals(given, wider=wider)
    announced = [fact for fact in given if fact.measure is Measure.JOBS and fact.kind is Kind.ANNOUNCED]
    newest = newest_announcement(announced)
    recent = said_since(announced, newest) if newest else []
    return {
        "totals": [_total(row, holders) for row in whole.totals],
        "targets": [_target(row) for row in whole.targets if not row.holders],
        "targets_of_holders": sum(1 for row in whole.targets if row.holders),
        "recent": newest
        and {
            "since": _period(newest),
            "earlier": len(announced) - len(recent),
            "totals": [_total(row, holders) for row in totals(recent, wider=wider).totals],
        },
        "uncounted": _uncounted(given),
    }


def _total(total: Total, holders: Mapping[str, Collection[str]]) -> dict[str, Any]:
    reading = total.reading
    above = dict.fromkeys(holder for row in reading.on_top for key in row.keys for holder in holders[key])
    return {
        "kind": total.kind.value,
        "measure": total.measure.value,
        "scope": total.scope.value if total.scope else "",
        "perimeter": total.perimeter,
        "quantity": quantity_kept(reading.quantity),
        "with_all_on_top": quantity_kept(reading.with_all_on_top),
        "on_top": [int(key) for key in list(above)[:NAMED]],
        "more_on_top": max(0, len(above) - NAMED),
        "included": len(reading.included),
        "left_out": dict(sorted(Counter(reason.value for _, reason in total.left_out).items())),
        "incomplete": reading.incomplete,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "measure": target.measure.value,
        "scope": target.scope.value,
        "quantity": quantity_kept(target.quantity),
        "places": [int(place) for place in target.places],
        "horizon": _period(target.horizon),
    }


def quantity_kept(quantity: Quantity | None) -> list[Any] | None:
    """A quantity as a list: scaled value, unit, bound, scaled upper end; None where nothing is stated."""
    if quantity is None:
        return None
    return [quantity.scaled, quantity.unit.value, quantity.bound.value, quantity.scaled_max]


def _period(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    start, end = (day.isoformat() if day else None for day in (period.start, period.end))
    return {"start": start, "end": end, "precision": period.precision.value, "words": period.words}


def _uncounted(facts: Iterable[FigureFact]) -> int:
    """How many promised people here without any source saying, of that firm, how many there are."""
    promised: set[str] = set()
    counted: set[str] = set()
    for fact in facts:
        (promised if fact.kind.looks_forward else counted).update(fact.holders)
    return len(promised - counted)
