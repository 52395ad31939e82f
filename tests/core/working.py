"""Workers as processes of their own, to be killed.

They work on the test's database with runners whose effect is one keyed row. MODE `naive` marks a job done before
running it: at most once, which loses what a killed worker had in hand. It holds each job longer than the killer waits,
so that a kill always meets one.
"""

import os
import signal
import time
from pathlib import Path

from tests.core.stems import Branch

# Seconds: the longest that a worker lives after it did something, before it is killed.
LONGEST_WAIT = 0.3


def kill_again_and_again(starts, kills: int, done, total: int, *, chance, seconds: float = 900) -> int:
    """Start workers one after the other and kill -9 each a short while after it did something, `kills` times, while
    `done()` is less than `total`; then let the last one finish. Answer how many were killed.
    """
    killed, worker, end = 0, starts(), time.monotonic() + seconds
    try:
        while killed < kills and done() < total:
            wait_until_ready(worker)
            before = done()
            while done() == before:
                assert time.monotonic() < end, "the worker does nothing"
                time.sleep(0.02)
            time.sleep(chance.uniform(0, LONGEST_WAIT))
            worker.kill()
            worker.wait()
            killed, worker = killed + 1, starts()
        while done() < total:
            assert time.monotonic() < end, "the work is not done in time"
            time.sleep(0.1)
        worker.terminate()
        assert worker.wait(60) == 0, "a worker that is told to stop ends well"
    finally:
        worker.kill()
        worker.wait()
        ready_flag(worker.pid).unlink(missing_ok=True)
    return killed


def wait_until_ready(worker: Branch) -> None:
    """Until the worker has written that it works: killing it before kills nothing."""
    flag = ready_flag(worker.pid)
    while not flag.exists():
        assert worker.poll() is None, "the worker ended by itself"
        time.sleep(0.02)
    flag.unlink()


def ready_flag(pid: int) -> Path:
    return Path(os.environ.get("TMPDIR", "/tmp")) / f"moussem-worker-{pid}.ready"


def prepare() -> None:
    """The runners of these tests."""
    from moussem.core.jobs import enqueue, runner
    from moussem.core.models import Submission

    @runner("test.effect")
    def effect(*, row):
        time.sleep(0.01)
        Submission.objects.get_or_create(owner="effect", key=row, defaults={"digest": ""})
        time.sleep(0.01)
        enqueue("test.follow", key=row, row=row)

    @runner("test.follow")
    def follow(*, row):
        Submission.objects.get_or_create(owner="follow", key=row, defaults={"digest": ""})


def work(mode: str) -> None:
    """Work until told to stop."""
    from django.core.management import call_command

    from moussem.core.jobs import runner_for
    from moussem.core.models import Job, JobState

    ready_flag(os.getpid()).touch()
    if mode == "naive":
        while job := Job.objects.filter(name="test.effect", state=JobState.WAITING).order_by("id").first():
            Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
            time.sleep(2 * LONGEST_WAIT)
            runner_for(job.name)(**job.arguments)
        signal.pause()
    call_command("worker")
