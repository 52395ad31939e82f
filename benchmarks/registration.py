"""The claims of registration, agenda, queue and answers, with 20,000 registrations in the database; two web processes,
four clients:

- the page of a gathering and that of an agenda of 200 sessions: 375 answers a second, p95 within 15 ms, without a cache
  of responses; 1,200 a second to who has the page already (304); the agenda's JSON with a p95 within 25 ms;
- people register 150 times a second, p95 within 40 ms, and no seat is given twice;
- the web processes take 350 MiB together;
- 10,000 invitations are queued within 10 s; 1,000 guests answer within 10 s, and no seat is given twice;
- a page of the desk's list at any depth, p95 within 15 ms, and a name found within 12 ms, in process;
- a file of a spreadsheet of 20,000 rows and 30 columns is written within 1.5 s, in the memory of one of 2,000; beside
  it stands the list's own file, taken out at the desk.

    python -m benchmarks.registration                      PostgreSQL
    python -m benchmarks.registration --database sqlite --seconds 3

Each figure is the median of the rounds, and stands beside its ratio to a bare view of the same round (one select; for
what writes one select and one insert). Ends with 1 where a claim falls short.
"""

import argparse
import os
import platform
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from benchmarks.serving import Server, Speed, Way, in_a_database_of_its_own, median_of, p95, serving

A_SECOND, PAGE_P95_MS, HAD, FEED_P95_MS = 375, 15.0, 1200, 25.0
POSTS, POST_P95_MS, LIST_P95_MS, SEARCH_P95_MS = 150, 40.0, 15.0, 12.0
MOST_MIB, LONGEST_S = 350, 10.0
ROWS, COLUMNS, FILE_S, FILE_GROWTH = 20_000, 30, 1.5, 1.5
WRITES = ("bare write", "register")


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure and its limit: at least that, or at most where `at_most`."""

    what: str
    figure: float
    limit: float
    unit: str
    to_bare: float | None = None
    at_most: bool = True

    @property
    def holds(self) -> bool:
        """Whether the figure is within its limit, which is included."""
        return self.figure <= self.limit if self.at_most else self.figure >= self.limit

    def __str__(self) -> str:
        """One line of the report."""
        limit = f"{'<=' if self.at_most else '>='} {self.limit:g} {self.unit}"
        ratio = "" if self.to_bare is None else f"{self.to_bare:.2f}"
        verdict = "holds" if self.holds else "FALLS SHORT"
        return f"{self.what:<42}{self.figure:>9.1f}  {limit:<16}{ratio:>8}  {verdict}"


def main() -> None:
    """Measure on the database that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(";", maxsplit=1)[0])
    parser.add_argument("--database", choices=("postgres", "sqlite"), default="postgres")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each is asked for (5)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the median counts (3)")
    asked = parser.parse_args()
    if in_a_database_of_its_own("benchmarks.registration", asked):
        raise SystemExit(measure(asked.seconds, asked.rounds))


def measure(seconds: float, rounds: int) -> int:
    """Fill, measure, and say what was found; 1 where a claim falls short."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from benchmarks.gathering import fill

    call_command("migrate", verbosity=0)
    print_versions()
    began = time.monotonic()
    filled = fill()
    print(f"filled in {time.monotonic() - began:.1f} s")
    claims = desk(filled, rounds)
    connections.close_all()
    with serving() as server:
        claims += served(server, filled, seconds, rounds)
        connections.close_all()
        claims += answers(server, filled)
        claims.append(Claim("web processes together", server.memory_mib(), MOST_MIB, "MiB"))
    claims += seats(filled.open, "of who registered") + seats(filled.small, "of who answered")
    print(f"{'claim':<42}{'figure':>9}  {'limit':<16}{'to bare':>8}")
    for claim in claims:
        print(claim)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return 0 if all(claim.holds for claim in claims) else 1


def print_versions() -> None:
    """What is measured, by which command."""
    import django
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        database = cursor.fetchone()[0].split(" on ")[0]
    print(f"python -m benchmarks.registration {' '.join(sys.argv[1:])}")
    print(f"Python {platform.python_version()}, Django {django.__version__}, {connection.vendor} {database}")


def desk(filled: Any, rounds: int) -> list[Claim]:
    """The desk's list at several depths, and a name, through the whole stack of middleware in this process."""
    from django.conf import settings
    from django.test import Client

    settings.SECOND_FACTOR_FORCED = False
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(filled.user, backend="moussem.accounts.adapters.UserBackend")
    top = f"/p/bench/events/{filled.open.public_id}/registrations/?state=comes"
    lists = [top, *(f"{top}&after={key}" for key in _depths(filled.open))]
    names = [f"{top}&q=Salon+{n}" for n in (1234, 7777, 19_999, 42)]
    found = []
    for what, addresses, limit in (("a page of the desk's list", lists, LIST_P95_MS),
                                   ("a name of 20,000", names, SEARCH_P95_MS)):  # fmt: skip
        _spent(client, [*addresses, "/bare/"], 20)
        rows = [(_spent(client, addresses, 40), _spent(client, ["/bare/"], 40)) for _ in range(rounds)]
        ratio = statistics.median(statistics.median(spent) / statistics.median(bare) for spent, bare in rows)
        figure = statistics.median(p95(spent) for spent, _bare in rows)
        found.append(Claim(f"{what}, p95", figure, limit, "ms", ratio))
    return [*found, *_files(client, filled.open, rounds)]


def _files(client: Any, event: Any, rounds: int) -> list[Claim]:
    """Seconds for a file of 20,000 rows and for the list's own, and its memory of Python beside that of a tenth."""

    def taken_out() -> int:
        address = f"/p/bench/events/{event.public_id}/registrations/file/"
        answer = client.post(address, {"state": "", "reason": "benchmark"})
        return sum(map(len, answer.streaming_content))

    write = partial(_write, ROWS)
    written, own = (statistics.median(_seconds(act) for _ in range(rounds)) for act in (write, taken_out))
    return [
        Claim(f"a file of {ROWS:,} x {COLUMNS}", written, FILE_S, "s"),
        Claim("its memory, beside a tenth's", _most(write) / _most(partial(_write, ROWS // 10)), FILE_GROWTH, "times"),
        Claim("the list's own file", own, FILE_S, "s"),
    ]


def _write(count: int) -> None:
    from moussem.core.sheets.writing import written_sheet

    head = [f"Column {n}" for n in range(COLUMNS)]
    rows = ((f"Person {n}", *range(n, n + COLUMNS - 2), f"House {n} of Oujda") for n in range(count))
    for _ in written_sheet("Registrations", head, rows):
        pass


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _most(act: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _depths(event: Any) -> list[str]:
    """Cursors at the middle and near the end of the list."""
    from moussem.guests.models import Invitation

    keys = Invitation.objects.filter(event=event).order_by("-public_id").values_list("public_id", flat=True)
    return [str(keys[n]) for n in (len(keys) // 2, len(keys) - 100)]


def _spent(client: Any, addresses: Sequence[str], times: int) -> list[float]:
    spent = []
    for n in range(times):
        began = time.perf_counter()
        answer = client.get(addresses[n % len(addresses)])
        spent.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            raise SystemExit(f"{addresses[n % len(addresses)]} answered {answer.status_code}")
    return spent


def served(server: Server, filled: Any, seconds: float, rounds: int) -> list[Claim]:
    """What the web server answers a second."""
    ways = _ways(server, filled)
    time.sleep(2.1)  # nobody fills a form in less
    rows = [{name: server.speed(way, seconds) for name, way in ways.items()} for _ in range(rounds)]
    found = {name: median_of([row[name] for row in rows]) for name in ways}
    print(f"{'served':<28}{'a second':>9}{'p50 ms':>9}{'p95 ms':>9}{'web ms':>9}{'database':>9}{'to bare':>9}")
    for name, speed in found.items():
        print(f"{name:<28}{speed.rate:>9.0f}{speed.p50:>9.2f}{speed.p95:>9.2f}{speed.web:>9.2f}{speed.database:>9.2f}"
              f"{_to_bare(found, name):>9.2f}")  # fmt: skip
    claims = []
    for name, rate, longest in (
        ("event", A_SECOND, PAGE_P95_MS), ("event, had already", HAD, None), ("agenda", A_SECOND, PAGE_P95_MS),
        ("agenda, had already", HAD, None), ("agenda JSON", None, FEED_P95_MS), ("register", POSTS, POST_P95_MS),
    ):  # fmt: skip
        if rate:
            ratio = _to_bare(found, name)
            claims.append(Claim(f"{name}, answers", found[name].rate, rate, "a second", ratio, at_most=False))
        if longest:
            claims.append(
                Claim(f"{name}, p95", found[name].p95, longest, "ms", found[name].p95 / _bare(found, name).p95)
            )
    return claims


def _bare(found: dict[str, Speed], name: str) -> Speed:
    return found["bare write" if name in WRITES else "bare view"]


def _to_bare(found: dict[str, Speed], name: str) -> float:
    return found[name].rate / _bare(found, name).rate


def _ways(server: Server, filled: Any) -> dict[str, Way]:
    page, agenda = f"/fr/events/{filled.open.public_id}/", f"/fr/events/{filled.agenda.public_id}/agenda"
    form = f"/events/{filled.open.public_id}/registration/"
    fields, cookie = _opened(server, form)
    return {
        "bare view": Way("/bare/"),
        "event": Way(page),
        "event, had already": Way(page, 304, {"If-None-Match": _tag(server, page)}),
        "agenda": Way(f"{agenda}/"),
        "agenda, had already": Way(f"{agenda}/", 304, {"If-None-Match": _tag(server, f"{agenda}/")}),
        "agenda JSON": Way(f"{agenda}.json"),
        "bare write": Way("/bare/write/"),
        "register": Way(form, 302, cookie, partial(_registration, fields)),
    }


def _tag(server: Server, page: str) -> str:
    for _ in range(8):
        server.get(page)  # every process has loaded its templates
    return str(server.get(page)[0].headers["ETag"])


def _opened(server: Server, form: str) -> tuple[str, dict[str, str]]:
    """What a browser has that opened a form: its hidden fields and its cookie."""
    answer, body = server.get(form)
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|opened)" value="([^"]+)"', body))
    return urlencode(hidden), {"Cookie": (answer.headers["Set-Cookie"] or "").partition(";")[0]}


def _registration(fields: str) -> tuple[str, dict[str, str]]:
    """Somebody whom nobody knows, from one of a thousand addresses."""
    from uuid import uuid4

    key = uuid4().hex
    said = {"nonce": key, "name": f"G {key[:8]}", "email": f"{key}@t.example", "language": "fr"}
    forwarded = f"198.51.{int(key[:2], 16) % 4}.{int(key[2:4], 16)}"
    return f"{fields}&{urlencode(said)}", {
        "Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": forwarded
    }  # fmt: skip


def answers(server: Server, filled: Any) -> list[Claim]:
    """Inviting 10,000, and 1,000 who answer by their own page for 300 seats."""
    from benchmarks.gathering import AT
    from moussem.accounts.domain.links import link_address
    from moussem.core.models import NewsItem
    from moussem.guests.domain.sendings import invite_all
    from moussem.guests.models import Invitation
    from moussem.mail.models import Message

    began, times = time.perf_counter(), 500
    for n in range(times):
        NewsItem.objects.create(name="benchmark", key=f"bare:{n}")
    bare = (time.perf_counter() - began) / times
    before, began = Message.objects.count(), time.perf_counter()
    invite_all(by=filled.by, at=AT, event=filled.large)
    queued_s, queued = time.perf_counter() - began, Message.objects.count() - before
    invite_all(by=filled.by, at=AT, event=filled.small)
    rows = Invitation.objects.filter(event=filled.small).select_related("link")
    pages = [f"/l/{link_address(row.link)}/" for row in rows]
    fields, cookie = _opened(server, pages[0])
    answered_s = server.send_all([f"{page}answer/" for page in pages], 302, cookie, partial(_answer, fields))
    return [
        Claim(f"{queued} invitations queued", queued_s, LONGEST_S, "s", queued_s / queued / bare),
        Claim(f"{len(pages)} guests have answered", answered_s, LONGEST_S, "s", answered_s / len(pages) / bare),
    ]


def _answer(fields: str) -> tuple[str, dict[str, str]]:
    """A guest comes."""
    from uuid import uuid4

    said = urlencode({"nonce": uuid4().hex, "answer": "on_site"})
    return f"{fields}&{said}", {"Content-Type": "application/x-www-form-urlencoded"}


def seats(event: Any, whose: str) -> list[Claim]:
    """No seat is given twice, and who waits stands in order."""
    from moussem.guests.models import Invitation, Registration

    event.refresh_from_db()
    seated = Registration.objects.filter(event=event, cancelled_at=None).count()
    ranks = Invitation.objects.filter(event=event, state="waiting").values_list("waiting_rank", flat=True)
    gaps = sum(rank != place for place, rank in enumerate(sorted(ranks), start=1))
    return [
        Claim(f"seats {whose}", seated, event.seats_on_site, "seats"),
        Claim(f"ranks out of order, {len(ranks)} wait", gaps, 0, "ranks"),
    ]


if __name__ == "__main__":
    main()
