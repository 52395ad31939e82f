"""What staff see of an agenda: the draft as a grid, its clashes, what differs from the published one, every version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from moussem.core.actor import Actor
from moussem.core.panels import panels_for
from moussem.core.texts import say
from moussem.events.domain.agendas import NOTHING, Draft, draft_of, frozen_part, frozen_session, frozen_space, rows_of
from moussem.events.domain.clashes import Clash, ClashKind, Occasion, Seats, clashes_in
from moussem.events.models import AgendaVersion, Event, Part, Session, Space
from moussem.events.permissions import can_organise
from moussem.events.rendering.agenda import Agenda, AgendaSession, read
from moussem.events.rendering.changes import ChangeLine, change_lines, changes_between, when_and_where
from moussem.events.rendering.grid import GridDay, lay_out_to_plan

MOST_DAYS = 7
"""Of a longer event only the days on which something is held are laid out."""


@dataclass(frozen=True, slots=True)
class ClashLine:
    """A clash in words, and the sessions it is about."""

    sentence: str
    sessions: Sequence[AgendaSession]


@dataclass(frozen=True, slots=True)
class Board:
    """The draft: a grid by day, what has no hours yet, what was called off, its clashes, and `changes` against the
    published version (None: nothing is published). `digest` tells this draft from any other; `unshown` are the names
    of those the public may not know. `parts` are those of the event as a whole.
    """

    event: Event
    agenda: Agenda
    days: Sequence[GridDay]
    untimed: Sequence[AgendaSession]
    spaces: Sequence[Space]
    clashes: Sequence[ClashLine]
    clashing: frozenset[str]
    version: AgendaVersion | None
    changes: Sequence[ChangeLine]
    draft: Draft
    parts: Sequence[Part]
    may_write: bool

    @property
    def is_published_so(self) -> bool:
        """Whether the published version says what the draft says."""
        return self.version is not None and not self.changes


def board(actor: Actor, event: Event) -> Board:
    """All that stands on the page of an event's agenda; the event is one that the actor may see."""
    spaces, sessions, parts = rows_of(event)
    version = AgendaVersion.objects.visible_to(actor).filter(event=event, replaced_at=None).first()
    before = read(version.content) if version else NOTHING
    draft = draft_of(spaces, sessions, parts, before)
    agenda = whole_agenda(spaces, sessions, parts)
    clashes = _clashes(actor, event, agenda, spaces, sessions, parts)
    return Board(
        event=event,
        agenda=agenda,
        days=lay_out_to_plan(agenda, days_of(event)),
        untimed=[session for session in agenda.held if session.on is None],
        spaces=spaces,
        clashes=clashes,
        clashing=frozenset(session.key for line in clashes for session in line.sessions),
        version=version,
        changes=change_lines(changes_between(before, draft.agenda)) if version else (),
        draft=draft,
        parts=[part for part in parts if part.session_id is None],
        may_write=can_organise(actor),
    )


def whole_agenda(spaces: Iterable[Space], sessions: Iterable[Session], parts: Iterable[Part]) -> Agenda:
    """The draft with everybody in it, whether the public may know them or not, and all that was called off."""
    by_session: dict[int, list[Part]] = {}
    for part in parts:
        if part.session_id is not None:
            by_session.setdefault(part.session_id, []).append(part)
    return Agenda(
        tuple(frozen_space(space) for space in spaces),
        tuple(frozen_session(s, [frozen_part(p) for p in by_session.get(s.pk, [])]) for s in sessions),
    )


def agenda_shown(event: Event, version: AgendaVersion | None, *, drafts: bool) -> Agenda:
    """The agenda of an event (its spaces, and for drafts its sessions, loaded) to whom drafts are open or not: the one
    that is published, of which None leaves the spaces; or what is edited.
    """
    if version and not drafts:
        return read(version.content)
    spaces = tuple(frozen_space(space) for space in event.spaces.all())
    return Agenda(spaces, tuple(frozen_session(s, []) for s in event.sessions.all()) if drafts else ())


def days_of(event: Event) -> list[date]:
    """The days of an event that are stated; none of a longer one than a week."""
    first, last = event.period_start, event.period_end
    if first is None or last is None or (last - first).days >= MOST_DAYS:
        return []
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def registered(actor: Actor, event: Event) -> Seats:
    """How many guests are registered in each mode, as a higher room says to the page "events.registered"."""
    for _template, counted in panels_for("events.registered", actor, event):
        return Seats(counted["on_site"], counted["online"])
    return Seats()


def _clashes(
    actor: Actor,
    event: Event,
    agenda: Agenda,
    spaces: Sequence[Space],
    sessions: Sequence[Session],
    parts: Sequence[Part],
) -> list[ClashLine]:
    names, people = _people(parts)
    occasions = [
        Occasion(
            key=str(s.public_id), space=str(s.space.public_id) if s.space else "", starts=s.starts_at, ends=s.ends_at,
            people=frozenset(people.get(s.pk, ())), expected=s.expected,
        )
        for s in sessions
        if s.cancelled_at is None
    ]  # fmt: skip
    seats = {str(space.public_id): Seats(space.capacity_on_site, space.capacity_online) for space in spaces}
    names |= {str(space.public_id): say(space.name) for space in spaces}
    known = {session.key: session for session in agenda.sessions}
    found = clashes_in(occasions, seats, registered(actor, event))
    return [ClashLine(_sentence(clash, names, known), [known[key] for key in clash.sessions]) for clash in found]


def _people(parts: Iterable[Part]) -> tuple[dict[str, str], dict[int, list[str]]]:
    """The names of those in sessions, and who is in which; two rows that are one person count as one."""
    names: dict[str, str] = {}
    people: dict[int, list[str]] = {}
    for part in parts:
        if part.session_id is not None and part.person is not None:
            key = f"person:{part.person.canonical_id or part.person.pk}"
            names.setdefault(key, part.person.name)
            people.setdefault(part.session_id, []).append(key)
    return names, people


def _sentence(clash: Clash, names: Mapping[str, str], known: Mapping[str, AgendaSession]) -> str:
    sessions = [known[key] for key in clash.sessions]
    first = sessions[0]
    said = {
        "who": names.get(clash.of, ""),
        "one": say(first.title),
        "other": say(sessions[-1].title),
        "when": first.hours,
        "count": clash.count,
        "seats": clash.seats,
    }
    return _SENTENCES[clash.kind](said)


_SENTENCES = {
    ClashKind.PERSON: lambda said: gettext(
        "%(who)s takes part in “%(one)s” and in “%(other)s”, which are held at the same time."
    ) % said,
    ClashKind.SPACE: lambda said: gettext("“%(one)s” and “%(other)s” are both in %(who)s at the same time.") % said,
    ClashKind.EXPECTED: lambda said: ngettext(
        "“%(one)s” expects %(count)s person; %(who)s has %(seats)s seats.",
        "“%(one)s” expects %(count)s people; %(who)s has %(seats)s seats.",
        said["count"],
    ) % said,
    ClashKind.ON_SITE: lambda said: ngettext(
        "%(count)s guest is registered on site; the spaces in use at %(when)s have %(seats)s seats together.",
        "%(count)s guests are registered on site; the spaces in use at %(when)s have %(seats)s seats together.",
        said["count"],
    ) % said,
    ClashKind.ONLINE: lambda said: ngettext(
        "%(count)s guest is registered online; the spaces in use at %(when)s have room for %(seats)s together.",
        "%(count)s guests are registered online; the spaces in use at %(when)s have room for %(seats)s together.",
        said["count"],
    ) % said,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A published version and what changed since the one before (none: it is the first)."""

    version: AgendaVersion
    sessions: int
    changes: Sequence[ChangeLine]


def versions_of(actor: Actor, event: Event) -> list[VersionLine]:
    """Every version of an event's agenda, newest first."""
    rows = list(AgendaVersion.objects.visible_to(actor).filter(event=event).order_by("number"))
    contents = [read(row.content) for row in rows]
    lines = [
        VersionLine(row, len(now.held), change_lines(changes_between(contents[n - 1], now)) if n else ())
        for n, (row, now) in enumerate(zip(rows, contents, strict=True))
    ]
    return lines[::-1]


@dataclass(frozen=True, slots=True)
class SpaceList:
    """A list to hang at the door of a space (None: sessions without one): its sessions by hour."""

    space: Space | None
    sessions: Sequence[AgendaSession]


def space_lists(event: Event, space: Space | None = None) -> list[SpaceList]:
    """A list for each space of the event, or for one only; sessions without a space come last."""
    spaces, sessions, parts = rows_of(event)
    held = whole_agenda(spaces, sessions, parts).held
    wanted = [row for row in spaces if space is None or row.pk == space.pk]
    lists = [SpaceList(row, [s for s in held if s.space == str(row.public_id)]) for row in wanted]
    rest = [session for session in held if not session.space]
    return [*lists, SpaceList(None, rest)] if rest and space is None else lists


def moved_from(session: Session) -> str:
    """Where and when a session stands now, in words (space loaded)."""
    return when_and_where(frozen_session(session, []))
