"""The time zone of a guest: the one they chose, else that of their country where it has one only, else the event's."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, get_language_info

from moussem.core.formats import clock, clock_of_end, day, hours, last_day
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Place
from moussem.events.domain.hours import Span, timed_span_of, zone_of
from moussem.guests.enums import ZONES
from moussem.guests.models import Invitation


@cache
def zone_of_country(code: str) -> str:
    """The only time zone of a country (ISO 3166-1), by the table of the tz database; "" for several or none."""
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    zones = [line.split("\t")[2] for line in lines if line.startswith(f"{code}\t")]
    return zones[0] if len(zones) == 1 else ""


def country_of(place: Place | None) -> str:
    """The code of the country in which a place lies; "" where none is known. A city lies in a country, or in a region
    that does; the places around it are asked for where they were not loaded.
    """
    for _ in range(3):
        if place is None or place.kind == PlaceKind.COUNTRY:
            break
        place = place.within
    return place.code if place is not None and place.kind == PlaceKind.COUNTRY else ""


def usual_zone(invitation: Invitation) -> str:
    """The only time zone of the guest's country, or of their organisation's; "" where none is known."""
    organisation = invitation.organisation
    code = country_of(invitation.person.place) or (country_of(organisation.place) if organisation else "")
    return zone_of_country(code) if code else ""


def guest_zone(invitation: Invitation) -> ZoneInfo:
    """The zone in which a guest reads times; kept on the loaded row, as `span_for` is."""
    if "_zone" not in invitation.__dict__:
        key = invitation.zone or usual_zone(invitation) or zone_of(invitation.event).key
        invitation.__dict__["_zone"] = ZoneInfo(key)
    found: ZoneInfo = invitation.__dict__["_zone"]
    return found


def zones_offered(invitation: Invitation) -> list[str]:
    """The zones that a guest may choose, by name: the usual ones, the event's, and that of their country."""
    return sorted({*ZONES, zone_of(invitation.event).key, guest_zone(invitation).key})


@dataclass(frozen=True, slots=True)
class Clock:
    """The hours of an event by one clock: "9:00-17:00", the zone's place and distance from UTC."""

    hours: str
    zone: str

    def __str__(self) -> str:
        return f"{self.hours} ({self.zone})"


def clocks(invitation: Invitation, language: str | None = None) -> list[Clock]:
    """The hours of the event by its own clock, and by the guest's where that tells another time; empty where no hour
    is stated.
    """
    span = span_for(invitation)
    if span is None or span.whole_days:
        return []
    own, theirs = zone_of(invitation.event), guest_zone(invitation)
    same = all(moment.astimezone(own).utcoffset() == moment.astimezone(theirs).utcoffset() for moment in _ends(span))
    return [_clock(span, zone, language) for zone in ((own,) if same else (own, theirs))]


def span_for(invitation: Invitation) -> Span | None:
    """From when to when the event is; kept on the loaded row, so that the parts of one page ask once."""
    if "_span" not in invitation.__dict__:
        invitation.__dict__["_span"] = timed_span_of(invitation.event)
    found: Span | None = invitation.__dict__["_span"]
    return found


def _ends(span: Span) -> tuple[datetime, datetime]:
    return span.starts, span.ends


def _clock(span: Span, zone: ZoneInfo, language: str | None) -> Clock:
    starts, ends = (moment.astimezone(zone) for moment in _ends(span))
    first, last = starts.date(), last_day(ends)
    if first == last:
        said = hours(starts, ends, language)
    else:
        until = clock_of_end(ends, language)
        said = f"{day(first, language)}, {clock(starts)} – {day(last, language)}, {until}"
    return Clock(_as_one(said, language), _as_one(zone_words(zone, starts), language))


def _as_one(words: str, language: str | None) -> str:
    """Words that keep their own order, left to right, within a text read from right to left (an isolate, UAX 9);
    otherwise as they are.
    """
    spoken = language or get_language() or settings.LANGUAGE_CODE
    return f"\u2066{words}\u2069" if get_language_info(spoken.split("-")[0])["bidi"] else words


def zone_words(zone: ZoneInfo, moment: datetime) -> str:
    """A zone as people read it: the town of its name and the distance from UTC at a moment: "Casablanca, UTC+1"."""
    town = zone.key.rpartition("/")[2].replace("_", " ")
    offset = moment.astimezone(zone).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    if not minutes:
        return "UTC" if town == "UTC" else f"{town}, UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"{town}, UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
