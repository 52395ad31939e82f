"""Jobs: run if and only if they were asked for by something that committed, and at least once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from moussem.core import jobs, news
from moussem.core.jobs import UnknownJob, enqueue, every, periodic_work, runner, runner_for
from moussem.core.models import Job, JobState, NewsItem
from moussem.core.queue import ATTEMPTS, claim, run, run_due_jobs, waiting_jobs
from moussem.core.tasks import purge

pytestmark = pytest.mark.django_db
SEEN: list[dict] = []


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    """Jobs, rounds and receivers of a test are gone after it."""
    for name in ("_runners", "_leases", "_periodic"):
        monkeypatch.setattr(jobs, name, dict(getattr(jobs, name)))
    monkeypatch.setattr(news, "_receivers", {})
    SEEN.clear()


def ask(key="one", **arguments):
    runner("test.note")(_note)
    return enqueue("test.note", key=key, **arguments)


def _note(**arguments):
    SEEN.append(arguments)


def test_a_job_is_run_with_its_arguments_and_then_is_done():
    job = ask(row="7")
    assert run_due_jobs() == 1
    job.refresh_from_db()
    assert SEEN == [{"row": "7"}]
    assert job.state == JobState.DONE
    assert job.finished_at is not None


def test_asking_twice_with_one_key_is_one_job():
    assert ask(row="7").pk == ask(row="8").pk
    assert run_due_jobs() == 1


def test_a_job_of_a_change_that_was_undone_is_never_run():
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert run_due_jobs() == 0


def test_a_job_waits_for_its_time():
    ask(run_after=timezone.now() + timedelta(seconds=60))
    assert run_due_jobs() == 0


def test_jobs_are_taken_in_the_order_in_which_they_became_due():
    now = timezone.now()
    for key, minutes in (("b", 1), ("a", 2), ("c", 0)):
        ask(key=key, row=key, run_after=now - timedelta(minutes=minutes))
    run_due_jobs()
    assert [seen["row"] for seen in SEEN] == ["a", "b", "c"]


def test_a_failure_is_kept_and_the_job_is_tried_again_later():
    @runner("test.breaks")
    def breaks():
        raise ValueError("no such row")

    job = enqueue("test.breaks", key="one")
    assert run(claim("w")) is False
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert "no such row" in job.failure
    assert job.run_after > timezone.now()
    assert not waiting_jobs().exists()


def test_a_job_that_fails_each_time_is_given_up_and_says_why():
    job = enqueue("test.nobody", key="one")
    Job.objects.filter(pk=job.pk).update(attempts=ATTEMPTS - 1)
    run_due_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "UnknownJob" in job.failure


def test_a_job_whose_workers_die_each_time_is_given_up():
    job = ask()
    died = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(attempts=ATTEMPTS, state=JobState.RUNNING, leased_until=died)
    assert claim("w") is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.failure


def test_a_job_under_a_lease_is_nobody_elses_until_the_lease_is_over():
    ask()
    first = claim("first")
    assert claim("second") is None
    Job.objects.filter(pk=first.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert claim("second").pk == first.pk


def test_a_job_whose_worker_died_stands_back_longer_each_time(settings):
    settings.JOB_LEASE_S = 10
    job, leases = ask(), []
    for _ in range(3):
        taken = timezone.now()
        claim("w")
        job.refresh_from_db()
        leases.append(round((job.leased_until - taken).total_seconds()))
        Job.objects.filter(pk=job.pk).update(leased_until=taken - timedelta(seconds=1))
    assert leases == [10, 20, 40]


def test_a_worker_that_lost_its_lease_has_no_say_any_more():
    ask()
    slow = claim("slow")
    Job.objects.filter(pk=slow.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    claim("quick")
    assert run(slow) is False
    slow.refresh_from_db()
    assert (slow.state, slow.leased_by) == (JobState.RUNNING, "quick")


def test_a_name_has_one_runner():
    ask()
    with pytest.raises(ValueError, match=r"test\.note"):
        runner("test.note")(lambda: None)
    with pytest.raises(UnknownJob):
        runner_for("test.unheard")


def test_periodic_work_is_registered_once_by_name():
    every("test.round", seconds=5)(purge)
    assert "test.round" in {work.name for work in periodic_work()}
    with pytest.raises(ValueError, match=r"test\.round"):
        every("test.round", seconds=5)(lambda: None)


def test_old_finished_jobs_are_cleared_away_and_failed_ones_stay():
    old = timezone.now() - timedelta(days=91)
    for key, state in (("done", JobState.DONE), ("failed", JobState.FAILED), ("waiting", JobState.WAITING)):
        Job.objects.filter(pk=ask(key=key).pk).update(state=state, finished_at=old)
    purge()
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.FAILED, JobState.WAITING}


def test_news_reach_each_receiver_once_however_often_they_are_told():
    got = []

    @news.receiver("agreement signed")
    def first(item):
        got.append(("first", item.arguments["agreement"]))

    @news.receiver("agreement signed")
    def second(item):
        got.append(("second", item.promoter_key))

    for _ in range(2):
        news.publish("agreement signed", key="a1", promoter_key="p", agreement="a1")
    run_due_jobs()
    assert sorted(got) == [("first", "a1"), ("second", "p")]
    assert NewsItem.objects.count() == 1


def test_a_receiver_that_fails_does_not_keep_the_others_waiting():
    got = []

    @news.receiver("agreement signed")
    def breaks(item):
        raise ValueError("not now")

    @news.receiver("agreement signed")
    def works(item):
        got.append(item.name)

    news.publish("agreement signed", key="a1", promoter_key="p")
    run_due_jobs()
    assert got == ["agreement signed"]
    assert Job.objects.filter(state=JobState.WAITING).count() == 1
