"""Objecting to standing on a target list: off it, kept, honoured by every way back, and what was judged is erased."""

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry, Payload
from moussem.core.queue import run_due_jobs
from moussem.directory.domain.people import record_consent
from moussem.directory.enums import ConsentPurpose
from moussem.directory.models import Consent
from moussem.guests.domain.answers import Answer, Colleague, answer
from moussem.guests.domain.criteria import Draft, add_criterion
from moussem.guests.domain.invitations import PersonObjects, invite
from moussem.guests.domain.judging import answer_criteria, judge_list
from moussem.guests.domain.objections import object_to_list
from moussem.guests.domain.prequalification import prequalify
from moussem.guests.domain.queries.proposals import propose
from moussem.guests.domain.targets import Objected, add_target, drop_target
from moussem.guests.enums import CriterionField, PrequalificationQuestion, Verdict
from moussem.guests.models import Criterion, Judgement, Prequalification, Registration, Standing, Target
from tests.factories.accounts import AT, at_work
from tests.factories.guests import a_target, an_invitation, answered, guest_of
from tests.factories.sheets import a_workbook
from tests.guests.conftest import a_gathering
from tests.guests.test_from_files import a_list, taken


def judged(editor, event, name="Amal Idrissi", **known):
    """An invited guest about whom the team knows something, with a seat."""
    draft = Draft(CriterionField.QUESTION, 20, question="A un projet ?")
    row = Criterion.objects.first() or add_criterion(by=editor, at=AT, event=event, draft=draft)
    invitation = an_invitation(editor, event, name, reasons="Dirige une équipe", **known)
    target = invitation.target
    said = {row: (Verdict.YES, "dit au téléphone")}
    answer_criteria(by=editor, at=AT, target=target, read_version=target.version, said=said)
    asked = {PrequalificationQuestion.NEED: (Verdict.YES, "120 postes")}
    prequalify(by=editor, at=AT, target=target, read_version=target.version, said=asked)
    answered(invitation, "on_site")
    return invitation


def objects(invitation, words="", by=None):
    target = Target.objects.select_related("event", "person").get(pk=invitation.target_id)
    return object_to_list(by=by or guest_of(invitation), at=AT, target=target, words=words)


def kept_about(target):
    return [table.objects.filter(target=target).count() for table in (Standing, Judgement, Prequalification)]


def test_who_objects_is_off_the_list_gives_the_seat_back_and_nothing_judged_is_kept(editor, event):
    invitation = judged(editor, event)
    assert kept_about(invitation.target) == [1, 1, 1]
    target = objects(invitation, "Ne me contactez plus")
    assert (target.objected_at, target.dropped_at, target.objection) == (AT, AT, "Ne me contactez plus")
    assert target.reasons == ""
    assert kept_about(target) == [0, 0, 0]
    invitation.refresh_from_db()
    assert invitation.state == "declined"
    assert not Registration.objects.filter(cancelled_at=None).exists()
    consent = Consent.objects.get(purpose=ConsentPurpose.INVITATIONS)
    assert (consent.given, consent.person) == (False, target.person)
    acts = ("add_target", "answer_criterion", "prequalify")
    told = Entry.objects.filter(object_id=str(target.public_id), verb__in=acts)
    payloads = Payload.objects.filter(entry__in=told)
    assert payloads.count() == 3
    assert not payloads.filter(erased_at=None).exists()


def test_objecting_twice_has_one_effect(editor, event):
    invitation = judged(editor, event)
    objects(invitation, "une fois"), objects(invitation, "deux fois")
    assert Target.objects.get().objection == "une fois"
    assert Consent.objects.count() == 1
    assert Entry.objects.filter(verb="object_to_list").count() == 1


def test_no_way_leads_back_while_the_objection_stands(editor, event):
    invitation = judged(editor, event, email="a@test.example")
    person = objects(invitation).person
    with pytest.raises(Objected):
        add_target(by=editor, at=AT, event=event, person=person)
    with pytest.raises(Objected):
        add_target(by=editor, at=AT, event=a_gathering(editor), person=person)
    with pytest.raises(PersonObjects):
        invite(by=editor, at=AT, target=Target.objects.get(person=person))
    row = [("Amal Idrissi", "Maison Amal Idrissi", "DSI", "a@test.example", "")]
    taken(editor, event, a_list(editor, event, a_workbook(row)))
    other = a_gathering(editor)
    taken(editor, other, a_list(editor, other, a_workbook(row)))
    run_due_jobs()
    assert not Target.objects.filter(person=person, dropped_at=None).exists()
    host = an_invitation(editor, event, "Hôte", email="h@test.example")
    answer(by=guest_of(host), at=AT, invitation=host, said=Answer(colleague=Colleague("Amal", "a@test.example")))
    assert not Target.objects.filter(person=person, dropped_at=None).exists()
    judge_list(by=editor, at=AT, event=event)
    assert not Standing.objects.filter(target__person=person).exists()
    assert person not in [
        one.person for one in propose(editor, event, list(Criterion.objects.all()), on=AT.date()).people
    ]


def test_without_the_objection_each_of_these_ways_leads_back(editor, event):
    """The control: who was only taken off the list comes back by a file and by hand."""
    target = a_target(editor, event, email="a@test.example")
    drop_target(by=editor, at=AT, target=target)
    row = [("Amal Idrissi", "Maison Amal Idrissi", "DSI", "a@test.example", "")]
    taken(editor, event, a_list(editor, event, a_workbook(row)))
    assert Target.objects.filter(person=target.person, dropped_at=None).exists()
    target.refresh_from_db()
    drop_target(by=editor, at=AT, target=target)
    assert add_target(by=editor, at=AT, event=event, person=target.person).dropped_at is None


def test_who_agrees_again_may_be_put_on_a_list_again(editor, event):
    target = objects(judged(editor, event))
    later = AT.replace(year=AT.year + 1)
    record_consent(
        by=editor, at=later, person=target.person, purpose=ConsentPurpose.INVITATIONS, given=True, said_at=later,
        proof="courriel",
    )  # fmt: skip
    back = add_target(by=editor, at=later, event=event, person=target.person)
    assert (back.dropped_at, back.objected_at) == (None, None)


def test_other_lists_on_which_they_are_not_invited_let_them_go_too(editor, event):
    invitation = judged(editor, event)
    waiting = add_target(by=editor, at=AT, event=a_gathering(editor), person=invitation.person)
    asked = invite(
        by=editor, at=AT, target=add_target(by=editor, at=AT, event=a_gathering(editor), person=invitation.person)
    )
    objects(invitation)
    waiting.refresh_from_db()
    asked.target.refresh_from_db()
    assert waiting.dropped_at == AT
    assert asked.target.dropped_at is None


def test_only_the_person_and_the_team_object(oriental, editor, rival, event):
    invitation, other = judged(editor, event), an_invitation(editor, event, "Autre")
    for stranger, refusal in (
        (guest_of(other), NotAllowed), (at_work(oriental, "juror"), NotAllowed),
        (at_work(oriental, "fund_officer"), NotAllowed), (rival, ForeignRow),
    ):  # fmt: skip
        with pytest.raises(refusal):
            objects(invitation, by=stranger)
    assert objects(invitation, by=editor).objected_at == AT


def test_the_link_of_one_guest_reads_nothing_of_another(editor, event):
    invitation, other = judged(editor, event), judged(editor, event, "Autre")
    for table in (Standing, Judgement, Prequalification):
        assert [row.target for row in table.objects.visible_to(guest_of(invitation))] == [invitation.target]
        assert other.target not in [row.target for row in table.objects.visible_to(guest_of(invitation))]
    assert not Criterion.objects.visible_to(guest_of(invitation)).exists()
