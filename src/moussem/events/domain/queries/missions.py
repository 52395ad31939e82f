"""The report of a mission as its staff reads it: delegation, programme, whom they met, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from moussem.actions.domain.queries.actions import ActionLine, line_of
from moussem.actions.models import Action
from moussem.core.actor import Actor
from moussem.events.domain.missions import OUTCOME, TRAVELLING
from moussem.events.domain.queries.agenda import moved_from
from moussem.events.enums import PartKind
from moussem.events.models import Event, Outcome, Part, Session

MOST = 200
"""So many of the delegation, of those met and of the programme are shown."""


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What came of a visit or of the whole (`outcome` None: nobody noted it), and its next steps."""

    outcome: Outcome | None
    steps: Sequence[ActionLine] = ()


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit or meeting of the programme: when and where in words, who receives, and what came of it."""

    session: Session
    when_and_where: str
    hosts: Sequence[Part]
    told: OutcomeLine


@dataclass(frozen=True, slots=True)
class MissionReport:
    """All of a mission. `delegation` begins with its head."""

    delegation: Sequence[Part]
    met: Sequence[Part]
    visits: Sequence[VisitLine]
    whole: OutcomeLine


def mission_report(actor: Actor, event: Event, *, today: date) -> MissionReport:
    """The report of a mission, for the staff of its promoter."""
    parts = list(
        Part.objects.visible_to(actor).filter(event=event).select_related("person", "organisation").order_by("position")
    )
    outcomes = Outcome.objects.visible_to(actor).filter(event=event).prefetch_related("steps__owner", "steps__about")
    told = {one.session_id: one for one in outcomes}
    sessions = Session.objects.visible_to(actor).filter(event=event, cancelled_at=None).select_related("space")
    visits = [
        VisitLine(
            session,
            moved_from(session),
            [part for part in parts if part.session_id == session.pk],
            _line(told.get(session.pk), actor, today),
        )
        for session in sessions.order_by("starts_at", "position", "pk")[:MOST]
    ]
    general = [part for part in parts if part.session_id is None]
    travelling = [part for kind in TRAVELLING for part in general if part.kind == kind]
    met = [part for part in general if part.kind == PartKind.MET]
    return MissionReport(travelling[:MOST], met[:MOST], visits, _line(told.get(None), actor, today))


def _line(outcome: Outcome | None, actor: Actor, today: date) -> OutcomeLine:
    if outcome is None:
        return OutcomeLine(None)
    return OutcomeLine(outcome, [line_of(step, actor, today) for step in outcome.steps.all()])


def mission_of(actor: Actor, action: Action) -> Mapping[str, Any] | None:
    """The mission that a next step comes from, for whoever reads its report; None for any other next step."""
    if action.origin_kind != OUTCOME:
        return None
    found = Outcome.objects.visible_to(actor).filter(steps=action).select_related("event").first()
    return {"event": found.event, "url_name": "events_desk:events-report"} if found else None
