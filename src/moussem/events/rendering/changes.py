"""What differs between two versions of an agenda, and how it is said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from moussem.core.formats import day, not_stated
from moussem.core.texts import say
from moussem.events.enums import SESSION_LANGUAGES, Change, PartKind
from moussem.events.rendering.agenda import Agenda, AgendaPart, AgendaSession, AgendaSpace


@dataclass(frozen=True, slots=True)
class AgendaChange:
    """One difference: what it is about, called as it is now, before and after (None: it was not there)."""

    kind: Change
    before: AgendaSession | AgendaSpace | None
    after: AgendaSession | AgendaSpace


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A difference in words; `before` and `after` are "" where there is nothing to compare."""

    label: str
    title: str
    before: str = ""
    after: str = ""


def changes_between(before: Agenda, after: Agenda) -> list[AgendaChange]:
    """What differs, in the order of `Change`, then of the agenda. Nothing leaves an agenda: it is called off."""
    sessions = {session.key: session for session in before.sessions}
    spaces = {space.key: space for space in before.spaces}
    found = [
        *(change for session in after.sessions for change in _of_session(sessions.get(session.key), session)),
        *(change for space in after.spaces for change in _of_space(spaces.get(space.key), space)),
    ]
    order = list(Change)
    return sorted(found, key=lambda change: order.index(change.kind))


def _of_session(before: AgendaSession | None, after: AgendaSession) -> Iterator[AgendaChange]:
    if before is None:
        yield AgendaChange(Change.CANCELLED if after.is_cancelled else Change.ADDED, None, after)
        return
    if before.is_cancelled != after.is_cancelled:
        yield AgendaChange(Change.CANCELLED if after.is_cancelled else Change.HELD_AGAIN, before, after)
    for kind, fields in _COMPARED:
        if fields(before) != fields(after):
            yield AgendaChange(kind, before, after)


_COMPARED: tuple[tuple[Change, Callable[[AgendaSession], object]], ...] = (
    (Change.MOVED, lambda s: (s.starts, s.ends, s.zone, s.space)),
    (Change.RENAMED, lambda s: (dict(s.title), dict(s.topics))),
    (Change.PEOPLE, lambda s: s.parts),
    (Change.LANGUAGES, lambda s: (s.language, s.interpretation)),
)


def _of_space(before: AgendaSpace | None, after: AgendaSpace) -> Iterator[AgendaChange]:
    if before is None:
        yield AgendaChange(Change.SPACE_ADDED, None, after)
    elif dict(before.name) != dict(after.name):
        yield AgendaChange(Change.SPACE_RENAMED, before, after)
    elif before != after:
        yield AgendaChange(Change.SPACE_CHANGED, before, after)


def numbered(before: Agenda, after: Agenda, number: int) -> Agenda:
    """The agenda of version `number`: each session knows in which one it last changed."""
    known = {session.key: session for session in before.sessions}

    def marked(session: AgendaSession) -> AgendaSession:
        old = known.get(session.key)
        same = old is not None and not any(_of_session(old, session)) and _called(old) == _called(session)
        return replace(session, changed_in=old.changed_in if old and same else number)

    return replace(after, sessions=tuple(marked(session) for session in after.sessions))


def _called(session: AgendaSession) -> dict[str, str]:
    return dict(session.space_name or {})


def change_lines(changes: Sequence[AgendaChange]) -> list[ChangeLine]:
    """The differences in the language that is spoken now."""
    return [_line(change) for change in changes]


def _line(change: AgendaChange) -> ChangeLine:
    said = _WORDS[change.kind]
    after = change.after
    title = say(after.title) if isinstance(after, AgendaSession) else say(after.name)
    before = said(change.before) if change.before else ""
    return ChangeLine(str(change.kind.label), title, "" if before == said(after) else before, said(after))


def when_and_where(session: AgendaSession) -> str:
    """Day, hours and space of a session in words."""
    when = f"{day(session.on)}, {session.hours}" if session.on else gettext("hours not stated")
    where = say(session.space_name) if session.space else gettext("space not stated")
    return f"{when}, {where}"


def part_label(part: AgendaPart) -> str:
    """Who takes part: the person with the organisation, or the words for whom is not named."""
    named = ", ".join(filter(None, (part.person_name, part.organisation_name)))
    return named or say(part.words)


def part_kind(part: AgendaPart) -> str:
    """Which part it is, in words."""
    return str(PartKind(part.kind).label) if part.kind in PartKind.values else part.kind


def people_words(session: AgendaSession) -> str:
    """Who takes part, in which part."""
    return "; ".join(f"{part_label(part)} ({part_kind(part)})" for part in session.parts) or gettext("nobody named")


def language_words(session: AgendaSession) -> str:
    """The language that is spoken and those into which it is interpreted; "" where none is stated."""
    spoken = _language(session.language) if session.language else ""
    into = ", ".join(_language(code) for code in session.interpretation)
    heard = gettext("interpreted into: %(languages)s") % {"languages": into} if into else ""
    return str(capfirst(", ".join(filter(None, (spoken, heard)))))


def _language(code: str) -> str:
    return str(SESSION_LANGUAGES.get(code, code))


def _languages_or_not(session: AgendaSession) -> str:
    return language_words(session) or not_stated()


def _seats(space: AgendaSpace) -> str:
    on_site, online = (not_stated() if n is None else str(n) for n in (space.on_site, space.online))
    return pgettext("seats", "on site: %(on_site)s, online: %(online)s") % {"on_site": on_site, "online": online}


def _title_words(session: AgendaSession) -> str:
    return " · ".join(filter(None, (say(session.title), say(session.topics))))


_WORDS: dict[Change, Callable[..., str]] = {
    Change.ADDED: when_and_where,
    Change.CANCELLED: when_and_where,
    Change.HELD_AGAIN: when_and_where,
    Change.MOVED: when_and_where,
    Change.RENAMED: _title_words,
    Change.PEOPLE: people_words,
    Change.LANGUAGES: _languages_or_not,
    Change.SPACE_ADDED: _seats,
    Change.SPACE_RENAMED: lambda space: say(space.name),
    Change.SPACE_CHANGED: _seats,
}
