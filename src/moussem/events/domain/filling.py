"""Filling a new gathering with what its template says: spaces, agenda, next steps, the words of its mails."""

from datetime import date, datetime, timedelta

from moussem.actions.domain.actions import open_action
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.engines.values import period as periods
from moussem.engines.values.period import Period
from moussem.events.domain.events import add_session, add_space
from moussem.events.domain.hours import Hours, zone_of
from moussem.events.domain.outlines import Outline, OwnWords, SessionLine, TaskLine, own_words_of
from moussem.events.models import Event, Space

ORIGIN = "template"
"""What the next steps that a template opens say of where they come from."""


def days_from(first: date, days: int) -> Period:
    """The period of so many days (1 and more) from the first one on."""
    return periods.day(first) if days == 1 else periods.span(first, first + timedelta(days=days - 1))


def fill(*, by: Actor, at: datetime, event: Event, outline: Outline) -> None:
    """Add to a new event all that the outline says but its kinds of guests; part of the caller's transaction."""
    spaces = [
        add_space(
            by=by, at=at, event=event, kind=line.kind, name=line.name, capacity_on_site=line.on_site,
            capacity_online=line.online,
        )
        for line in outline.spaces
    ]  # fmt: skip
    for line in outline.sessions:
        _add_session(by, at, event, line, spaces)
    for number, task in enumerate(outline.tasks, 1):
        open_action(
            by=by, at=at, words=say(task.words)[:300], due_on=_due_on(event, task, at), about=event.subject,
            origin_kind=ORIGIN, origin_key=f"{event.public_id}:{number}",
        )  # fmt: skip
    keep_letters(event, outline.letters)


def keep_letters(event: Event, letters: OwnWords) -> None:
    """Write the event's own words in its mails."""
    event.letters = own_words_of(letters)
    Event.objects.filter(pk=event.pk).update(letters=event.letters)


def _add_session(by: Actor, at: datetime, event: Event, line: SessionLine, spaces: list[Space]) -> None:
    space = spaces[line.space - 1] if line.space else None
    add_session(by=by, at=at, event=event, title=line.title, space=space, hours=_hours_of(event, line, at))


def _hours_of(event: Event, line: SessionLine, at: datetime) -> Hours | None:
    """The hours of a session where they can be proposed: on a day of the event, and of an event still to come.

    Of one that is planned for today or earlier they are left open: proposed hours must not end its guests' answers.
    """
    first, last = event.period_start, event.period_end
    if line.begins is None or first is None or last is None or first <= _today(event, at):
        return None
    on = first + timedelta(days=line.day - 1)
    return Hours(on, line.begins, line.ends) if on <= last else None


def _due_on(event: Event, task: TaskLine, at: datetime) -> date | None:
    """When a task is due: never before the day it is opened; None where the event has no days yet."""
    base = event.period_end if task.days > 0 else event.period_start
    return max(base + timedelta(days=task.days), _today(event, at)) if base else None


def _today(event: Event, at: datetime) -> date:
    return at.astimezone(zone_of(event)).date()
