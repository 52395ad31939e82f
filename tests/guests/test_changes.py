"""An event that moves or is cancelled: one letter each, one calendar entry that follows."""

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.engines.values import period as periods
from moussem.events.domain.cancelling import cancel_event, restore_event
from moussem.events.domain.events import EventFacts, add_session
from moussem.events.domain.hours import Hours
from moussem.events.domain.planning import SessionFacts, correct_event, correct_letters, correct_session
from moussem.events.enums import EventKind, EventMode
from moussem.events.models import Event
from moussem.guests.domain.changes import QUIET, tell_change, tell_changes_everywhere
from moussem.guests.domain.invitations import EventCancelled, expire_everywhere, invite, remind
from moussem.guests.domain.letters import CANCELLED, CHANGED, INVITATION
from moussem.guests.models import ToldAppointment
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from tests.factories.accounts import AT, a_promoter, staff
from tests.factories.guests import a_target, an_invitation, answered
from tests.guests.conftest import a_gathering
from tests.racing import at_once


@pytest.fixture
def guests(editor, event):
    """One who comes, one who waits, one silent, one who declined."""
    names = ("Vient", "Muette", "Décline", "Autre", "Attend")
    found = {name: an_invitation(editor, event, name, email=f"{name[0].lower()}@t.example") for name in names}
    answered(found["Vient"], "on_site"), answered(found["Autre"], "on_site")
    answered(found["Attend"], "on_site"), answered(found["Décline"])
    return found


def move(editor, event, on=date(2090, 2, 3)):
    event = Event.objects.get(pk=event.pk)
    facts = EventFacts(
        kind=EventKind.ONE_TO_FEW, name=event.name, period=periods.day(on), mode=EventMode.BOTH, seats_on_site=2
    )
    return correct_event(by=editor, at=AT, event=event, read_version=event.version, facts=facts)


def told(name):
    return sorted(Message.objects.filter(template=name).values_list("address", flat=True))


def entry(message):
    (attachment,) = template(message.template).render(message).attachments
    (event,) = Calendar.from_ical(attachment.content).walk("VEVENT")
    return attachment.method, event


def test_who_comes_or_waits_is_told_once_when_the_day_has_stood_for_a_minute(editor, event, guests):
    move(editor, event)
    assert tell_changes_everywhere(at=AT) == 0
    move(editor, event, date(2090, 2, 4))
    assert tell_changes_everywhere(at=AT + QUIET) == 0
    assert tell_changes_everywhere(at=AT + QUIET * 2 - timedelta(seconds=1)) == 0
    assert tell_changes_everywhere(at=AT + QUIET * 2) == 3
    assert tell_changes_everywhere(at=AT + QUIET * 9) == 0
    assert told(CHANGED) == ["a@t.example", "a@t.example", "v@t.example"]
    letter = template(CHANGED).render(Message.objects.filter(template=CHANGED).first())
    assert "4\u00a0février 2090" in letter.text
    assert "Vient sur site" in letter.text


def test_the_same_entry_of_the_calendar_moves_with_a_higher_sequence(editor, event, guests):
    first = Message.objects.get(template=INVITATION, address="v@t.example")
    before = entry(first)[1]
    move(editor, event)
    tell_change(by=editor, at=AT, event=event)
    method, after = entry(Message.objects.get(template=CHANGED, address="v@t.example"))
    assert (method, after["UID"]) == ("REQUEST", before["UID"])
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (date(2090, 1, 10), date(2090, 2, 3))


def test_an_hour_of_the_programme_moves_the_entry_too(editor, event, guests):
    def hours(begins):
        return Hours(date(2090, 1, 10), time(begins))

    session = add_session(by=editor, at=AT, event=event, title={"fr": "Accueil"}, hours=hours(9))
    assert tell_change(by=editor, at=AT, event=event) == 3
    earlier = [entry(m)[1]["SEQUENCE"] for m in Message.objects.filter(template=CHANGED)]
    facts = SessionFacts(title=session.title, hours=hours(11))
    correct_session(by=editor, at=AT, session=session, read_version=session.version, facts=facts)
    assert tell_change(by=editor, at=AT, event=event) == 3
    newest = Message.objects.filter(template=CHANGED).order_by("-pk").first()
    assert entry(newest)[1]["SEQUENCE"] > max(earlier)
    assert entry(newest)[1]["DTSTART"].dt.hour == 11


def test_what_is_no_change_of_day_or_place_is_told_to_nobody(editor, event, guests):
    correct_letters(by=editor, at=AT, event=event, read_version=Event.objects.get().version, letters={})
    move(editor, event, date(2090, 1, 10))
    assert tell_change(by=editor, at=AT, event=event) == 0
    move(editor, event)
    tell_changes_everywhere(at=AT)
    move(editor, event, date(2090, 1, 10))
    assert tell_changes_everywhere(at=AT + QUIET * 2) == 0
    assert ToldAppointment.objects.get().seen == ""
    assert told(CHANGED) == []


def test_a_cancelled_event_leaves_every_calendar_and_closes_every_answer(editor, event, guests, oriental):
    waits = Message.objects.get(template=INVITATION, address="m@t.example")
    cancel_event(by=editor, at=AT, event=event)
    cancel_event(by=editor, at=AT, event=event)
    assert tell_changes_everywhere(at=AT) == 0
    assert tell_changes_everywhere(at=AT + QUIET) == 4
    assert told(CANCELLED) == ["a@t.example", "a@t.example", "m@t.example", "v@t.example"]
    method, off = entry(Message.objects.filter(template=CANCELLED).first())
    assert (method, str(off["STATUS"])) == ("CANCEL", "CANCELLED")
    assert entry(waits)[0] == "CANCEL"
    assert "n’a pas lieu" in template(INVITATION).render(waits).text
    with pytest.raises(EventCancelled):
        answered(guests["Muette"], "on_site")
    with pytest.raises(EventCancelled):
        remind(by=editor, at=AT, invitation=guests["Muette"])
    with pytest.raises(EventCancelled):
        invite(by=editor, at=AT, target=a_target(editor, event, "Tardive"))


def test_taking_it_back_at_once_tells_nobody_and_later_that_it_takes_place(editor, event, guests):
    cancel_event(by=editor, at=AT, event=event)
    restore_event(by=editor, at=AT, event=event)
    assert tell_change(by=editor, at=AT, event=event) == 0
    cancel_event(by=editor, at=AT, event=event)
    tell_change(by=editor, at=AT, event=event)
    restore_event(by=editor, at=AT, event=event)
    assert tell_change(by=editor, at=AT, event=event) == 3
    method, after = entry(Message.objects.filter(template=CHANGED).first())
    off = entry(Message.objects.filter(template=CANCELLED).first())[1]
    assert (method, after["UID"]) == ("REQUEST", off["UID"])


def test_an_event_that_has_begun_tells_nobody(editor, event, guests):
    move(editor, event)
    begun = AT.fromisoformat("2090-02-04T00:00:00+01:00")
    expire_everywhere(at=begun)
    assert tell_change(by=editor, at=begun, event=event) == 0
    assert told(CHANGED) == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_who_look_at_once_tell_it_once():
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by)
    answered(an_invitation(by, event, email="v@t.example"), "on_site")
    move(by, event)
    tell_changes_everywhere(at=AT)
    at_once(*[lambda: tell_changes_everywhere(at=AT + QUIET)] * 2, refused=())
    assert told(CHANGED) == ["v@t.example"]


@pytest.mark.django_db(transaction=True)
def test_looking_before_telling_would_tell_it_twice():
    """The negative control: both compare what was told with what holds, and both write."""
    from threading import Barrier

    from moussem.guests.domain.appointments import appointment_digest

    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by)
    answered(an_invitation(by, event, email="v@t.example"), "on_site")
    move(by, event)
    looked, wrote = Barrier(2), []

    def naive():
        differs = ToldAppointment.objects.get().digest != appointment_digest(Event.objects.get())
        looked.wait(timeout=60)
        if differs:
            wrote.append("v@t.example")

    at_once(naive, naive, refused=())
    assert len(wrote) == 2
