"""The lists of a large dossier, a page at a time, newest first: promises, plans, and what sources count there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from moussem.core.actor import ANONYMOUS
from moussem.core.asking import Reading, question, side_by_side
from moussem.core.components import FigureLine
from moussem.core.timelines import Moment
from moussem.engines.values.kinds import Kind
from moussem.evidence.domain.queries.lines import figure_line, shown_figures, told_figures
from moussem.evidence.domain.queries.newest import newest_among, newest_of, tied_newest
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure, FigureSubject, Subject
from moussem.evidence.models.figures import FigureQuerySet
from moussem.observatory.domain.queries.ground import ground_from, matches_about, statements_of
from moussem.observatory.domain.queries.people import PEOPLE
from moussem.observatory.domain.queries.promises import PromiseLine, followed_figures, followed_openings

PAGE = 20
BESIDE = 300
"""How many later figures are held against the promises of one page: of their firms, and the newest of the place."""
_PROMISED = (Kind.ANNOUNCED.value, Kind.CONTRACTED.value)
_COUNTED = tuple(kind.value for kind in Kind if not kind.looks_forward)
_PEOPLE = tuple(measure.value for measure in PEOPLE)


@dataclass(frozen=True, slots=True)
class Cursors:
    """Where the lists of a page begin; "" is the newest."""

    promises: str = ""
    plans: str = ""
    counted: str = ""


NEWEST = Cursors()


@dataclass(frozen=True, slots=True)
class Lists:
    """A page of each list, the newest first; `older` has the cursors of the next pages, "" on the last ones.

    Announced openings stand on the first page of the promises.
    """

    promises: tuple[PromiseLine, ...] = ()
    plans: tuple[PromiseLine, ...] = ()
    counted: tuple[FigureLine, ...] = ()
    older: Cursors = NEWEST


@dataclass(frozen=True, slots=True)
class _Stretch:
    keys: list[str]
    older: str


def lists_of(own: frozenset[int], as_of: date, cursors: Cursors) -> Reading[Lists]:
    """A page of each list of a territory (inner keys of a place and all that lies in it), its promises followed."""
    promised, planned, counted = yield from side_by_side(
        _stretch(own, cursors.promises, "promised"),
        _stretch(own, cursors.plans, "planned"),
        _stretch(own, cursors.counted, "counted"),
    )
    shown, statements = yield from side_by_side(
        _loaded([*promised.keys, *planned.keys, *counted.keys]),
        _none() if cursors.promises else statements_of(sorted(own)),
    )
    ahead = [shown[key] for key in (*promised.keys, *planned.keys) if key in shown]
    later = yield from _loaded(_later(own, ahead) - shown.keys())
    figures = [*shown.values(), *later.values()]
    ground = ground_from(own, (), figures, statements, matches=(yield from matches_about(figures)))
    opened = followed_openings(ground, as_of)
    return Lists(
        promises=(*opened, *followed_figures(ground, [key for key in promised.keys if key in shown], as_of)),
        plans=tuple(followed_figures(ground, [key for key in planned.keys if key in shown], as_of)),
        counted=tuple(figure_line(shown[key], ANONYMOUS) for key in counted.keys if key in shown),
        older=Cursors(promised.older, planned.older, counted.older),
    )


def _seen() -> "FigureQuerySet":
    return Figure.objects.visible_to(ANONYMOUS).current()


def _none() -> Reading[list[Any]]:
    yield from ()
    return []


def _loaded(keys: Collection[str]) -> Reading[dict[str, Figure]]:
    rows = yield from shown_figures(_these(sorted(int(key) for key in keys)))
    return {str(figure.pk): figure for figure in rows}


@question
def _these(keys: Sequence[int]) -> "QuerySet[Any]":
    return told_figures(_seen().filter(pk__in=keys))


_NARROWED: dict[str, dict[str, Any]] = {
    "promised": {"links__kind__in": _PROMISED},
    "planned": {"links__kind": Kind.PLANNED.value},
    "counted": {"links__kind__in": _COUNTED, "links__measure__in": _PEOPLE},
}


@question
def _newest(subjects: Sequence[int], which: str, before: Moment | None) -> "QuerySet[Any]":
    return tied_newest(_seen(), subjects, before, PAGE + 1, **_NARROWED[which])


def _stretch(own: Collection[int], cursor: str, which: str) -> Reading[_Stretch]:
    before = Moment.read(cursor) if cursor else None
    streams = yield [_newest([subject], which, before) for subject in sorted(own)]
    placed = newest_among(streams, PAGE + 1)
    shown = placed[:PAGE]
    keys = [str(one.pk) for one in shown]
    if len(placed) <= PAGE:
        return _Stretch(keys, "")
    last = shown[-1]
    return _Stretch(keys, str(Moment(date.fromordinal(last.day) if last.day else None, last.entry)))


def _later(own: Collection[int], figures: Sequence[Figure]) -> set[str]:
    """What is counted of the firms that promised (keys); for promises of a whole place what is counted of the whole,
    and the newest of what is counted of any firm there.
    """
    if not figures:
        return set()
    links = [[link for link in figure.links.all() if link.role == SubjectRole.HOLDER] for figure in figures]
    holders = {link.subject.canonical_id or link.subject_id for held in links for link in held}
    merged = Subject.objects.filter(canonical__in=holders).values_list("pk", flat=True)
    wanted = _newest_links(own, subject__in=[*holders, *merged])
    if not all(links):
        wanted |= _newest_links(own, subject__in=list(own), whole=True)
        wanted |= {one.pk for one in newest_of(_seen(), sorted(own), None, PAGE)}
    return {str(pk) for pk in wanted}


def _newest_links(own: Collection[int], **tied: object) -> set[int]:
    """The figures (inner keys) of at most `BESIDE` links, the newest, that are also of the territory."""
    here = FigureSubject.objects.filter(figure=OuterRef("figure"), subject__in=list(own))
    links = FigureSubject.objects.filter(Exists(here), kind__in=_COUNTED, **tied).order_by("-moment", "-entry")
    return set(links.values_list("figure_id", flat=True)[:BESIDE])
