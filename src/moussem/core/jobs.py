"""Background work by name: asked for in the caller's transaction, run at least once by a worker."""

from collections.abc import Callable
from typing import Any

from moussem.core.models import Job

Runner = Callable[..., None]
_runners: dict[str, Runner] = {}


class UnknownJob(LookupError):
    """No runner is registered under this name."""


def runner(name: str) -> Callable[[Runner], Runner]:
    """Register the function that runs jobs called `name`; it takes the job's arguments as keywords."""

    def register(function: Runner) -> Runner:
        if _runners.setdefault(name, function) is not function:
            raise ValueError(f"two runners for the job {name}")
        return function

    return register


def runner_for(name: str) -> Runner:
    """The runner of jobs called `name`; raises `UnknownJob`."""
    try:
        return _runners[name]
    except KeyError:
        raise UnknownJob(name) from None


def runner_names() -> frozenset[str]:
    """Every job name that has a runner."""
    return frozenset(_runners)


def enqueue(name: str, *, key: str, promoter_key: str = "", **arguments: Any) -> Job:
    """Ask for `name` to be run with `arguments` (identifiers only); the same `key` again is the same job.

    Written in the caller's transaction: it is run if and only if that commits.
    """
    job, _ = Job.objects.get_or_create(
        key=f"{name}:{key}", defaults={"name": name, "arguments": arguments, "promoter_key": promoter_key}
    )
    return job
