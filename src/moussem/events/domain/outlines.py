"""What a template says of a gathering: its length, seats, spaces, agenda, kinds of guests, mails and tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from moussem.events.domain.events import Words
from moussem.events.enums import EventKind, Letter, SpaceKind

OwnWords = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By letter and language: `subject` and `opening`."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A kind of guest that is wished for, and how many (None: not set)."""

    name: Words
    wanted: int | None = None


@dataclass(frozen=True, slots=True)
class SpaceLine:
    """A space; capacities None where not stated."""

    kind: SpaceKind
    name: Words
    on_site: int | None = None
    online: int | None = None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session on the first day (1), the second (2) and so on, by the clock on the wall; `begins` None: left open.

    `space` is the number of the space in its outline, from 1 on; None: not stated.
    """

    day: int
    title: Words
    begins: time | None = None
    ends: time | None = None
    space: int | None = None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Something to do so many days before the first day (negative) or after the last one; 0: on the first day."""

    days: int
    words: Words


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a template says; seats None: no limit is set. `days` is for how many days such a gathering lasts."""

    days: int = 1
    seats_on_site: int | None = None
    seats_online: int | None = None
    spaces: Sequence[SpaceLine] = ()
    sessions: Sequence[SessionLine] = ()
    wishes: Sequence[Wish] = ()
    tasks: Sequence[TaskLine] = ()
    letters: OwnWords = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What a template is called, for which kind of gathering, and what it says."""

    name: Words
    kind: EventKind
    outline: Outline


def outline_of(stored: Mapping[str, Any]) -> Outline:
    """The outline that a template's JSON holds."""
    return Outline(
        days=stored.get("days", 1), seats_on_site=stored.get("seats_on_site"),
        seats_online=stored.get("seats_online"),
        spaces=[_space(line) for line in stored.get("spaces", ())],
        sessions=[_session(line) for line in stored.get("sessions", ())],
        wishes=[Wish(line["name"], line.get("wanted")) for line in stored.get("wishes", ())],
        tasks=[TaskLine(line["days"], line["words"]) for line in stored.get("tasks", ())],
        letters=stored.get("letters", {}),
    )  # fmt: skip


def _space(line: Mapping[str, Any]) -> SpaceLine:
    return SpaceLine(SpaceKind(line["kind"]), line["name"], line.get("on_site"), line.get("online"))


def _session(line: Mapping[str, Any]) -> SessionLine:
    begins, ends = (time.fromisoformat(line[end]) if line.get(end) else None for end in ("begins", "ends"))
    return SessionLine(line["day"], line["title"], begins, ends, line.get("space"))


def stored_form(outline: Outline) -> dict[str, Any]:
    """The JSON that holds an outline."""
    return {
        "days": outline.days, "seats_on_site": outline.seats_on_site, "seats_online": outline.seats_online,
        "spaces": [
            {"kind": str(line.kind), "name": dict(line.name), "on_site": line.on_site, "online": line.online}
            for line in outline.spaces
        ],
        "sessions": [
            {
                "day": line.day, "title": dict(line.title), "begins": _clock(line.begins), "ends": _clock(line.ends),
                "space": line.space,
            }
            for line in outline.sessions
        ],
        "wishes": [{"name": dict(line.name), "wanted": line.wanted} for line in outline.wishes],
        "tasks": [{"days": line.days, "words": dict(line.words)} for line in outline.tasks],
        "letters": own_words_of(outline.letters),
    }  # fmt: skip


def _clock(hour: time | None) -> str | None:
    return hour.isoformat(timespec="minutes") if hour else None


def own_words_of(letters: OwnWords) -> dict[str, Any]:
    """The JSON of the words in mails: of the known letters, and of the languages in which something is said."""
    return {
        letter: {code: dict(words) for code, words in letters[letter].items() if words}
        for letter in Letter.values
        if letters.get(letter)
    }
