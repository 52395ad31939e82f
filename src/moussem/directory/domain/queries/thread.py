"""What evidence and the directory know of an organisation's thread: signed, landed, counted."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.components import Step
from moussem.core.formats import horizon, period
from moussem.directory.domain.queries.brief import where
from moussem.directory.models import Establishment
from moussem.engines.values.kinds import Kind
from moussem.engines.values.measures import Measure
from moussem.evidence.enums import StatementKind
from moussem.evidence.models import Figure, FigureSubject, Statement

WORK = (Measure.JOBS, Measure.JOBS_CREATED, Measure.JOBS_ADDITIONAL, Measure.EMPLOYEES, Measure.POSITIONS)
COUNTED = (Kind.VERIFIED, Kind.DECLARED, Kind.OBSERVED)
PROMISED = (Kind.CONTRACTED, Kind.ANNOUNCED)


@answered
def signed(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Signed, where a cited agreement names the organisation; begun, where one is only spoken of."""
    (found,) = yield [_statement(actor, subjects, StatementKind.AGREEMENT)]
    if not found:
        return None
    statement = found[0]
    when = period(statement.dated) if statement.dated else gettext("date not stated")
    return Step("", when, "part" if statement.forward else "done")


@answered
def landed(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Landed, where a source says that work began or where it stands; awaited, where an opening is only announced."""
    kinds = (StatementKind.STARTED, StatementKind.OPENING)
    started, opening, standing = yield [
        *(_statement(actor, subjects, kind) for kind in kinds), _standing(actor, subjects)
    ]  # fmt: skip
    if started:
        return Step("", period(started[0].dated) if started[0].dated else gettext("date not stated"), "done")
    if opening and opening[0].forward:
        when = opening[0].horizon or opening[0].dated
        said = (horizon(when) or period(when)) if when else gettext("date not stated")
        return Step("", gettext("announced, %(when)s") % {"when": said}, "wait")
    return Step("", where(standing[0]), "done") if standing else None


@answered
def counted(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Counted, where jobs or staff are verified, declared or observed; begun, where only reported; awaited, where only
    promised.
    """
    (held,) = yield [_kinds_held(subjects)]
    asked = [kind for kind in (*COUNTED, Kind.REPORTED, *PROMISED) if kind in held]
    found = (yield [_first_of(actor, subjects, kind) for kind in asked]) if asked else ()
    known = {kind for kind, figures in zip(asked, found, strict=True) if figures}
    if not known.isdisjoint(COUNTED):
        return Step("", gettext("with its source"), "done")
    if Kind.REPORTED in known:
        return Step("", gettext("reported, not counted"), "part")
    return Step("", gettext("promised, nobody counted"), "wait") if known else None


_MEASURES = tuple(measure.value for measure in WORK)


@question
def _kinds_held(subjects: Sequence[int]) -> "QuerySet[Any]":
    """The kinds of figures of work that there are at all, seen or not: whether they are seen is asked of these only."""
    links = FigureSubject.objects.filter(subject__in=subjects, measure__in=_MEASURES)
    return links.order_by().values_list("kind", flat=True).distinct()


@question
def _first_of(actor: Actor, subjects: Sequence[int], kind: Kind) -> "QuerySet[Any]":
    """One figure of work of a kind, where the actor sees any."""
    links = {"links__subject__in": subjects, "links__kind": kind, "links__role": "holder"}
    rows = Figure.objects.visible_to(actor).current()
    return rows.filter(links__measure__in=_MEASURES, **links).order_by().values_list("pk", flat=True)[:1]


@question
def _statement(actor: Actor, subjects: Sequence[int], kind: StatementKind) -> "QuerySet[Any]":
    rows = Statement.objects.visible_to(actor).filter(kind=kind, links__subject__in=subjects)
    return rows.order_by("forward", "-links__moment", "-links__entry")[:1]


@question
def _standing(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = Establishment.objects.visible_to(actor).filter(organisation__subject__in=subjects)
    return rows.select_related("park", "place").order_by("pk")[:1]
