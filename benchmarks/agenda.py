"""The claim: the public page of an agenda of 200 sessions is answered 375 times a second by two web processes on
PostgreSQL to four clients, p95 within 15 ms, and its JSON with a p95 within 25 ms; without a cache of responses.

    python benchmarks/agenda.py                       PostgreSQL
    python benchmarks/agenda.py --database sqlite --seconds 3

One event is filled and its agenda published in a database of its own, which is removed afterwards. First each page is
visited in this very process through the whole stack of middleware, then `moussem serve`'s own web server answers on
loopback. Beside each stands its ratio to a bare view (one select, no template) in the same round: of the time taken
in process, of the answers a second when served. Ends with 1 where a claim is missed.
"""

import argparse
import http.client
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from datetime import time as clock
from importlib import import_module
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAYS = (date(2027, 3, 2), date(2027, 3, 3))
SPACES, SESSIONS, PEOPLE = 10, 200, 60
CLIENTS, PROCESSES = 4, 2
BARE = "bare view"
A_SECOND, PAGE_P95_MS, FEED_P95_MS = 375, 15.0, 25.0


def main() -> None:
    """Start the measuring program on the database that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--database", choices=("postgres", "sqlite"), default="postgres")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each page is asked for when served (5)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the median counts (3)")
    asked = parser.parse_args()
    if os.environ.get("MOUSSEM_VAR") and "MEASURING" in os.environ:
        raise SystemExit(measure(asked.seconds, asked.rounds))
    with tempfile.TemporaryDirectory(prefix="moussem-agenda-") as folder:
        command = [sys.executable, "-m", "benchmarks.agenda", *sys.argv[1:]]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MOUSSEM_")}
        environment |= {"MOUSSEM_VAR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "MEASURING": "yes"}
        if asked.database == "postgres":
            command = [str(TOP / "tools" / "with-postgres"), *command]
        raise SystemExit(subprocess.run(command, cwd=TOP, env=environment, check=False).returncode)


def measure(seconds: float, rounds: int) -> int:
    """Fill, measure in process and served, and say what was found; 1 where a claim is missed."""
    import django

    django.setup()
    import_module("moussem.config.wsgi")  # as the server starts
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    event, published_s = fill()
    print(f"{connection.vendor}: {SESSIONS} sessions filled in {time.monotonic() - began:.1f} s, "
          f"published in {published_s:.2f} s")  # fmt: skip
    pages = {
        BARE: "/bare/",
        "agenda": f"/fr/events/{event}/agenda/",
        "agenda JSON": f"/fr/events/{event}/agenda.json",
        "agenda iCalendar": f"/fr/events/{event}/agenda.ics",
        "event": f"/fr/events/{event}/",
    }
    measure_here(pages, rounds)
    connections.close_all()
    return served(pages, seconds, rounds)


def fill() -> tuple[str, float]:
    """An event with its published agenda; its identifier, and how long publishing took."""
    from moussem.accounts.domain.promoters import create_promoter
    from moussem.accounts.enums import PromoterKind
    from moussem.core.actor import task_actor
    from moussem.directory.domain.people import add_person
    from moussem.engines.values import period as periods
    from moussem.events.domain.agendas import publish_agenda
    from moussem.events.domain.events import EventFacts, add_event, add_session, add_space, take_part
    from moussem.events.domain.hours import Hours
    from moussem.events.enums import EventKind, PartKind, SpaceKind

    house = task_actor("benchmark")
    promoter = create_promoter(slug="fair", name="Fair", kind=PromoterKind.PROMOTER, by=house, at=AT)
    by = task_actor("benchmark", promoter_pk=promoter.pk, promoter_key=promoter.key)
    facts = EventFacts(kind=EventKind.TRADE_SHOW, name={"fr": "Salon", "en": "Fair"}, period=periods.span(*DAYS))
    event = add_event(by=by, at=AT, facts=facts, publish=True)
    spaces = [
        add_space(by=by, at=AT, event=event, kind=SpaceKind.CONFERENCE, name={"fr": f"Salle {n}"}, capacity_on_site=80)
        for n in range(SPACES)
    ]
    people = [add_person(by=by, at=AT, name=f"Personne {n}", publish=True) for n in range(PEOPLE)]
    for n in range(SESSIONS):
        slot = n // SPACES
        hours = Hours(DAYS[slot % 2], clock(8 + slot // 2), clock(8 + slot // 2, 45))
        session = add_session(
            by=by, at=AT, event=event, title={"fr": f"Séance {n}", "en": f"Session {n}"}, space=spaces[n % SPACES],
            topics={"fr": "Ce dont il est question, en une phrase ordinaire."}, language="fr", hours=hours,
        )  # fmt: skip
        for who in (n % PEOPLE, (n * 7 + 1) % PEOPLE):
            take_part(by=by, at=AT, event=event, kind=PartKind.SPEAKER, session=session, person=people[who])
    began = time.monotonic()
    publish_agenda(by=by, at=AT, event=event)
    return str(event.public_id), time.monotonic() - began


def measure_here(pages: dict[str, str], rounds: int) -> None:
    """Visit each page through the whole stack of middleware and print the medians of the rounds."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    print(f"{'in process':<18}{'p50 ms':>9}{'p95 ms':>9}{'to bare':>9}")
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in pages}
    for _ in range(rounds):
        bare = statistics.median(_spent(lambda: client.get(pages[BARE]), 100))
        for name, address in pages.items():
            spent = _spent(lambda address=address: client.get(address), 60)  # type: ignore[misc]
            found[name].append((statistics.median(spent), _p95(spent), statistics.median(spent) / bare))
    for name, measured in found.items():
        p50, p95, ratio = (statistics.median(column) for column in zip(*measured, strict=True))
        print(f"{name:<18}{p50:>9.2f}{p95:>9.2f}{ratio:>9.2f}")


def _spent(ask: Callable[[], Any], times: int) -> list[float]:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        answer = ask()
        spent.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            raise SystemExit(f"answered {answer.status_code}")
    return spent


def _p95(spent: Sequence[float]) -> float:
    return sorted(spent)[max(0, -(-95 * len(spent) // 100) - 1)]


def served(pages: dict[str, str], seconds: float, rounds: int) -> int:
    """Ask the product's own web server from four processes and print the medians; 1 where a claim is missed."""
    from moussem.config.management.commands.serve import web_server
    from tools.product import free_port

    port = free_port()
    forked = multiprocessing.get_context("fork")
    server = forked.Process(target=web_server("127.0.0.1", port, PROCESSES, 4))
    server.start()
    try:
        _wait_for(port, pages[BARE])
        print(f"{'served':<18}{'a second':>9}{'p50 ms':>9}{'p95 ms':>9}{'to bare':>9}")
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in pages}
        for _ in range(rounds):
            for name, address in pages.items():
                spent = _asked(port, address, seconds)
                found[name].append((len(spent) / seconds, statistics.median(spent), _p95(spent)))
        return _tell(found)
    finally:
        server.terminate()
        server.join(timeout=20)


def _tell(found: dict[str, list[tuple[float, float, float]]]) -> int:
    medians = {name: [statistics.median(c) for c in zip(*rows, strict=True)] for name, rows in found.items()}
    for name, (rate, p50, p95) in medians.items():
        print(f"{name:<18}{rate:>9.0f}{p50:>9.2f}{p95:>9.2f}{rate / medians[BARE][0]:>9.2f}")
    page, feed = medians["agenda"], medians["agenda JSON"]
    missed = []
    if page[0] < A_SECOND or page[2] > PAGE_P95_MS:
        missed.append(f"the page of the agenda: at least {A_SECOND} a second, p95 within {PAGE_P95_MS:g} ms")
    if feed[2] > FEED_P95_MS:
        missed.append(f"the JSON of the agenda: p95 within {FEED_P95_MS:g} ms")
    for claim in missed:
        print(f"missed: {claim}")
    return 1 if missed else 0


def _asked(port: int, address: str, seconds: float) -> list[float]:
    """The milliseconds of every answer that four clients got in so many seconds."""
    with multiprocessing.get_context("fork").Pool(CLIENTS) as pool:
        return [one for found in pool.starmap(_client, [(port, address, seconds)] * CLIENTS) for one in found]


def _client(port: int, address: str, seconds: float) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    spent, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        spent.append(1000 * (time.perf_counter() - began))
        if answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}")
    connection.close()
    return spent


def _wait_for(port: int, address: str) -> None:
    for _ in range(200):
        try:
            _client(port, address, 0.01)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the web server did not start")


if __name__ == "__main__":
    main()
