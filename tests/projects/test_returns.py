"""Headcount returns: asked, declared by link or account, refused with a reason, corrected, checked, verified."""

from dataclasses import replace
from datetime import date

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.core.actor import ANONYMOUS, Actor
from moussem.directory.domain.organisations import establish
from moussem.engines.values import period as periods
from moussem.evidence.models import Figure
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from moussem.projects.domain import returns
from moussem.projects.domain.asking import AlreadyAskedFor, NoEstablishment, PeriodNotStated, ask_return
from moussem.projects.domain.passages import SamePerson
from moussem.projects.domain.projects import ProjectFacts, open_project
from moussem.projects.domain.queries.returns import missing_returns, returns_to_verify
from moussem.projects.domain.returns import (
    AlreadyDeclared,
    BeforeOpening,
    EvidenceMissing,
    MoreHiredThanStay,
    MoreLeftThanWere,
    NobodyIndependent,
    NotDeclared,
    NotYours,
    Numbers,
    check_return,
    correct_return,
    declare_return,
    verify_return,
)
from moussem.projects.enums import ReturnState
from moussem.projects.models import HeadcountReturn
from tests.factories.accounts import AT, at_work
from tests.factories.directory import a_place, an_organisation
from tests.factories.projects import DUE, QUARTER, a_declared_return, a_project, a_return, by_its_link

NEXT = periods.quarter(2026, 1)


def declare(row, *numbers, by=None):
    return declare_return(by=by or by_its_link(row), at=AT, row=row, numbers=Numbers(*numbers))


def operator_of(row):
    return Actor(
        kind="user", id="op", label="operator", organisation_pks=frozenset({row.establishment.organisation_id})
    )


def test_a_return_is_asked_for_with_a_link_and_a_letter_and_waits(editor):
    row = a_return(editor, to="rh@operateur.example")
    message = Message.objects.get()
    letter = template(message.template).render(message)
    assert (row.state, row.link.purpose, row.present) == (ReturnState.ASKED, "declare", None)
    assert "/l/" in letter.text
    assert str(row.link.public_id) not in str(message.arguments)
    assert row.project.refresh_from_db() is None
    assert row.project.establishment == row.establishment


def test_a_period_is_asked_for_once(editor):
    project = a_project(editor)
    a_return(editor, project)
    with pytest.raises(AlreadyAskedFor):
        a_return(editor, project)
    with pytest.raises(PeriodNotStated):
        a_return(editor, project, period=periods.open_ended("à terme"))


def test_nobody_is_asked_where_nobody_is_known_to_work(editor):
    project = open_project(by=editor, at=AT, facts=ProjectFacts(name={"fr": "Centre"}))
    with pytest.raises(NoEstablishment):
        a_return(editor, project)


def test_three_numbers_by_link_become_a_declared_figure_that_nobody_published(editor):
    row = a_declared_return(editor, numbers=(240, 60, 20))
    staff, recruits = Figure.objects.order_by("pk")
    assert (row.state, row.declared_by) == (ReturnState.DECLARED, row.link.person_label)
    assert (staff.measure, staff.kind, staff.value, staff.period.end) == ("employees", "declared", 240, QUARTER.end)
    assert (recruits.measure, recruits.value, recruits.period) == ("recruits", 60, QUARTER)
    assert row.figure == staff
    assert not Figure.objects.visible_to(ANONYMOUS).exists()
    assert {link.role for link in staff.links.all()} == {"holder", "place", "project"}


def test_a_return_is_declared_once(editor):
    row = a_return(editor)
    seen_by_both = [HeadcountReturn.objects.get(pk=row.pk) for _ in range(2)]
    declare(seen_by_both[0], 240, 60, 20)
    with pytest.raises(AlreadyDeclared):
        declare(seen_by_both[1], 999, 0, 0)
    assert HeadcountReturn.objects.get().present == 240
    assert Figure.objects.filter(measure="employees").count() == 1


def test_more_leavers_than_staff_are_refused_and_as_many_are_not(editor):
    project = a_project(editor)
    a_declared_return(editor, project, numbers=(100, 100, 0))
    row = a_return(editor, project, period=NEXT)
    with pytest.raises(MoreLeftThanWere) as refused:
        declare(row, 0, 10, 111)
    assert refused.value.most == 110
    declare(row, 0, 10, 110)


def test_more_recruits_than_stay_or_left_are_refused_and_as_many_are_not(editor):
    row = a_return(editor)
    with pytest.raises(MoreHiredThanStay):
        declare(row, 50, 61, 10)
    declare(row, 50, 60, 10)


def test_before_the_opening_nothing_is_declared(editor):
    firm = an_organisation(editor)
    site = establish(by=editor, at=AT, organisation=firm, place=a_place(editor), period=periods.year(2026))
    row = ask_return(by=editor, at=AT, establishment=site, period=QUARTER, due_on=DUE)
    with pytest.raises(BeforeOpening):
        declare(row, 10, 10, 0)
    declare(ask_return(by=editor, at=AT, establishment=site, period=NEXT, due_on=DUE), 10, 10, 0)


def test_nobody_declares_for_anothers_establishment(editor, rival):
    row, other = a_return(editor), a_return(editor, a_project(editor, "Rival"))
    for stranger in (by_its_link(other), operator_of(other), rival, ANONYMOUS):
        with pytest.raises(NotYours):
            declare(row, 1, 1, 0, by=stranger)
        assert not HeadcountReturn.objects.visible_to(stranger).filter(pk=row.pk).exists()
    declare(row, 1, 1, 0, by=operator_of(row))


def test_without_asking_whose_establishment_it_is_a_rival_would_declare(editor, monkeypatch):
    """The negative control."""
    row, other = a_return(editor), a_return(editor, a_project(editor, "Rival"))
    monkeypatch.setattr(returns, "_require_reach", lambda by, row: None)
    assert declare(row, 1, 1, 0, by=operator_of(other)).present == 1


def test_a_correction_is_a_new_row_that_takes_the_link_and_the_old_one_stays(editor):
    row = a_declared_return(editor)
    link = row.link
    new = correct_return(
        by=by_its_link(row), at=AT, row=row, numbers=Numbers(230, 60, 30), reason="Dix départs oubliés"
    )
    assert (row.state, row.present, row.replaced_by, row.link) == (ReturnState.CORRECTED, 240, new, None)
    assert (new.state, new.present, new.link) == (ReturnState.DECLARED, 230, link)
    current = Figure.objects.current().get(measure="employees")
    assert (current.value, current.replaces.value) == (230, 240)
    assert Figure.objects.current().get(measure="recruits").value == 60
    with pytest.raises(AlreadyDeclared):
        correct_return(by=editor, at=AT, row=row, numbers=Numbers(1, 1, 0), reason="encore")


def test_nothing_is_corrected_or_verified_before_it_is_declared(editor, second):
    row = a_return(editor)
    with pytest.raises(NotDeclared):
        correct_return(by=editor, at=AT, row=row, numbers=Numbers(1, 1, 0), reason="x")
    with pytest.raises(NotDeclared):
        check_return(by=second, at=AT, row=row)


def test_two_people_of_the_promoter_alone_check_and_verify_nothing(editor, second):
    row = a_return(editor)
    declare(row, 240, 60, 20, by=editor)
    with pytest.raises(SamePerson):
        check_return(by=editor, at=AT, row=row)
    check_return(by=second, at=AT, row=row)
    assert (row.state, row.verified_figure) == (ReturnState.CHECKED, None)
    assert not Figure.objects.filter(kind="verified").exists()


def test_a_verified_figure_names_its_body_and_may_be_below_the_declared_one(editor, second):
    row = a_declared_return(editor)
    body = an_organisation(editor, "Caisse de sécurité sociale")
    with pytest.raises(EvidenceMissing):
        verify_return(by=second, at=AT, row=row, body=body, present=201, evidence_words="")
    verify_return(by=second, at=AT, row=row, body=body, present=201, evidence_words="Attestation du 5 janvier")
    figure = row.verified_figure
    assert (row.state, figure.kind, figure.value, figure.verified_by) == ("verified", "verified", 201, body.subject)
    assert row.figure.value == 240
    with pytest.raises(NotDeclared):
        verify_return(by=second, at=AT, row=row, body=body, present=1, evidence_words="encore")


def test_neither_the_operator_nor_the_promoter_is_a_verifying_body(editor, second, oriental):
    row = a_declared_return(editor)
    for body in (row.establishment.organisation, an_organisation(editor, oriental.name)):
        with pytest.raises(NobodyIndependent):
            verify_return(by=second, at=AT, row=row, body=body, present=1, evidence_words="x")
    assert not Figure.objects.filter(kind="verified").exists()


def test_a_missing_return_is_shown_the_day_after_it_was_due(editor, second):
    late = a_return(editor)
    future = a_return(editor, a_project(editor, "Autre"))
    HeadcountReturn.objects.filter(pk=future.pk).update(due_on=date(2999, 1, 1))
    assert list(missing_returns(editor)) == [late]
    declare(late, 1, 1, 0)
    assert not missing_returns(editor).exists()
    assert list(returns_to_verify(second)) == [late]


def test_a_rival_promoter_and_a_program_verify_nothing(editor, rival, oriental):
    row = a_declared_return(editor)
    body = an_organisation(editor, "Caisse")
    with pytest.raises(ForeignRow):
        verify_return(by=rival, at=AT, row=row, body=body, present=1, evidence_words="x")
    for program in (replace(at_work(oriental, "organiser"), kind="token"), at_work(oriental, "observer")):
        with pytest.raises(NotAllowed):
            verify_return(by=program, at=AT, row=row, body=body, present=1, evidence_words="x")
