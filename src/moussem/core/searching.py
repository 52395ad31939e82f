"""The indexes of trigrams behind every `SearchedField`, made where they are missing after each migration.

SQLite keeps one as a table of its own that three triggers follow (an external content table of FTS5); PostgreSQL has
the extension `pg_trgm`, and without the right to add it searches stay right and become slower.
"""

import logging
from typing import Any

from django.apps import AppConfig
from django.db import DatabaseError, connections, models, transaction

from moussem.core.models.searched import SearchedField, index_name

logger = logging.getLogger(__name__)

_FOLLOWING = {
    "added": "AFTER INSERT ON {of} BEGIN {add} END",
    "removed": "AFTER DELETE ON {of} BEGIN {remove} END",
    "changed": "AFTER UPDATE OF {column} ON {of} BEGIN {remove} {add} END",
}


def make_indexes(sender: AppConfig, using: str = "default", **_named: Any) -> None:
    """Make what is missing for the searched texts of one app; a second time changes nothing."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    for model in sender.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SearchedField) and model._meta.db_table in there:
                {"sqlite": _for_sqlite, "postgresql": _for_postgresql}[connection.vendor](connection, model, field)


def _for_sqlite(connection: Any, model: type[models.Model], field: SearchedField) -> None:
    quote, name = connection.ops.quote_name, index_name(model, field.column)
    index, of, column, key = map(quote, (name, model._meta.db_table, field.column, model._meta.pk.column))
    words = {
        "of": of,
        "column": column,
        "add": f"INSERT INTO {index}(rowid, {column}) VALUES (new.{key}, new.{column});",  # noqa: S608 - names of our own columns
        "remove": f"INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', old.{key}, old.{column});",  # noqa: S608
    }
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{name}__%"])
        # A migration that builds the table anew drops its triggers: what was written meanwhile is read again.
        if cursor.fetchone()[0] == len(_FOLLOWING):
            return
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5({column}, content={of}, content_rowid={key}, "
            "tokenize='trigram case_sensitive 1')"
        )
        for event, following in _FOLLOWING.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {quote(f'{name}__{event}')} {following.format(**words)}")
        cursor.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")  # noqa: S608


def _for_postgresql(connection: Any, model: type[models.Model], field: SearchedField) -> None:
    index, of, column = map(
        connection.ops.quote_name, (index_name(model, field.column), model._meta.db_table, field.column)
    )
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {index} ON {of} USING gin ({column} gin_trgm_ops)")
    except DatabaseError as error:
        logger.warning("Searches in %s read every row, since pg_trgm could not be added: %s", of, error)
