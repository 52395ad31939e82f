"""Lists in tests: dropped, read by the worker's runner, looked at and confirmed."""

import io

from moussem.core.queue import run_due_jobs
from moussem.directory.domain.imports.deciding import confirm_list
from moussem.directory.domain.imports.opening import open_list
from moussem.directory.models import ImportedList, ImportedRows
from tests.factories.accounts import AT
from tests.factories.sheets import a_workbook


def a_list(by, content=None, filename="invités.xlsx", **about):
    """A list that was dropped and read."""
    file = io.BytesIO(a_workbook() if content is None else content)
    row = open_list(by=by, at=AT, file=file, filename=filename, **about)
    run_due_jobs()
    return fresh(row)


def fresh(row):
    return ImportedList.objects.select_related("promoter", "file", "owner").get(pk=row.pk)


def written(by, row, **said):
    """The list after its yes and the worker's work."""
    confirm_list(by=by, at=AT, imported=row, **said)
    run_due_jobs()
    return fresh(row)


def rows_of(row):
    parts = ImportedRows.objects.filter(imported_list=row).order_by("position")
    return [one for part in parts for one in part.rows]


def verdicts(row):
    """What each row is, by its number."""
    return {one["row"]: one["verdict"] for one in rows_of(row)}


def faults(row):
    """What is wrong: the row's number, the column, why."""
    return [(one["row"], column, fault) for one in rows_of(row) for column, fault, _said in one["faults"]]
