"""A long target list is judged by the worker: as the direct way does it, whole or not at all, and pages say so."""

from datetime import timedelta

import pytest
from django.db import transaction

from moussem.accounts.domain.refusals import NotAllowed
from moussem.core import progress
from moussem.core.models import Job
from moussem.core.progress import Progress
from moussem.core.queue import run_due_jobs
from moussem.guests.domain import judging, long_lists
from moussem.guests.domain.criteria import Draft, add_criterion, drop_criterion
from moussem.guests.domain.judging import judge_list
from moussem.guests.domain.long_lists import being_judged, judge_asked, judge_soon
from moussem.guests.enums import JUDGE_LIST, CriterionField
from moussem.guests.models import Standing
from tests.factories.accounts import AT, at_work
from tests.factories.guests import a_target
from tests.guests.test_pages import page

GUESTS = 6


@pytest.fixture
def long_list(editor, event, monkeypatch):
    """A list that counts as long, and is judged two at a time."""
    monkeypatch.setattr(long_lists, "AT_ONCE", GUESTS - 1)
    monkeypatch.setattr(judging, "MANY", 2)
    for n in range(GUESTS):
        a_target(editor, event, f"Guest {n}")
    return event


def looks_for(by, event, kind="client"):
    draft = Draft(CriterionField.ORGANISATION_KIND, 20, ({"key": kind, "label": kind},))
    return add_criterion(by=by, at=AT, event=event, draft=draft)


def standings():
    rows = Standing.objects.order_by("target")
    return list(rows.values_list("target", "points", "share", "sort_code", "assessment"))


def test_a_list_of_so_many_is_judged_at_once_and_one_more_is_the_workers(editor, long_list, monkeypatch):
    monkeypatch.setattr(long_lists, "AT_ONCE", GUESTS)
    looks_for(editor, long_list)
    assert (len(standings()), Job.objects.filter(name=JUDGE_LIST).count()) == (GUESTS, 0)
    monkeypatch.setattr(long_lists, "AT_ONCE", GUESTS - 1)
    assert judge_soon(by=editor, at=AT, event=long_list) is None
    assert Job.objects.filter(name=JUDGE_LIST).count() == 1


def test_the_worker_lets_everybody_stand_where_the_direct_way_does(editor, long_list):
    looks_for(editor, long_list)
    assert standings() == []
    assert being_judged(long_list) == Progress(0, 0)
    run_due_jobs()
    by_worker = standings()
    assert len(by_worker) == GUESTS
    assert being_judged(long_list) is None
    Standing.objects.all().delete()
    assert judge_list(by=editor, at=AT, event=long_list) == GUESTS
    assert standings() == by_worker


def test_a_criterion_that_counts_no_more_is_forgotten_by_the_worker(editor, long_list):
    row = looks_for(editor, long_list)
    run_due_jobs()
    drop_criterion(by=editor, at=AT, criterion=row)
    assert len(standings()) == GUESTS
    run_due_jobs()
    assert standings() == []


class Killed(BaseException):
    """The process ends here, whatever the code would do about an error."""


def killed_after_two(monkeypatch):
    def die(key, done, total):
        raise Killed

    monkeypatch.setattr(progress, "note", die)


def judged_by_parts(event, by):
    """The naive way: each part commits by itself."""
    targets = list(event.targets.order_by("pk"))
    for start in range(0, len(targets), judging.MANY):
        part = event.targets.filter(pk__in=[target.pk for target in targets[start : start + judging.MANY]])
        judge_list(by=by, at=AT, event=event, targets=part)
        progress.note("", start, len(targets))


def as_asked(event, by):
    run = Job.objects.get(name=JUDGE_LIST).arguments["run"]
    judge_asked(by=by, at=AT, event=event, run=run)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("judge", "left"), [(as_asked, 0), (judged_by_parts, 2)])
def test_a_judging_that_is_killed_on_the_way_changes_nobody_and_the_naive_way_leaves_some(
    editor, long_list, monkeypatch, judge, left
):
    looks_for(editor, long_list)
    with monkeypatch.context() as deadly:
        killed_after_two(deadly)
        with pytest.raises(Killed):
            judge(long_list, editor)
    assert len(standings()) == left
    run_due_jobs()
    assert len(standings()) == GUESTS


def test_who_asks_twice_before_the_worker_comes_is_judged_once(editor, long_list, monkeypatch):
    looks_for(editor, long_list)
    looks_for_again = Draft(CriterionField.QUESTION, 10, question="Un projet ?")
    add_criterion(by=editor, at=AT + timedelta(minutes=1), event=long_list, draft=looks_for_again)
    judged, real = [], judging.judge_list
    monkeypatch.setattr(long_lists, "judge_list", lambda **known: judged.append(1) or real(**known))
    run_due_jobs()
    assert judged == [1]
    assert {len(row.assessment) for row in Standing.objects.all()} == {2}


def test_what_was_not_committed_asks_nobody(editor, long_list):
    with transaction.atomic():
        looks_for(editor, long_list)
        transaction.set_rollback(True)
    assert being_judged(long_list) is None
    assert not Job.objects.filter(name=JUDGE_LIST).exists()


def test_an_observer_lets_nobody_be_judged(oriental, long_list):
    with pytest.raises(NotAllowed):
        judge_soon(by=at_work(oriental, "observer"), at=AT, event=long_list)


@pytest.mark.parametrize("place", ["guests/", "guests/criteria/"])
def test_the_page_says_that_the_list_is_being_judged_and_how_far(client, owner, editor, long_list, place):
    client.force_login(owner)
    address = f"/p/oriental/events/{long_list.public_id}/{place}"
    assert "en cours d’évaluation" not in page(client, address)
    looks_for(editor, long_list)
    shown = page(client, address)
    assert "La liste est en cours d’évaluation" in shown
    assert f'<a href="{address}">Actualiser</a>' in shown
    assert '<meta http-equiv="refresh" content="2">' in shown
    progress.note(f"judging-{long_list.public_id}", 4, 6)
    assert 'value="66"' in page(client, address)
    run_due_jobs()
    assert "en cours d’évaluation" not in page(client, address)
