"""The supervisor with real programs: what it starts, it stops."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from moussem.config.supervision import Part, Supervisor


def program(text: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(text), *map(str, arguments)]


def waits_and_notes_its_end(note: Path) -> list[str]:
    """A program with a child of its own, which writes when it is asked to stop."""
    return program(
        """
        import pathlib, signal, subprocess, sys, time
        note = pathlib.Path(sys.argv[1])
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        def stop(*_):
            child.terminate(); child.wait()
            note.with_suffix(".stopped").write_text("asked")
            sys.exit(0)
        signal.signal(signal.SIGTERM, stop)
        note.write_text(f"{child.pid}")
        time.sleep(60)
        """,
        note,
    )


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists() or not path.read_text():
        assert time.monotonic() < deadline, f"{path.name} did not appear"
        time.sleep(0.02)


def interrupt_soon(number: int) -> None:
    threading.Timer(0.1, os.kill, (os.getpid(), number)).start()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_every_part_and_what_it_started(tmp_path, number):
    notes = [tmp_path / "web", tmp_path / "worker"]
    said: list[str] = []
    supervisor = Supervisor([Part(note.name, waits_and_notes_its_end(note)) for note in notes], said.append)

    def ready() -> None:
        for note in notes:
            wait_for(note)
        interrupt_soon(number)

    assert supervisor.run(ready) == 0
    assert [note.with_suffix(".stopped").read_text() for note in notes] == ["asked", "asked"]
    assert [is_alive(int(note.read_text())) for note in notes] == [False, False]
    assert said == []


def test_when_one_part_ends_by_itself_the_others_are_stopped_and_it_is_said(tmp_path):
    note = tmp_path / "web"
    said: list[str] = []
    parts = [Part("web server", waits_and_notes_its_end(note)), Part("worker", program("import sys; sys.exit(3)"))]
    assert Supervisor(parts, said.append).run(ready=lambda: wait_for(note)) == 1
    assert note.with_suffix(".stopped").read_text() == "asked"
    assert said == ["the worker ended by itself (exit code 3): stopping the rest"]


def test_a_part_that_will_not_stop_is_killed_and_it_is_said(tmp_path):
    note = tmp_path / "stubborn"
    stubborn = program(
        """
        import os, pathlib, signal, sys, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
        time.sleep(60)
        """,
        note,
    )
    said: list[str] = []

    def ready() -> None:
        wait_for(note)
        interrupt_soon(signal.SIGTERM)

    assert Supervisor([Part("worker", stubborn)], said.append, patience_s=0.3).run(ready) == 0
    assert not is_alive(int(note.read_text()))
    assert said == ["the worker did not stop within 0.3 s and is killed"]


def supervised_until_killed(tmp_path: Path, *, bound: bool) -> int:
    """Kill -9 a supervisor that has started a part; the part's process id."""
    note = tmp_path / "part"
    loosely = "supervision._dies_with = lambda parent: None" if not bound else ""
    command = [*waits_and_notes_its_end(note)]
    supervisor = program(
        f"""
        from moussem.config import supervision
        {loosely}
        supervision.Supervisor([supervision.Part("web", {command!r})], print).run(ready=lambda: None)
        """
    )
    running = subprocess.Popen(supervisor, stdout=subprocess.DEVNULL)
    wait_for(note)
    part = int(Path(f"/proc/{note.read_text()}/stat").read_text().rpartition(")")[2].split()[1])
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=10)
    return part


def is_gone_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_a_supervisor_that_is_killed_leaves_nothing_running(tmp_path):
    part = supervised_until_killed(tmp_path, bound=True)
    assert is_gone_within(part, 10)
    assert (tmp_path / "part.stopped").read_text() == "asked"


def test_without_the_bond_the_parts_of_a_killed_supervisor_live_on(tmp_path):
    """The negative control."""
    part = supervised_until_killed(tmp_path, bound=False)
    try:
        assert not is_gone_within(part, 1)
    finally:
        os.kill(part, signal.SIGTERM)
        assert is_gone_within(part, 10)


def notes_and_waits(note: Path) -> None:
    """A function that runs in a process of its own until it is told to stop."""
    note.write_text(str(os.getpid()))
    time.sleep(60)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_function_is_a_part_in_a_process_of_its_own_that_a_signal_stops(tmp_path, number):
    note = tmp_path / "part"
    said: list[str] = []

    def ready() -> None:
        wait_for(note)
        interrupt_soon(number)

    assert Supervisor([Part("worker", partial(notes_and_waits, note))], said.append).run(ready) == 0
    assert int(note.read_text()) != os.getpid()
    assert not is_alive(int(note.read_text()))
    assert said == []


def test_a_function_that_ends_by_itself_stops_the_rest_and_its_code_is_said(tmp_path):
    note = tmp_path / "part"
    said: list[str] = []
    parts = [Part("web server", partial(notes_and_waits, note)), Part("worker", partial(sys.exit, 3))]
    assert Supervisor(parts, said.append).run(ready=lambda: wait_for(note)) == 1
    assert said == ["the worker ended by itself (exit code 3): stopping the rest"]
    assert not is_alive(int(note.read_text()))


def test_the_signals_are_given_back(tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    Supervisor([Part("worker", program("pass"))], lambda sentence: None).run(ready=lambda: None)
    assert signal.getsignal(signal.SIGTERM) is before
