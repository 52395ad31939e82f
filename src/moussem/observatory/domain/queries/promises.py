"""The promises of a place in the order in which they were made, each with what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from moussem.core.actor import ANONYMOUS
from moussem.core.components import FigureLine, SourceMark
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Kind
from moussem.engines.values.period import Period, timeline_key
from moussem.engines.values.promises import Because, Caveat, Evidence, Followed, Opening, Status, follow
from moussem.evidence.domain.queries.lines import figure_line, statement_line, teller_words
from moussem.evidence.models import Figure, Statement
from moussem.observatory.domain.queries import sentences
from moussem.observatory.domain.queries.ground import Ground


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise: what, by whom, for when; its outcome with the reason, and the later figures beside it.

    `figure` is None for an announced opening, whose `words` say it. `told_by` is empty where the text itself says it.
    """

    key: str
    kind: str
    figure: FigureLine | None
    words: str
    told_by: str
    stated_on: Period | None
    horizon: Period | None
    status: str
    status_label: str
    reason: str
    caveats: tuple[str, ...]
    later: tuple[FigureLine, ...]
    sources: tuple[SourceMark, ...]
    later_sources: tuple[SourceMark, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many promises came out one way, for the filter of a page."""

    status: str
    label: str
    meaning: str
    count: int


def promises_of(ground: Ground, as_of: date) -> list[PromiseLine]:
    """Every announced or contracted figure and announced opening of the place, the oldest first."""
    figures = [f for k, f in ground.facts.items() if _is_promise(f) and ground.is_own(ground.figures[k])]
    rows: list[tuple[Period | None, PromiseLine]] = [(f.stated_on, _of_figure(ground, f, as_of)) for f in figures]
    rows += [(o.stated_on, _of_opening(ground, o, as_of)) for o in ground.openings]
    return _in_order(rows)


def plans_of(ground: Ground, as_of: date) -> list[PromiseLine]:
    """What was planned for the place, for what lies in it and for the regions around it: nobody's promise."""
    figures = [fact for fact in ground.facts.values() if fact.kind is Kind.PLANNED]
    return _in_order([(fact.stated_on, _of_figure(ground, fact, as_of)) for fact in figures])


def followed_figures(ground: Ground, keys: Iterable[str], as_of: date) -> list[PromiseLine]:
    """What became of some figures of a ground, in the order of their keys as given."""
    return [_of_figure(ground, ground.facts[key], as_of) for key in keys]


def followed_openings(ground: Ground, as_of: date) -> list[PromiseLine]:
    """What became of the announced openings of a ground, the newest first."""
    return _in_order([(one.stated_on, _of_opening(ground, one, as_of)) for one in ground.openings])[::-1]


def statuses_of(ground: Ground, as_of: date) -> list[Status]:
    """What became of each promise of the place, as `promises_of` tells it, without its lines."""
    figures = [f for k, f in ground.facts.items() if _is_promise(f) and ground.is_own(ground.figures[k])]
    followed = [follow(fact, ground.facts.values(), as_of, wider=ground.wider) for fact in figures]
    followed += [follow(opening, ground.starts, as_of, wider=ground.wider) for opening in ground.openings]
    return [one.status for one in followed]


def outcomes_of(statuses: Iterable[str]) -> tuple[Outcome, ...]:
    """The four outcomes with their counts, those with none too."""
    counts = Counter(Status(status) for status in statuses)
    return tuple(
        Outcome(
            status.value, str(sentences.STATUS_LABELS[status]), str(sentences.STATUS_MEANINGS[status]), counts[status]
        )
        for status in Status
    )


def _is_promise(fact: FigureFact) -> bool:
    return fact.kind.looks_forward and fact.kind is not Kind.PLANNED


def _in_order(rows: list[tuple[Period | None, PromiseLine]]) -> list[PromiseLine]:
    ordered = sorted(rows, key=lambda row: (timeline_key(row[0]), timeline_key(row[1].horizon), row[1].key))
    return [line for _, line in ordered]


def _of_figure(ground: Ground, fact: FigureFact, as_of: date) -> PromiseLine:
    followed = follow(fact, ground.facts.values(), as_of, wider=ground.wider)
    figure = ground.figures[fact.key]
    line = figure_line(figure, ANONYMOUS)
    beside = _beside(ground, followed)
    by = ground.facts[followed.decided_by[0]] if followed.decided_by else None
    reason = sentences.reason(followed, by, None)
    if by is None and beside:
        reason = f"{reason} {sentences.so_far(beside, ground.facts[beside.key])}"
    later = [figure_line(ground.figures[beside.key], ANONYMOUS)] if beside else []
    return PromiseLine(
        key=str(figure.public_id),
        kind=figure.kind,
        figure=line,
        words="",
        told_by=_teller(figure, line.sources),
        stated_on=fact.stated_on,
        horizon=fact.horizon,
        status=followed.status.value,
        status_label=str(sentences.STATUS_LABELS[followed.status]),
        reason=reason,
        caveats=_caveats(followed, beside),
        later=tuple(later),
        sources=line.sources,
        later_sources=tuple(mark for one in later for mark in one.sources),
        url=line.url,
    )


def _of_opening(ground: Ground, opening: Opening, as_of: date) -> PromiseLine:
    followed = follow(opening, ground.starts, as_of, wider=ground.wider)
    statement = ground.statements[opening.key]
    line = statement_line(statement, ANONYMOUS)
    came = ground.statements[followed.decided_by[0]] if followed.decided_by else None
    shown = statement_line(came, ANONYMOUS).sources if came else ()
    return PromiseLine(
        key=str(statement.public_id),
        kind=Kind.ANNOUNCED.value,
        figure=None,
        words=line.words,
        told_by=_teller(statement, line.sources),
        stated_on=opening.stated_on,
        horizon=opening.horizon,
        status=followed.status.value,
        status_label=str(sentences.STATUS_LABELS[followed.status]),
        reason=sentences.reason(followed, None, came.period if came else None),
        caveats=tuple(sentences.caveat(one) for one in followed.caveats),
        later=(),
        sources=line.sources,
        later_sources=shown,
        url=line.url,
    )


def _teller(row: Figure | Statement, sources: tuple[SourceMark, ...]) -> str:
    """Who said it; where the text itself does, its publisher; "" where not even that is stated."""
    return teller_words(row) or next((mark.publisher for mark in sources if mark.publisher), "")


def _beside(ground: Ground, followed: Followed) -> Evidence | None:
    """The later figure that says most of a promise: the deciding one, else the nearest in meaning, the newest."""
    if followed.decided_by:
        return next(seen for seen in followed.evidence if seen.key in followed.decided_by)
    if followed.because is Because.NO_NUMBER:
        return None
    apart = {Caveat.OTHER_MEASURE, Caveat.NARROWER}
    return min(
        reversed(followed.evidence),
        key=lambda seen: len(apart & set(seen.caveats)),
        default=None,
    )


def _caveats(followed: Followed, beside: Evidence | None) -> tuple[str, ...]:
    said = dict.fromkeys([*followed.caveats, *(beside.caveats if beside else ())])
    return tuple(sentences.caveat(one) for one in said)
