"""What meetings add to the pages, timelines and threads that rooms share."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Link
from moussem.core import panels, threads, timelines
from moussem.core.actor import Actor
from moussem.core.navigation import Verb
from moussem.events.models import Event
from moussem.meetings.domain.queries.mine import my_day
from moussem.meetings.domain.queries.timeline import meeting_entries, met
from moussem.meetings.domain.speaking import own_registration
from moussem.meetings.permissions import can_see_meetings


def meetings_tab(actor: Actor, event: Event) -> dict[str, Any] | None:
    """The tab of an event's meetings, for those who may read them."""
    return {"label": _("Meetings"), "url_name": "meetings:meetings-room"} if can_see_meetings(actor) else None


def my_meetings(actor: Actor, link: Link) -> dict[str, Any] | None:
    """A guest's own meetings on the page of their link, once they come; nothing of anybody else's."""
    registration = own_registration(actor) if link.purpose == LinkPurpose.ANSWER else None
    return {"day": my_day(registration, at=timezone.now())} if registration else None


timelines.register(meeting_entries)
threads.register(Verb.MEET, met)
panels.register(panels.Panel("events.tabs", "", meetings_tab, order=50))
panels.register(panels.Panel("accounts.link", "meetings/pieces/mine.html", my_meetings, order=50))
