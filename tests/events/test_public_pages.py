"""What everybody may read of events."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.engines.values import period as periods
from moussem.events.domain.agendas import publish_agenda
from moussem.events.domain.events import add_series, add_session, add_space, take_part
from moussem.events.enums import PartKind, SpaceKind
from tests.evidence import rows
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.directory import a_person, a_place, an_event, an_organisation


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        text(client, address)
    return len(captured)


def test_an_event_tells_its_spaces_and_that_no_capacity_is_stated(client, editor):
    event = an_event(editor, period=periods.year(2020).inferring(), place=a_place(editor))
    for name in ("Exposition en plein air", "Salle de conférences", "Espace de signature", "Salle de webinaires"):
        add_space(by=editor, at=AT, event=event, kind=SpaceKind.EXHIBITION, name={"fr": name})
    page = text(client, f"/fr/events/{event.public_id}/")
    assert page.count("Places sur site") == 5
    assert "Espace de signature" in page
    assert "non indiqué" in page
    assert "d’après le contexte" in page


def test_an_events_place_is_named_and_leads_to_its_page_only_where_that_is_published(client, editor):
    for is_published in (True, False):
        place = a_place(editor, f"Lieu {is_published}", publish=is_published)
        event = an_event(editor, f"Au lieu {is_published}", place=place)
        page = text(client, f"/fr/events/{event.public_id}/")
        assert place.name["fr"] in page
        assert (f"/fr/places/{place.public_id}/" in page) == is_published
        text(client, f"/fr/places/{place.public_id}/", 200 if is_published else 404)


def test_events_without_a_date_stand_in_a_bucket_of_their_own(client, editor):
    an_event(editor, "Daté", period=rows.on(2020, 7, 10))
    an_event(editor, "Sans date")
    page = text(client, "/fr/events/")
    assert page.index("Daté") < page.index("Date non indiquée") < page.index("Sans date")


def test_a_session_names_people_in_their_roles_and_describes_whom_no_source_names(client, editor):
    event = an_event(editor)
    session = add_session(by=editor, at=AT, event=event, title={"fr": "Débat"})
    person = a_person(editor, "Sébastien Lamour")
    take_part(by=editor, at=AT, event=event, session=session, kind=PartKind.SPEAKER, person=person)
    take_part(by=editor, at=AT, event=event, kind=PartKind.PARTICIPANT, words={"fr": "centres d’appels"})
    publish_agenda(by=editor, at=AT, event=event)
    page = text(client, f"/fr/events/{event.public_id}/")
    assert f"/fr/people/{person.public_id}/" in page
    assert "Intervention" in page
    assert "centres d’appels" in page


def test_somebody_who_is_not_public_takes_no_part_in_a_public_page(client, editor):
    event = an_event(editor)
    hidden = a_person(editor, "canari-person", publish=False)
    take_part(by=editor, at=AT, event=event, kind=PartKind.SPEAKER, person=hidden)
    assert "canari-person" not in text(client, f"/fr/events/{event.public_id}/")


def test_taking_part_stands_on_the_organisation_s_timeline_and_thread(client, editor):
    event, row = an_event(editor, period=rows.on(2020, 7, 10)), an_organisation(editor)
    take_part(by=editor, at=AT, event=event, kind=PartKind.PARTICIPANT, organisation=row)
    page = text(client, f"/fr/organisations/{row.public_id}/")
    assert f"/fr/events/{event.public_id}/" in page
    assert '<li class="m-done">' in page


def test_an_event_on_the_margins_of_another_says_so_on_both_pages(client, editor):
    show = an_event(editor, "16e SICCAM")
    beside = an_event(editor, "Orientaliser l’offshoring", margins_of=show)
    assert "En marge de" in text(client, f"/fr/events/{beside.public_id}/")
    assert "Orientaliser" in text(client, f"/fr/events/{show.public_id}/")


def test_a_series_lists_its_editions(client, editor):
    series = add_series(by=editor, at=AT, name={"fr": "SICCAM", "en": "SICCAM"}, publish=True)
    an_event(editor, "17e SICCAM", series=series, edition=17)
    assert "17e SICCAM" in text(client, f"/fr/series/{series.public_id}/")


def test_an_event_that_is_not_public_is_not_there(client, editor):
    event = an_event(editor, publish=False)
    text(client, f"/fr/events/{event.public_id}/", 404)
    assert "17e SICCAM" not in text(client, "/fr/events/")


def test_an_event_shared_by_two_other_organisers_is_listed_once(editor, oriental):
    event = an_event(editor, publish=False)
    guests = [a_promoter("one"), a_promoter("two")]
    for promoter in guests:
        event.organisers.create(promoter=oriental, organiser=promoter)
    partner = at_work(guests[0], "organiser")
    assert list(type(event).objects.visible_to(partner)) == [event]
    assert list(type(event).objects.visible_to(at_work(a_promoter("three"), "organiser"))) == []


def test_the_list_asks_the_database_once_for_one_event_and_for_three(client, editor):
    an_event(editor, "Un")
    one = queries(client, "/fr/events/")
    an_event(editor, "Deux")
    an_event(editor, "Trois")
    assert (one, queries(client, "/fr/events/")) == (1, 1)
