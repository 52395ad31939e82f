"""What the people of a place come to: each kind apart, said in words, with what is inside and what was left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from moussem.core.actor import ANONYMOUS
from moussem.core.components import FigureLine, SourceMark, StatColumn
from moussem.core.texts import say
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Kind, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period
from moussem.engines.values.total import Target, Total, Totals, totals
from moussem.evidence.domain.queries.lines import figure_line, measure_label, quantity_line
from moussem.evidence.enums import SCOPE_LABELS, SubjectRole
from moussem.evidence.models import Figure
from moussem.observatory.domain.queries import sentences
from moussem.observatory.domain.queries.ground import Ground
from moussem.observatory.domain.queries.people import PEOPLE, newest_announcement, said_since


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """A figure that is not inside a sum, and why."""

    figure: FigureLine
    reason: str


@dataclass(frozen=True, slots=True)
class SumLine:
    """One sum in words with what it holds; `words` reads "not stated" where no number is.

    A kept sum of very many figures has, instead of its figures, their number `counted` and `reasons`: for each reason
    how many were left out.
    """

    kind: str
    measure: str
    label: str
    scope: str
    words: str
    included: tuple[FigureLine, ...]
    left_out: tuple[LeftOutLine, ...]
    incomplete: bool
    counted: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure with a column for each of the seven kinds; the empty ones stay."""

    label: str
    columns: tuple[StatColumn, ...]


@dataclass(frozen=True, slots=True)
class RecentSum:
    """The announced jobs since the newest announcement: the sum, and how many earlier figures it leaves aside."""

    since: Period
    lines: tuple[SumLine, ...]
    earlier: int


def _people(ground: Ground) -> list[FigureFact]:
    rows = ground.facts.items()
    return [fact for key, fact in rows if fact.measure in PEOPLE and ground.is_own(ground.figures[key])]


def rows_of(ground: Ground) -> list[MeasureRow]:
    """Jobs always, and every other measure of people of which something is stated, kinds side by side."""
    facts = _people(ground)
    found = totals(facts, wider=ground.wider)
    stated = {fact.measure for fact in facts}
    return [_row(ground, found, measure) for measure in PEOPLE if measure is Measure.JOBS or measure in stated]


def _row(ground: Ground, found: Totals, measure: Measure) -> MeasureRow:
    return MeasureRow(
        label=measure_label(measure),
        columns=tuple(StatColumn(kind.value, tuple(_column(ground, found, measure, kind))) for kind in Kind),
    )


def _column(ground: Ground, found: Totals, measure: Measure, kind: Kind) -> Iterable[FigureLine]:
    if kind is Kind.PLANNED:
        return [_target_line(ground, row) for row in found.targets if row.measure is measure]
    return [_total_line(ground, row) for row in found.of(kind, measure) if row.reading.states_something]


def _target_line(ground: Ground, target: Target) -> FigureLine:
    figures = [ground.figures[key] for key in target.keys]
    line = quantity_line(target.quantity, kind=Kind.PLANNED, measure=target.measure)
    where = ", ".join(dict.fromkeys(_names(figures, (SubjectRole.PARK, SubjectRole.PLACE))))
    return replace(line, label=where, horizon=target.horizon, scope=_scope_code(target.scope), sources=_marks(figures))


def _total_line(ground: Ground, total: Total) -> FigureLine:
    reading = total.reading
    included = [ground.figures[key] for key in reading.included]
    words = _words(ground, total)
    line = quantity_line(reading.quantity, kind=total.kind, measure=total.measure)
    return replace(
        line,
        label="",
        note=words if reading.on_top else "",
        scope=_scope_code(total.scope or Scope.NOT_STATED),
        period=_only_period(included),
        sources=_marks(included),
    )


def _scope_code(scope: Scope) -> str:
    return "" if scope is Scope.NOT_STATED else scope.value


def _only_period(figures: Sequence[Figure]) -> Period | None:
    """The time of a sum that rests on one figure; a sum of several has none of its own."""
    return figures[0].dated if len(figures) == 1 else None


def recent_of(ground: Ground) -> RecentSum | None:
    """Announced jobs said since the newest announcement (its first day included); None where none is dated."""
    facts = [fact for fact in _people(ground) if fact.measure is Measure.JOBS and fact.kind is Kind.ANNOUNCED]
    newest = newest_announcement(facts)
    if newest is None:
        return None
    kept = said_since(facts, newest)
    found = totals(kept, wider=ground.wider).of(Kind.ANNOUNCED, Measure.JOBS)
    return RecentSum(newest, tuple(sum_line(ground, row) for row in found), len(facts) - len(kept))


def whole_of(ground: Ground) -> tuple[SumLine, ...]:
    """Announced jobs over the whole time."""
    facts = [fact for fact in _people(ground) if fact.measure is Measure.JOBS]
    found = totals(facts, wider=ground.wider).of(Kind.ANNOUNCED, Measure.JOBS)
    return tuple(sum_line(ground, row) for row in found)


def sum_line(ground: Ground, total: Total) -> SumLine:
    """One total of the engine, in words and with the figures inside and outside."""
    return SumLine(
        kind=total.kind.value,
        measure=total.measure.value,
        label=measure_label(total.measure),
        scope=str(SCOPE_LABELS[total.scope]) if total.scope and total.scope is not Scope.NOT_STATED else "",
        words=_words(ground, total),
        included=tuple(figure_line(ground.figures[key], ANONYMOUS) for key in total.reading.included),
        left_out=tuple(
            LeftOutLine(figure_line(ground.figures[key], ANONYMOUS), sentences.reason_left_out(why))
            for key, why in total.left_out
        ),
        incomplete=total.reading.incomplete,
    )


def _words(ground: Ground, total: Total) -> str:
    return total_words(ground.figures, total)


def total_words(figures: Mapping[str, Figure], total: Total) -> str:
    """A total in words, with what it is if what may be inside comes on top; `figures` (loaded) by the total's keys."""
    reading = total.reading
    tops = [figures[key] for row in reading.on_top for key in row.keys]
    names = list(dict.fromkeys(_names(tops, (SubjectRole.HOLDER,))))
    if tops and not names:
        names = list(dict.fromkeys(_names(tops, (SubjectRole.PARK, SubjectRole.PLACE))))
    return sentences.on_top(reading.quantity, reading.with_all_on_top, names)


def words_of(ground: Ground, total: Total) -> str:
    """A total in words, without its unit."""
    return _words(ground, total)


def _names(figures: Iterable[Figure], roles: tuple[SubjectRole, ...]) -> list[str]:
    links = (link for figure in figures for link in figure.links.all() if link.role in roles)
    return [say((link.subject.canonical or link.subject).label) for link in links]


def _marks(figures: Iterable[Figure]) -> tuple[SourceMark, ...]:
    marks = (mark for figure in figures for mark in figure_line(figure, ANONYMOUS).sources)
    return tuple({mark.key: mark for mark in marks}.values())
