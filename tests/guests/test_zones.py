"""The hours by the event's clock and by the guest's."""

from datetime import date, time

import pytest

from moussem.directory.domain.places import add_place
from moussem.directory.enums import PlaceKind
from moussem.directory.models import Organisation, Person
from moussem.events.domain.events import add_session
from moussem.events.domain.hours import Hours
from moussem.guests.domain.letters import INVITATION
from moussem.guests.domain.zones import clocks, guest_zone, zone_of_country
from moussem.guests.models import Invitation
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from tests.factories.accounts import AT
from tests.factories.guests import an_invitation
from tests.guests.conftest import a_gathering
from tests.guests.test_pages import by_link, page, sent


def a_timed_gathering(editor, **known):
    event = a_gathering(editor, zone="Africa/Casablanca", **known)
    hours = Hours(date(2090, 1, 10), time(9), time(17))
    add_session(by=editor, at=AT, event=event, title={"fr": "Accueil"}, hours=hours)
    return event


def live_in(editor, invitation, code, *, table=Person):
    country = add_place(by=editor, at=AT, kind=PlaceKind.COUNTRY, name={"fr": code}, code=code)
    town = add_place(by=editor, at=AT, kind=PlaceKind.CITY, name={"fr": "Ville"}, within=country)
    row = invitation.person if table is Person else invitation.organisation
    table.objects.filter(pk=row.pk).update(place=town)
    row.refresh_from_db()


@pytest.mark.parametrize(
    ("code", "zone"), [("MA", "Africa/Casablanca"), ("FR", "Europe/Paris"), ("US", ""), ("ZZ", "")]
)
def test_a_country_with_one_zone_has_that_one(code, zone):
    assert zone_of_country(code) == zone


@pytest.mark.parametrize("table", [Person, Organisation])
def test_a_guest_reads_the_hours_by_both_clocks_where_they_differ(editor, table):
    invitation = an_invitation(editor, a_timed_gathering(editor), email="amal@t.example")
    assert [str(clock) for clock in clocks(invitation)] == ["09:00–17:00 (Casablanca, UTC+1)"]
    live_in(editor, invitation, "AE", table=table)
    invitation = Invitation.objects.get()
    assert [str(clock) for clock in clocks(invitation)][1:] == ["12:00–20:00 (Dubai, UTC+4)"]


def test_the_same_time_under_another_name_is_said_once(editor):
    invitation = an_invitation(editor, a_timed_gathering(editor))
    live_in(editor, invitation, "FR")
    assert guest_zone(invitation).key == "Europe/Paris"
    assert len(clocks(invitation)) == 1


def test_a_country_of_several_zones_reads_the_events_own(editor):
    invitation = an_invitation(editor, a_timed_gathering(editor))
    live_in(editor, invitation, "US")
    assert guest_zone(invitation).key == "Africa/Casablanca"


def test_the_guest_chooses_a_zone_on_the_page_and_the_mails_follow(client, editor):
    invitation = an_invitation(editor, a_timed_gathering(editor), email="amal@t.example")
    sent(client, by_link(invitation, "zone/"), zone="America/New_York")
    shown = page(client, by_link(invitation))
    assert "09:00–17:00 (Casablanca, UTC+1)" in shown
    assert "À votre heure\u00a0: 03:00–11:00 (New York, UTC−5)" in shown
    letter = template(INVITATION).render(Message.objects.get())
    assert "03:00–11:00 (New York, UTC−5)" in letter.text
    assert "03:00–11:00 (New York, UTC−5)" in letter.html


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "x" * 500])
def test_a_zone_that_is_not_offered_changes_nothing(client, editor, zone):
    invitation = an_invitation(editor, a_timed_gathering(editor))
    assert "n’est pas connu ici" in sent(client, by_link(invitation, "zone/"), 200, follow=True, zone=zone)
    invitation.refresh_from_db()
    assert invitation.zone == ""


def test_without_stated_hours_no_clock_and_no_choice_is_shown(client, editor, event):
    invitation = an_invitation(editor, event)
    assert clocks(invitation) == []
    assert "fuseau" not in page(client, by_link(invitation))


def until_midnight(editor, begins=time(20), first=10):
    event = a_gathering(editor, zone="Africa/Casablanca")
    hours = Hours(date(2090, 1, first), begins, time(0))
    add_session(by=editor, at=AT, event=event, title={"fr": "Dîner"}, hours=hours)
    return an_invitation(editor, event, email="a@t.example")


def test_an_end_at_midnight_is_that_of_its_day_on_the_page_in_the_letter_and_stays_an_instant_in_the_calendar(
    client, editor
):
    invitation = until_midnight(editor)
    assert str(clocks(invitation, "fr")[0]) == "20:00–minuit (Casablanca, UTC+1)"
    assert "20:00–24:00" in str(clocks(invitation, "ar")[0])
    shown = page(client, by_link(invitation))
    assert "20:00–minuit" in shown
    assert "11\u00a0janvier" not in shown
    letter = template(INVITATION).render(Message.objects.get())
    assert "20:00–minuit" in letter.text
    assert "DTEND;TZID=Africa/Casablanca:20900111T000000" in letter.attachments[0].content.decode()


def test_days_that_end_at_midnight_end_on_the_day_that_is_over(editor):
    invitation = until_midnight(editor)
    add_session(
        by=editor, at=AT, event=invitation.event, title={"fr": "Accueil"},
        hours=Hours(date(2090, 1, 9), time(9), time(10)),
    )  # fmt: skip
    said = str(clocks(invitation, "fr")[0])
    assert said.startswith("9\u00a0janvier 2090, 09:00 – 10\u00a0janvier 2090, minuit")
