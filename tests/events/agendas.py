"""An event with spaces and sessions, for tests of its agenda."""

from datetime import date, time

from moussem.engines.values import period as periods
from moussem.events.domain.events import add_session, add_space, take_part
from moussem.events.domain.hours import Hours
from moussem.events.enums import PartKind, SpaceKind
from tests.factories.accounts import AT
from tests.factories.directory import an_event

DAY = date(2026, 12, 1)


def hours(begins, ends=None, on=DAY):
    """From one hour to another of the day ("9:30"); the end may be left open."""
    read = [time(*map(int, said.split(":"))) if said else None for said in (begins, ends)]
    return Hours(on, *read)


def a_fair(by, *, publish=True, last=DAY, **facts):
    """An event of one day, or until `last`."""
    period = periods.day(DAY) if last == DAY else periods.span(DAY, last)
    return an_event(by, "Salon", publish=publish, period=period, zone="Africa/Casablanca", **facts)


def a_space(by, event, name="Salle A", on_site=None, online=None):
    return add_space(
        by=by, at=AT, event=event, kind=SpaceKind.CONFERENCE, name={"fr": name, "en": name},
        capacity_on_site=on_site, capacity_online=online,
    )  # fmt: skip


def a_session(by, event, title="Débat", begins="", ends="", space=None, **known):
    at = hours(begins, ends, known.pop("on", DAY)) if begins else None
    return add_session(by=by, at=AT, event=event, title={"fr": title, "en": title}, space=space, hours=at, **known)


def speaks(by, session, person, kind=PartKind.SPEAKER):
    return take_part(by=by, at=AT, event=session.event, session=session, kind=kind, person=person)
