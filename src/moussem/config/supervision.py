"""Several processes that live and die together: the web server and the worker of one installation."""

import ctypes
import multiprocessing
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # prctl(2): which signal a process gets when the one that started it dies
_libc = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation: what it is called on the screen, and its work: a command, or a function in a
    process of its own, which finds loaded whatever the supervisor has loaded.
    """

    name: str
    work: Sequence[str] | Callable[[], object]


@dataclass(slots=True)
class Supervisor:
    """Starts the parts, passes a stop on to each, and stops all when one ends by itself. On Linux they are also told
    to stop when the supervisor itself is killed (`kill -9`) and can do nothing any more.

    `patience_s` is how long a part may take to finish what it is doing before it is killed.
    """

    parts: Sequence[Part]
    say: Callable[[str], None]
    patience_s: float = 10.0
    _running: list[tuple[Part, "_Child"]] = field(default_factory=list)
    _stopped_by: int | None = None

    def run(self, ready: Callable[[], None]) -> int:
        """Run until a signal (0) or until a part ends by itself (1); `ready` is called once, after the start."""
        before = {number: signal.signal(number, self._stop) for number in STOPPING}
        try:
            self._start()
            ready()
            return self._watch()
        finally:
            self._end()
            for number, handler in before.items():
                signal.signal(number, handler)

    def is_stopping(self) -> bool:
        """Whether a signal has come, or a part has ended by itself."""
        return self._stopped_by is not None or any(child.poll() is not None for _, child in self._running)

    def _start(self) -> None:
        bind = _dies_with(os.getpid())
        for part in self.parts:
            self._running.append((part, _forked(part.work, bind) if callable(part.work) else _begun(part.work, bind)))

    def _watch(self) -> int:
        while not self.is_stopping():
            time.sleep(0.1)
        for part, child in self._running:
            if self._stopped_by is None and child.poll() is not None:
                self.say(f"the {part.name} ended by itself (exit code {child.returncode}): stopping the rest")
        return 1 if self._stopped_by is None else 0

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopped_by = number

    def _end(self) -> None:
        for _, child in self._running:
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + self.patience_s
        for part, child in self._running:
            try:
                child.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"the {part.name} did not stop within {self.patience_s:g} s and is killed")
            _signal_group(child, signal.SIGKILL)
            child.wait()
        self._running.clear()


class _Forked:
    """A function in a process of its own, with what the supervisor asks of a `subprocess.Popen`."""

    def __init__(self, process: "multiprocessing.process.BaseProcess") -> None:
        """Take a process that has been started."""
        self._process = process
        self.pid: int = process.pid or 0

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """The same, asked anew."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end; raises `subprocess.TimeoutExpired`."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(str(self._process.name), timeout or 0.0)
        return self._process.exitcode


_Child = subprocess.Popen[bytes] | _Forked


def _begun(command: Sequence[str], bind: Callable[[], None] | None) -> _Child:
    # A group of its own: the terminal's Ctrl-C comes to us alone, and we pass it on once.
    return subprocess.Popen(command, process_group=0, preexec_fn=bind)  # noqa: PLW1509, S603 - our own commands


def _forked(work: Callable[[], object], bind: Callable[[], None] | None) -> _Child:
    def begin() -> None:
        os.setpgid(0, 0)
        for number in STOPPING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        if bind is not None:
            bind()
        work()

    process = multiprocessing.get_context("fork").Process(target=begin)
    # A signal that comes before the child minds it waits.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    child = _Forked(process)
    with suppress(OSError):  # the child says the same; whoever comes second has nothing to do
        os.setpgid(child.pid, child.pid)
    return child


def _dies_with(parent: int) -> Callable[[], None] | None:
    """What a child does before its program begins, so that it is told to stop when `parent` dies; None where the
    system has no such thing. We start children from one thread only, as this asks for.
    """
    if not hasattr(_libc, "prctl"):
        return None

    def bind() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died before we had asked
            os._exit(1)

    return bind


def _signal_group(child: _Child, number: int) -> None:
    """Signal a part and whatever it started; a group that is gone is what we want."""
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return
