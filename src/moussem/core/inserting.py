"""New rows by a statement that is written once for each model: what a verb that writes a dozen rows spends most on is
putting the same dozen statements together again.

It is `save` of a new row and nothing else: its defaults, values as each field hands them over, every constraint of the
database. Models here have no signals and no `save` of their own (`tests/architecture`).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connections, models, router, transaction
from django.db.models.expressions import DatabaseDefault

FEW, AT_ONCE = 20, 1000
"""Rows of one kept statement at most; rows of one INSERT where many are written."""
Row = TypeVar("Row", bound=models.Model)


def inserted(row: Row) -> Row:
    """The row, saved as a new one: it has its key, and what the database gave it by default."""
    return insert_rows([row])[0]


def insert_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """Save new rows of one model in their order; all leave the same columns to the database. A few are one statement;
    many are written as ever, in a transaction: a long statement costs more to read than to put together.
    """
    if len(rows) > FEW:
        type(rows[0])._base_manager.bulk_create(rows, batch_size=AT_ONCE)
    elif rows:
        _insert(rows)
    return rows


def _insert(rows: Sequence[Row]) -> None:
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    fields = tuple(field for field in model._meta.concrete_fields if not _is_left_out(rows[0], field))
    head, tail, returned = _statement(connection.alias, model, fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    given = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields]
    with transaction.mark_for_rollback_on_error(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(f"{head}{', '.join([marks] * len(rows))}{tail}", given)
        found = cursor.fetchall() if returned else [()] * len(rows)
    for row, values in zip(rows, found, strict=True):
        row._state.adding, row._state.db = False, connection.alias
        for (field, converters, column), value in zip(returned, values, strict=True):
            for convert in converters:
                value = convert(value, column, connection)  # noqa: PLW2901 - one converter after another
            setattr(row, field.attname, value)


def _is_left_out(row: models.Model, field: "models.Field[Any, Any]") -> bool:
    """Whether the database gives the value: a key that is counted, a default of its own."""
    value = row.__dict__[field.attname]
    return isinstance(value, DatabaseDefault) or (value is None and isinstance(field, models.AutoField))


_Returned = tuple[tuple[Any, list[Any], Any], ...]


@lru_cache(maxsize=256)
def _statement(
    alias: str, model: type[models.Model], fields: "tuple[models.Field[Any, Any], ...]"
) -> tuple[str, str, _Returned]:
    """What stands before and after the values, and what comes back: the columns that the database fills in."""
    connection = connections[alias]
    quote = connection.ops.quote_name
    rest = [field for field in model._meta.concrete_fields if field not in fields]
    returned = tuple(
        (field, [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)], column)
        for field, column in ((field, field.get_col(model._meta.db_table)) for field in rest)
    )
    columns = ", ".join(quote(field.column) for field in fields)
    tail = f" RETURNING {', '.join(quote(field.column) for field in rest)}" if rest else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ", tail, returned  # noqa: S608 - our own names
