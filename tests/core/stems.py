"""Processes that are begun often and killed: each is forked from one that has loaded the product and touched nothing.

Loading the product takes a second, and tests begin some sixty processes; a fork is a process as any other, with its own
connection to the database. Run as `python -m tests.core.stems MODULE`, which calls the module's `prepare()` once and
`work(*arguments)` in each process.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOP = Path(__file__).parents[2]


class Branch:
    """One process, asked as a `subprocess.Popen` is."""

    def __init__(self, stem: "Stem", pid: int) -> None:
        self.stem, self.pid, self.returncode = stem, pid, None

    def poll(self) -> int | None:
        """How it ended (negative: by which signal); None while it lives."""
        if self.returncode is None:
            self.returncode = self.stem.ask("poll", self.pid)
        return self.returncode

    def wait(self, seconds: float = 60) -> int:
        """How it ended, once it has."""
        end = time.monotonic() + seconds
        while self.poll() is None:
            assert time.monotonic() < end, "the process does not end"
            time.sleep(0.01)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Nothing where it has ended: until `poll` was told, its number is nobody else's."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class Stem:
    """The process that others are forked from; `start(*arguments)` answers a new `Branch`."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.core.stems", module]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self.program = subprocess.Popen(command, cwd=TOP, env=environment, text=True, **pipes)

    def ask(self, *question: object) -> int | None:
        print(json.dumps(question), file=self.program.stdin, flush=True)
        answer = self.program.stdout.readline()
        assert answer, "the process that others are forked from is gone"
        return json.loads(answer)

    def start(self, *arguments: str) -> Branch:
        return Branch(self, self.ask("start", *arguments))


@contextmanager
def stem(module: str, database_url: str, var: Path, **settings: str) -> Iterator[Stem]:
    """A stem on that database, whose workers hold their jobs for one second; gone afterwards."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("MOUSSEM_")}
    ours = {"DATABASE_URL": database_url, "VAR": str(var), "JOB_LEASE": "1", **settings}
    environment = {**known, **{f"MOUSSEM_{name}": value for name, value in ours.items()}}
    grown = Stem(module, environment | {"DJANGO_SETTINGS_MODULE": "moussem.config.settings"})
    try:
        yield grown
    finally:
        grown.program.stdin.close()
        grown.program.wait(60)
        grown.program.stdout.close()


def _branch(work: object, arguments: list[str]) -> None:
    """Be the new process: do the work and end, whatever comes."""
    from django.db import connections

    code = 1
    try:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        work(*arguments)
        connections.close_all()
        code = 0
    except SystemExit as told:
        code = told.code or 0
    finally:
        os._exit(code)


def _main(module: str) -> None:
    import django

    django.setup()
    from django.db import connections

    worked = importlib.import_module(module)
    worked.prepare()
    assert not any(connection.connection for connection in connections.all()), "a connection is nobody's to share"
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        if verb == "start":
            answer = os.fork()
            if answer == 0:
                _branch(worked.work, arguments)
        else:
            ended, status = os.waitpid(arguments[0], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if ended else None
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _main(sys.argv[1])
