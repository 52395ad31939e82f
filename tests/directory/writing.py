"""A process that writes a list, to be killed (see `tests.core.stems`): MODE, LIST.

MODE `naive` writes the same rows by parts, each in a transaction of its own.
"""

import importlib
import os
import time
from datetime import UTC, datetime

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def prepare() -> None:
    """Nothing but what is loaded."""
    importlib.import_module("moussem.directory.domain.imports.writing")


def work(mode: str, key: str) -> None:
    """Write the list of this public identifier, slowly."""
    from django.db import transaction

    from moussem.core import progress
    from moussem.core.actor import task_actor
    from moussem.directory.domain.imports import writing
    from moussem.directory.models import ImportedList, ImportedRows
    from tests.core.working import ready_flag

    row = ImportedList.objects.select_related("promoter", "file", "owner").get(public_id=key)
    by = task_actor("tests", promoter_pk=row.promoter_id, promoter_key=row.promoter.key)
    told = progress.note

    def told_slowly(*values):
        told(*values)
        ready_flag(os.getpid()).touch()
        time.sleep(0.2)

    progress.note = told_slowly
    if mode == "whole":
        writing.write_list(by=by, at=AT, imported=row)
        return
    written = writing.Written(row, AT)
    with transaction.atomic():
        written.add_firms()
    for part in ImportedRows.objects.filter(imported_list=row).order_by("position"):
        with transaction.atomic():
            written.add(part.rows)
            part.save()
        told_slowly(str(row.public_id), sum(written.counts.values()), 1)
