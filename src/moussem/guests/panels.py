"""What guests add to the timelines, threads and pages that rooms share."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Link
from moussem.core import panels, threads, timelines
from moussem.core.actor import Actor
from moussem.core.navigation import Verb
from moussem.directory.models import ImportedList
from moussem.events.domain.queries.readiness import ReadyLine
from moussem.events.models import Event
from moussem.guests.domain.queries.attendance import attendance_of
from moussem.guests.domain.queries.from_files import guest_list
from moussem.guests.domain.queries.funnel import seat_lines, strip
from moussem.guests.domain.queries.guest import guest_page, invitation_of
from moussem.guests.domain.queries.registrations import opening_of
from moussem.guests.domain.queries.timeline import came, invitation_entries, invited, targeted
from moussem.guests.domain.waves import are_on
from moussem.guests.domain.zones import clocks
from moussem.guests.interfaces.forms import AnswerForm, TakeListForm
from moussem.guests.permissions import can_invite, can_see_desk


def guests_tab(actor: Actor, event: Event) -> dict[str, Any]:
    """The tab of an event's guests."""
    return {"label": _("Guests"), "url_name": "guests_desk:guests"}


def inviting_tab(actor: Actor, event: Event) -> dict[str, Any]:
    """The tab of an event's invitations."""
    return {"label": _("Invitations"), "url_name": "guests_desk:inviting"}


def registrations_tab(actor: Actor, event: Event) -> dict[str, Any]:
    """The tab of who registered for an event."""
    return {"label": _("Registrations"), "url_name": "guests_desk:registrations"}


def register_panel(actor: Actor, event: Event) -> dict[str, Any] | None:
    """How the public registers for an event; nothing where it does not. `changes_at` is when it is to be drawn anew at
    the latest; `is_live`: it changes with each registration.
    """
    opening = opening_of(actor, event, at=timezone.now())
    if opening is None:
        return None
    return {
        "opening": opening, "event": event, "changes_at": opening.changes_at, "is_live": bool(opening.seats),
    }  # fmt: skip


def door_tab(actor: Actor, event: Event) -> dict[str, Any]:
    """The tab of an event's door."""
    return {"label": _("Door"), "url_name": "guests_desk:door"}


def ready_lines(actor: Actor, event: Event) -> dict[str, Any]:
    """What is to be had ready about guests: somebody on the list, everybody invited."""
    found = strip(actor, event)
    by_waves = found.to_invite > 0 and are_on(event)
    missing = found.to_invite > 0 and not by_waves
    page = "guests_desk:guests-invite-all" if missing else "guests_desk:guests-new"
    listed = ReadyLine(
        _("Guests on the target list"), found.targeted > 0, "guests_desk:guests-new", _("Add a guest"), 30
    )
    label = _("Guests invited by waves") if by_waves else _("Everybody on the list invited")
    button = _("Invite all") if missing else _("Add a guest")
    invited_all = ReadyLine(label, found.targeted > 0 and not missing, page, button, 40, posts=missing)
    return {"lines": [listed, invited_all]}


def attendance_panel(actor: Actor, event: Event) -> dict[str, Any] | None:
    """Who was there, beside the minutes of a meeting; for those who read guests."""
    return {"attendance": attendance_of(actor, event)} if can_see_desk(actor) else None


def answers_panel(actor: Actor, event: Event) -> dict[str, Any]:
    """The strip of answers and the seats of each mode."""
    return {"strip": strip(actor, event), "seats": seat_lines(event), "may_write": can_invite(actor)}


def invitation_panel(actor: Actor, link: Link) -> dict[str, Any] | None:
    """The guest's invitation with the form of the answer."""
    invitation = invitation_of(actor, link) if link.purpose == LinkPurpose.ANSWER else None
    if invitation is None:
        return None
    page = guest_page(invitation, at=timezone.now())
    form = AnswerForm(invitation=invitation, choices=page.choices, page=page)
    return {"page": page, "form": form}


def banner_panel(actor: Actor, link: Link) -> dict[str, Any] | None:
    """The head of the guest's page: who invites, to what, when and where."""
    invitation = invitation_of(actor, link) if link.purpose == LinkPurpose.ANSWER else None
    if invitation is None:
        return None
    return {"page": {"invitation": invitation, "event": invitation.event, "clocks": clocks(invitation)}}


def list_panel(actor: Actor, imported: ImportedList) -> dict[str, Any] | None:
    """What a list from a file is to the gathering it is for: the yes, what came of it, and undoing it."""
    found = guest_list(actor, imported, at=timezone.now())
    form = TakeListForm(kinds=found.kinds) if found else None
    return {"guests": found, "form": form} if found else None


timelines.register(invitation_entries)
threads.register(Verb.TARGET, targeted)
threads.register(Verb.INVITE, invited)
threads.register(Verb.MEET, came)
panels.register(panels.Panel("events.attendance", "guests/pieces/attendance.html", attendance_panel, order=10))
panels.register(panels.Panel("events.tabs", "", guests_tab, order=20))
panels.register(panels.Panel("events.tabs", "", inviting_tab, order=25))
panels.register(panels.Panel("events.tabs", "", registrations_tab, order=27))
panels.register(panels.Panel("events.register", "guests/public/panel.html", register_panel, order=10))
panels.register(panels.Panel("events.tabs", "", door_tab, order=50))
panels.register(panels.Panel("events.ready", "", ready_lines, order=10))
panels.register(panels.Panel("events.home", "guests/pieces/answers.html", answers_panel, order=10))
panels.register(panels.Panel("directory.import", "guests/desk/import.html", list_panel, order=10))
panels.register(panels.Panel("accounts.link-banner", "guests/guest/banner.html", banner_panel, order=10))
panels.register(panels.Panel("accounts.link", "guests/guest/invitation.html", invitation_panel, order=10))
