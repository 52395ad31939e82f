"""The public page of an event: drawn once, the same bytes as drawn each time, and anew as soon as a change is there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moussem.accounts.enums import PromoterKind
from moussem.audit.domain.marks import JOINED_FROM, join_marks, mark_change, public_state
from moussem.audit.models import PublicMark
from moussem.directory.domain.people import add_person
from moussem.directory.domain.publishing import publish_thing
from moussem.directory.models import Person
from moussem.events.domain.agendas import publish_agenda
from moussem.events.domain.drawn_pages import drawn_page
from moussem.events.domain.events import add_space, take_part
from moussem.events.domain.planning import publish_event, unpublish_event
from moussem.events.enums import KeptPage, PartKind, SpaceKind
from moussem.events.models import PageFragment, Part
from tests.events.agendas import a_fair, a_session, speaks
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.guests import a_target
from tests.factories.registering import an_open_form, registered
from tests.guests.conftest import a_gathering


@pytest.fixture
def editor(db):
    return at_work(a_promoter("oriental"), "account_owner")


@pytest.fixture
def event(editor):
    row = a_gathering(editor)
    publish_event(by=editor, at=AT, event=row)
    return row


def address(event, language="fr"):
    return f"/{language}/events/{event.public_id}/"


def read(event, language="fr", **headers):
    return Client(headers=headers).get(address(event, language))


def shown(event, language="fr"):
    response = read(event, language)
    assert response.status_code == 200
    return response.content.decode()


def test_the_second_reader_asks_one_query_and_reads_the_same(event):
    first = shown(event)
    with CaptureQueriesContext(connection) as asked:
        again = shown(event)
    assert len(asked) == 1
    assert again == first
    assert "Rencontre" in again
    assert "Meeting" in shown(event, "en")
    assert PageFragment.objects.count() == 2


def named(editor, event):
    add_space(by=editor, at=AT, event=event, kind=SpaceKind.SIGNING, name={"fr": "SALLE NEUVE"})


def joined(editor, event):
    person = add_person(by=editor, at=AT, name="SALLE NEUVE", publish=True)
    take_part(by=editor, at=AT, event=event, kind=PartKind.SPEAKER, person=person)


def opened(editor, event):
    """Somebody who took part before becomes public."""
    person = add_person(by=editor, at=AT, name="SALLE NEUVE")
    take_part(by=editor, at=AT, event=event, kind=PartKind.SPEAKER, person=person)
    shown(event)
    publish_thing(by=editor, at=AT, thing=person)


@pytest.mark.parametrize("change", [named, joined, opened])
def test_a_change_shows_as_soon_as_it_is_there(editor, event, change):
    assert "SALLE NEUVE" not in shown(event)
    change(editor, event)
    assert "SALLE NEUVE" in shown(event)


def test_who_is_not_public_any_more_is_not_shown_however_that_came_about(editor, event):
    person = add_person(by=editor, at=AT, name="PARTIE", publish=True)
    take_part(by=editor, at=AT, event=event, kind=PartKind.SPEAKER, person=person)
    assert "PARTIE" in shown(event)
    Person.objects.filter(pk=person.pk).update(published_at=None)
    assert "PARTIE" not in shown(event)


def test_a_page_kept_without_asking_whether_anything_changed_would_show_the_old_one(editor, event):
    """The negative control: the state that the page was drawn at is said to be the present one."""
    shown(event)
    named(editor, event)
    PageFragment.objects.update(state=public_state())
    assert "SALLE NEUVE" not in shown(event)


def test_a_page_taken_back_is_gone_at_once(editor, event):
    shown(event)
    unpublish_event(by=editor, at=AT, event=event)
    assert read(event).status_code == 404


@pytest.fixture
def fair(editor):
    return a_fair(editor)


def agenda(event, **headers):
    return Client(headers=headers).get(f"{address(event)}agenda/")


def publish(editor, event):
    publish_agenda(by=editor, at=AT, event=event)


def test_the_second_reader_of_an_agenda_asks_one_query_and_reads_the_same(editor, fair):
    a_session(editor, fair, "Débat", "10:00")
    publish(editor, fair)
    first = agenda(fair)
    with CaptureQueriesContext(connection) as asked:
        again = agenda(fair)
    assert len(asked) == 1
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    assert agenda(fair, **{"If-None-Match": first["ETag"]}).status_code == 304
    assert shown(fair) != first.content.decode()


def test_an_agenda_shows_a_change_as_soon_as_it_is_published_and_not_before(editor, fair):
    a_session(editor, fair, "Débat", "10:00")
    publish(editor, fair)
    first = agenda(fair)
    a_session(editor, fair, "Depuis", "11:00")
    assert "Depuis" not in agenda(fair).content.decode()
    publish(editor, fair)
    again = agenda(fair, **{"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "Depuis" in again.content.decode()


def test_an_agenda_kept_without_asking_whether_anything_changed_would_show_the_old_one(editor, fair):
    """The negative control: the state that the page was drawn at is said to be the present one."""
    a_session(editor, fair, "Débat", "10:00")
    publish(editor, fair)
    agenda(fair)
    a_session(editor, fair, "Depuis", "11:00")
    publish(editor, fair)
    PageFragment.objects.update(state=public_state())
    assert "Depuis" not in agenda(fair).content.decode()


def test_who_is_not_public_any_more_is_not_in_an_agenda_however_that_came_about(editor, fair):
    person = add_person(by=editor, at=AT, name="PARTIE", publish=True)
    speaks(editor, a_session(editor, fair, "Débat", "10:00"), person)
    publish(editor, fair)
    Part.objects.all().delete()
    assert "PARTIE" in agenda(fair).content.decode()
    Person.objects.filter(pk=person.pk).update(published_at=None)
    assert "PARTIE" not in agenda(fair).content.decode()


def test_an_agenda_that_was_not_published_is_not_there_and_kept_for_nobody(editor, fair):
    a_session(editor, fair, "Débat", "10:00")
    assert agenda(fair).status_code == 404
    assert not PageFragment.objects.exists()


def test_what_was_drawn_otherwise_is_drawn_anew(event):
    shown(event)
    PageFragment.objects.update(drawing="before the upgrade", body="OLD")
    assert "OLD" not in shown(event)
    assert drawn_page(at=AT, event_key=event.public_id, page=KeptPage.EVENT, language="fr") is not None


def test_who_has_the_page_gets_304_until_something_changed(editor, event):
    first = read(event)
    assert first["Cache-Control"] == "public, no-cache"
    assert "Cookie" in first["Vary"]
    again = read(event, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert read(event, "en", **{"If-None-Match": first["ETag"]}).status_code == 200
    named(editor, event)
    assert read(event, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_what_one_reader_sees_as_staff_is_kept_for_nobody(editor, event):
    desk = Client()
    desk.force_login(staff(event.promoter, "organiser"))
    response = desk.get(address(event))
    assert response.status_code == 200
    assert "ETag" not in response
    assert not PageFragment.objects.exists()


def test_registering_draws_nothing_anew_and_the_seats_left_are_those_of_now(editor, event):
    kind = an_open_form(editor, event, shows_seats=True)
    assert "2 places libres" in shown(event)
    etag = read(event)["ETag"]
    registered(kind)
    a_target(editor, event)
    assert "1 place libre" in shown(event)
    assert read(event, **{"If-None-Match": etag}).status_code == 200
    registered(kind, "Deux")
    assert "Toutes les places sont prises" in shown(event)
    before = public_state()
    registered(kind, "Trois")
    assert public_state() == before


def test_the_hour_at_which_registration_opens_or_closes_changes_the_page_by_itself(editor, event):
    now = timezone.now()
    an_open_form(editor, event, closes_at=now + timedelta(hours=1))
    assert "Inscriptions ouvertes" in shown(event)
    key = {"event_key": event.public_id, "page": KeptPage.EVENT, "language": "fr"}
    assert drawn_page(at=now + timedelta(minutes=59), **key) is not None
    assert drawn_page(at=now + timedelta(hours=1), **key) is None


def test_no_page_that_is_kept_holds_a_token_of_a_form(event):
    assert "csrf" not in shown(event)
    assert "nonce" not in PageFragment.objects.get().body


def test_marks_are_joined_without_changing_their_sum(db):
    for _ in range(JOINED_FROM - 1):
        mark_change()
    before = public_state()
    assert join_marks() == 0
    mark_change()
    assert join_marks() == JOINED_FROM - 1 + (before - JOINED_FROM + 1)
    assert (public_state(), PublicMark.objects.count()) == (before + 1, 1)


def test_an_example_of_a_playground_is_drawn_for_nobody(db):
    by = at_work(a_promoter("play", kind=PromoterKind.PLAYGROUND), "account_owner")
    event = a_gathering(by)
    publish_event(by=by, at=AT, event=event)
    assert read(event).status_code == 404
    assert not PageFragment.objects.exists()
