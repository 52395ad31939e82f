"""The product's web server as it is started for use, asked by several clients at once: how many answers a second, how
long they take, the processor's time of web server and database for each, the memory of the web processes.

A claim's program starts by `in_a_database_of_its_own`, and measures within `serving`.
"""

import argparse
import gc
import http.client
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
CLIENTS, PROCESSES, THREADS = 4, 2, 4
MEASURING = "MEASURING"
_TICKS = os.sysconf("SC_CLK_TCK")


def in_a_database_of_its_own(module: str, asked: argparse.Namespace) -> bool:
    """Whether this is the process that measures; otherwise it is started, on the database asked for, and this one ends
    as it does. Everything it writes is removed.
    """
    if os.environ.get(MEASURING):
        return True
    with tempfile.TemporaryDirectory(prefix="moussem-measuring-") as folder:
        command = [sys.executable, "-m", module, *sys.argv[1:]]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MOUSSEM_")}
        environment |= {"MOUSSEM_VAR": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", MEASURING: "yes"}
        # Each client comes from an address of its own: the limit of forms from one address is not what is measured.
        environment |= {"MOUSSEM_PROXIES": "1", "MOUSSEM_REGISTRATIONS_AN_HOUR": "1000000"}
        if asked.database == "postgres":
            command = [str(TOP / "tools" / "with-postgres"), *command]
        raise SystemExit(subprocess.run(command, cwd=TOP, env=environment, check=False).returncode)


Form = Callable[[], tuple[str, Mapping[str, str]]]
"""The body and further headers of a form that nobody sent before."""


@dataclass(frozen=True, slots=True)
class Way:
    """What to ask for again and again, the status that it is answered, for a form the words of the next one."""

    address: str
    status: int = 200
    headers: Mapping[str, str] | None = None
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Speed:
    """Answers a second, p50 and p95 in milliseconds, and the processor's milliseconds of web server and database for
    each answer (the database's 0 where it has no processes of its own).
    """

    rate: float
    p50: float
    p95: float
    web: float
    database: float


def median_of(speeds: Sequence[Speed]) -> Speed:
    """Each figure's median over the rounds."""
    names = Speed.__dataclass_fields__
    return Speed(*(statistics.median(getattr(speed, name) for speed in speeds) for name in names))


@dataclass(frozen=True, slots=True)
class Server:
    """The web server that runs: its port, and the process of it and its workers."""

    port: int
    pid: int

    def get(self, address: str) -> tuple[http.client.HTTPResponse, str]:
        """One answer and its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer, answer.read().decode()

    def speed(self, way: Way, seconds: float) -> Speed:
        """What four clients get of it in so many seconds."""
        database = _parent_of_backends()
        web, stored = busy_s(self.pid), busy_s(database)
        with multiprocessing.get_context("fork").Pool(CLIENTS) as pool:
            rows = pool.starmap(_client, [(self.port, way, seconds)] * CLIENTS)
        web, stored = busy_s(self.pid) - web, busy_s(database) - stored
        spent = [one for row in rows for one in row]
        each = 1000 / len(spent)
        return Speed(len(spent) / seconds, statistics.median(spent), p95(spent), web * each, stored * each)

    def send_all(self, addresses: Sequence[str], status: int, headers: Mapping[str, str], form: Form) -> float:
        """The seconds in which four clients send a form to each of the addresses."""
        shares = [[Way(one, status, headers, form) for one in addresses[n::CLIENTS]] for n in range(CLIENTS)]
        began = time.perf_counter()
        with multiprocessing.get_context("fork").Pool(CLIENTS) as pool:
            pool.starmap(_send, [(self.port, share) for share in shares])
        return time.perf_counter() - began

    def memory_mib(self) -> float:
        """What the web processes take together, what they share counted once (PSS)."""
        found = 0
        for pid in tree_of(self.pid):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            found += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return found / 1024


@contextmanager
def serving() -> Iterator[Server]:
    """The product's web server on a free port, in a process that has done nothing else."""
    from tools.product import free_port

    port = free_port()
    started = subprocess.Popen([sys.executable, "-m", "benchmarks.serving", str(port)], cwd=TOP)
    server = Server(port, started.pid)
    try:
        for _ in range(300):
            try:
                server.get("/bare/")
                break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        started.terminate()
        started.wait(timeout=20)


def p95(spent: Sequence[float]) -> float:
    """The time within which 95 of 100 are done."""
    return sorted(spent)[max(0, -(-95 * len(spent) // 100) - 1)]


def tree_of(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, children.read_text().split())
    return found


def busy_s(pid: int | None) -> float:
    """The processor's seconds of a process and all that it started, those that ended included; 0 for none."""
    return sum(_ticks(one) for one in tree_of(pid)) / _TICKS if pid else 0.0


def _ticks(pid: int) -> int:
    try:
        return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    except OSError:
        return 0


def _parent_of_backends() -> int | None:
    """PostgreSQL's first process; None for another database."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text()
    connection.close()
    return int(told.rpartition(")")[2].split()[1])


def _client(port: int, way: Way, seconds: float) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    spent, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        spent.append(_asked(connection, way))
    connection.close()
    return spent


def _send(port: int, ways: Sequence[Way]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for way in ways:
        _asked(connection, way)
    connection.close()


def _asked(connection: http.client.HTTPConnection, way: Way) -> float:
    """The milliseconds of one answer."""
    body, headers = way.form() if way.form else (None, {})
    began = time.perf_counter()
    connection.request("POST" if body else "GET", way.address, body, {**(way.headers or {}), **headers})
    answer = connection.getresponse()
    text = answer.read()
    spent = 1000 * (time.perf_counter() - began)
    if answer.status != way.status:
        raise SystemExit(f"{way.address} answered {answer.status}: {text[-2000:]!r}")
    return spent


def main() -> None:
    """Be the web server, loaded as `moussem serve` loads it."""
    import django

    django.setup()
    import_module("moussem.config.wsgi")
    from django.db import connections

    from moussem.config.management.commands.serve import web_server

    connections.close_all()
    gc.freeze()
    web_server("127.0.0.1", int(sys.argv[1]), PROCESSES, THREADS)()


if __name__ == "__main__":
    main()
