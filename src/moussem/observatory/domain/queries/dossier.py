"""The dossier of a place or park: what was promised, by whom, for when, and what became of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from moussem.core.actor import ANONYMOUS, Actor
from moussem.core.addresses import public_address
from moussem.core.asking import answer, side_by_side
from moussem.core.components import FigureLine
from moussem.core.texts import say
from moussem.engines.values.kinds import Kind
from moussem.evidence.domain.queries.lines import figure_line
from moussem.evidence.domain.queries.sides import Against, contradictions_about
from moussem.evidence.enums import SubjectKind, SubjectRole
from moussem.evidence.models import Figure, Subject
from moussem.observatory.domain.queries.ground import AROUND, Extent, Ground, extent_of, ground_of
from moussem.observatory.domain.queries.people import PEOPLE
from moussem.observatory.domain.queries.promises import (
    Outcome,
    PromiseLine,
    outcomes_of,
    plans_of,
    promises_of,
    statuses_of,
)
from moussem.observatory.domain.queries.questions import Question, questions_of
from moussem.observatory.domain.queries.stretches import NEWEST, Cursors, lists_of
from moussem.observatory.domain.queries.sums import MeasureRow, RecentSum, SumLine, recent_of, rows_of, whole_of
from moussem.observatory.domain.queries.sums_shown import KeptSums, kept_sums


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place by its name, with its dossier and its page in the directory."""

    label: str
    dossier: str
    page: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the page of a place shows; built by one query, no sum is made anywhere else.

    `uncounted` names the firms that promised something here and of which no source says how many work there.
    A large dossier (`territories.is_large`) shows its kept sums (`kept`, None until they are worked out) and each list
    a page at a time, the newest first; the outcomes of all its promises are not counted.
    """

    place: PlaceLink
    around: tuple[PlaceLink, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    plans: tuple[PromiseLine, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    rows: tuple[MeasureRow, ...] = ()
    recent: RecentSum | None = None
    whole: tuple[SumLine, ...] = ()
    questions: tuple[Question, ...] = ()
    contradictions: tuple[Against, ...] = ()
    uncounted: tuple[str, ...] = ()
    counted: tuple[FigureLine, ...] = ()
    is_large: bool = False
    kept: KeptSums | None = None
    older: Cursors = NEWEST

    @property
    def has_verified(self) -> bool:
        """Whether any verified number of people is stated."""
        return any(column.kind == Kind.VERIFIED and column.figures for row in self.rows for column in row.columns)

    @property
    def is_same_throughout(self) -> bool:
        """Whether the sum since the newest announcement reads as the sum over the whole time."""
        recent = self.recent.lines if self.recent else ()
        return bool(recent) and [line.words for line in recent] == [line.words for line in self.whole]

    @property
    def followed(self) -> int:
        """How many promises and targets are followed here, whatever came of them."""
        return sum(one.count for one in self.outcomes) + len(self.plans)

    @property
    def span(self) -> tuple[str, str] | None:
        """The first and the last year in which something was promised or planned here; None where none is dated."""
        said = [line.stated_on for line in (*self.promises, *self.plans)]
        dated = [on.start.year for on in said if on and on.start]
        return (str(min(dated)), str(max(dated))) if dated else None

    @property
    def has_sums(self) -> bool:
        """Whether what the figures come to can be shown."""
        return not self.is_large or self.kept is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known."""
        listed = self.promises or self.plans or self.counted or self.contradictions
        summed = any(column.figures for row in self.rows for column in row.columns)
        return not (self.is_large or listed or summed or any(one.count for one in self.outcomes))


def subjects_seen(actor: Actor) -> "QuerySet[Subject]":
    """The places and parks whose dossier an actor may open, with the places around each."""
    rows = Subject.objects.visible_to(actor).filter(kind__in=(SubjectKind.PLACE, SubjectKind.PARK))
    return rows.select_related("canonical", AROUND)


def dossier_of(subject: Subject, actor: Actor, *, as_of: date, status: str = "", cursors: Cursors = NEWEST) -> Dossier:
    """The dossier of a place or park as it was known on a day.

    `status` keeps only the promises that came out so (not in a large dossier), `cursors` say where the lists of a large
    one begin.
    """
    extent = extent_of(subject)
    about = sorted({*extent.own, *(place.pk for place in extent.around)})
    known = contradictions_about.reading(ANONYMOUS, about)
    if extent.is_large:
        contradictions, lists = answer(side_by_side(known, lists_of(extent.own, as_of, cursors)))
        return replace(
            _large_dossier(subject, extent),
            promises=lists.promises,
            plans=lists.plans,
            counted=lists.counted,
            older=lists.older,
            contradictions=tuple(contradictions),
        )
    contradictions, ground = answer(side_by_side(known, ground_of.reading(subject, extent)))
    promises = promises_of(ground, as_of)
    return replace(
        _summed(subject, ground, actor),
        promises=tuple(line for line in promises if not status or line.status == status),
        plans=tuple(plans_of(ground, as_of)),
        outcomes=outcomes_of(line.status for line in promises),
        whole=whole_of(ground),
        contradictions=tuple(contradictions),
        uncounted=tuple(_uncounted(ground)),
        counted=tuple(_counted(ground)),
    )


def dossier_in_short(
    subject: Subject, actor: Actor, *, as_of: date, beside: Collection[int] = ()
) -> tuple[Dossier, Mapping[int, Figure]]:
    """What the first page tells of a place: the newest sums, the outcomes and the questions, without any list.

    The figures with the inner keys `beside`, which the page shows elsewhere, come with it where the dossier is small.
    """
    extent = extent_of(subject)
    if extent.is_large:
        return _large_dossier(subject, extent), {}
    ground = ground_of(subject, extent, beside=beside, told=False)
    return replace(_summed(subject, ground, actor), outcomes=outcomes_of(statuses_of(ground, as_of))), ground.beside


def _summed(subject: Subject, ground: Ground, actor: Actor) -> Dossier:
    return Dossier(
        place=_link(subject),
        around=tuple(_link(place) for place in ground.around),
        rows=tuple(rows_of(ground)),
        recent=recent_of(ground),
        questions=tuple(questions_of(ground, actor)),
    )


def _large_dossier(subject: Subject, extent: Extent) -> Dossier:
    kept = kept_sums(subject)
    return Dossier(
        place=_link(subject),
        around=tuple(_link(place) for place in extent.around),
        rows=kept.rows if kept else (),
        recent=kept.recent if kept else None,
        whole=kept.whole if kept else (),
        is_large=True,
        kept=kept,
    )


def _link(subject: Subject) -> PlaceLink:
    return PlaceLink(
        say(subject.label), public_address(f"dossiers/{subject.public_id}/"), public_address(subject.address)
    )


def _uncounted(ground: Ground) -> list[str]:
    """Who promised people here without any source saying, of that firm, how many there are."""
    promised: dict[str, str] = {}
    counted: set[str] = set()
    for key, fact in ground.facts.items():
        if fact.measure not in PEOPLE or not ground.is_own(ground.figures[key]):
            continue
        if not fact.kind.looks_forward:
            counted.update(fact.holders)
            continue
        for link in ground.figures[key].links.all():
            if link.role == SubjectRole.HOLDER:
                standing = link.subject.canonical or link.subject
                promised[str(standing.pk)] = say(standing.label)
    return sorted(label for key, label in promised.items() if key not in counted)


def _counted(ground: Ground) -> list[FigureLine]:
    """What sources say is there, the newest first: people only."""
    facts = [
        fact
        for key, fact in ground.facts.items()
        if fact.measure in PEOPLE and not fact.kind.looks_forward and ground.is_own(ground.figures[key])
    ]
    facts.sort(key=lambda fact: ((fact.dated and fact.dated.start) or date.min, fact.key), reverse=True)
    return [figure_line(ground.figures[fact.key], ANONYMOUS) for fact in facts]
