"""A published agenda as it is handed out in one language: the body of its page, JSON, iCalendar (RFC 5545)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from moussem.core.addresses import public_address
from moussem.core.texts import say
from moussem.core.words import words
from moussem.events.enums import FragmentForm
from moussem.events.rendering.agenda import Agenda, AgendaPart, AgendaSession, Texts
from moussem.events.rendering.changes import (
    change_lines,
    changes_between,
    language_words,
    people_words,
)
from moussem.events.rendering.grid import SHORTEST, lay_out

PAGE = "events/pieces/agenda.html"


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version with what belongs to it: its event (public identifier, name, place, zone), its number, when
    it was frozen, the agenda, and that of the version before (None: it is the first one). `site` is the address of the
    installation, without a slash at its end. `turns` rises whenever the event itself is corrected, called off or held
    after all; `called_off_at` is when it was called off (None: it takes place).
    """

    event: str
    name: Texts
    place: Texts
    zone: str
    number: int
    frozen_at: datetime
    agenda: Agenda
    before: Agenda | None
    site: str
    turns: int = 0
    called_off_at: datetime | None = None

    @property
    def address(self) -> str:
        """The page of the agenda in the language that is spoken now."""
        return f"{self.site}{public_address(f'events/{self.event}/agenda/')}"


@cache
def drawing() -> str:
    """Tells the manner in which editions are drawn now (code, template, catalogue) from that before an upgrade."""
    top = Path(__file__).resolve().parent.parent
    used = [*sorted(top.glob("rendering/*.py")), *sorted(top.glob("locale/*/LC_MESSAGES/*.mo"))]
    template = top / "templates" / PAGE
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*used, template))).hexdigest()


def drawn(edition: Edition, form: FragmentForm, language: str) -> str:
    """The edition in one form and language."""
    if form is FragmentForm.PAGE:
        return words(PAGE, _page(edition, language), language)
    with translation.override(language):
        return _calendar(edition) if form is FragmentForm.CALENDAR else json.dumps(_feed(edition), ensure_ascii=False)


def _page(edition: Edition, language: str) -> dict[str, Any]:
    with translation.override(language):
        changes = [] if edition.before is None else change_lines(changes_between(edition.before, edition.agenda))
    untimed = [session for session in edition.agenda.held if session.on is None]
    days = lay_out(edition.agenda)
    return {
        "number": edition.number,
        "frozen_at": edition.frozen_at.astimezone(ZoneInfo(edition.zone)),
        "days": days,
        "untimed": untimed,
        "called_off": edition.agenda.called_off,
        "is_off": edition.called_off_at is not None,
        "spaces": edition.agenda.spaces,
        "changes": changes,
        "zone": edition.zone if days else "",
    }


def _feed(edition: Edition) -> dict[str, Any]:
    return {
        "event": edition.event,
        "name": say(edition.name),
        "url": edition.address,
        "version": edition.number,
        "published_at": _instant(edition.frozen_at),
        "time_zone": edition.zone,
        "cancelled": edition.called_off_at is not None,
        "spaces": [
            {
                "id": space.key,
                "kind": space.kind,
                "name": say(space.name),
                "capacity_on_site": space.on_site,
                "capacity_online": space.online,
            }
            for space in edition.agenda.spaces
        ],
        "sessions": [_session(edition, session) for session in edition.agenda.sessions],
    }


def _session(edition: Edition, session: AgendaSession) -> dict[str, Any]:
    begins, closes = session.begins, session.closes
    return {
        "id": session.key,
        "title": say(session.title),
        "topics": say(session.topics) or None,
        "space": session.space or None,
        "starts_at": begins.isoformat() if begins else None,
        "ends_at": closes.isoformat() if closes else None,
        "language": session.language or None,
        "interpretation": list(session.interpretation),
        "cancelled": _is_off(edition, session),
        "changed_in": session.changed_in,
        "people": [_part(part) for part in session.parts],
    }


def _is_off(edition: Edition, session: AgendaSession) -> bool:
    """Whether a session is not held: called off by itself, or with its event."""
    return session.is_cancelled or edition.called_off_at is not None


def _part(part: AgendaPart) -> dict[str, Any]:
    return {
        "part": part.kind,
        "person": _named(part.person, part.person_name),
        "organisation": _named(part.organisation, part.organisation_name),
        "words": say(part.words) or None,
    }


def _named(key: str, name: str) -> Mapping[str, str] | None:
    return {"id": key, "name": name} if key else None


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _calendar(edition: Edition) -> str:
    """Every session with stated hours; one that was called off stays, as cancelled, and so do all of an event that was.
    A session keeps its UID for ever; its SEQUENCE is the number of the version in which it last changed, and one more
    for each turn of the event, whose name and place it bears: it never falls.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//moussem//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say(edition.name))
    calendar.add("url", edition.address)
    for session in edition.agenda.sessions:
        if session.starts and session.zone:
            calendar.add_component(_entry(edition, session, session.starts))
    if calendar.subcomponents:
        calendar.add_missing_timezones()
    text: str = calendar.to_ical().decode()
    return text


def _entry(edition: Edition, session: AgendaSession, starts: datetime) -> CalendarEvent:
    zone = ZoneInfo(session.zone)
    entry = CalendarEvent()
    entry.add("uid", f"{session.key}@{edition.site.partition('://')[2].partition(':')[0]}")
    entry.add("sequence", session.changed_in + edition.turns)
    entry.add("dtstamp", max(edition.frozen_at, edition.called_off_at or edition.frozen_at).astimezone(UTC))
    entry.add("dtstart", starts.astimezone(zone))
    entry.add("dtend", max(session.ends or starts, starts + SHORTEST).astimezone(zone))
    entry.add("summary", say(session.title))
    entry.add("status", "CANCELLED" if _is_off(edition, session) else "CONFIRMED")
    place = ", ".join(filter(None, (say(session.space_name), say(edition.place))))
    said = "\n".join(
        filter(None, (say(session.topics), people_words(session) if session.parts else "", language_words(session)))
    )
    for name, value in (("location", place), ("description", said), ("url", f"{edition.address}#{session.key}")):
        if value:
            entry.add(name, value)
    return entry
