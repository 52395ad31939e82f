"""The minutes of a meeting as its staff reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from moussem.actions.domain.queries.actions import ActionLine, line_of
from moussem.actions.models import Action
from moussem.core.actor import Actor
from moussem.events.domain.minutes import DECISION
from moussem.events.models import Decision, EarlierMinutes, Event, Minutes


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision, and the next step it became (None: none was asked for)."""

    decision: Decision
    step: ActionLine | None


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """The minutes of a meeting; `minutes` None: nobody wrote them yet. Earlier ones stand with the newest first."""

    minutes: Minutes | None
    decisions: Sequence[DecisionLine] = ()
    earlier: Sequence[EarlierMinutes] = ()


def minutes_page(actor: Actor, event: Event, *, today: date) -> MinutesPage:
    """What is known of a meeting's minutes, for the staff of its promoter."""
    minutes = Minutes.objects.visible_to(actor).filter(event=event).first()
    if minutes is None:
        return MinutesPage(None)
    rows = decisions_of(minutes)
    lines = [DecisionLine(row, line_of(row.action, actor, today) if row.action else None) for row in rows]
    return MinutesPage(minutes, lines, list(minutes.earlier.order_by("-number")))


def decisions_of(minutes: Minutes) -> "QuerySet[Decision]":
    """The decisions of minutes in their order, with the next steps they became."""
    return minutes.decisions.select_related("action__owner", "action__about").order_by("position", "pk")


def origin_of(actor: Actor, action: Action) -> dict[str, Any] | None:
    """The meeting whose minutes a next step comes from, for whoever reads it; None for any other next step."""
    if action.origin_kind != DECISION:
        return None
    found = Decision.objects.visible_to(actor).filter(action=action).select_related("minutes__event").first()
    return {"event": found.minutes.event, "url_name": "events_desk:events-minutes"} if found else None
