"""The agenda of an event as plain values: what a version freezes, and how it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from moussem.core.formats import hours

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """Who takes which part. `person` and `organisation` are public identifiers ("": none), with their names; `words`
    describe whom no source names, or what they speak about; `key` is the part's own identifier.
    """

    kind: str
    person: str = ""
    person_name: str = ""
    organisation: str = ""
    organisation_name: str = ""
    words: Texts | None = None
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AgendaSpace:
    """A space with its seats of each mode (None: not stated)."""

    key: str
    kind: str
    name: Texts
    on_site: int | None = None
    online: int | None = None


@dataclass(frozen=True, slots=True)
class AgendaSession:
    """A session. `starts` and `ends` are instants (None: not stated), `zone` is that of its wall clock; `space` is a
    public identifier ("": none) with its name. `language` is spoken, `interpretation` are codes. `changed_in` is the
    number of the version in which it last changed (0: not yet published so), `edited` the version of its row, which is
    not stored.
    """

    key: str
    title: Texts
    topics: Texts
    space: str = ""
    space_name: Texts | None = None
    language: str = ""
    interpretation: tuple[str, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    zone: str = ""
    is_cancelled: bool = False
    changed_in: int = 0
    parts: tuple[AgendaPart, ...] = ()
    edited: int = field(default=0, compare=False)

    @property
    def begins(self) -> datetime | None:
        """When it begins, by the clock on the wall."""
        return self.starts.astimezone(ZoneInfo(self.zone)) if self.starts and self.zone else None

    @property
    def closes(self) -> datetime | None:
        """When it ends, by the clock on the wall; None where that is not stated."""
        return self.ends.astimezone(ZoneInfo(self.zone)) if self.begins and self.ends else None

    @property
    def on(self) -> date | None:
        """Its day."""
        return self.begins.date() if self.begins else None

    @property
    def minutes(self) -> int | None:
        """How long it lasts; None where that is not stated."""
        return int((self.ends - self.starts) / timedelta(minutes=1)) if self.starts and self.ends else None

    @property
    def hours(self) -> str:
        """Its hours by the clock on the wall ("10:00-11:30"); "" where none is stated."""
        begins, closes = self.begins, self.closes
        return "" if begins is None else hours(begins, closes)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Spaces in their order, and sessions by hour, those without one last."""

    spaces: tuple[AgendaSpace, ...] = ()
    sessions: tuple[AgendaSession, ...] = ()

    def without(self, hidden: frozenset[str]) -> "Agenda":
        """The same, without the parts of people and organisations with these public identifiers."""
        sessions = [replace(s, parts=tuple(p for p in s.parts if not _names(p, hidden))) for s in self.sessions]
        return replace(self, sessions=tuple(sessions))

    @property
    def held(self) -> Sequence[AgendaSession]:
        """The sessions that are not called off."""
        return [session for session in self.sessions if not session.is_cancelled]

    @property
    def called_off(self) -> Sequence[AgendaSession]:
        """The sessions that are called off."""
        return [session for session in self.sessions if session.is_cancelled]


def _names(part: AgendaPart, hidden: frozenset[str]) -> bool:
    return part.person in hidden or part.organisation in hidden


def stored(agenda: Agenda) -> dict[str, Any]:
    """The agenda as JSON holds it."""
    kept = asdict(agenda)
    for session in kept["sessions"]:
        del session["edited"]
        for name in ("starts", "ends"):
            session[name] = session[name].isoformat() if session[name] else None
    return kept


def read(kept: Mapping[str, Any]) -> Agenda:
    """The agenda that was stored; an empty one where nothing was."""
    spaces = tuple(AgendaSpace(**space) for space in kept.get("spaces", ()))
    return Agenda(spaces, tuple(_session(session) for session in kept.get("sessions", ())))


def _session(kept: Mapping[str, Any]) -> AgendaSession:
    instants = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("starts", "ends")}
    parts = tuple(AgendaPart(**part) for part in kept["parts"])
    return AgendaSession(**{**kept, **instants, "parts": parts, "interpretation": tuple(kept["interpretation"])})
