"""Published agendas: frozen versions, what changed between them, feeds, and that the public never meets a draft."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.actor import ANONYMOUS
from moussem.directory.models import Person
from moussem.events.domain.agendas import DraftChanged, NothingChanged, draft_of, publish_agenda, rows_of
from moussem.events.domain.events import EventFacts
from moussem.events.domain.planning import (
    SessionFacts,
    SpaceFacts,
    correct_event,
    correct_session,
    correct_space,
    drop_part,
    unpublish_event,
)
from moussem.events.domain.sessions import SpaceOfAnotherEvent, cancel_session, hold_session, move_session
from moussem.events.enums import EventKind, FragmentForm, SpaceKind
from moussem.events.models import AgendaFragment, AgendaVersion, PageFragment, Part, Session
from moussem.events.rendering.agenda import Agenda, read, stored
from moussem.events.rendering.changes import change_lines, changes_between
from tests.events.agendas import DAY, a_fair, a_session, a_space, hours, speaks
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.directory import a_person, a_place

LATER = AT + timedelta(days=1)


@pytest.fixture
def fair(editor):
    return a_fair(editor)


def publish(editor, event, at=AT, **known):
    return publish_agenda(by=editor, at=at, event=event, **known)


def moved(editor, session, space=None, begins="14:00", ends="15:00"):
    session.refresh_from_db()
    return move_session(
        by=editor, at=AT, session=session, read_version=session.version, space=space, hours=hours(begins, ends)
    )


def told(editor, event):
    """What would change if the draft were published, as (label, title, before, after)."""
    before = read(AgendaVersion.objects.get(event=event, replaced_at=None).content)
    changes = changes_between(before, draft_of(*rows_of(event), before).agenda)
    return [(line.label, line.title, line.before, line.after) for line in change_lines(changes)]


def public(client, event, page="agenda/", status=200, language="fr"):
    response = client.get(f"/{language}/events/{event.public_id}/{page}")
    assert response.status_code == status, response.status_code
    return response.content.decode()


def entries(client, event):
    calendar = Calendar.from_ical(public(client, event, "agenda.ics"))
    return {str(entry["SUMMARY"]): entry for entry in calendar.walk("VEVENT")}


def test_the_public_sees_nothing_of_a_draft_and_then_the_version_that_was_published(client, editor, fair):
    session = a_session(editor, fair, "Débat", "10:00", "11:00", a_space(editor, fair))
    for page in ("agenda/", "agenda.json", "agenda.ics"):
        public(client, fair, page, 404)
    assert "Débat" not in public(client, fair, "")
    publish(editor, fair)
    assert "10:00–11:00" in public(client, fair)
    assert "Débat" in public(client, fair, "")
    moved(editor, session)
    a_session(editor, fair, "canari-draft", "16:00")
    for page in ("", "agenda/", "agenda.json", "agenda.ics"):
        shown = public(client, fair, page)
        assert "canari-draft" not in shown
        assert "14:00" not in shown
    assert [row.title["fr"] for row in Session.objects.visible_to(ANONYMOUS)] == ["Débat"]


def test_a_change_shows_as_soon_as_it_is_published_in_each_language_and_form(client, editor, fair):
    session = a_session(editor, fair, "Débat", "10:00", "11:00")
    publish(editor, fair)
    moved(editor, session)
    publish(editor, fair, LATER)
    for language in ("fr", "en"):
        assert "14:00–15:00" in public(client, fair, language=language)
        assert "T14:00:00" in public(client, fair, "agenda.json", language=language)
    assert entries(client, fair)["Débat"].decoded("DTSTART").hour == 14


def test_versions_are_numbered_dated_signed_and_never_change(editor, fair):
    session = a_session(editor, fair, "Débat", "10:00", "11:00")
    first = publish(editor, fair)
    first.refresh_from_db()
    kept = first.content
    moved(editor, session)
    second = publish(editor, fair, LATER)
    first.refresh_from_db()
    assert (first.number, first.frozen_at, first.frozen_by, first.replaced_at) == (1, AT, editor.label, LATER)
    assert (second.number, second.replaced_at) == (2, None)
    assert first.content == kept != second.content
    verbs = Entry.objects.filter(object_id=str(fair.public_id), verb="publish_agenda").order_by("pk")
    assert [entry.happened_at for entry in verbs] == [AT, LATER]


def test_what_changed_is_told_in_words_added_moved_renamed_cancelled_people_languages_spaces(editor, fair):
    hall, yard = a_space(editor, fair, "Salle A"), a_space(editor, fair, "Cour")
    talk = a_session(editor, fair, "Débat", "10:00", "11:00", hall)
    gone = a_session(editor, fair, "Visite", "12:00", "13:00")
    part = speaks(editor, talk, a_person(editor, "Amal Idrissi"))
    publish(editor, fair)
    assert told(editor, fair) == []
    moved(editor, talk, yard)
    cancel_session(by=editor, at=AT, session=gone)
    a_session(editor, fair, "Clôture", "17:00")
    drop_part(by=editor, at=AT, part=part)
    talk.refresh_from_db()
    facts = SessionFacts({"fr": "Grand débat"}, yard, "fr", hours("14:00", "15:00"), ("en", "ar"), 40)
    correct_session(by=editor, at=AT, session=talk, read_version=talk.version, facts=facts)
    facts = SpaceFacts(SpaceKind.CONFERENCE, {"fr": "Auditorium"}, 80)
    correct_space(by=editor, at=AT, space=hall, read_version=hall.version, facts=facts)
    day = "1er\u00a0décembre 2026"
    assert told(editor, fair) == [
        ("Ajout", "Clôture", "", f"{day}, 17:00, espace non indiqué"),
        ("Annulation", "Visite", "", f"{day}, 12:00–13:00, espace non indiqué"),
        ("Déplacement", "Grand débat", f"{day}, 10:00–11:00, Salle A", f"{day}, 14:00–15:00, Cour"),
        ("Nouveau titre", "Grand débat", "Débat", "Grand débat"),
        ("Intervenants", "Grand débat", "Amal Idrissi (Intervention)", "personne n’est nommé"),
        ("Langues", "Grand débat", "non indiqué", "Français, interprétation vers\u00a0: anglais, arabe"),
        ("Espace renommé", "Auditorium", "Salle A", "Auditorium"),
    ]


def test_a_session_that_was_published_stays_as_cancelled_and_one_that_was_not_leaves_no_trace(client, editor, fair):
    known, draft = a_session(editor, fair, "Connue", "10:00"), a_session(editor, fair, "Projet", "11:00")
    cancel_session(by=editor, at=AT, session=draft)
    publish(editor, fair)
    assert "Projet" not in public(client, fair)
    cancel_session(by=editor, at=AT, session=known)
    publish(editor, fair, LATER)
    assert "Séances annulées" in public(client, fair)
    assert entries(client, fair)["Connue"]["STATUS"] == "CANCELLED"
    assert not Session.objects.visible_to(ANONYMOUS).exists()
    hold_session(by=editor, at=AT, session=known)
    publish(editor, fair, LATER)
    assert entries(client, fair)["Connue"]["STATUS"] == "CONFIRMED"
    assert "Rétablissement" in public(client, fair)


def test_an_entry_of_the_calendar_keeps_its_name_and_its_sequence_rises_when_it_changes(client, editor, fair):
    place = a_place(editor)
    fair.place = place
    fair.save()
    hall = a_space(editor, fair)
    talk, other = a_session(editor, fair, "Débat", "10:00", "11:00", hall), a_session(editor, fair, "Autre", "12:00")
    a_session(editor, fair, "Sans heure")
    publish(editor, fair)
    before = entries(client, fair)
    assert set(before) == {"Débat", "Autre"}
    assert before["Débat"]["UID"] == f"{talk.public_id}@127.0.0.1"
    assert (str(before["Débat"]["LOCATION"]), before["Débat"]["SEQUENCE"]) == ("Salle A, Oujda", 1)
    moved(editor, talk, hall)
    publish(editor, fair, LATER)
    after = entries(client, fair)
    assert [(after[name]["UID"], after[name]["SEQUENCE"]) for name in ("Débat", "Autre")] == [
        (before["Débat"]["UID"], 2), (f"{other.public_id}@127.0.0.1", 1)
    ]  # fmt: skip
    facts = SpaceFacts(SpaceKind.CONFERENCE, {"fr": "Auditorium"})
    correct_space(by=editor, at=AT, space=hall, read_version=hall.version, facts=facts)
    publish(editor, fair, LATER)
    assert entries(client, fair)["Débat"]["SEQUENCE"] == 3


def test_the_feed_tells_hours_languages_and_people_and_says_null_for_what_is_not_stated(client, editor, fair):
    talk = a_session(editor, fair, "Débat", "10:00", "11:30", language="fr", interpretation=("en",), expected=44)
    a_session(editor, fair, "Sans heure")
    person = a_person(editor, "Amal Idrissi")
    speaks(editor, talk, person)
    publish(editor, fair)
    feed = json.loads(public(client, fair, "agenda.json"))
    assert (feed["version"], feed["time_zone"], feed["name"]) == (1, "Africa/Casablanca", "Salon")
    first, second = feed["sessions"]
    assert (first["starts_at"], first["ends_at"]) == ("2026-12-01T10:00:00+01:00", "2026-12-01T11:30:00+01:00")
    assert (first["language"], first["interpretation"], first["cancelled"]) == ("fr", ["en"], False)
    assert first["people"][0]["person"] == {"id": str(person.public_id), "name": "Amal Idrissi"}
    assert (second["starts_at"], second["space"], second["language"], second["people"]) == (None, None, None, [])
    told = {name: value for name, value in first.items() if name not in ("id", "people")}
    assert "expected" not in first  # how many are expected is the house's own
    assert 44 not in told.values()


@pytest.mark.parametrize("page", ["agenda.json", "agenda.ics"])
def test_who_has_the_feed_already_is_told_so_until_it_is_published_again(client, editor, fair, page):
    session = a_session(editor, fair, "Débat", "10:00")
    publish(editor, fair)
    address = f"/fr/events/{fair.public_id}/{page}"
    first = client.get(address)
    known = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert first["Last-Modified"]
    again = client.get(address, **known)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get(address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304
    moved(editor, session)
    publish(editor, fair, LATER)
    assert client.get(address, **known).status_code == 200
    assert client.get(address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 200


def test_nobody_who_is_not_public_is_published_and_who_is_not_any_more_is_not_shown(client, editor, fair):
    talk = a_session(editor, fair, "Débat", "10:00")
    hidden, known = a_person(editor, "canari-person", publish=False), a_person(editor, "Amal Idrissi")
    for person in (hidden, known):
        speaks(editor, talk, person)
    publish(editor, fair)
    pages = ("", "agenda/", "agenda.json", "agenda.ics")
    for page in pages:
        assert "canari-person" not in public(client, fair, page)
        assert "Amal Idrissi" in public(client, fair, page)
    assert [part.person for part in Part.objects.visible_to(ANONYMOUS)] == [known]
    Person.objects.filter(pk=known.pk).update(published_at=None)
    for page in pages:
        for language in ("fr", "en"):
            assert "Amal Idrissi" not in public(client, fair, page, language=language)


def test_what_was_drawn_may_be_lost_and_is_drawn_anew(client, editor, fair):
    a_session(editor, fair, "Débat", "10:00")
    publish(editor, fair)
    before = public(client, fair)
    AgendaFragment.objects.all().delete()
    PageFragment.objects.all().delete()
    assert [line for line in public(client, fair).splitlines() if "Débat" in line] == [
        line for line in before.splitlines() if "Débat" in line
    ]
    AgendaFragment.objects.update(drawing="of an older product", body="<p>drawn of old</p>")
    PageFragment.objects.update(drawing="of an older product", body="<p>drawn of old</p>")
    assert "drawn of old" not in public(client, fair)
    assert AgendaFragment.objects.filter(form=FragmentForm.PAGE, language="fr").count() == 1


def test_an_event_called_otherwise_is_called_so_in_its_feeds_at_once(client, editor, fair):
    a_session(editor, fair, "Débat", "10:00")
    publish(editor, fair)
    facts = EventFacts(kind=EventKind.TRADE_SHOW, name={"fr": "Foire"}, period=fair.period, zone=fair.zone)
    correct_event(by=editor, at=AT, event=fair, read_version=fair.version, facts=facts)
    assert json.loads(public(client, fair, "agenda.json"))["name"] == "Foire"


def test_the_agenda_of_an_event_taken_back_is_not_there(client, editor, fair):
    a_session(editor, fair, "Débat", "10:00")
    publish(editor, fair)
    unpublish_event(by=editor, at=AT, event=fair)
    for page in ("agenda/", "agenda.json", "agenda.ics"):
        public(client, fair, page, 404)


def test_nothing_new_a_draft_not_looked_at_and_who_may_not_are_refused(editor, oriental, fair):
    a_session(editor, fair, "Débat", "10:00")
    seen = draft_of(*rows_of(fair), Agenda()).digest
    a_session(editor, fair, "Depuis", "11:00")
    with pytest.raises(DraftChanged):
        publish(editor, fair, read_draft=seen)
    publish(editor, fair, read_draft=draft_of(*rows_of(fair), Agenda()).digest)
    with pytest.raises(NothingChanged):
        publish(editor, fair)
    with pytest.raises(NotAllowed):
        publish(at_work(oriental, "observer"), fair)
    with pytest.raises(ForeignRow):
        publish(at_work(a_promoter("autre"), "organiser"), fair)
    assert AgendaVersion.objects.count() == 1


def test_a_session_is_not_moved_into_another_events_space(editor, fair):
    session = a_session(editor, fair, "Débat", "10:00")
    with pytest.raises(SpaceOfAnotherEvent):
        moved(editor, session, a_space(editor, a_fair(editor)))


def test_an_agenda_is_read_as_it_was_stored(editor, fair):
    a_session(editor, fair, "Débat", "10:00", "11:00", a_space(editor, fair, on_site=3), interpretation=("en",))
    agenda = draft_of(*rows_of(fair), Agenda()).agenda
    assert read(json.loads(json.dumps(stored(agenda)))) == agenda


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_page_and_the_feeds_ask_once_however_many_sessions_there_are(client, editor, fair, rows):
    hall = a_space(editor, fair)
    for number in range(rows):
        session = a_session(editor, fair, f"Séance {number}", f"{9 + number}:00", "", hall, on=DAY)
        speaks(editor, session, a_person(editor, f"Personne {number}"))
    publish(editor, fair)
    public(client, fair)  # the first reader has the page drawn
    asked = []
    for page in ("agenda/", "agenda.json", "agenda.ics"):
        with CaptureQueriesContext(connection) as captured:
            public(client, fair, page)
        asked.append(len(captured))
    assert asked == [1, 1, 1]


def test_days_are_apart_and_overlapping_sessions_of_one_space_share_a_field(client, editor):
    event = a_fair(editor, last=DAY + timedelta(days=1))
    hall, yard = a_space(editor, event, "Salle A"), a_space(editor, event, "Cour")
    a_session(editor, event, "Un", "9:00", "11:00", hall)
    a_session(editor, event, "Deux", "10:00", "12:00", hall)
    a_session(editor, event, "Trois", "11:30", "12:30", yard)
    a_session(editor, event, "Demain", "9:00", "10:00", yard, on=date(2026, 12, 2))
    publish(editor, event)
    page = public(client, event)
    assert (
        page.index("Mardi 1er\u00a0décembre 2026") < page.index("Mercredi 2\u00a0décembre 2026") < page.index("Demain")
    )
    assert '<td rowspan="2">' in page
    assert page.count('<th scope="row">') == 3
