"""Parks: the first number of jobs promised for the whole park, beside the latest that a source reports."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from moussem.core.actor import ANONYMOUS
from moussem.core.addresses import public_address
from moussem.core.components import BarRow, FigureLine
from moussem.core.texts import say
from moussem.directory.models import Park
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.engines.values.shares import Share, share_reached
from moussem.evidence.domain.queries.lines import figure_line, loaded_figures
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure, FigureSubject

MOST_PARKS = 100
_FORWARD = tuple(kind.value for kind in Kind if kind.looks_forward)
_BACKWARD = tuple(kind.value for kind in Kind if not kind.looks_forward)


@dataclass(frozen=True, slots=True)
class ParkLine:
    """One park. `share` is None where no later number is stated; it is of the numbers as written."""

    name: str
    city: str
    dossier: str
    promised: FigureLine
    later: FigureLine | None
    share: Share | None

    @property
    def bar(self) -> BarRow:
        """The park as a bar: the promise as an outline, what was reported inside it."""
        percent = self.share.percent if self.share else None
        return BarRow(self.name, self.promised, self.later, below=self.city, share=percent, url=self.dossier)


def parks_compared() -> list[ParkLine]:
    """The published parks for which a number of jobs was promised, the largest share first, the silent ones last."""
    rows = parks_promised()
    return park_lines(rows, figures_with(keys_of(rows)))


def parks_promised() -> list[Park]:
    """The published parks for which a number of jobs was promised, with the keys of that figure and of the latest."""
    rows = (
        Park.objects.visible_to(ANONYMOUS)
        .select_related("subject", "place")
        .annotate(promised=Subquery(_whole(True)), later=Subquery(_whole(False)))
        .filter(promised__isnull=False)
    )
    return list(rows.order_by("name", "pk")[:MOST_PARKS])


def keys_of(rows: Iterable[Park]) -> set[int]:
    """The inner keys of the figures that the lines of parks show."""
    return {key for row in rows for key in (row.promised, row.later) if key}


def park_lines(rows: Iterable[Park], figures: Mapping[int, Figure]) -> list[ParkLine]:
    """Parks with their figures, the largest share first, the silent ones last."""
    lines = [_line(row, figures[row.promised], figures.get(row.later)) for row in rows]
    return sorted(lines, key=lambda line: -1 if line.share is None else line.share.percent, reverse=True)


def figures_with(keys: Collection[int]) -> dict[int, Figure]:
    """The published figures with these inner keys, as lines show them."""
    rows = loaded_figures(Figure.objects.visible_to(ANONYMOUS).filter(pk__in=list(keys))) if keys else ()
    return {figure.pk: figure for figure in rows}


def _whole(forward: bool) -> "QuerySet[FigureSubject]":
    """The first promise, or the latest report, of jobs of a whole park: a figure that names no firm."""
    # Said twice negated: see `FigureQuerySet.current`.
    published = Q(figure__published_at__isnull=False) & ~Q(figure__replaced_by__isnull=False)
    open_now = Q(figure__embargo_until=None) | Q(figure__embargo_until__lte=Now())
    real = Figure.objects.met_by(ANONYMOUS, through="figure__promoter")
    tied = FigureSubject.objects.filter(
        published, open_now, real, subject=OuterRef("subject"), role=SubjectRole.PARK, measure=Measure.JOBS, whole=True
    )
    # The other kinds are left out, rather than these taken, so that the few figures of the whole are read in order.
    if forward:
        return tied.exclude(kind__in=_BACKWARD).order_by("moment", "entry").values("figure")[:1]
    return tied.exclude(kind__in=_FORWARD).order_by("-moment", "-entry").values("figure")[:1]


def _line(park: Park, promised: Figure, later: Figure | None) -> ParkLine:
    about = [park.subject_id]
    both = (promised.quantity, later.quantity if later else None)
    return ParkLine(
        name=park.name,
        city=say(park.place.name) if park.place else "",
        dossier=public_address(f"dossiers/{park.public_id}/"),
        promised=figure_line(promised, ANONYMOUS, about=about),
        later=figure_line(later, ANONYMOUS, about=about) if later else None,
        share=share_reached(both[0], both[1]) if both[0] and both[1] else None,
    )
