"""`{% load events %}`: the pages of one event, from every room; the words of its agenda."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from moussem.core.actor import ANONYMOUS
from moussem.core.formats import day
from moussem.core.panels import panels_for
from moussem.core.shell import ShellLink
from moussem.core.texts import say
from moussem.events.enums import SpaceKind
from moussem.events.models import Event
from moussem.events.rendering import changes
from moussem.events.rendering.agenda import AgendaPart, AgendaSession

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


@register.filter
def weekday(on: date) -> str:
    """A day with its name, as the head of its grid: "Monday 1 December 2026"."""
    return f"{capfirst(date_format(on, 'l'))} {day(on)}"


@register.filter
def part_kind(part: AgendaPart) -> str:
    """Which part somebody takes."""
    return changes.part_kind(part)


@register.filter
def languages(session: AgendaSession) -> str:
    """The language of a session and those into which it is interpreted; "" where none is stated."""
    return changes.language_words(session)


@register.filter
def part_who(part: AgendaPart) -> str:
    """Who takes a part: the person with the organisation, or the words for whom is not named."""
    return changes.part_label(part)


@register.filter
def space_kind(kind: str) -> str:
    """What a space is for."""
    return str(SpaceKind(kind).label) if kind in SpaceKind.values else kind


@register.filter
def said(texts: Mapping[str, str]) -> str:
    """A text in the reader's language, without any mark-up: for an attribute."""
    return say(texts)
