"""Indicators of a country: each figure with its perimeter, period, kind and source; series are never joined."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from moussem.core.actor import ANONYMOUS
from moussem.core.components import FigureLine
from moussem.core.formats import Dated
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Place
from moussem.engines.values.measures import Measure, Nature, rules
from moussem.evidence.domain.queries.lines import figure_line, loaded_figures, measure_label
from moussem.evidence.models import Figure, FigureSubject

MOST_INDICATORS = 200
"""Rows of one page; where there are more, one measure is asked for."""
_INDICATORS = tuple(measure.value for measure in Measure if rules(measure).nature is not Nature.RULE)


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One figure of a country; `when` is the time it is about or, for what is planned, the time it is for."""

    figure: FigureLine
    perimeter: str
    when: Dated | None
    told_by: str


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """One measure with its figures, the newest first."""

    code: str
    label: str
    lines: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class Indicators:
    """The groups of one page, the measures that can be asked for, and whether there are more rows than shown."""

    groups: tuple[IndicatorGroup, ...]
    measures: tuple[tuple[str, str], ...]
    chosen: str
    more: bool


def indicators(measure: str = "") -> Indicators:
    """The published figures about whole countries; of one measure where asked (an unknown one is none)."""
    chosen = measure if measure in _INDICATORS else ""
    countries = list(
        Place.objects.visible_to(ANONYMOUS).filter(kind=PlaceKind.COUNTRY).values_list("subject_id", flat=True)[:300]
    )
    measures = _measures(countries)
    figures = _figures(countries, [chosen] if chosen else measures)
    shown = figures[:MOST_INDICATORS]
    groups = {code: [f for f in shown if f.measure == code] for code in measures}
    return Indicators(
        groups=tuple(_group(code, rows, countries) for code, rows in groups.items() if rows),
        measures=tuple((code, measure_label(code)) for code in measures),
        chosen=chosen,
        more=len(figures) > MOST_INDICATORS,
    )


def _measures(countries: Sequence[int]) -> list[str]:
    tied = FigureSubject.objects.filter(subject__in=countries, measure__in=_INDICATORS).order_by()
    found = set(tied.values_list("measure", flat=True).distinct())
    return [code for code in _INDICATORS if code in found]


def _figures(countries: Sequence[int], measures: Sequence[str]) -> list[Figure]:
    tied = FigureSubject.objects.filter(figure=OuterRef("pk"), subject__in=countries, measure__in=measures)
    rows = Figure.objects.visible_to(ANONYMOUS).current().filter(Exists(tied))
    return list(loaded_figures(rows).order_by("measure", "-pk")[: MOST_INDICATORS + 1])


def _group(code: str, rows: list[Figure], countries: Sequence[int]) -> IndicatorGroup:
    newest = sorted(rows, key=_newest, reverse=True)
    return IndicatorGroup(code, measure_label(code), tuple(_line(figure, countries) for figure in newest))


def _newest(figure: Figure) -> tuple[int, int]:
    when = figure.period or figure.horizon or figure.stated_on
    return (when.start.toordinal() if when and when.start else 0, figure.pk)


def _line(figure: Figure, countries: Sequence[int]) -> IndicatorLine:
    line = figure_line(figure, ANONYMOUS, about=countries)
    publisher = next((mark.publisher for mark in line.sources if mark.publisher), "")
    return IndicatorLine(
        line,
        gettext(figure.perimeter) if figure.perimeter else "",
        figure.period or figure.horizon,
        line.stated_by or publisher,
    )
