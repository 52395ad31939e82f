"""What events add to the timelines, threads and pages that rooms share."""

from typing import Any

from django.utils.translation import gettext as _

from moussem.core import panels, threads, timelines
from moussem.core.actor import Actor
from moussem.core.navigation import Verb
from moussem.events.domain.queries.minutes import origin_of
from moussem.events.domain.queries.missions import mission_of
from moussem.events.domain.queries.timeline import event_entries, met
from moussem.events.enums import WITH_DELEGATION, WITH_MINUTES
from moussem.events.models import Event
from moussem.events.permissions import can_organise, can_see_minutes


def programme_tab(actor: Actor, event: Event) -> dict[str, Any]:
    """The tab of an event's agenda and spaces."""
    return {"label": _("Agenda and spaces"), "url_name": "events_desk:events-programme"}


def kinds_tab(actor: Actor, event: Event) -> dict[str, Any] | None:
    """The tab of the kinds of guests, for those who may write them."""
    return {"label": _("Kinds of guests"), "url_name": "events_desk:events-kinds"} if can_organise(actor) else None


def minutes_tab(actor: Actor, event: Event) -> dict[str, Any] | None:
    """The tab of a club meeting's minutes, for those who may read them."""
    if event.kind not in WITH_MINUTES or not can_see_minutes(actor):
        return None
    return {"label": _("Minutes"), "url_name": "events_desk:events-minutes"}


def report_tab(actor: Actor, event: Event) -> dict[str, Any] | None:
    """The tab of a mission's report, for those who may read it."""
    if event.kind not in WITH_DELEGATION or not can_see_minutes(actor):
        return None
    return {"label": _("Report"), "url_name": "events_desk:events-report"}


def letters_tab(actor: Actor, event: Event) -> dict[str, Any] | None:
    """The tab of the words of mails, for those who may write them."""
    return {"label": _("Mails"), "url_name": "events_desk:events-letters"} if can_organise(actor) else None


timelines.register(event_entries)
threads.register(Verb.MEET, met)
panels.register(panels.Panel("actions.action", "events/pieces/from_minutes.html", origin_of, order=10))
panels.register(panels.Panel("events.tabs", "", programme_tab, order=60))
panels.register(panels.Panel("actions.action", "events/pieces/from_minutes.html", mission_of, order=20))
panels.register(panels.Panel("events.tabs", "", minutes_tab, order=65))
panels.register(panels.Panel("events.tabs", "", report_tab, order=66))
panels.register(panels.Panel("events.tabs", "", kinds_tab, order=70))
panels.register(panels.Panel("events.tabs", "", letters_tab, order=80))
