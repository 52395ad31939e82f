"""The worker as a process: killed at any moment, nothing is lost and nothing happens twice."""

import random

import pytest
from django.core.management import call_command
from django.db.models import Count

from moussem.core.jobs import enqueue
from moussem.core.models import Job, JobState, Submission
from tests.core.databases import shared_database
from tests.core.stems import stem
from tests.core.working import kill_again_and_again

JOBS, KILLS = 500, 20


@pytest.fixture
def database(transactional_db, tmp_path):
    """The test database at an address that other processes reach."""
    with shared_database() as url:
        yield url


@pytest.fixture
def workers(database, tmp_path):
    """What starts a worker on that database."""
    with stem("tests.core.working", database, tmp_path / "var") as grown:
        yield grown


def ask(count):
    for number in range(count):
        enqueue("test.effect", key=str(number), row=str(number))


def effects(owner):
    return Submission.objects.filter(owner=owner).count()


@pytest.mark.slow
def test_twenty_kills_during_five_hundred_jobs_lose_nothing_and_double_nothing(workers):
    ask(JOBS)
    killed = kill_again_and_again(
        lambda: workers.start("worker"),
        KILLS,
        lambda: Job.objects.filter(state=JobState.DONE).count(),
        2 * JOBS,
        chance=random.Random(1),
    )
    assert killed == KILLS
    assert effects("effect") == effects("follow") == JOBS
    assert not Submission.objects.values("owner", "key").annotate(n=Count("id")).filter(n__gt=1).exists()
    assert Job.objects.filter(state=JobState.FAILED).count() == 0
    assert Job.objects.filter(attempts__gt=1).exists(), "no kill met a job: the test proves nothing"


@pytest.mark.slow
def test_a_worker_that_marks_its_job_done_first_would_lose_some(workers):
    """The negative control: at most once."""
    ask(6)
    kill_again_and_again(
        lambda: workers.start("naive"),
        3,
        lambda: Job.objects.filter(name="test.effect", state=JobState.DONE).count(),
        6,
        chance=random.Random(2),
    )
    assert effects("effect") < 6


@pytest.mark.slow
def test_two_workers_share_the_jobs(workers):
    ask(60)
    beside = [workers.start("worker") for _ in range(2)]
    try:
        kill_again_and_again(
            lambda: workers.start("worker"),
            1,
            lambda: Job.objects.filter(state=JobState.DONE).count(),
            120,
            chance=random.Random(3),
        )
    finally:
        for worker in beside:
            worker.terminate()
            assert worker.wait(60) == 0
    assert effects("effect") == effects("follow") == 60


@pytest.mark.django_db
def test_a_worker_until_idle_stops_when_nothing_is_due_and_once_takes_one_job():
    enqueue("test.nobody", key="1")
    enqueue("test.nobody", key="2")
    call_command("worker", "--once")
    assert Job.objects.filter(attempts=1).count() == 1
    call_command("worker", "--until-idle")
    assert Job.objects.filter(attempts=1).count() == 2
