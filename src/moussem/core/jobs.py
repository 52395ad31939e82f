"""Background work by name: asked for in the caller's transaction, run at least once by a worker.

A runner is called again when its worker died, or when two workers took turns over one slow job: its effect must be
keyed, so that a second run finds it done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from moussem.core.inserting import inserted
from moussem.core.models import Job

AT_ONCE = 1000
"""Rows of one INSERT where many are written."""

Runner = Callable[..., None]
Round = Callable[[], object]


class UnknownJob(LookupError):
    """No runner is registered under this name."""


@dataclass(frozen=True, slots=True)
class Periodic:
    """Work that every worker does each `seconds` by itself, without a row; two workers may do it at once."""

    name: str
    seconds: float
    round: Round


_runners: dict[str, Runner] = {}
_leases: dict[str, int] = {}
_periodic: dict[str, Periodic] = {}


def runner(name: str, *, lease_s: int | None = None) -> Callable[[Runner], Runner]:
    """Register the function that runs jobs called `name`; it takes the job's arguments as keywords.

    `lease_s`: after how many seconds another worker takes the job over (None: the installation's `JOB_LEASE_S`);
    longer than the job ever takes.
    """

    def register(function: Runner) -> Runner:
        if _runners.setdefault(name, function) is not function:
            raise ValueError(f"two runners for the job {name}")
        if lease_s is not None:
            _leases[name] = lease_s
        return function

    return register


def every(name: str, *, seconds: float) -> Callable[[Round], Round]:
    """Register a function without arguments that each worker calls every `seconds`, and which bears being called
    by two workers at once.
    """

    def register(function: Round) -> Round:
        if _periodic.setdefault(name, Periodic(name, seconds, function)).round is not function:
            raise ValueError(f"two rounds called {name}")
        return function

    return register


def runner_for(name: str) -> Runner:
    """The runner of jobs called `name`; raises `UnknownJob`."""
    try:
        return _runners[name]
    except KeyError:
        raise UnknownJob(name) from None


def lease_for(name: str) -> int:
    """For how many seconds a worker holds a job called `name`."""
    return _leases.get(name, settings.JOB_LEASE_S)


def runner_names() -> frozenset[str]:
    """Every job name that has a runner."""
    return frozenset(_runners)


def periodic_work() -> list[Periodic]:
    """Everything that workers do by themselves, by name."""
    return [_periodic[name] for name in sorted(_periodic)]


def enqueue(
    name: str, *, key: str, promoter_key: str = "", run_after: datetime | None = None, is_unused: bool = False,
    **arguments: Any,
) -> Job:  # fmt: skip
    """Ask for `name` to be run with `arguments` (identifiers only); the same `key` again is the same job. `is_unused`:
    the key names what is made in this transaction, so that nobody can have asked before and nobody looks.

    Written in the caller's transaction: it is run if and only if that commits. Not before `run_after` (None: at once).
    """
    wanted: dict[str, Any] = {"name": name, "arguments": arguments, "promoter_key": promoter_key}
    if run_after is not None:
        wanted["run_after"] = run_after
    if is_unused:
        return inserted(Job(key=f"{name}:{key}", **wanted))
    job, _ = Job.objects.get_or_create(key=f"{name}:{key}", defaults=wanted)
    return job


def enqueue_many(
    name: str, *, wanted: Mapping[str, Mapping[str, Any]], promoter_key: str = "", run_after: datetime | None = None
) -> int:
    """Ask for many jobs called `name` in one write: their arguments by key. Answers for how many was asked.

    A key that was used before is the same job, and stays as it was.
    """
    due = {} if run_after is None else {"run_after": run_after}
    jobs = [
        Job(name=name, key=f"{name}:{key}", arguments=dict(arguments), promoter_key=promoter_key, **due)
        for key, arguments in wanted.items()
    ]
    return len(Job.objects.bulk_create(jobs, batch_size=AT_ONCE, ignore_conflicts=True))
