"""One filled database behind the product's own views: answers on standard output how long pages take.

Started by `pages.py`, one of these for each size, so that both are measured by turns in the same minutes.
It reads one JSON request a line: `{"page": name, "requests": n}`, and answers the milliseconds of each.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any

import django


def main() -> None:
    """Fill, say what pages there are and whether the totals agree, then measure what is asked for."""
    size_name = sys.argv[1]
    django.setup()
    import_module("moussem.config.wsgi")  # as the server starts
    from django.db import connection
    from django.test import Client

    from benchmarks import recomputing
    from benchmarks.addressing import addresses

    began = time.monotonic()
    stamp = Path(os.environ["MOUSSEM_VAR"]) / "filled.txt"
    kept = stamp.exists() and stamp.read_text() == _print_of(size_name)
    if not kept:
        _fill(size_name)
        stamp.write_text(_print_of(size_name))
    connection.close()
    pages = addresses()
    say(
        pages=sorted(pages),
        filled_s=None if kept else round(time.monotonic() - began, 1),
        database=version_of(connection),
        totals=recomputing.compare_totals(),
        rows=recomputing.rows(),
    )
    walks = {name: cycle(found) for name, found in pages.items()}
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="fr")
    answer(lambda page, requests: visit(walks[page], requests, client))


def answer(measure: Callable[[str, int], list[float]]) -> None:
    """Measure what each line of standard input asks for, until there is none."""
    for line in sys.stdin:
        asked = json.loads(line)
        say(milliseconds=measure(asked["page"], asked["requests"]))


def _fill(size_name: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    from benchmarks import filling
    from moussem.evidence.models import Figure

    call_command("migrate", verbosity=0)
    if Figure.objects.exists():
        raise SystemExit("the kept database was filled by another version: delete its folder")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA foreign_keys=OFF")
    filling.fill(getattr(filling, size_name))
    # What the worker does after each change; the rows came by another way than the verbs that tell it.
    call_command("standings", stdout=sys.stderr)


def _print_of(size_name: str) -> str:
    """Tells a kept database from one of other rows or other tables."""
    top = Path(__file__).resolve().parent.parent
    written = [Path(__file__).with_name("filling.py"), *sorted(top.glob("src/moussem/*/migrations/0*.py"))]
    return f"{size_name} {hashlib.sha256(b''.join(path.read_bytes() for path in written)).hexdigest()}"


def say(**words: Any) -> None:
    """Write one answer."""
    print(json.dumps(words), flush=True)


def version_of(connection: Any) -> str:
    """The database and its version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.vendor} {cursor.fetchone()[0]}"


def visit(walk: Iterator[str], requests: int, client: Any) -> list[float]:
    """The milliseconds of so many requests by a client, going round the addresses; ends the program where one fails."""
    clock: Callable[[], float] = time.perf_counter
    spent = []
    for _ in range(requests):
        address = next(walk)
        began = clock()
        response = client.get(address)
        response.getvalue()
        spent.append(round(1000 * (clock() - began), 3))
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    return spent


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    main()
