"""Start the product beside a test or a photographer: a free port, a folder of its own, and everything stopped after."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN_S = 180
STOPS_WITHIN_S = 20


def free_port() -> int:
    """A port of the loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], *, port: int, variables: dict[str, str]) -> Iterator[str]:
    """Run `command` until the block ends; yields its address once it answers. Raises with its output if it ends."""
    log = Path(tempfile.mkstemp(prefix="moussem-", suffix=".log")[1])
    with log.open("wb") as output:
        started = subprocess.Popen(
            command,
            env={**os.environ, **variables},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/", started, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(started)
        log.unlink()


def wait_until_it_answers(address: str, started: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for any answer below 500 from `address`; an ended program or too long a wait is an error."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        if started.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except urllib.error.HTTPError as answered:
            if answered.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer:\n{log.read_text(errors='replace')[-4000:]}")


def stop(started: subprocess.Popen[bytes]) -> None:
    """Stop a program and what it started, gently first."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        if started.poll() is None:
            os.killpg(started.pid, sign)
            try:
                started.wait(STOPS_WITHIN_S)
            except subprocess.TimeoutExpired:
                continue
    started.wait()


def prepared(kept: Path) -> Path:
    """A folder with the whole demonstration on SQLite, to be copied: made in `kept` by the first who asks, while others
    wait.
    """
    whole, begun = kept / "demonstration", kept / "demonstration-begun"
    program = (
        "import django; django.setup(); from moussem.config.preparation import prepare; prepare(demonstration=True)"
    )
    with (kept / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(begun, ignore_errors=True)
            variables = {**os.environ, **_variables(begun, free_port())}
            subprocess.run([sys.executable, "-c", program], env=variables, check=True)
            begun.rename(whole)
    return whole


def _variables(folder: Path, port: int) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "moussem.config.settings",
        "MOUSSEM_VAR": str(folder),
        "MOUSSEM_SITE_URL": f"http://127.0.0.1:{port}",
        "MOUSSEM_DEMONSTRATION": "1",
        "MOUSSEM_DATABASE_URL": f"sqlite:///{folder}/moussem.sqlite3",
    }


@contextmanager
def demonstration(*, on_postgres: bool = False, kept: Path | None = None) -> Iterator[str]:
    """The whole product with its demonstration, in a new folder, on SQLite or on a private PostgreSQL; yields its
    address. On SQLite it begins as a copy of what is prepared in the folder `kept`, where one is given.
    """
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="moussem-demonstration-"))
    command = [sys.executable, "-m", "moussem.config.cli", "serve", "--prepare", "--port", str(port)]
    if on_postgres:
        command = [str(Path(__file__).with_name("with-postgres")), *command]
    try:
        if kept and not on_postgres:
            shutil.copytree(prepared(kept), folder, dirs_exist_ok=True)
        with running(command, port=port, variables=_variables(folder, port)) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)
