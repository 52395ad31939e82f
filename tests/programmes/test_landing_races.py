"""Two officers who follow one accepted application at once open one project; and the naive way opens two."""

import threading

import pytest
from django.db import connections, transaction

from moussem.programmes.domain.determinations import determine
from moussem.programmes.domain.landing import land_application
from moussem.programmes.enums import Decision, ProgrammeKind
from moussem.programmes.models import Application
from moussem.projects.domain.projects import ProjectFacts, open_project
from moussem.projects.models import Project
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.directory import an_organisation
from tests.factories.programmes import a_call, a_programme, an_application

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


def at_once(act, times=2):
    """The same act in threads of its own, started together; what each answered."""
    together, answers = threading.Barrier(times), []

    def one():
        try:
            together.wait(timeout=60)
            answers.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.fixture
def promoter():
    return a_promoter("oriental")


def a_prize(promoter, name):
    """An accepted application that is followed as a project only by hand."""
    officer = at_work(promoter, "fund_officer")
    call = a_call(officer, a_programme(officer, name, kind=ProgrammeKind.AWARD, envelope=None))
    firm = an_organisation(at_work(promoter, "account_owner"), f"Lauréat de {name}")
    row = an_application(officer, call, firm, asked_for=None)
    determine(by=officer, at=AT, application=row, decision=Decision.AWARD)
    return row


def fresh(row):
    return Application.objects.select_related("promoter", "organisation", "call").get(pk=row.pk)


def test_two_officers_who_follow_one_application_at_once_open_one_project(promoter):
    officer = at_work(promoter, "fund_officer")
    for turn in range(TIMES):
        row = a_prize(promoter, f"Trophées {turn}")
        answers = at_once(lambda row=row: land_application(by=officer, at=AT, application=fresh(row)).pk)
        assert len(answers) == 2
        assert set(answers) == {Project.objects.get(organisation=row.organisation).pk}


def test_looking_first_and_opening_afterwards_opens_two(promoter):
    """The negative control."""
    row, looked, by = a_prize(promoter, "Trophées"), threading.Barrier(2), at_work(promoter, "account_owner")

    def naive():
        seen = fresh(row)
        looked.wait(timeout=60)
        if seen.project_id is None:
            with transaction.atomic():
                facts = ProjectFacts(name={"fr": seen.title}, organisation=seen.organisation)
                project = open_project(by=by, at=AT, facts=facts)
                Application.objects.filter(pk=seen.pk).update(project=project)

    at_once(naive)
    assert Project.objects.filter(organisation=row.organisation).count() == 2
