"""Many rooms ask one page's questions at once: readings that say what they want, and wait; each round is one query.

A reading is a generator that yields questions and is sent their rows. Side by side (`side_by_side`) readings yield in
rounds, and all that is asked in a round is one statement (`answer`): as many queries a page as its longest reading has
steps, not as many as there are rooms. And a question is put together once for each shape of it (`question`): what a
query set costs to write is more than the database spends on it.
"""

import re
import uuid
from collections.abc import Callable, Collection, Generator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache, partial, update_wrapper
from itertools import repeat
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.query import ValuesIterable

P = ParamSpec("P")
T = TypeVar("T")

KEPT = 1024
"""So many shapes of questions are kept written."""
LONGEST = 256
"""A question about more keys than this is written for itself."""
_STAND_IN = 1 << 62
"""No row has a key near its negative, and no identifier is a number so small."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query set to come: what builds it, and with which arguments. Equal questions of a round are asked once."""

    build: Callable[..., "QuerySet[Any]"]
    given: tuple[Any, ...]

    def rows(self) -> "QuerySet[Any]":
        """The query set, put together."""
        return self.build(*self.given)


Asked = Question | QuerySet[Any]
Reading = Generator[Sequence[Asked], Sequence[list[Any]], T]
"""Yields questions, is sent their rows in the same order, and returns what it makes of them."""


def question(build: "Callable[P, QuerySet[Any]]") -> Callable[P, Question]:
    """What builds a query set from its arguments alone becomes what asks it: written once for each shape of them.

    Lists of keys (integers or identifiers) differ from one time to the next, everything else belongs to the shape; so
    `build` may not look at the keys of a list, ask the database, or read a clock.
    """

    def asked(*given: P.args, **named: P.kwargs) -> Question:
        if named:
            raise TypeError("a question takes its arguments by their places")
        return Question(build, tuple(map(_listed, given)))

    update_wrapper(asked, build)
    return asked


def _listed(value: Any) -> Any:
    return value if isinstance(value, str) or not isinstance(value, Collection) else tuple(value)


class Answered(Generic[P, T]):
    """A reading that may be had at once, by calling it, or beside others, by `reading`."""

    def __init__(self, asks: Callable[P, Reading[T]]) -> None:
        """`asks` is a generator function."""
        self.reading = asks
        update_wrapper(self, asks)

    def __call__(self, *given: P.args, **named: P.kwargs) -> T:
        """What it returns, asked by itself."""
        return answer(self.reading(*given, **named))


answered = Answered


def reading_of(source: Callable[..., Any], *given: Any) -> Reading[Any]:
    """The reading of a source, which may also be a function that has its answer at once."""
    if isinstance(source, Answered):
        return (yield from source.reading(*given))
    return source(*given)


def one_step(*asked: Asked) -> Reading[Sequence[list[Any]]]:
    """The reading that is these questions alone, for others to stand beside."""
    return (yield asked)


def answer(reading: Reading[T]) -> T:
    """What a reading returns, each of its rounds one query."""
    try:
        asked = next(reading)
        while True:
            asked = reading.send(read(asked))
    except StopIteration as ended:
        return ended.value  # type: ignore[no-any-return]


def side_by_side(*readings: Reading[Any]) -> Reading[list[Any]]:
    """What each of several readings returns, in their order; what they ask at the same step is asked together."""
    found: list[Any] = [None] * len(readings)
    waiting: dict[int, Sequence[Asked]] = {}

    def go_on(place: int, rows: Sequence[list[Any]] | None) -> None:
        try:
            waiting[place] = readings[place].send(rows)  # type: ignore[arg-type]  # None begins a generator
        except StopIteration as ended:
            waiting.pop(place, None)
            found[place] = ended.value

    for place in range(len(readings)):
        go_on(place, None)
    while waiting:
        turn = dict(waiting)
        rows = iter((yield [one for asked in turn.values() for one in asked]))
        for place, asked in turn.items():
            go_on(place, [next(rows) for _ in asked])
    return found


def read(asked: Sequence[Asked]) -> list[list[Any]]:
    """The rows of each question, in their order; those of a query set with what it loads beside them."""
    parts = {one: _part(one) for one in asked}
    written = [part for part in parts.values() if part.query is not None]
    for part, rows in zip(written, _rows_of(written), strict=True):
        part.found = part.query.taken(rows) if part.query else []
    _load_beside(list(parts.values()))
    return [parts[one].found for one in asked]


@dataclass(slots=True)
class _Part:
    """One question of a round; `query` is None where nothing can be found."""

    query: "_Written | None"
    values: Sequence[Any] = ()
    found: list[Any] = field(default_factory=list)


def _part(one: Asked) -> _Part:
    if isinstance(one, QuerySet):
        query = _written(one)
        return _Part(query, query.parameters if query else ())
    lists = [value for value in one.given if isinstance(value, tuple)]
    if any(not 0 < len(keys) <= LONGEST for keys in lists):
        return _part(one.rows())
    query = _kept(connection.vendor, one.build, tuple(_shape(value) for value in one.given))
    if query is None:
        return _Part(None)
    standing: dict[Any, Any] = {}
    for place, keys in enumerate(lists):
        names = _stand_ins(place, _size(len(keys)), type(keys[0]))
        standing.update(zip(map(_as_taken, names), map(_as_taken, _filled_up(keys)), strict=True))
    return _Part(query, [standing.get(value, value) for value in query.parameters])


@dataclass(frozen=True, slots=True)
class _Keys:
    """The place of a list of keys in the shape of a question: so many, of this type."""

    size: int
    of: type


def _shape(value: Any) -> Any:
    return _Keys(_size(len(value)), type(value[0])) if isinstance(value, tuple) else value


def _size(count: int) -> int:
    """The next power of two: lists of nearly the same length are one question, the last key said again."""
    return 1 << (count - 1).bit_length()


def _filled_up(keys: Sequence[Any]) -> list[Any]:
    return [*keys, *repeat(keys[-1], _size(len(keys)) - len(keys))]


def _stand_ins(place: int, size: int, of: type) -> list[Any]:
    numbers = range(_STAND_IN + place * LONGEST, _STAND_IN + place * LONGEST + size)
    return [uuid.UUID(int=number) if of is uuid.UUID else -number for number in numbers]


def _as_taken(key: Any) -> Any:
    """A key as Django hands it to the database."""
    if isinstance(key, uuid.UUID) and not connection.features.has_native_uuid_field:
        return key.hex
    return key


@lru_cache(maxsize=KEPT)
def _kept(vendor: str, build: Callable[..., "QuerySet[Any]"], shape: tuple[Any, ...]) -> "_Written | None":
    given, lists = [], 0
    expected = set()
    for value in shape:
        if isinstance(value, _Keys):
            names = _stand_ins(lists, value.size, value.of)
            expected |= set(map(_as_taken, names))
            lists += 1
            given.append(tuple(names))
        else:
            given.append(value)
    query = _written(build(*given))
    if query is not None and not expected <= set(filter(_is_key, query.parameters)):
        raise TypeError(f"{build.__qualname__} does not ask for all keys that it is given")
    return query


def _is_key(value: Any) -> bool:
    return isinstance(value, int | str | uuid.UUID)


class _Written:
    """A query as Django wrote it, with what makes rows of its columns, and nothing else of it: a thousand are kept."""

    def __init__(self, rows: "QuerySet[Any]") -> None:
        """Raises `EmptyResultSet` where no row can be."""
        compiler: Any = rows.query.get_compiler(connection=connection)
        text, parameters = compiler.as_sql(with_col_aliases=True)
        expressions = [column for column, _sql, _alias in compiler.select]
        self.text, self.parameters = text, tuple(parameters)
        self.names = [connection.ops.quote_name(alias) for _column, _sql, alias in compiler.select]
        self.types = [_type_of(column) for column in expressions]
        self.beside = rows._prefetch_related_lookups  # type: ignore[attr-defined]
        self._converters = compiler.get_converters(expressions)
        compiler.select = [(column, None, None) for column in expressions]
        compiler.query = compiler.where = compiler.having = compiler.qualify = None
        compiler.quote_cache = {}
        self._compiler, self._model = compiler, rows.model
        self._rows_of: Any = rows._iterable_class  # type: ignore[attr-defined]
        if rows._known_related_objects or issubclass(self._rows_of, ValuesIterable):  # type: ignore[attr-defined]
            raise TypeError("a question is of instances, or of columns by `values_list`")

    def taken(self, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
        """The columns as the query set would have given them: instances, or tuples of values."""
        compiler = copy(self._compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *_given, **_named: [rows]
        compiler.get_converters = lambda _expressions: self._converters
        query = SimpleNamespace(get_compiler=lambda *_given, **_named: compiler)
        source = SimpleNamespace(
            db=connection.alias, model=self._model, query=query, _known_related_objects={}, _fields=None
        )
        return list(self._rows_of(source))


def _written(rows: "QuerySet[Any]") -> _Written | None:
    try:
        return _Written(rows)
    except EmptyResultSet:
        return None


def _type_of(column: Any) -> str:
    """The type in which PostgreSQL gives a column; where two parts have one in common, they share it."""
    kind = column.output_field.db_type(connection) or ""
    return re.sub(r"\(.*\)|varchar", lambda found: "text" if found[0] == "varchar" else "", kind)


def _rows_of(parts: Sequence[_Part]) -> list[list[tuple[Any, ...]]]:
    """The rows of written queries, each in its order, by one statement."""
    queries = [part.query for part in parts if part.query]
    if not queries:
        return []
    given = [value for part in parts for value in part.values]
    if len(queries) == 1:
        return [_fetched(queries[0].text, given)]
    text, takers = _joined(queries)
    found: list[list[tuple[Any, ...]]] = [[] for _ in queries]
    for number, place, *columns in _fetched(text, given):
        found[number].append((place, columns))
    for number, rows in enumerate(found):
        rows.sort(key=itemgetter(0))  # a union may lose the order of its parts
        found[number] = [takers[number](columns) for _place, columns in rows]
    return found


def _fetched(text: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return list(cursor.fetchall())


def _joined(queries: Sequence[_Written]) -> tuple[str, list[Callable[[Sequence[Any]], tuple[Any, ...]]]]:
    """One statement of all, and for each what takes its columns out of a row of it.

    Columns of one type share a place among the columns of the statement, from one part to another.
    """
    widest: dict[str, int] = {}
    for query in queries:
        for kind in set(query.types):
            widest[kind] = max(widest.get(kind, 0), query.types.count(kind))
    begins: dict[str, int] = {}
    for kind in widest:
        begins[kind] = sum(widest[before] for before in begins)
    width = sum(widest.values())
    parts, takers = [], []
    for number, query in enumerate(queries):
        columns, places, used = ["NULL"] * width, [], dict(begins)
        for name, kind in zip(query.names, query.types, strict=True):
            columns[used[kind]] = f"one.{name}"
            places.append(used[kind])
            used[kind] += 1
        shown = ", ".join(columns)
        parts.append(f"SELECT {number}, ROW_NUMBER() OVER (), {shown} FROM ({query.text}) one")  # noqa: S608 - Django's
        takers.append(_taker(places))
    if connection.vendor == "postgresql":  # the first part of a union says which types its columns have
        typed = [f"NULL::{kind}" for kind, count in widest.items() for _ in range(count)]
        parts.insert(0, f"SELECT 0, 0::bigint, {', '.join(typed)} WHERE FALSE")
    return " UNION ALL ".join(parts), takers


def _taker(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    if len(places) == 1:
        return partial(_only, places[0])
    return itemgetter(*places)


def _only(place: int, columns: Sequence[Any]) -> tuple[Any, ...]:
    return (columns[place],)


def _load_beside(parts: Sequence[_Part]) -> None:
    """What the query sets load beside their rows, for all of the same kind at once."""
    wanted: dict[tuple[Any, ...], list[Model]] = {}
    for part in parts:
        if part.query and part.query.beside and part.found:
            wanted.setdefault((type(part.found[0]), *part.query.beside), []).extend(part.found)
    for (_model, *lookups), rows in wanted.items():
        prefetch_related_objects(rows, *lookups)
