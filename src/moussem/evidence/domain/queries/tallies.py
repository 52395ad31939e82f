"""What the figures of a subject come to: rows into the engine's facts, and its totals back to rows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from moussem.core.actor import Actor
from moussem.engines.values.coverage import Wider
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Kind, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.total import Total, Totals, totals
from moussem.evidence.domain.queries.territory import group_key, surroundings, territory
from moussem.evidence.enums import SubjectRole
from moussem.evidence.models import Figure, FigureSubject, Subject

_PLACES = (SubjectRole.PLACE, SubjectRole.PARK)
_INSTEAD_OF_A_HOLDER = (SubjectRole.PROGRAMME, SubjectRole.PROJECT, SubjectRole.EVENT)
Doubtful = Mapping[int, Collection[int]]
"""For each unnamed subject (inner key) the named ones it may be, until a person decides."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures with what they come to. Keys in `totals` are those of `figures` and `subjects`.

    `earlier` are figures dated before the day asked for, `undated` those without any date when a day was asked for:
    neither is counted.
    """

    totals: Totals
    figures: Mapping[str, Figure]
    subjects: Mapping[str, Subject]
    earlier: tuple[str, ...]
    undated: tuple[str, ...]

    def of(self, kind: Kind | str, measure: Measure | str) -> tuple[Total, ...]:
        """The totals of one kind and measure, one for each scope, perimeter and unit."""
        return self.totals.of(Kind(kind), Measure(measure))


def fact_of(figure: Figure, doubtful: Doubtful | None = None, assuming: Mapping[int, int] | None = None) -> FigureFact:
    """A figure (its links and subjects loaded) as the engine counts it, merged holders and places as one.

    The holder of a figure of an event, project or programme is that, where no organisation holds it. `assuming` reads
    one subject as another, as if a doubtful match had been decided; `doubtful` are those still undecided.
    """
    assumed = assuming or {}
    roles: dict[str, list[int]] = {}
    for link in figure.links.all():
        key = group_key(link.subject)
        roles.setdefault(link.role, []).append(assumed.get(key, assumed.get(link.subject_id, key)))
    places = [key for role in _PLACES for key in roles.get(role, ())]
    holders = roles.get(SubjectRole.HOLDER, [])
    if not holders and not places:
        holders = next((roles[role] for role in _INSTEAD_OF_A_HOLDER if role in roles), [])
    may_be = {named for holder in holders for named in (doubtful or {}).get(holder, ())}
    return FigureFact(
        key=str(figure.pk),
        measure=Measure(figure.measure),
        kind=Kind(figure.kind),
        quantity=figure.quantity,
        holders=_keys(holders),
        places=_keys(places),
        scope=Scope(figure.scope),
        perimeter=figure.perimeter,
        stated_on=figure.stated_on,
        period=figure.period,
        horizon=figure.horizon,
        may_be_inside=str(figure.maybe_within_id) if figure.maybe_within_id else None,
        may_be_of=_keys(may_be),
        replaced=figure.replaced_by_id is not None,
    )


def _keys(subjects: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(subject) for subject in sorted(set(subjects)))


def figures_about(
    subjects: Iterable[Subject],
    actor: Actor,
    *,
    measures: Collection[Measure | str] = (),
    kinds: Collection[Kind | str] = (),
) -> list[Figure]:
    """The figures an actor sees of subjects and of all that lies in them, the replaced ones too; links loaded."""
    links = FigureSubject.objects.filter(figure=OuterRef("pk"), subject__in=territory(list(subjects)))
    rows = Figure.objects.visible_to(actor).filter(Exists(links))
    if measures:
        rows = rows.filter(measure__in=[str(measure) for measure in measures])
    if kinds:
        rows = rows.filter(kind__in=[str(kind) for kind in kinds])
    with_subject = FigureSubject.objects.select_related("subject__canonical").order_by("pk")
    return list(rows.order_by("pk").prefetch_related(Prefetch("links", with_subject)))


def tally(
    figures: Iterable[Figure],
    *,
    since: date | None = None,
    doubtful: Doubtful | None = None,
    assuming: Mapping[int, int] | None = None,
    on_top: Collection[str] = (),
) -> Tally:
    """What figures come to, each kind apart. With `since`, only those dated on that day or later.

    `on_top` are keys (inner keys as text) of figures whose inclusion is in doubt besides those that say so.
    """
    rows = {str(figure.pk): figure for figure in figures}
    facts = [fact_of(figure, doubtful, assuming) for figure in rows.values()]
    undated = tuple(f.key for f in facts if since and (f.dated is None or f.dated.start is None))
    earlier = tuple(f.key for f in facts if since and f.dated and f.dated.end and f.dated.end < since)
    counted = [fact for fact in facts if fact.key not in {*undated, *earlier}]
    return Tally(
        totals=totals(counted, on_top=on_top, wider=_wider(counted)),
        figures=rows,
        subjects=_subjects(rows.values()),
        earlier=earlier,
        undated=undated,
    )


def _wider(facts: Iterable[FigureFact]) -> Wider:
    places = {int(place) for fact in facts for place in fact.places}
    return surroundings(places) if places else {}


def _subjects(figures: Iterable[Figure]) -> dict[str, Subject]:
    found: dict[str, Subject] = {}
    for figure in figures:
        for link in figure.links.all():
            standing = link.subject.canonical or link.subject
            found[str(standing.pk)] = standing
    return found


def total_for(
    subjects: Iterable[Subject],
    *,
    measure: Measure | str,
    kind: Kind | str,
    actor: Actor,
    since: date | None = None,
    doubtful: Doubtful | None = None,
    assuming: Mapping[int, int] | None = None,
) -> Tally:
    """What one measure and kind come to for subjects and all that lies in them; see `tally`."""
    figures = figures_about(subjects, actor, measures=[measure], kinds=[kind])
    return tally(figures, since=since, doubtful=doubtful, assuming=assuming)
