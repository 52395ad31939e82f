"""How a list of people is imported: 50,000 rows read, compared, written and undone, with the memory that takes, beside
the bare work: the same file read and the same rows inserted into one bare table.

.venv/bin/python benchmarks/imports.py [ROWS]                            SQLite, in a folder of its own
tools/with-postgres .venv/bin/python benchmarks/imports.py [ROWS]        PostgreSQL

Ends with 1 where reading and writing together take more than 60 s or more than 512 MB (the worker and the process that
reads, together).
"""

import io
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LONGEST_S, MOST_MB = 60, 512
HEADINGS = ("Nom et prénom", "Société", "Fonction", "E-mail", "Téléphone", "Langue", "Catégorie", "Remarques")


class Memory:
    """The most memory of this process and its children together, looked at every few hundredths of a second."""

    def __init__(self) -> None:
        self.most = self.child = 0
        self.over = threading.Event()
        self.looking = threading.Thread(target=self._look, daemon=True)
        self.looking.start()

    def _look(self) -> None:
        while not self.over.wait(0.03):
            mine = _resident(os.getpid())
            children = sum(_resident(pid) for pid in _children(os.getpid()))
            self.most, self.child = max(self.most, mine + children), max(self.child, children)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def _children(pid: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return []


def timed(what: str, work: Callable[[], Any]) -> float:
    """Run `work`, print how long it took and answer that."""
    begun, busy = time.perf_counter(), _busy()
    work()
    took, busy = time.perf_counter() - begun, _busy() - busy
    print(f"{what:44} {took:8.2f} s, {busy:8.2f} s of a processor", flush=True)
    return took


def _busy() -> float:
    """The processor’s seconds of this process and of those it waited for, without the database’s own server."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def a_file(rows: int) -> bytes:
    """A workbook of so many people at a tenth as many organisations, none of whom is known."""
    from tests.factories.sheets import sheet_xml, xlsx

    listed = (
        (
            f"Prénom{n % 997} Nom{n}", f"Société {n // 10}", "Directrice des opérations", f"guest{n}@list.example",
            f"+212 6{n:08d}", "français", "Dirigeants", "",
        )
        for n in range(rows)
    )  # fmt: skip
    return xlsx(("Invités", sheet_xml([HEADINGS, *listed])))


def main(rows: int) -> int:
    """Measure one import, from the dropped file to its undoing."""
    from django.core.management import call_command
    from django.db import connection

    from moussem.accounts.domain.promoters import create_promoter
    from moussem.core.actor import Actor, task_actor
    from moussem.core.files import path_of
    from moussem.core.queue import run_due_jobs
    from moussem.core.sheets.reading import read_sheets
    from moussem.core.sheets.shapes import Bounds
    from moussem.directory.domain.imports.deciding import ask_to_undo, confirm_list
    from moussem.directory.domain.imports.opening import open_list
    from moussem.directory.models import Person

    call_command("migrate", verbosity=0)
    promoter = create_promoter(slug="bench", name="Bench", by=task_actor("bench"), at=AT)
    by = Actor(
        kind="user", id="bench", label="bench", promoter_pk=promoter.pk, promoter_key=promoter.key,
        roles=frozenset(["account_owner"]),
    )  # fmt: skip
    file = a_file(rows)
    print(f"{connection.vendor}: {rows} rows, {len(file) / 1e6:.1f} MB")
    row = open_list(by=by, at=AT, file=io.BytesIO(file), filename="liste.xlsx")
    bounds = Bounds(rows=rows)
    told: list[Any] = []
    bare = timed("the file read and nothing else", lambda: told.extend(_cells(read_sheets(path_of(row.file), bounds))))
    bare += timed("the rows inserted into one bare table", lambda: _insert(told))
    told.clear()
    del file
    memory = Memory()
    reading = timed("read, compared and kept as a preview", run_due_jobs)
    row.refresh_from_db()
    confirm_list(by=by, at=AT, imported=row)
    writing = timed("written in one transaction", run_due_jobs)
    memory.over.set()
    written = Person.objects.count()
    row.refresh_from_db()
    ask_to_undo(by=by, at=AT, imported=row)
    timed("undone in one transaction", run_due_jobs)
    took, megabytes = reading + writing, memory.most / 1e6
    print(f"{written} people, {row.state}; after undoing {Person.objects.count()}")
    print(
        f"together {took:.1f} s (at most {LONGEST_S}), {megabytes:.0f} MB (at most {MOST_MB}), of which the reader "
        f"{memory.child / 1e6:.0f} MB; {took / bare:.1f} times the bare work"
    )
    return 0 if took <= LONGEST_S and megabytes <= MOST_MB and written == rows else 1


def _cells(told: Any) -> list[Any]:
    return [[str(cell) for cell in row.cells] for some in told if isinstance(some, list) for row in some]


def _insert(rows: list[Any]) -> None:
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, name TEXT, firm TEXT, role TEXT, email TEXT)")
        with transaction.atomic():
            values = [(number, *row[:4]) for number, row in enumerate(rows)]
            cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s, %s, %s)", values)
        cursor.execute("DROP TABLE bare")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "moussem.config.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOUSSEM_VAR"] = folder
        import django

        django.setup()
        wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
        from django.conf import settings

        settings.IMPORT_ROWS = max(settings.IMPORT_ROWS, wanted)
        sys.exit(main(wanted))
