"""Two at the same gate, two who declare one return: one effect and nothing lost; and the naive way, which has two."""

import threading
from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction

from moussem.core.actor import Actor
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.figures import record_figure
from moussem.evidence.enums import Kind, SubjectRole
from moussem.evidence.models import Figure
from moussem.projects.domain.passages import AlreadyAnswered, answer_passage, ask_passage
from moussem.projects.domain.projects import record_promise
from moussem.projects.domain.returns import AlreadyDeclared, Numbers, declare_return
from moussem.projects.enums import PassageState, Stage
from moussem.projects.models import HeadcountReturn, Passage, Project, StageEntry
from tests import racing
from tests.evidence.rows import facts
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.projects import a_project, a_return, by_its_link

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


at_once = partial(racing.at_once, refused=(AlreadyAnswered, AlreadyDeclared))


@pytest.fixture
def by():
    return at_work(a_promoter("oriental"), "account_owner")


def a_gate(by, name):
    """A project whose passage to *committed* waits for a second person."""
    project = a_project(by, name)
    Project.objects.filter(pk=project.pk).update(stage=Stage.ACTIVE)
    project.refresh_from_db()
    record_promise(by=by, at=AT, project=project, facts=facts())
    return ask_passage(by=by, at=AT, project=project, evidence_words="Bail signé")


def confirming(passage, who):
    fresh = Passage.objects.select_related("project").get(pk=passage.pk)
    return lambda: answer_passage(by=who, at=AT, passage=fresh, confirmed=True)


def moves_of(project):
    return StageEntry.objects.filter(project=project, to_stage=Stage.COMMITTED).count()


def test_two_staff_who_pass_the_same_gate_at_once_are_one_passage(by):
    colleagues = [replace(by, id=name, label=name) for name in ("second", "third")]
    for turn in range(TIMES):
        passage = a_gate(by, f"Centre {turn}")
        assert sorted(at_once(*(confirming(passage, who) for who in colleagues))) == ["", "AlreadyAnswered"]
        passage.refresh_from_db()
        assert (passage.state, passage.project.stage) == (PassageState.CONFIRMED, Stage.COMMITTED)
        assert moves_of(passage.project) == 1


def test_one_who_confirms_and_one_who_refuses_at_once_leave_one_answer(by):
    second, third = (replace(by, id=name, label=name) for name in ("second", "third"))
    for turn in range(TIMES):
        passage = a_gate(by, f"Centre {turn}")
        fresh = Passage.objects.select_related("project").get(pk=passage.pk)

        def refuse(fresh=fresh):
            answer_passage(by=third, at=AT, passage=fresh, confirmed=False, words="Aucun bail vu")

        assert sorted(at_once(confirming(passage, second), refuse)) == ["", "AlreadyAnswered"]
        passage.refresh_from_db()
        assert moves_of(passage.project) == (passage.state == PassageState.CONFIRMED)


def test_looking_first_and_moving_afterwards_passes_the_gate_twice(by):
    """The negative control: both look while it waits, and both move the project."""
    passage, looked = a_gate(by, "Centre"), threading.Barrier(2)

    def naive():
        seen = Passage.objects.select_related("project").get(pk=passage.pk)
        waits = seen.state == PassageState.ASKED
        looked.wait(timeout=60)
        if waits:
            with transaction.atomic():
                Passage.objects.filter(pk=seen.pk).update(state=PassageState.CONFIRMED)
                StageEntry.objects.create(
                    promoter_id=seen.promoter_id, project=seen.project, from_stage=seen.project.stage,
                    to_stage=seen.to_stage, status=seen.project.status, at=AT, by_label="naive",
                )  # fmt: skip

    at_once(naive, naive)
    assert moves_of(passage.project) == 2


def declaring(row, who, present):
    fresh = HeadcountReturn.objects.select_related("establishment__organisation", "link", "project").get(pk=row.pk)
    return lambda: declare_return(by=who, at=AT, row=fresh, numbers=Numbers(present, 0, 0))


def test_a_link_and_an_account_that_declare_at_once_are_one_declaration(by):
    for turn in range(TIMES):
        row = a_return(by, a_project(by, f"Centre {turn}"))
        firm = frozenset({row.establishment.organisation_id})
        operator = Actor(kind="user", id="op", label="operator", organisation_pks=firm)
        ended = at_once(declaring(row, by_its_link(row), 240), declaring(row, operator, 999))
        assert sorted(ended) == ["", "AlreadyDeclared"]
        row.refresh_from_db()
        assert row.present == (240 if not ended[0] else 999)
        (figure,) = Figure.objects.filter(links__subject=row.project.subject)
        assert (row.figure, figure.value) == (figure, row.present)


def test_looking_first_and_declaring_afterwards_loses_one_of_two(by):
    """The negative control: both look while it is asked for, and the second one writes over the first."""
    row, looked = a_return(by), threading.Barrier(2)

    def naive(present):
        def act():
            waits = HeadcountReturn.objects.get(pk=row.pk).state == "asked"
            looked.wait(timeout=60)
            if waits:
                said = facts(present, kind=Kind.DECLARED, measure=Measure.EMPLOYEES, unit=Unit.PEOPLE)
                subjects = [(SubjectRole.PROJECT, row.project.subject)]
                record_figure(by=by, at=AT, facts=said, subjects=subjects)
                HeadcountReturn.objects.filter(pk=row.pk).update(state="declared", present=present, hired=0, left=0)

        return act

    at_once(naive(240), naive(999))
    assert Figure.objects.filter(links__subject=row.project.subject).count() == 2
