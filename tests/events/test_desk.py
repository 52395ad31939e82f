"""The gatherings' desk: one short form, corrections, programme, publishing, bad input, tenancy."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.core.models import NewsItem
from moussem.directory.models import Affiliation, Organisation, Person
from moussem.engines.values import period as periods
from moussem.events.domain.events import EventFacts, add_session
from moussem.events.domain.hours import EndsBeforeItBegins, Hours, answers_until, timed_span_of
from moussem.events.domain.naming import SeveralBearTheName, person_called
from moussem.events.domain.planning import Wish, add_guest_kind, correct_event, plan_event, publish_event
from moussem.events.enums import EventKind
from moussem.events.models import Event, GuestKind, Part, Session, Space
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.directory import a_person, a_place, an_event, an_organisation

DESK = "/p/oriental/events/"


@pytest.fixture
def desk(client, oriental):
    client.force_login(staff(oriental, "organiser"))
    return client


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, status=302, **fields):
    response = client.post(address, {"nonce": str(uuid7()), **fields})
    assert response.status_code == status, (address, response.status_code, response.content.decode()[-3000:])
    return response.content.decode()


def planned(**fields):
    asked = {"name": "Rencontre", "template": "one_to_few", "kind": "one_to_few", "starts_on": "2026-12-01"}
    return asked | fields


def of(event, page=""):
    return f"{DESK}{event.public_id}/{page}"


def test_one_short_form_sets_up_a_gathering_with_its_seats_and_the_guests_it_wishes_for(desk, oriental):
    wishes = "20 dirigeants\n5 directeurs informatiques\n\nAutres"
    sent(desk, f"{DESK}new/", **planned(wishes=wishes))
    event = Event.objects.get()
    assert (event.seats_on_site, event.seats_online, event.mode) == (30, 10, "both")
    assert (event.period, event.is_published, event.promoter) == (periods.day(date(2026, 12, 1)), False, oriental)
    kinds = [(kind.name["fr"], kind.wanted) for kind in event.guest_kinds.order_by("position")]
    assert kinds == [("dirigeants", 20), ("directeurs informatiques", 5), ("Autres", None)]
    home = page(desk, of(event))
    assert "Étape suivante" in home
    assert "dirigeants" in page(desk, of(event, "kinds/"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "obligatoire"),
        ({"template": "volcano"}, "Sélectionnez un choix valide"),
        ({"ends_on": "2026-11-30"}, "Le dernier jour est antérieur au premier"),
        ({"starts_on": "", "ends_on": "2026-12-01"}, "Indiquez aussi le premier jour"),
        ({"wishes": "20 dirigeants\n3 Dirigeants"}, "deux fois"),
    ],
)
def test_a_wrong_form_gets_the_sentence_and_keeps_what_was_typed(desk, fields, sentence):
    answer = sent(desk, f"{DESK}new/", 422, **planned(**({"name": "TAPÉ"} | fields)))
    assert sentence in answer
    assert "name" in fields or 'value="TAPÉ"' in answer
    assert not Event.objects.exists()


def test_who_saves_second_sees_both_versions_and_loses_nothing(desk, editor):
    event = an_event(editor, "Salon", publish=False)
    read = planned(name="Salon corrigé", version=event.version)
    sent(desk, of(event, "edit/"), **planned(name="Salon d’abord", version=event.version))
    answer = sent(desk, of(event, "edit/"), 422, **read)
    assert "Salon d’abord" in answer
    assert 'value="Salon corrigé"' in answer
    event.refresh_from_db()
    assert event.name["fr"] == "Salon d’abord"


def test_a_correction_with_less_than_no_seat_gets_the_sentence(desk, editor):
    event = an_event(editor, publish=False)
    fields = planned(name="TAPÉ", seats_on_site="-1", version=event.version)
    answer = sent(desk, of(event, "edit/"), 422, **fields)
    assert "supérieure ou égale à 0" in answer
    assert 'value="TAPÉ"' in answer


def test_correcting_the_name_keeps_a_period_that_is_stated_to_the_year_only(desk, editor):
    event = an_event(editor, "Salon", period=periods.year(2020).inferring(), publish=False)
    fields = {"starts_on": "2020-01-01", "ends_on": "2020-12-31", "version": event.version}
    sent(desk, of(event, "edit/"), **planned(name="Le Salon", **fields))
    event.refresh_from_db()
    assert (event.name["fr"], event.period) == ("Le Salon", periods.year(2020).inferring())


def test_higher_rooms_are_told_when_the_seats_change_and_only_then(editor):
    event = plan_event(by=editor, at=AT, facts=facts(seats_on_site=3))
    correct_event(by=editor, at=AT, event=event, read_version=event.version, facts=facts(name="Autre", seats_on_site=3))
    assert not NewsItem.objects.filter(name="events.seats_changed").exists()
    correct_event(by=editor, at=AT, event=event, read_version=event.version, facts=facts(seats_on_site=4))
    assert NewsItem.objects.get(name="events.seats_changed").arguments == {"event": str(event.public_id)}


def facts(name="Rencontre", **known):
    return EventFacts(kind=EventKind.ONE_TO_FEW, name={"fr": name}, **known)


def test_an_event_is_published_and_taken_back_and_each_is_told_once(desk, client, editor):
    event = an_event(editor, publish=False)
    sent(desk, of(event, "publish/"))
    assert page(desk, f"/fr/events/{event.public_id}/")
    publish_event(by=editor, at=AT, event=event)
    sent(desk, of(event, "unpublish/"))
    page(client, f"/fr/events/{event.public_id}/", 404)
    verbs = Entry.objects.filter(object_id=str(event.public_id)).values_list("verb", flat=True)
    assert sorted(verbs) == ["add_event", "publish_event", "unpublish_event"]


def test_spaces_sessions_and_people_are_added_and_corrected(desk, editor):
    event = an_event(editor, period=periods.day(date(2026, 12, 1)), publish=False)
    sent(desk, of(event, "spaces/new/"), name="Salle A", kind="conference", capacity_on_site="40")
    space = Space.objects.get()
    sent(desk, of(event, f"spaces/{space.public_id}/"), name="Salle B", kind="conference", version=space.version)
    hours = {"on": "2026-12-01", "begins": "10:00", "ends": "11:30"}
    sent(desk, of(event, "sessions/new/"), title="Débat", space=space.public_id, language="fr", **hours)
    session = Session.objects.get()
    sent(desk, of(event, "parts/new/"), kind="speaker", person="Nouvelle Personne", organisation="Nouvelle Maison",
         session=session.public_id)  # fmt: skip
    shown = page(desk, of(event, "programme/"))
    for words in ("Salle B", "Débat", "10:00–11:30", "Nouvelle Personne", "Nouvelle Maison"):
        assert words in shown
    assert Affiliation.objects.get().person.name == "Nouvelle Personne"
    part = Part.objects.get()
    sent(desk, of(event, f"parts/{part.public_id}/drop/"))
    assert "Nouvelle Personne" not in page(desk, of(event, "programme/"))
    assert Part.objects.filter(pk=part.pk, dropped_at__isnull=False).exists()


def test_a_session_that_ends_before_it_begins_is_refused_with_the_field(desk, editor):
    event = an_event(editor, publish=False)
    hours = {"on": "2026-12-01", "begins": "10:00", "ends": "10:00"}
    assert "se termine avant" in sent(desk, of(event, "sessions/new/"), 422, title="Débat", **hours)
    assert "Indiquez aussi le jour" in sent(desk, of(event, "sessions/new/"), 422, title="Débat", begins="10:00")
    assert not Session.objects.exists()


def test_guests_may_answer_until_the_first_hour_that_is_stated_or_the_end_of_the_first_day(editor):
    event = an_event(editor, period=periods.day(date(2026, 12, 1)))
    assert answers_until(event).isoformat() == "2026-12-02T00:00:00+01:00"
    assert timed_span_of(event).whole_days
    add_session(by=editor, at=AT, event=event, title={"fr": "Débat"}, hours=Hours(date(2026, 12, 1), time(10)))
    assert answers_until(event).isoformat() == "2026-12-01T09:00:00+00:00"
    assert answers_until(an_event(editor, period=periods.year(2026))) is None
    with pytest.raises(EndsBeforeItBegins):
        add_session(
            by=editor, at=AT, event=event, title={"fr": "Débat"}, hours=Hours(date(2026, 12, 1), time(10), time(9))
        )


def test_a_typed_name_is_the_person_of_that_organisation_or_somebody_new(editor):
    firm, other = an_organisation(editor, "Maison"), an_organisation(editor, "Autre")
    first = person_called(by=editor, at=AT, name="Amal Idrissi", organisation=firm)
    assert person_called(by=editor, at=AT, name="AMAL IDRISSI", organisation=firm) == first
    second = person_called(by=editor, at=AT, name="Amal Idrissi", organisation=other)
    assert second != first
    with pytest.raises(SeveralBearTheName):
        person_called(by=editor, at=AT, name="Amal Idrissi")
    alone = a_person(editor, "Seule")
    assert person_called(by=editor, at=AT, name="Seule", organisation=firm) == alone
    assert Person.objects.filter(folded="amal idrissi").count() == 2


def test_an_organisation_that_two_bear_is_asked_about_and_nothing_is_saved(desk, editor):
    event = an_event(editor, publish=False)
    an_organisation(editor, "Maison"), an_organisation(editor, "Maison")
    answer = sent(desk, of(event, "parts/new/"), 422, kind="speaker", organisation="Maison")
    assert "Plusieurs organisations" in answer
    assert not Part.objects.exists()
    assert "Nommez une personne" in sent(desk, of(event, "parts/new/"), 422, kind="speaker")


def test_another_promoters_gathering_is_the_same_404_and_its_rows_are_refused(desk, editor):
    stranger = at_work(a_promoter("autre"), "organiser")
    theirs = an_event(stranger, publish=True)
    for place in ("", "edit/", "programme/", "kinds/", "spaces/new/"):
        page(desk, of(theirs, place), 404)
    sent(desk, of(theirs, "publish/"), 404)
    with pytest.raises(ForeignRow):
        add_guest_kind(by=editor, at=AT, event=theirs, wish=Wish({"fr": "Dirigeants"}))
    kind = add_guest_kind(by=stranger, at=AT, event=theirs, wish=Wish({"fr": "Dirigeants"}))
    mine = an_event(editor, publish=False)
    page(desk, of(mine, f"kinds/{kind.public_id}/"), 404)


def test_an_observer_reads_and_writes_nothing(client, oriental, editor):
    event = an_event(editor, publish=False)
    client.force_login(staff(oriental, "observer"))
    assert "Corriger" not in page(client, of(event))
    page(client, f"{DESK}new/", 403)
    with pytest.raises(NotAllowed):
        plan_event(by=at_work(oriental, "observer"), at=AT, facts=facts())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries_however_long_it_is(desk, editor, rows):
    place = a_place(editor)
    for number in range(rows):
        an_event(editor, f"Salon {number}", period=periods.day(date(2027, 1, 1 + number)), place=place)
        an_event(editor, f"Passé {number}", period=periods.day(date(2020, 1, 1 + number)), place=place)
        an_event(editor, f"Sans date {number}")
    with CaptureQueriesContext(connection) as captured:
        shown = page(desk, DESK)
    assert shown.index("Salon 0") < shown.index("Passé 0") < shown.index("Sans date 0")
    assert len(captured) <= 12, [query["sql"][:90] for query in captured]


def test_the_home_and_the_programme_ask_at_most_twelve_queries(desk, editor):
    event = an_event(editor, period=periods.day(date(2027, 1, 1)), place=a_place(editor), publish=False)
    add_guest_kind(by=editor, at=AT, event=event, wish=Wish({"fr": "Dirigeants"}, 20))
    for place in ("", "programme/", "kinds/"):
        with CaptureQueriesContext(connection) as captured:
            page(desk, of(event, place))
        assert len(captured) <= 12, (place, [query["sql"][:90] for query in captured])
    assert GuestKind.objects.count() == 1


def test_a_form_sent_twice_plans_one_gathering(desk):
    fields = planned(nonce=str(uuid7()))
    assert [desk.post(f"{DESK}new/", fields).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.count() == 1
    assert not Organisation.objects.exists()
