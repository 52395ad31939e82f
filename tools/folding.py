"""Fold each app's first migration: a table is made whole, after those it points at, with its indexes and constraints.

Django writes tables in the order of their names and adds what points at a later one afterwards, one step a column, an
index or a constraint; for each step it draws all tables related to it anew, which was most of the time that an empty
database took. What cannot be part of its table (a relation through a table that itself points back) stays a step of its
own, at the end. Applied to its own result this changes nothing.
"""

import os
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


def folded(app: str, operations: list[Operation]) -> list[Operation]:
    """The same tables by as few steps as can be."""
    tables = {step.name_lower: step for step in operations if isinstance(step, CreateModel)}
    left = [step for step in operations if not isinstance(step, CreateModel) and not _taken_in(tables, step)]
    order = TopologicalSorter(
        {name: sorted(set(_named(app, table)) - {name}) for name, table in sorted(tables.items())}
    )
    return [tables[name] for name in order.static_order()] + left


def _taken_in(tables: dict[str, CreateModel], step: Operation) -> bool:
    """Whether the step is now a part of its table."""
    if isinstance(step, AddField) and not _through(step.field):
        tables[step.model_name_lower].fields.append((step.name, step.field))
    elif isinstance(step, AddIndex):
        tables[step.model_name_lower].options.setdefault("indexes", []).append(step.index)
    elif isinstance(step, AddConstraint):
        tables[step.model_name_lower].options.setdefault("constraints", []).append(step.constraint)
    else:
        return False
    return True


def _through(field: object) -> object:
    return getattr(getattr(field, "remote_field", None), "through", None)


def _named(app: str, table: CreateModel) -> Iterator[str]:
    """The names of the app's own tables that this one points at."""
    for _, field in table.fields:
        to = str(getattr(field.remote_field, "model", "")).lower().rpartition(".")
        if to[0] == app:
            yield to[2]


def main() -> None:
    """Write every first migration of the product's apps anew, folded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moussem.config.settings")
    import django

    django.setup()
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.writer import MigrationWriter

    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        writer = MigrationWriter(migration, include_header=False)
        if name == "0001_initial" and migration.__module__.startswith("moussem."):
            migration.operations = folded(app, migration.operations)
            Path(writer.path).write_text(writer.as_string())


if __name__ == "__main__":
    main()
