"""Texts that are found by any of their parts, however many rows there are."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Contains

SHORTEST = 3
"""Shorter parts have no entry of their own in an index of trigrams: the column itself is read."""


class SearchedField(models.CharField):
    """A folded text (no capitals, no accents) with the lookup `holds`: rows whose text holds these characters.

    Its index of trigrams is made after each migration by `core.searching`, not by one: to a migration it is a plain
    text.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As a plain text."""
        name, _path, positional, named = super().deconstruct()
        return name, "django.db.models.CharField", positional, named


def index_name(model: type[models.Model], column: str) -> str:
    """How the index of trigrams of a column is called, on both databases."""
    return f"{model._meta.db_table}_{column}_parts"


@SearchedField.register_lookup
class Holds(Contains):
    """`column__holds=part`. PostgreSQL reads its index for any LIKE; SQLite's is a table of its own (FTS5).

    See sqlite.org/fts5.html, "The Trigram Tokenizer", and postgresql.org/docs/15/pgtrgm.html.
    """

    lookup_name = "holds"

    def get_rhs_op(self, connection: BaseDatabaseWrapper, rhs: str) -> str:
        """As `contains` compares."""
        return connection.operators["contains"] % rhs

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Rows by the keys that the table of trigrams names."""
        if len(self.rhs) < SHORTEST:
            return self.as_sql(compiler, connection)
        quote, field = connection.ops.quote_name, self.lhs.target
        table = quote(index_name(field.model, field.column))
        key = f"{quote(self.lhs.alias)}.{quote(field.model._meta.pk.column)}"
        phrase = '"' + self.rhs.replace('"', '""') + '"'
        found = f"SELECT rowid FROM {table} WHERE {table} MATCH %s"  # noqa: S608 - names of our own columns
        return f"{key} IN ({found})", [phrase]
