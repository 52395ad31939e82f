"""A grid of an agenda: for each day a row for each beginning, a column for each space."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from moussem.events.rendering.agenda import Agenda, AgendaSession, AgendaSpace

SHORTEST = timedelta(minutes=1)
"""How long a session counts whose end is not stated."""
STEP = timedelta(minutes=30)
EARLY, LATE = time(9), time(18)


@dataclass(slots=True)
class Cell:
    """One field: its space ("": none stated) and beginning, the sessions in it (two and more overlap), and over how
    many rows it stands. A field without a session is free.
    """

    space: str
    on: date
    begins: time
    sessions: list[AgendaSession] = field(default_factory=list)
    rows: int = 1


@dataclass(frozen=True, slots=True)
class GridRow:
    """One beginning; `cells` are the fields that start here, in the order of the columns."""

    begins: time
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class GridDay:
    """One day: its columns (None: sessions without a space) and its rows."""

    on: date
    columns: Sequence[AgendaSpace | None]
    rows: Sequence[GridRow]


@dataclass(slots=True)
class _Block:
    """Sessions of one space that overlap, one after the other."""

    starts: datetime
    ends: datetime
    sessions: list[AgendaSession]


def lay_out(agenda: Agenda) -> list[GridDay]:
    """The days on which something is held, with the spaces in use."""
    days = sorted({session.on for session in agenda.held if session.on})
    return [_day(agenda, on, _in_use(agenda, on), ()) for on in days]


def lay_out_to_plan(agenda: Agenda, days: Iterable[date]) -> list[GridDay]:
    """The days of the event and those on which something is held, with every space and every half hour from nine to
    six, so that each free field can be chosen.
    """
    found = sorted({*days, *(session.on for session in agenda.held if session.on)})
    return [_day(agenda, on, agenda.spaces, _half_hours(agenda, on)) for on in found]


def _in_use(agenda: Agenda, on: date) -> list[AgendaSpace]:
    used = {session.space for session in agenda.held if session.on == on}
    return [space for space in agenda.spaces if space.key in used]


def _half_hours(agenda: Agenda, on: date) -> list[time]:
    found = [session for session in agenda.held if session.on == on]
    first = min([EARLY, *(_begins(s).time() for s in found)])
    moment = datetime.combine(on, first.replace(minute=first.minute // 30 * 30))
    until = max([datetime.combine(on, LATE), *map(_ends, found)])
    until = min(until, datetime.combine(on, time.min) + timedelta(days=1))
    steps = []
    while moment < until:
        steps.append(moment.time())
        moment += STEP
    return steps


def _begins(session: AgendaSession) -> datetime:
    begins = session.begins
    assert begins is not None  # noqa: S101 - only sessions with a day are laid out
    return begins.replace(tzinfo=None)


def _ends(session: AgendaSession) -> datetime:
    closes = session.closes
    return max(closes.replace(tzinfo=None), _begins(session) + SHORTEST) if closes else _begins(session) + SHORTEST


def _day(agenda: Agenda, on: date, spaces: Sequence[AgendaSpace], steps: Iterable[time]) -> GridDay:
    held = [session for session in agenda.held if session.on == on]
    known = {space.key for space in spaces}
    columns: list[AgendaSpace | None] = [*spaces]
    if any(session.space not in known for session in held):
        columns.append(None)
    blocks = {
        space.key if space else "": _blocks([s for s in held if _column(s, known) == (space.key if space else "")])
        for space in columns
    }
    starts = sorted({*steps, *(block.starts.time() for found in blocks.values() for block in found)})
    return GridDay(on, columns, _rows(on, starts, columns, blocks))


def _column(session: AgendaSession, known: set[str]) -> str:
    return session.space if session.space in known else ""


def _blocks(sessions: Iterable[AgendaSession]) -> list[_Block]:
    found: list[_Block] = []
    for session in sorted(sessions, key=lambda s: (_begins(s), _ends(s))):
        starts, ends = _begins(session), _ends(session)
        if found and starts < found[-1].ends:
            found[-1].ends = max(found[-1].ends, ends)
            found[-1].sessions.append(session)
        else:
            found.append(_Block(starts, ends, [session]))
    return found


def _rows(
    on: date, starts: Sequence[time], columns: Sequence[AgendaSpace | None], blocks: dict[str, list[_Block]]
) -> list[GridRow]:
    busy = dict.fromkeys(blocks, datetime.min)  # noqa: DTZ901 - the clock on the wall, before every day
    rows = []
    for begins in starts:
        now, cells = datetime.combine(on, begins), []
        for space in columns:
            key = space.key if space else ""
            if now < busy[key]:
                continue
            block = next((found for found in blocks[key] if found.starts == now), None)
            cell = Cell(key, on, begins, block.sessions if block else [])
            if block:
                busy[key] = block.ends
                cell.rows = sum(now <= datetime.combine(on, other) < block.ends for other in starts)
            cells.append(cell)
        rows.append(GridRow(begins, cells))
    return rows
