"""What programmes know of a timeline and of an organisation's thread: applications, awards, programmes given."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Reading, answered, question
from moussem.core.components import Event as Drawn
from moussem.core.components import SourceMark, Step
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.directory.domain.queries.cited import marks_of
from moussem.directory.domain.queries.timeline import kind_of
from moussem.engines.values.kinds import Precision
from moussem.engines.values.period import Period
from moussem.evidence.enums import SubjectKind
from moussem.programmes.enums import ApplicationState
from moussem.programmes.models import Application, Award, Programme


def _may_know(actor: Actor) -> bool:
    """Whether the actor may see any application at all; the public is not even looked up."""
    return bool(actor.roles or actor.organisation_pks) or actor.kind == "task"


@answered
def application_entries(
    actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int
) -> Reading[list[Entry]]:
    """The newest applications of an organisation that the actor may see; a source of `core.timelines`."""
    if not _may_know(actor):
        return []
    (found,) = yield [_applications(actor, subjects, before, limit)]
    return [_applied(row) for row in found]


@question
def _applications(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> "QuerySet[Any]":
    rows = Application.objects.visible_to(actor).filter(organisation__subject__in=subjects)
    shown = rows.exclude(state=ApplicationState.DRAFT).select_related("call__programme")
    return older_than(shown, before, limit, day="opened_at__date")


def _applied(row: Application) -> Entry:
    day = row.opened_at.astimezone(timezone.get_current_timezone()).date()
    drawn = Drawn(
        title=_("Application: %(title)s") % {"title": row.title},
        icon="file-text",
        period=Period(day, day, Precision.DAY),
        text=f"{say(row.call.programme.name)} · {row.get_state_display()}",
        tone="ours",
    )
    return Entry(Moment(day, row.public_id), drawn)


@answered
def award_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest awards of an organisation or a person, dated by the gathering; a source of `core.timelines`."""
    kind = kind_of(subjects)
    if kind not in (SubjectKind.ORGANISATION, SubjectKind.PERSON):
        return []
    (found,) = yield [_awards(actor, kind, subjects, before, limit)]
    marks = yield from marks_of.reading(actor, [row.public_id for row in found])
    return [_awarded(row, marks.get(row.public_id, ())) for row in found]


@question
def _awards(actor: Actor, kind: str, subjects: Sequence[int], before: Moment | None, limit: int) -> "QuerySet[Any]":
    rows = Award.objects.visible_to(actor).filter(**{f"{kind}__subject__in": subjects})
    return older_than(rows.select_related("event", "programme"), before, limit, day="event__period_start")


def _awarded(row: Award, sources: tuple[SourceMark, ...]) -> Entry:
    event = row.event
    drawn = Drawn(
        title=_("Award: %(category)s") % {"category": say(row.category)},
        icon="award",
        period=event.period if event else None,
        text=say(event.name) if event else "",
        url=public_address(f"programmes/{row.programme.public_id}/"),
        inferred=bool(event and event.period_inferred),
        sources=sources,
    )
    return Entry(Moment(event.period_start if event else None, row.public_id), drawn)


@answered
def programme_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest programmes that an organisation gives; a source of `core.timelines`."""
    if kind_of(subjects) != SubjectKind.ORGANISATION:
        return []
    (found,) = yield [_given_by(actor, subjects, before, limit)]
    marks = yield from marks_of.reading(actor, [row.public_id for row in found])
    return [
        Entry(
            Moment(row.period_start, row.public_id),
            Drawn(
                title=say(row.name), icon="landmark", period=row.period, text=str(row.get_kind_display()),
                url=public_address(f"programmes/{row.public_id}/"), inferred=row.period_inferred,
                sources=marks.get(row.public_id, ()),
            ),
        )
        for row in found
    ]  # fmt: skip


@question
def _given_by(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> "QuerySet[Any]":
    return older_than(Programme.objects.visible_to(actor).filter(giver__subject__in=subjects), before, limit)


@answered
def funded(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Funded, by the furthest application of the organisation that the actor may see."""
    if not _may_know(actor):
        return None
    (states,) = yield [_states(actor, subjects)]
    for state, strength in _STRENGTH.items():
        if state in states:
            return Step("", str(state.label), strength)
    return None


_STRENGTH = {
    ApplicationState.AWARDED: "done",
    ApplicationState.SUBMITTED: "part",
    ApplicationState.MORE_ASKED: "part",
}


@question
def _states(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = Application.objects.visible_to(actor).filter(organisation__subject__in=subjects)
    return rows.order_by().values_list("state", flat=True).distinct()
