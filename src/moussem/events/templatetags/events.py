"""`{% load events %}`: the pages of one event, from every room."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from moussem.core.actor import ANONYMOUS
from moussem.core.panels import panels_for
from moussem.core.shell import ShellLink
from moussem.events.models import Event

register = template.Library()


@register.simple_tag(takes_context=True)
def event_tabs(context: Context, event: Event) -> Sequence[ShellLink]:
    """The pages of an event's desk: its home, then what rooms add, in order, to the page "events.tabs" as `label` and
    `url_name` (which takes promoter and event). A page is current by the name of its address up to the first dash
    after the tab's own.
    """
    actor, here = context.get("actor") or ANONYMOUS, context.get("here") or ""
    added = [values for _template, values in panels_for("events.tabs", actor, event)]
    tabs = [{"label": _("Home"), "url_name": "events_desk:events-home"}, *added]
    keys = {"promoter": context["promoter"].slug, "event": event.public_id}
    return [
        ShellLink(tab["label"], reverse(tab["url_name"], kwargs=keys), 0, _is_current(here, tab["url_name"]))
        for tab in tabs
    ]


def _is_current(here: str, url_name: str) -> bool:
    return here == url_name or here.startswith(f"{url_name}-")
