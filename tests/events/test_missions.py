"""Missions: who travels and who leads, whom they met, and what came of each visit."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.actions.models import Action
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.events import EventFacts, add_event, add_session, take_part
from moussem.events.domain.minutes import Decided
from moussem.events.domain.missions import (
    HeadNamed,
    NoDelegationTravels,
    NothingNoted,
    NotOfTheProgramme,
    OutcomeNoted,
    join_delegation,
    report_outcome,
)
from moussem.events.enums import EventKind, PartKind
from moussem.events.models import Outcome, Part
from tests.factories.accounts import AT, at_work, staff
from tests.factories.directory import a_person, an_event, an_organisation
from tests.pages import page, sent

MOST_QUERIES = 12


@pytest.fixture
def officer(oriental):
    return staff(oriental, "account_owner")


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def a_mission(by, name="Mission d’exemple"):
    return add_event(by=by, at=AT, facts=EventFacts(kind=EventKind.MISSION, name={"fr": name, "en": name}))


def a_visit(by, event, title="Visite du parc"):
    return add_session(by=by, at=AT, event=event, title={"fr": title, "en": title})


@pytest.fixture
def mission(editor):
    return a_mission(editor)


def of(event, verb=""):
    return f"/p/oriental/events/{event.public_id}/report/{verb}"


def test_a_mission_without_a_word_says_not_stated_and_claims_nothing(desk, mission):
    shown = page(desk, of(mission))
    assert shown.count("non indiqué") >= 3
    assert "Pas encore de visite" in shown


def test_the_report_names_head_delegates_hosts_and_whom_they_met(desk, editor, mission):
    a_person(editor, "Cheffe d’exemple")
    host = an_organisation(editor, "Aménageur d’exemple")
    visit = a_visit(editor, mission)
    take_part(by=editor, at=AT, event=mission, kind=PartKind.HOST, session=visit, organisation=host)
    sent(desk, of(mission, "delegation/"), kind="head", person="Cheffe d’exemple", role_fr="Présidente")
    sent(desk, of(mission, "delegation/"), kind="met", organisation="Aménageur d’exemple")
    shown = page(desk, of(mission))
    for words in ("Chef de la délégation", "Cheffe d’exemple", "Présidente", "Rencontré sur place", "Visite du parc"):
        assert words in shown
    assert Part.objects.get(kind="head").words == {"fr": "Présidente", "en": "Présidente"}


def test_a_delegation_has_one_head_and_only_a_mission_has_a_delegation(desk, editor, mission):
    first, second = a_person(editor, "Première"), a_person(editor, "Seconde")
    join_delegation(by=editor, at=AT, event=mission, kind=PartKind.HEAD, person=first)
    with pytest.raises(HeadNamed):
        join_delegation(by=editor, at=AT, event=mission, kind=PartKind.HEAD, person=second)
    answer = sent(desk, of(mission, "delegation/"), 422, kind="head", person="Seconde", role_fr="Rôle resté")
    assert "a déjà un chef" in answer
    assert "Rôle resté" in answer
    take_part(by=editor, at=AT, event=mission, kind=PartKind.HEAD, person=second)
    assert Part.objects.filter(kind="head").count() == 2  # the control: without the rule there are two
    with pytest.raises(NoDelegationTravels):
        join_delegation(by=editor, at=AT, event=an_event(editor), kind=PartKind.DELEGATE, person=first)


def test_what_came_of_a_visit_opens_next_steps_that_lead_back(desk, officer, editor, mission):
    visit = a_visit(editor, mission)
    sent(
        desk, of(mission, f"sessions/{visit.public_id}/"), text="Deux plateaux proposés.",
        words_1="Envoyer le calendrier", owner_1=officer.public_id, due_1="2026-03-01",
    )  # fmt: skip
    outcome, action = Outcome.objects.get(), Action.objects.get()
    assert (outcome.session, list(outcome.steps.all())) == (visit, [action])
    assert (action.owner, action.due_on, action.about) == (officer, date(2026, 3, 1), mission.subject)
    shown = page(desk, of(mission))
    assert "Deux plateaux proposés." in shown
    assert f"/actions/{action.public_id}/" in shown
    assert of(mission) in page(desk, f"/p/oriental/actions/{action.public_id}/")
    assert Entry.objects.filter(verb="report_outcome", object_id=str(mission.public_id)).count() == 1


def test_the_same_form_sent_twice_notes_it_once(desk, editor, mission):
    said = {"nonce": str(uuid7()), "text": "Dit.", "words_1": "Écrire", "due_1": "2026-04-01"}
    for _ in range(2):
        assert desk.post(of(mission, "outcome/"), said).status_code == 302
    assert (Outcome.objects.count(), Action.objects.count()) == (1, 1)
    again = {**said, "nonce": str(uuid7()), "version": Outcome.objects.get().version}
    assert desk.post(of(mission, "outcome/"), again).status_code == 302
    assert Action.objects.count() == 2  # the control: another form asks for another step


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Dites ce qui en est sorti"),
        ({"due_1": "2026-04-01"}, "Dites ce qui a été décidé"),
        ({"words_1": "Écrire", "due_1": "demain"}, "Saisissez une date valide"),
    ],
)
def test_a_wrong_outcome_is_told_at_its_field_and_nothing_is_saved(desk, mission, fields, sentence):
    answer = sent(desk, of(mission, "outcome/"), 422, **({"text": "Texte resté", "words_2": "Étape restée"} | fields))
    assert sentence in answer
    assert "Étape restée" in answer
    assert not Outcome.objects.exists()
    assert not Action.objects.exists()


def test_two_who_report_at_once_see_each_other_and_nothing_typed_is_lost(desk, editor, mission):
    outcome = report_outcome(by=editor, at=AT, event=mission, words="Les leurs")
    answer = sent(desk, of(mission, "outcome/"), 422, text="Les miens", version="")
    assert "Les leurs" in answer
    assert "Les miens" in answer
    sent(desk, of(mission, "outcome/"), text="Les miens", version=outcome.version)
    outcome.refresh_from_db()
    assert outcome.words == "Les miens"
    with pytest.raises(OutcomeNoted):
        report_outcome(by=editor, at=AT, event=mission, words="Encore")
    with pytest.raises(ChangedMeanwhile):
        report_outcome(by=editor, at=AT, event=mission, words="Vieux", read_version=outcome.version - 1)
    assert Entry.objects.filter(verb="correct_outcome").count() == 1


def test_the_verb_refuses_visits_of_another_mission_silence_and_strangers(editor, rival, oriental, mission):
    other = a_visit(editor, a_mission(editor, "Autre mission"))
    with pytest.raises(NotOfTheProgramme):
        report_outcome(by=editor, at=AT, event=mission, session=other, words="Dit")
    with pytest.raises(NothingNoted):
        report_outcome(by=editor, at=AT, event=mission, words="  ")
    with pytest.raises(ForeignRow):
        report_outcome(by=rival, at=AT, event=mission, words="Dit")
    with pytest.raises(NotAllowed):
        report_outcome(by=at_work(oriental, "observer"), at=AT, event=mission, words="Dit")
    assert not Outcome.objects.exists()


def test_another_promoters_mission_does_not_exist(desk, rival, editor, mission):
    theirs = a_mission(rival, "Mission d’ailleurs")
    visit = a_visit(rival, theirs)
    for verb in ("", "delegation/", "outcome/", f"sessions/{visit.public_id}/"):
        page(desk, of(theirs, verb), 404)
    page(desk, of(mission, f"sessions/{visit.public_id}/"), 404)
    page(desk, of(an_event(editor)), 404)


def test_a_mission_is_reported_on_in_few_queries_however_long_it_is(desk, editor, mission):
    for n in range(4):
        visit = a_visit(editor, mission, f"Visite {n}")
        if n == 1:
            page(desk, of(mission))
            with CaptureQueriesContext(connection) as one:
                page(desk, of(mission))
        steps = [Decided(f"Étape {n}", due_on=date(2026, 3, 1))]
        report_outcome(by=editor, at=AT, event=mission, session=visit, words="Dit", decided=steps)
    with CaptureQueriesContext(connection) as many:
        page(desk, of(mission))
    assert len(many) == len(one) <= MOST_QUERIES
