"""How fast the ledger is: writing, sealing and verifying entries, beside a bare read of one row.

.venv/bin/python benchmarks/ledger.py [ENTRIES]     a database of its own, or that of MOUSSEM_DATABASE_URL
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
KEY = "11111111-1111-7111-8111-111111111111"


def timed(what: str, count: int, work: Callable[[], Any]) -> float:
    """Run `work`, which does `count` things; print wall and processor time, answer the processor seconds for one."""
    wall, busy = time.perf_counter(), time.process_time()
    work()
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    print(f"{what:34} {count:>8} in {wall:8.2f} s, {busy:8.2f} s of a processor   {count / busy:>10.0f} a second")
    return busy / count


def main(count: int) -> None:
    """Write, seal and verify `count` entries, and measure what an idle worker asks of the database."""
    from django.core.management import call_command
    from django.db import transaction

    from moussem.audit.domain.entries import write_entry
    from moussem.audit.domain.sealing import seal_all
    from moussem.audit.domain.verification import verify_chain
    from moussem.audit.models import Entry
    from moussem.core.actor import task_actor
    from moussem.core.queue import claim

    call_command("migrate", verbosity=0)
    by = task_actor("benchmark")

    def write() -> None:
        with transaction.atomic():
            for number in range(count):
                write_entry(
                    by=by, at=AT, verb="record_figure", object_kind="figure", object_id=number, object_label="jobs",
                    promoter_key=KEY, after={"value": number, "bound": "about"},
                )  # fmt: skip

    timed("entries written", count, write)
    timed("entries sealed", count, seal_all)
    verified = timed("entries verified", count, lambda: print(verify_chain(KEY).holds, end=" "))
    bare = timed("bare reads of one row", 1000, lambda: [Entry.objects.filter(pk=n).first() for n in range(1000)])
    idle = timed("looks of an idle worker for a job", 1000, lambda: [claim("benchmark") for _ in range(1000)])
    unsealed = timed("looks for something to seal", 1000, lambda: [seal_all() for _ in range(1000)])
    print(
        f"one verified entry = {verified / bare:.2f} bare reads; an idle worker keeps a core busy for "
        f"{100 * (4 * idle + unsealed):.2f} % of the time"
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "moussem.config.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOUSSEM_VAR"] = folder
        import django

        django.setup()
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
