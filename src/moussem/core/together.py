"""Several small readings by one query: rows of the same columns, each with the number of its reading. And one reading
that is asked for so often that its query is put together once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, IntegerField, QuerySet, Value

AT_ONCE = 100
"""So many readings of `for_each` are one query; SQLite takes five hundred."""


def together(parts: "Sequence[QuerySet[Any]]") -> "QuerySet[Any] | tuple[()]":
    """The rows of all parts, which have the same columns, in no order; one query, none where there are no parts."""
    if not parts:
        return ()
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def numbered(number: int) -> Value:
    """The column that tells the rows of one part from those of the others."""
    return Value(number, output_field=IntegerField())


def counted(number: int, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """A part of two columns, its number and how many rows there are; where there are none, 0 or no row at all."""
    counting = rows.order_by().values(part=numbered(number)).annotate(counted=Count("pk"))
    return counting.values_list("part", "counted")


@dataclass(frozen=True, slots=True)
class Written:
    """A query of plain columns, put together once: its text and parameters as Django wrote them, and what turns its
    columns into values. Whoever keeps one keeps it for one database.
    """

    text: str
    parameters: tuple[Any, ...]
    converters: Mapping[int, Any]

    def read(self, standing: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """The rows; `standing` says what stands for the stand-ins, both as the database takes them."""
        with connection.cursor() as cursor:
            cursor.execute(self.text, [standing.get(value, value) for value in self.parameters])
            return [self._values(row) for row in cursor.fetchall()]

    def _values(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return tuple(values)


def written_out(rows: "QuerySet[Any]") -> Written:
    """The query of `rows`, of `values_list`, which is written with stand-ins that no other value of it equals."""
    compiler = rows.query.get_compiler(connection=connection)
    text, parameters = compiler.as_sql()
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    return Written(text, tuple(parameters), converters)


def for_each(rows: "QuerySet[Any]", values: Sequence[Mapping[Any, Any]]) -> list[list[tuple[Any, ...]]]:
    """The rows (plain columns, as the database gives them) of one query for each of many sets of values, in their
    order: `rows` is written with stand-ins, which no other value of it equals, and each set says what stands for them.

    The query is put together once, and `AT_ONCE` readings are one: each keeps its own order and limit, which a union of
    query sets may not.
    """
    try:
        text, written = rows.query.sql_with_params()
    except EmptyResultSet:
        return [[] for _ in values]
    found: list[list[tuple[Any, ...]]] = []
    for begin in range(0, len(values), AT_ONCE):
        found += _read(text, written, values[begin : begin + AT_ONCE])
    return found


def _read(text: str, written: Sequence[Any], values: Sequence[Mapping[Any, Any]]) -> list[list[tuple[Any, ...]]]:
    # A row's number within its reading keeps the order, which a union may lose.
    part = "SELECT {} AS part, ROW_NUMBER() OVER () AS place, one.* FROM ({}) one"
    parts = " UNION ALL ".join(part.format(number, text) for number in range(len(values)))
    given = [standing.get(value, value) for standing in values for value in written]
    found: list[list[tuple[Any, ...]]] = [[] for _ in values]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({parts}) every ORDER BY part, place", given)  # noqa: S608 - as Django wrote it
        for number, _place, *columns in cursor.fetchall():
            found[number].append(tuple(columns))
    return found
