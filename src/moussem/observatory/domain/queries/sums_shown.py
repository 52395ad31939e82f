"""Kept sums as a page shows them, in the words of the sums that are worked out at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from moussem.core.actor import ANONYMOUS
from moussem.core.components import FigureLine, StatColumn
from moussem.core.texts import say
from moussem.engines.values.kinds import Bound, Kind, Precision, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.parts import Reason
from moussem.engines.values.period import Period
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from moussem.evidence.domain.queries.lines import measure_label, quantity_line
from moussem.evidence.enums import SCOPE_LABELS
from moussem.evidence.models import Subject
from moussem.observatory.domain.queries import sentences
from moussem.observatory.domain.queries.people import PEOPLE
from moussem.observatory.domain.queries.sums import MeasureRow, RecentSum, SumLine
from moussem.observatory.models import Standing

TARGETS = 12
"""How many targets of the place itself stand in the column of planned figures; the list of plans has all."""
Labels = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class KeptSums:
    """The kept sums of a large dossier. `at` is when they were worked out, from how many `figures`; `is_awaited` says
    that newer figures wait to be counted.
    """

    at: datetime
    figures: int
    is_awaited: bool
    rows: tuple[MeasureRow, ...]
    recent: RecentSum | None
    whole: tuple[SumLine, ...]
    uncounted: int


def kept_sums(subject: Subject) -> KeptSums | None:
    """The kept sums of a place or park; None until they are worked out for the first time."""
    standing = Standing.objects.visible_to(ANONYMOUS).filter(subject=subject, answered__gt=0).first()
    if standing is None or standing.worked_out_at is None:
        return None
    kept = standing.sums
    labels = _labels(kept)
    recent = kept["recent"]
    return KeptSums(
        at=standing.worked_out_at,
        figures=standing.figures,
        is_awaited=standing.is_awaited,
        rows=tuple(_row(kept, measure, labels) for measure in PEOPLE if measure is Measure.JOBS or _has(kept, measure)),
        recent=RecentSum(_period(recent["since"]), _announced(recent["totals"], labels), recent["earlier"])
        if recent
        else None,
        whole=_announced(kept["totals"], labels),
        uncounted=kept["uncounted"],
    )


def _labels(kept: Mapping[str, Any]) -> Labels:
    """The names that the sums need, in one query."""
    rows = [*kept["totals"], *(kept["recent"] or {"totals": ()})["totals"]]
    keys = {key for row in rows for key in row["on_top"]}
    keys |= {key for row in kept["targets"][:TARGETS] for key in row["places"]}
    return {subject.pk: say(subject.label) for subject in Subject.objects.visible_to(ANONYMOUS).filter(pk__in=keys)}


def _has(kept: Mapping[str, Any], measure: Measure) -> bool:
    return any(row["measure"] == measure for row in [*kept["totals"], *kept["targets"]])


def _row(kept: Mapping[str, Any], measure: Measure, labels: Labels) -> MeasureRow:
    return MeasureRow(
        label=measure_label(measure),
        columns=tuple(StatColumn(kind.value, tuple(_column(kept, measure, kind, labels))) for kind in Kind),
    )


def _column(kept: Mapping[str, Any], measure: Measure, kind: Kind, labels: Labels) -> list[FigureLine]:
    if kind is Kind.PLANNED:
        targets = [row for row in kept["targets"] if row["measure"] == measure]
        return [_target_line(row, labels) for row in targets[:TARGETS]]
    rows = [row for row in kept["totals"] if row["measure"] == measure and row["kind"] == kind]
    return [_total_line(row, labels) for row in rows if row["quantity"] or row["with_all_on_top"]]


def _target_line(row: Mapping[str, Any], labels: Labels) -> FigureLine:
    line = quantity_line(_quantity(row["quantity"]), kind=Kind.PLANNED, measure=row["measure"])
    where = ", ".join(labels[key] for key in row["places"] if key in labels)
    horizon = _period(row["horizon"]) if row["horizon"] else None
    return replace(line, label=where, horizon=horizon, scope=_scope(row["scope"]))


def _total_line(row: Mapping[str, Any], labels: Labels) -> FigureLine:
    line = quantity_line(_quantity(row["quantity"]), kind=row["kind"], measure=row["measure"])
    note = _words(row, labels) if row["on_top"] else ""
    return replace(line, label="", note=note, scope=_scope(row["scope"]))


def _scope(code: str) -> str:
    return "" if code == Scope.NOT_STATED else code


def _announced(rows: Sequence[Mapping[str, Any]], labels: Labels) -> tuple[SumLine, ...]:
    wanted = [row for row in rows if (row["kind"], row["measure"]) == (Kind.ANNOUNCED, Measure.JOBS)]
    return tuple(_line(row, labels) for row in wanted)


def _line(row: Mapping[str, Any], labels: Labels) -> SumLine:
    scope = _scope(row["scope"])
    return SumLine(
        kind=row["kind"],
        measure=row["measure"],
        label=measure_label(row["measure"]),
        scope=str(SCOPE_LABELS[Scope(scope)]) if scope else "",
        words=_words(row, labels),
        included=(),
        left_out=(),
        incomplete=row["incomplete"],
        counted=row["included"],
        reasons=tuple((sentences.reason_left_out(Reason(why)), n) for why, n in row["left_out"].items()),
    )


def _words(row: Mapping[str, Any], labels: Labels) -> str:
    names = [labels[key] for key in row["on_top"] if key in labels]
    if row["more_on_top"]:
        names.append(sentences.others(row["more_on_top"]))
    return sentences.on_top(_quantity(row["quantity"]), _quantity(row["with_all_on_top"]), names)


def _quantity(kept: Sequence[Any] | None) -> Quantity | None:
    if kept is None:
        return None
    scaled, unit, bound, scaled_max = kept
    return Quantity(scaled, Unit(unit), Bound(bound), scaled_max)


def _period(kept: Mapping[str, Any]) -> Period:
    start, end = (date.fromisoformat(kept[name]) if kept[name] else None for name in ("start", "end"))
    return Period(start, end, Precision(kept["precision"]), kept["words"])
