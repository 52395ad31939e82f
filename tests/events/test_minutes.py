"""Minutes of club meetings: written once, corrected with their past kept, approved; decisions become next steps."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.accounts.models import User
from moussem.actions.models import Action
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.events import EventFacts, add_event
from moussem.events.domain.minutes import (
    ApprovedAlready,
    Decided,
    MinutesWritten,
    NoMinutesKept,
    NothingWritten,
    approve_minutes,
    correct_minutes,
    write_minutes,
)
from moussem.events.enums import EventKind
from moussem.events.models import Decision, EarlierMinutes, Minutes
from tests.factories.accounts import AT, at_work, staff
from tests.factories.directory import an_event
from tests.pages import page, sent

MOST_QUERIES = 12


@pytest.fixture
def officer(oriental):
    return staff(oriental, "account_owner")


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def a_meeting(by, name="Réunion du club"):
    facts = EventFacts(kind=EventKind.CLUB_MEETING, name={"fr": name, "en": name})
    return add_event(by=by, at=AT, facts=facts)


@pytest.fixture
def meeting(editor):
    return a_meeting(editor)


def of(event, verb=""):
    return f"/p/oriental/events/{event.public_id}/minutes/{verb}"


def test_one_form_writes_the_minutes_and_opens_the_next_steps_linked_back_to_them(desk, officer, meeting):
    sent(
        desk, of(meeting, "write/"), text="Le club se réunit.", words_1="Visiter le site", owner_1=officer.public_id,
        due_1="2026-03-01", words_2="La séance est levée à midi", words_3="Écrire au partenaire", due_3="2026-04-01",
    )  # fmt: skip
    assert [one.words for one in Decision.objects.order_by("position")] == [
        "Visiter le site", "La séance est levée à midi", "Écrire au partenaire",
    ]  # fmt: skip
    first, second = Action.objects.order_by("pk")
    assert (first.words, first.owner, first.due_on) == ("Visiter le site", officer, date(2026, 3, 1))
    assert (second.owner, second.due_on, second.about) == (None, date(2026, 4, 1), meeting.subject)
    shown = page(desk, of(meeting))
    assert f"/actions/{first.public_id}/" in shown
    assert "rien à faire" in shown
    assert of(meeting) in page(desk, f"/p/oriental/actions/{first.public_id}/")
    assert Entry.objects.filter(verb="write_minutes", object_id=str(meeting.public_id)).count() == 1


def test_the_same_form_sent_twice_opens_each_next_step_once(desk, meeting):
    said = {"nonce": str(uuid7()), "text": "Dit.", "words_1": "Écrire", "due_1": "2026-04-01"}
    for _ in range(2):
        assert desk.post(of(meeting, "write/"), said).status_code == 302
    assert (Minutes.objects.count(), Action.objects.count()) == (1, 1)
    again = {**said, "nonce": str(uuid7()), "version": Minutes.objects.get().version}
    assert desk.post(of(meeting, "write/"), again).status_code == 302
    assert Action.objects.count() == 2  # the control: another form is another decision


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Écrivez ce qui a été dit"),
        ({"due_1": "2026-04-01"}, "Dites ce qui a été décidé"),
        ({"words_1": "Écrire", "due_1": "demain"}, "Saisissez une date valide"),
        ({"words_1": "x" * 301}, "300"),
        ({"words_1": "Écrire", "owner_1": "personne"}, "Sélectionnez un choix valide"),
    ],
)
def test_wrong_minutes_are_told_at_their_field_what_was_typed_stays_and_nothing_is_saved(
    desk, meeting, fields, sentence
):
    answer = sent(desk, of(meeting, "write/"), 422, **({"text": "Texte resté", "words_2": "Décision restée"} | fields))
    assert sentence in answer
    assert "Décision restée" in answer
    assert not Minutes.objects.exists()
    assert not Action.objects.exists()


def test_a_correction_keeps_how_it_read_before_and_takes_the_approval_back(desk, editor, meeting):
    minutes = write_minutes(by=editor, at=AT, event=meeting, text="Avant", decided=[Decided("Première décision")])
    approve_minutes(by=editor, at=AT, minutes=minutes, read_version=minutes.version)
    kept = Decision.objects.get()
    sent(
        desk, of(meeting, "write/"), text="Après", version=minutes.version,
        **{f"kept_{kept.pk}": "Décision redite"}, words_1="Seconde décision",
    )  # fmt: skip
    minutes.refresh_from_db()
    earlier = EarlierMinutes.objects.get()
    assert (minutes.text, minutes.approved_at) == ("Après", None)
    assert (earlier.text, earlier.decided, earlier.approved_at) == ("Avant", ["Première décision"], AT)
    assert [one.words for one in minutes.decisions.order_by("position")] == ["Décision redite", "Seconde décision"]
    shown = page(desk, of(meeting))
    assert "Avant" in shown
    assert "Première décision" in shown


def test_a_decision_on_record_is_said_otherwise_but_never_emptied(desk, editor, meeting):
    minutes = write_minutes(by=editor, at=AT, event=meeting, text="Dit", decided=[Decided("Tenue")])
    kept = Decision.objects.get()
    answer = sent(desk, of(meeting, "write/"), 422, text="Dit", version=minutes.version, **{f"kept_{kept.pk}": ""})
    assert "reste enregistrée" in answer
    assert Decision.objects.get().words == "Tenue"


def test_two_who_write_at_once_see_each_other_and_nothing_typed_is_lost(desk, editor, meeting):
    minutes = write_minutes(by=editor, at=AT, event=meeting, text="Les leurs", decided=[Decided("Leur décision")])
    answer = sent(desk, of(meeting, "write/"), 422, text="Les miennes", version="", words_1="Ma décision")
    assert "Les leurs" in answer
    assert "Les miennes" in answer
    assert "Ma décision" in answer
    assert f'value="{minutes.version}"' in answer
    minutes.refresh_from_db()
    assert minutes.text == "Les leurs"
    sent(desk, of(meeting, "write/"), text="Les miennes", version=minutes.version, words_1="Ma décision")
    assert [one.words for one in Decision.objects.order_by("position")] == ["Leur décision", "Ma décision"]


def test_the_verbs_refuse_the_second_and_the_stale_while_a_naive_write_would_overwrite(editor, meeting):
    minutes = write_minutes(by=editor, at=AT, event=meeting, text="Premier")
    with pytest.raises(MinutesWritten):
        write_minutes(by=editor, at=AT, event=meeting, text="Second")
    stale = Minutes.objects.get(pk=minutes.pk)
    correct_minutes(by=editor, at=AT, minutes=minutes, read_version=minutes.version, text="Corrigé")
    with pytest.raises(ChangedMeanwhile):
        correct_minutes(by=editor, at=AT, minutes=stale, read_version=stale.version, text="Écrasé")
    with pytest.raises(ChangedMeanwhile):
        approve_minutes(by=editor, at=AT, minutes=stale, read_version=stale.version)
    assert Minutes.objects.get().text == "Corrigé"
    assert EarlierMinutes.objects.count() == 1
    stale.text = "Écrasé"
    stale.save(update_fields=["text"])  # the control: without the version that was read, the second wins unseen
    assert Minutes.objects.get().text == "Écrasé"


def test_minutes_are_approved_once_and_only_as_they_were_read(desk, editor, meeting):
    minutes = write_minutes(by=editor, at=AT, event=meeting, text="Dit")
    for wrong in ("999", "", "x", "9" * 40):
        sent(desk, of(meeting, "approve/"), version=wrong)
    minutes.refresh_from_db()
    assert minutes.approved_at is None
    sent(desk, of(meeting, "approve/"), version=minutes.version)
    minutes.refresh_from_db()
    assert minutes.approved_at is not None
    with pytest.raises(ApprovedAlready):
        approve_minutes(by=editor, at=AT, minutes=minutes, read_version=minutes.version)


def test_minutes_are_kept_of_club_meetings_only_and_have_a_text(desk, editor, meeting):
    show = an_event(editor)
    with pytest.raises(NoMinutesKept):
        write_minutes(by=editor, at=AT, event=show, text="Dit")
    with pytest.raises(NothingWritten):
        write_minutes(by=editor, at=AT, event=meeting, text="  ")
    page(desk, of(show), 404)


def test_another_promoters_minutes_do_not_exist_and_a_reader_writes_none(
    desk, client, rival, oriental, editor, meeting
):
    theirs = a_meeting(rival, "Réunion d’ailleurs")
    write_minutes(by=rival, at=AT, event=theirs, text="Secret d’ailleurs")
    page(desk, of(theirs), 404)
    page(desk, of(theirs, "write/"), 404)
    sent(desk, of(theirs, "approve/"), 404, version=1)
    with pytest.raises(ForeignRow):
        write_minutes(by=editor, at=AT, event=theirs, text="Dit")
    with pytest.raises(NotAllowed):
        write_minutes(by=at_work(oriental, "observer"), at=AT, event=meeting, text="Dit")
    client.force_login(staff(oriental, "observer"))
    assert "Rédiger le compte rendu" not in page(client, of(meeting))
    page(client, of(meeting, "write/"), 403)


def test_the_page_of_minutes_asks_no_more_when_more_was_decided(desk, officer, editor, meeting):
    owner = User.objects.get(pk=officer.pk)
    minutes = write_minutes(by=editor, at=AT, event=meeting, text="Dit", decided=[Decided("Une", owner=owner)])
    page(desk, of(meeting))
    with CaptureQueriesContext(connection) as one:
        page(desk, of(meeting))
    more = [Decided(f"Décision {n}", owner=owner) for n in range(3)]
    correct_minutes(by=editor, at=AT, minutes=minutes, read_version=minutes.version, text="Dit", decided=more)
    with CaptureQueriesContext(connection) as many:
        page(desk, of(meeting))
    assert len(one) == len(many) <= MOST_QUERIES
    with CaptureQueriesContext(connection) as form:
        page(desk, of(meeting, "write/"))
    assert len(form) <= MOST_QUERIES
