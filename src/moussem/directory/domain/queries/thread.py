"""What evidence and the directory know of an organisation's thread: signed, landed, counted."""

from collections.abc import Sequence

from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.components import Step
from moussem.core.formats import horizon, period
from moussem.core.texts import say
from moussem.directory.models import Establishment
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.evidence.enums import StatementKind
from moussem.evidence.models import Figure, FigureSubject, Statement

WORK = (Measure.JOBS, Measure.JOBS_CREATED, Measure.JOBS_ADDITIONAL, Measure.EMPLOYEES, Measure.POSITIONS)
COUNTED = (Kind.VERIFIED, Kind.DECLARED, Kind.OBSERVED)


def signed(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Signed, where a cited agreement names the organisation; begun, where one is only spoken of."""
    statement = _statement(actor, subjects, StatementKind.AGREEMENT)
    if statement is None:
        return None
    when = period(statement.dated) if statement.dated else gettext("date not stated")
    return Step("", when, "part" if statement.forward else "done")


def landed(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Landed, where a source says that work began or where it stands; awaited, where an opening is only announced."""
    started = _statement(actor, subjects, StatementKind.STARTED)
    if started is not None:
        return Step("", period(started.dated) if started.dated else gettext("date not stated"), "done")
    opening = _statement(actor, subjects, StatementKind.OPENING)
    if opening is not None and opening.forward:
        when = opening.horizon or opening.dated
        said = (horizon(when) or period(when)) if when else gettext("date not stated")
        return Step("", gettext("announced, %(when)s") % {"when": said}, "wait")
    standing = Establishment.objects.visible_to(actor).filter(organisation__subject__in=list(subjects))
    place = standing.select_related("park", "place").order_by("pk").first()
    if place is None:
        return None
    return Step("", place.park.name if place.park else say(place.place.name), "done")


def counted(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Counted, where jobs or staff are verified, declared or observed; begun, where only reported; awaited, where only
    promised.
    """
    known = _kinds_held(subjects)
    if any(_has(actor, subjects, kind) for kind in COUNTED if kind in known):
        return Step("", gettext("with its source"), "done")
    if Kind.REPORTED in known and _has(actor, subjects, Kind.REPORTED):
        return Step("", gettext("reported, not counted"), "part")
    if any(_has(actor, subjects, kind) for kind in (Kind.CONTRACTED, Kind.ANNOUNCED) if kind in known):
        return Step("", gettext("promised, nobody counted"), "wait")
    return None


_MEASURES = tuple(measure.value for measure in WORK)


def _kinds_held(subjects: Sequence[int]) -> set[str]:
    """The kinds of figures of work that there are at all, seen or not: whether they are seen is asked of these only."""
    links = FigureSubject.objects.filter(subject__in=list(subjects), measure__in=_MEASURES)
    return set(links.order_by().values_list("kind", flat=True).distinct())


def _has(actor: Actor, subjects: Sequence[int], kind: Kind) -> bool:
    links = {"links__subject__in": list(subjects), "links__kind": kind, "links__role": "holder"}
    rows = Figure.objects.visible_to(actor).current()
    return rows.filter(links__measure__in=_MEASURES, **links).exists()


def _statement(actor: Actor, subjects: Sequence[int], kind: StatementKind) -> Statement | None:
    rows = Statement.objects.visible_to(actor).filter(kind=kind, links__subject__in=list(subjects))
    return rows.order_by("forward", "-links__moment", "-links__entry").first()
