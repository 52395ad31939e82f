"""The desk's agenda: the grid, its clashes in words, sessions moved by a form, versions, lists to print."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.events.domain.agendas import publish_agenda
from moussem.events.domain.events import take_part
from moussem.events.domain.sessions import cancel_session
from moussem.events.enums import PartKind
from moussem.events.models import AgendaVersion, Session
from moussem.guests.models import Registration, SpaceSeat
from tests.events.agendas import DAY, a_fair, a_session, a_space, hours, speaks
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.directory import a_person

DESK = "/p/oriental/events/"


@pytest.fixture
def desk(client, oriental):
    client.force_login(staff(oriental, "organiser"))
    return client


@pytest.fixture
def fair(editor):
    return a_fair(editor, publish=False)


def page(client, event, place="programme/", status=200, language="fr"):
    response = client.get(f"{DESK}{event.public_id}/{place}", headers={"accept-language": language})
    assert response.status_code == status, response.status_code
    return response.content.decode()


def sent(client, event, place, status=302, **fields):
    response = client.post(f"{DESK}{event.public_id}/{place}", {"nonce": str(uuid7()), **fields})
    assert response.status_code == status, (response.status_code, response.content.decode()[-2000:])
    return response if status == 302 else response.content.decode()


def test_the_grid_shows_sessions_by_space_and_hour_and_those_without_hours_apart(desk, editor, fair):
    hall, yard = a_space(editor, fair, "Salle A"), a_space(editor, fair, "Cour")
    talk = a_session(editor, fair, "Débat", "10:00", "11:00", hall, language="fr", interpretation=("en",))
    a_session(editor, fair, "Visite", space=yard)
    speaks(editor, talk, a_person(editor, "Amal Idrissi"), PartKind.MODERATOR)
    shown = page(desk, fair)
    field = f'<td rowspan="2" data-space="{hall.public_id}" data-on="2026-12-01" data-begins="10:00">'
    assert field in shown
    assert f'data-space="{yard.public_id}" data-on="2026-12-01" data-begins="17:30"' in shown
    for words in ("10:00–11:00", "Français, interprétation vers\u00a0: anglais", "Modération</span> Amal Idrissi"):
        assert words in shown
    assert shown.index("Sans horaire") < shown.index("Visite") < shown.index("Mardi 1er")
    assert "Agenda and spaces" in page(desk, fair, language="en")


def test_clashes_are_said_in_words_and_shown_at_their_sessions(desk, editor, fair):
    hall, yard = a_space(editor, fair, "Salle A", on_site=10), a_space(editor, fair, "Cour", on_site=5)
    one = a_session(editor, fair, "Un", "10:00", "11:00", hall, expected=11)
    two = a_session(editor, fair, "Deux", "10:30", "11:30", hall)
    three = a_session(editor, fair, "Trois", "10:00", "10:30", yard)
    ana = a_person(editor, "Amal Idrissi")
    for session in (one, three):
        speaks(editor, session, ana)
    for number in range(16):
        Registration.objects.create(
            promoter=fair.promoter, event=fair, person=a_person(editor, f"Invité {number}"), mode="on_site",
            origin="invitation", registered_at=AT,
        )  # fmt: skip
    shown = page(desk, fair)
    for sentence in (
        "6 conflits",
        "Amal Idrissi intervient dans «\u00a0Un\u00a0» et dans «\u00a0Trois\u00a0», qui ont lieu en même temps.",
        "«\u00a0Un\u00a0» et «\u00a0Deux\u00a0» ont lieu en même temps dans le même espace\u00a0: Salle A.",
        "«\u00a0Un\u00a0» attend 11 personnes\u00a0; Salle A a 10 places.",
        "16 invités sont inscrits sur site\u00a0; les espaces occupés à ce moment (10:00–11:00) ont 15 places en tout.",
    ):
        assert sentence in shown, sentence
    assert shown.count('m-agenda-clash"') == 3
    for session in (two, three):
        cancel_session(by=editor, at=AT, session=session)
    assert "Amal Idrissi intervient" not in page(desk, fair)


def test_a_session_is_moved_by_a_plain_form_and_told_in_the_ledger(desk, editor, fair):
    hall = a_space(editor, fair, "Salle A")
    session = a_session(editor, fair, "Débat", "10:00", "11:00")
    place = f"sessions/{session.public_id}/move/"
    assert "Actuellement\u00a0: 1er\u00a0décembre 2026, 10:00–11:00, espace non indiqué." in page(desk, fair, place)
    fields = {"version": session.version, "space": hall.public_id, "on": "2026-12-01", "begins": "14:00"}
    answer = sent(desk, fair, place, **fields, ends="15:30")
    assert answer["Location"].endswith(f"/programme/#session-{session.public_id}")
    assert "a été déplacée\u00a0: 1er\u00a0décembre 2026, 14:00–15:30, Salle A." in page(desk, fair)
    entry = Entry.objects.get(verb="move_session")
    assert entry.payload.before["local_time"] == "2026-12-01T10:00"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"begins": "15:00", "ends": "14:00"}, "se termine avant"),
        ({"begins": "", "ends": "14:00"}, "Indiquez aussi"),
        ({"on": "", "begins": "15:00"}, "Indiquez aussi le jour"),
        ({"space": "0190dead-0000-7000-8000-000000000000"}, "Sélectionnez un choix valide"),
        ({"begins": "26:00"}, "heure valide"),
        ({"version": "x"}, "nombre entier"),
    ],
)
def test_a_wrong_move_gets_the_sentence_and_moves_nothing(desk, editor, fair, fields, sentence):
    session = a_session(editor, fair, "Débat", "10:00", "11:00")
    asked = {"version": session.version, "space": "", "on": "2026-12-01", "begins": "14:00", "ends": ""} | fields
    assert sentence in sent(desk, fair, f"sessions/{session.public_id}/move/", 422, **asked)
    session.refresh_from_db()
    assert session.local_time == "2026-12-01T10:00"


def test_who_moves_second_sees_where_the_other_one_put_it(desk, editor, fair):
    session = a_session(editor, fair, "Débat", "10:00", "11:00")
    place = f"sessions/{session.public_id}/move/"
    asked = {"version": session.version, "space": "", "on": "2026-12-01"}
    sent(desk, fair, place, **asked, begins="14:00", ends="15:00")
    answer = sent(desk, fair, place, 422, **asked, begins="16:00", ends="17:00")
    assert "14:00" in answer
    assert 'value="16:00"' in answer
    session.refresh_from_db()
    assert session.local_time == "2026-12-01T14:00"


def test_another_events_or_promoters_session_is_a_404(desk, editor, fair):
    theirs = a_fair(at_work(a_promoter("autre"), "organiser"))
    foreign = a_session(at_work(theirs.promoter, "organiser"), theirs, "Débat", "10:00")
    mine = a_session(editor, a_fair(editor), "Débat", "10:00")
    for session in (foreign, mine):
        for act in ("move", "cancel", "hold"):
            sent(desk, fair, f"sessions/{session.public_id}/{act}/", 404, version=1)
    page(desk, fair, f"programme/lists/?space={uuid7()}", 404)
    page(desk, fair, "programme/lists/?space=x", 404)
    assert not Session.objects.filter(cancelled_at__isnull=False).exists()


def test_the_draft_says_how_it_differs_until_it_is_published(desk, editor, fair):
    session = a_session(editor, fair, "Débat", "10:00", "11:00")
    speaks(editor, session, a_person(editor, "Cachée", publish=False))
    shown = page(desk, fair)
    assert "Pas encore publié" in shown
    assert "Absents du programme publié, car ils ne sont pas publics\u00a0: Cachée." in shown
    sent(desk, fair, "programme/publish/")
    shown = page(desk, fair)
    assert "La version 1 du programme est prête" in shown
    assert "Le programme ci-dessous est celui qui est publié" in shown
    sent(desk, fair, f"sessions/{session.public_id}/cancel/")
    shown = page(desk, fair)
    assert "compte 1 changement par rapport à la version publiée" in shown
    assert "Annulation" in shown
    sent(desk, fair, f"sessions/{session.public_id}/hold/")
    assert "celui qui est publié" in page(desk, fair)


def test_a_draft_that_changed_since_it_was_looked_at_is_not_published(desk, editor, fair):
    a_session(editor, fair, "Débat", "10:00", "11:00")
    sent(desk, fair, "programme/publish/", draft="0" * 64)
    assert "a modifié le programme entre-temps" in page(desk, fair)
    assert not AgendaVersion.objects.exists()
    sent(desk, fair, "programme/publish/")
    sent(desk, fair, "programme/publish/")
    assert "Rien n’a changé" in page(desk, fair)


def test_every_version_stays_to_be_read_with_what_changed(desk, editor, fair):
    a_session(editor, fair, "Débat", "10:00", "11:00")
    assert "Aucune version" in page(desk, fair, "programme/versions/")
    publish_agenda(by=editor, at=AT, event=fair)
    a_session(editor, fair, "Clôture", "17:00")
    publish_agenda(by=editor, at=AT + timedelta(days=1), event=fair)
    shown = page(desk, fair, "programme/versions/")
    assert shown.index("Version 2") < shown.index("Clôture") < shown.index("Version 1")
    assert "La première version publiée" in shown


def test_a_list_hangs_at_the_door_of_each_space_and_guests_are_listed_by_mode(desk, editor, fair):
    hall = a_space(editor, fair, "Salle A", on_site=40)
    a_space(editor, fair, "Patio")
    talk = a_session(editor, fair, "Débat", "10:00", "11:00", hall)
    speaks(editor, talk, a_person(editor, "Amal Idrissi"))
    a_session(editor, fair, "Visite")
    for name, mode in (("Invitée Une", "on_site"), ("Invité Deux", "online")):
        Registration.objects.create(
            promoter=fair.promoter, event=fair, person=a_person(editor, name), mode=mode, origin="invitation",
            registered_at=AT,
        )  # fmt: skip
    here = Registration.objects.get(mode="on_site")
    SpaceSeat.objects.create(promoter=fair.promoter, event=fair, space=hall, registration=here, taken_at=AT)
    shown = page(desk, fair, "programme/lists/")
    order = ["<h2", "Salle A", "Débat", "Amal Idrissi (Intervention)", "Patio", "Visite", "Sur site",
             "Invitée Une", "En ligne", "Invité Deux", "Invités inscrits · Salle A", "Invitée Une"]  # fmt: skip
    at = 0
    for words in order:
        at = shown.index(words, at)
    alone = page(desk, fair, f"programme/lists/?space={hall.public_id}")
    assert "Débat" in alone
    for words in ("Patio", "Visite", "Invitée Une"):
        assert words not in alone


def test_people_of_a_session_are_taken_out_on_its_page(desk, editor, fair):
    session = a_session(editor, fair, "Débat", "10:00", "11:00")
    part = speaks(editor, session, a_person(editor, "Amal Idrissi"))
    assert "Amal Idrissi" in page(desk, fair, f"sessions/{session.public_id}/")
    sent(desk, fair, f"parts/{part.public_id}/drop/")
    assert "Amal Idrissi" not in page(desk, fair, f"sessions/{session.public_id}/")


def test_a_session_is_not_interpreted_into_the_language_that_is_spoken(desk, editor, fair):
    fields = {"title": "Débat", "language": "fr", "interpretation": ["fr", "en"]}
    assert "n’y est pas interprétée" in sent(desk, fair, "sessions/new/", 422, **fields)
    sent(desk, fair, "sessions/new/", title="Débat", language="fr", interpretation=["en", "ar"], expected="12")
    session = Session.objects.get()
    assert (session.interpretation, session.expected) == (["en", "ar"], 12)
    read = {"title": "Débat", "version": session.version, "language": "fr"}
    sent(desk, fair, f"sessions/{session.public_id}/", **read, interpretation=["en"])
    answer = sent(desk, fair, f"sessions/{session.public_id}/", 422, **read, interpretation=["es", "ar"])
    assert "<span>anglais</span>" in answer
    assert "<span>arabe, espagnol</span>" in answer


def test_an_observer_reads_the_agenda_and_moves_nothing(client, oriental, editor, fair):
    session = a_session(editor, fair, "Débat", "10:00", "11:00", a_space(editor, fair))
    client.force_login(staff(oriental, "observer"))
    shown = page(client, fair)
    assert "Débat" in shown
    for words in ("Déplacer", "Publier le programme", "agenda.js", "data-move"):
        assert words not in shown
    for place in (f"sessions/{session.public_id}/move/", "programme/publish/", f"sessions/{session.public_id}/cancel/"):
        sent(client, fair, place, 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_of_the_agenda_ask_the_same_number_of_queries(desk, editor, fair, rows):
    for number in range(rows):
        space = a_space(editor, fair, f"Salle {number}", on_site=1)
        session = a_session(editor, fair, f"Séance {number}", "10:00", "11:00", space)
        person = a_person(editor, f"Personne {number}")
        speaks(editor, session, person)
        take_part(by=editor, at=AT, event=fair, kind=PartKind.HOST, person=person)
        publish_agenda(by=editor, at=AT, event=fair)
        a_session(editor, fair, f"Ajout {number}", "10:00", "11:00", space, on=DAY)
    asked = {}
    for place in ("programme/", "programme/versions/", "programme/lists/", f"sessions/{session.public_id}/move/"):
        with CaptureQueriesContext(connection) as captured:
            page(desk, fair, place)
        asked[place.rpartition("/")[0].rpartition("/")[2]] = len(captured)
    assert asked == {"programme": 9, "versions": 5, "lists": 8, "move": 7}


def test_hours_of_the_event_s_zone_are_kept_when_a_session_is_moved(editor, fair):
    session = a_session(editor, fair, "Débat", "10:00")
    assert (session.zone, session.starts_at.isoformat()) == ("Africa/Casablanca", "2026-12-01T09:00:00+00:00")
    assert hours("10:00").ends is None
