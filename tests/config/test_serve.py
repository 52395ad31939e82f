"""`moussem serve` refuses what it may not do, and `moussem serve --prepare` is the whole product on one address."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from moussem.config.management.commands.serve import is_loopback
from moussem.config.preparation import collect_static_files
from tools.product import prepared


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


HOSTS = {"127.0.0.1": True, "127.8.9.1": True, "::1": True, "localhost": True}
REACHABLE = {"0.0.0.0": False, "::": False, "10.0.0.1": False, "moussem.example": False}


@pytest.mark.parametrize(("host", "loopback"), {**HOSTS, **REACHABLE}.items())
def test_loopback_is_what_only_this_machine_can_reach(host, loopback):
    assert is_loopback(host) is loopback


def test_the_demonstration_is_served_on_loopback_only(settings):
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match=r"on loopback only, not on 0\.0\.0\.0"):
        call_command("serve", host="0.0.0.0", port=free_port())


def test_a_taken_port_is_named_with_the_next_step():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"127.0.0.1:{port} .* make run PORT={port + 1}"):
            call_command("serve", port=port)


def test_static_files_are_collected_once_until_one_changes(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "draw.css").write_text("p { color: red }", encoding="utf-8")
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    assert [collect_static_files(), collect_static_files()] == [True, False]
    (source / "draw.css").write_text("p { color: blue }", encoding="utf-8")
    assert collect_static_files() is True
    assert (tmp_path / "static" / "draw.css").read_text(encoding="utf-8") == "p { color: blue }"


class Served:
    """The product as its own processes, with a folder and a port of its own."""

    def __init__(self, var: Path, **more: str) -> None:
        self.port = free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MOUSSEM_")}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.began = time.monotonic()
        self.lines: list[str] = []
        self.program = subprocess.Popen(
            [sys.executable, "-m", "moussem.config.cli", "serve", "--prepare", f"--port={self.port}"],
            env={
                **environment,
                **more,
                "MOUSSEM_VAR": str(var),
                "MOUSSEM_DEMONSTRATION": "yes",
                "MOUSSEM_SITE_URL": f"http://127.0.0.1:{self.port}",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        self.lines.extend(self.program.stdout)

    @property
    def printed(self) -> str:
        return "".join(self.lines)

    def wait_until_ready(self, within_s: float) -> float:
        """Seconds from the start to the printed address."""
        while "ready on" not in self.printed:
            assert self.program.poll() is None, self.printed
            assert time.monotonic() - self.began < within_s, self.printed
            time.sleep(0.05)
        return time.monotonic() - self.began

    def get(self, path: str) -> tuple[int, str, str]:
        """(status, location, body) of a GET."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", ""), answer.read().decode()

    def children(self) -> list[int]:
        """Every process below the command, by /proc."""
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                after = path.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents[int(path.parent.name)] = int(after[1])
        below = [self.program.pid]
        for pid in below:
            below.extend(child for child, parent in parents.items() if parent == pid)
        return below[1:]

    def busy_s(self) -> float:
        """Seconds of processor that the command and everything below it have used, ended children included."""
        ticks = 0
        for pid in [self.program.pid, *self.children()]:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")

    def end(self, by: int = signal.SIGINT) -> int:
        """Ctrl-C, or another signal; the exit code."""
        self.program.send_signal(by)
        code = self.program.wait(timeout=60)
        self.reader.join(timeout=5)
        self.program.stdout.close()
        return code


@pytest.fixture
def serve(tmp_path):
    started: list[Served] = []

    def start() -> Served:
        started.append(Served(tmp_path / "var"))
        return started[-1]

    yield start
    for served in started:
        if served.program.poll() is None:
            served.end()


@pytest.mark.slow
def test_the_product_that_is_killed_leaves_nothing_running(serve, kept_folder, tmp_path):
    shutil.copytree(prepared(kept_folder), tmp_path / "var")
    served = serve()
    served.wait_until_ready(within_s=300)
    children = served.children()
    assert len(children) >= 2
    served.end(signal.SIGKILL)
    deadline = time.monotonic() + 60
    while left := [pid for pid in children if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


@pytest.mark.slow
def test_the_product_starts_answers_stops_and_starts_again_at_once(serve):
    first = serve()
    first.wait_until_ready(within_s=300)
    prepared_s = first.busy_s()
    assert prepared_s < 60, "the first start is to be over within 60 s"
    assert first.get("/")[:2] == (302, "/fr/")
    status, _, page = first.get("/fr/")
    assert status == 200
    for address in re.findall(r'<link[^>]+href="(/static/[^"]+\.css)"', page):
        assert first.get(address)[0] == 200
    children = first.children()
    assert len(children) >= 2
    assert first.end() == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []

    second = serve()
    took_s, busy_s = second.wait_until_ready(within_s=300), second.busy_s()
    assert second.end() == 0
    assert busy_s < prepared_s / 2, "the second start does the work of the first one again"
    assert busy_s < 5, "slow on any machine: so much work cannot be done within 5 s by one that has nothing else to do"
    assert took_s < 5 or os.getloadavg()[0] > os.cpu_count(), "slow on a machine that had nothing else to do"
