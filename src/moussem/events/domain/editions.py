"""The next edition of a gathering: set up from the last one, without its guests."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.engines.values.period import Period
from moussem.events.domain.events import EventFacts, Words, add_event, add_series, add_session, add_space
from moussem.events.domain.filling import keep_letters
from moussem.events.domain.hours import Hours, hours_of
from moussem.events.domain.outlines import Wish
from moussem.events.domain.planning import add_guest_kind
from moussem.events.enums import EventKind, EventMode
from moussem.events.models import Event, Series, Space
from moussem.events.permissions import can_organise


class NotTheLast(Exception):
    """An edition with a higher number stands already; `last` is that one."""

    def __init__(self, last: Event) -> None:
        """Keep the last edition, for the sentence."""
        super().__init__(str(last.public_id))
        self.last = last


@dataclass(frozen=True, slots=True)
class NextFacts:
    """What is asked of the next edition: its name and its days (None: not stated yet)."""

    name: Words
    period: Period | None = None


@transaction.atomic
def next_edition(*, by: Actor, at: datetime, event: Event, facts: NextFacts) -> Event:
    """The edition after this one, with its place, seats, spaces, kinds of guests, agenda and words of mails.

    Hours are moved by the days between the first days; left open where one of the two is not stated. Nobody is
    carried over: no guest, no answer, no part. A gathering without a series opens one, as its first edition. Raises
    `NotTheLast`.
    """
    require(can_organise(by), "set up the next edition")
    require_own(event, by=by)
    last = _locked(by, at, event)
    edition = add_event(by=by, at=at, facts=_facts_of(last, facts, _next_number(last)))
    _copy_programme(by, at, last, edition)
    keep_letters(edition, last.letters)
    return edition


def _locked(by: Actor, at: datetime, event: Event) -> Event:
    """The event as it stands, in a series that nobody else adds to until this is done. Raises `NotTheLast`."""
    last = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if last.series_id is None:
        _open_series(by, at, last)
    Series.objects.select_for_update().get(pk=last.series_id)
    later = Event.objects.filter(series=last.series_id, promoter=by.promoter_pk, edition__gt=last.edition or 0)
    found = later.exclude(pk=last.pk).order_by("-edition", "-pk").first()
    if found is not None:
        raise NotTheLast(found)
    return last


def _open_series(by: Actor, at: datetime, event: Event) -> None:
    event.series = add_series(by=by, at=at, name=event.name)
    event.edition = event.edition or 1
    Event.objects.filter(pk=event.pk).update(series=event.series, edition=event.edition, version=F("version") + 1)
    write_entry(
        by=by, at=at, verb="open_series", object_kind="event", object_id=event.public_id,
        object_label=say(event.name, "en"), promoter_key=by.promoter_key,
        after={"series": event.name, "edition": event.edition},
    )  # fmt: skip


def _next_number(last: Event) -> int:
    """One more than the highest number of the series; the second, where no edition has a number."""
    return (Event.objects.filter(series=last.series_id).aggregate(highest=Max("edition"))["highest"] or 1) + 1


def _facts_of(last: Event, facts: NextFacts, number: int) -> EventFacts:
    return EventFacts(
        kind=EventKind(last.kind), name=facts.name, period=facts.period, place=last.place, series=last.series,
        edition=number, mode=EventMode(last.mode), description=last.description, seats_on_site=last.seats_on_site,
        seats_online=last.seats_online, zone=last.zone,
    )  # fmt: skip


def _copy_programme(by: Actor, at: datetime, last: Event, edition: Event) -> None:
    spaces: dict[int | None, Space | None] = {None: None}
    for space in last.spaces.order_by("position", "pk"):
        spaces[space.pk] = add_space(
            by=by, at=at, event=edition, kind=space.kind, name=space.name, capacity_on_site=space.capacity_on_site,
            capacity_online=space.capacity_online,
        )  # fmt: skip
    for kind in last.guest_kinds.order_by("position", "pk"):
        add_guest_kind(by=by, at=at, event=edition, wish=Wish(kind.name, kind.wanted))
    moved = _days_between(last.period_start, edition.period_start)
    for session in last.sessions.filter(cancelled_at=None).order_by("position", "pk"):
        add_session(
            by=by, at=at, event=edition, title=session.title, topics=session.topics, space=spaces[session.space_id],
            language=session.language, hours=_moved(hours_of(session), moved), interpretation=session.interpretation,
            expected=session.expected,
        )  # fmt: skip


def _days_between(one: date | None, other: date | None) -> timedelta | None:
    return other - one if one and other else None


def _moved(hours: Hours | None, by_days: timedelta | None) -> Hours | None:
    return replace(hours, on=hours.on + by_days) if hours and by_days is not None else None
