"""The demonstration behind the product's own views: answers on standard output how long the pages of the way take.

Started by `the_way.py`. It prepares the demonstration with its playground in a database of its own, and reads one JSON
request a line as `visiting.py` does; pages are opened as whoever opens them on the way: anybody, the team, a guest or
an operator by personal link.
"""

import os
import sys
import time
from importlib import import_module
from itertools import cycle
from typing import Any

import django

from benchmarks import visiting
from benchmarks.pages import BARE


def main() -> None:
    """Prepare, count the queries of each page once, then measure what is asked for."""
    django.setup()
    import_module("moussem.config.wsgi")  # as the server starts
    from django.db import connection

    from benchmarks.stations import Station, stations

    began = time.monotonic()
    _prepare()
    pages = {BARE: Station(["/bare/"]), **stations()}
    if empty := [name for name, station in pages.items() if not station.addresses]:
        raise SystemExit(f"nothing to measure for {empty}")
    clients = {name: _client(station.user) for name, station in pages.items()}
    # Whatever is remembered from a first visit is remembered by a server that runs.
    for name, station in pages.items():
        visiting.visit(cycle(station.addresses), len(station.addresses), clients[name])
    visiting.say(
        pages=list(pages),
        filled_s=round(time.monotonic() - began, 1),
        database=visiting.version_of(connection),
        queries={name: _queries(clients[name], station.addresses) for name, station in pages.items()},
    )
    walks = {name: cycle(station.addresses) for name, station in pages.items()}
    visiting.answer(lambda page, requests: visiting.visit(walks[page], requests, clients[page]))


def _prepare() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from moussem.core.queue import run_due_jobs
    from moussem.demo.domain.playgrounds import open_playground

    call_command("migrate", verbosity=0)
    call_command("demo", stdout=sys.stderr)
    open_playground(at=timezone.now())
    run_due_jobs()


def _client(user: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="fr")
    if user is not None:
        client.force_login(user)
    return client


def _queries(client: Any, addresses: list[str]) -> int:
    """The most queries that one of the addresses asks, with those of the session and of who is asking."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    most = 0
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            client.get(address).getvalue()
        most = max(most, len(asked))
    return most


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    main()
