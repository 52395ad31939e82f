"""The letters of meetings: each once, in the guest's language, with one calendar entry that changes and leaves."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from moussem.accounts.domain.links import link_address
from moussem.audit.models import Entry
from moussem.core.models import Job
from moussem.core.queue import run_due_jobs
from moussem.directory.models import Person
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Registration
from moussem.mail.domain.suppression import suppress
from moussem.mail.domain.templates import template
from moussem.mail.enums import MessageState, SuppressionReason
from moussem.mail.models import Message
from moussem.meetings.domain import outcomes, placing, requests
from moussem.meetings.models import Side, Slot, Table
from tests.factories.accounts import AT
from tests.factories.meetings import AFTER, MORNING, a_guest, a_meeting, a_request, accepted, by_link, link_of
from tests.mail.servers import mail_server

pytestmark = pytest.mark.django_db
AMINA, BRAHIM = "amina@alpha.example", "brahim@beta.example"


@pytest.fixture(autouse=True)
def addresses(amina, brahim):
    """Amina is written to in French, Brahim in English."""
    for guest, email, language in ((amina, AMINA, "fr"), (brahim, BRAHIM, "en")):
        Person.objects.filter(pk=guest.person_id).update(email=email, language=language)
        guest.person.refresh_from_db()


def letters(name, to=None):
    found = Message.objects.filter(template=f"meetings.{name}").order_by("pk")
    return list(found.filter(address=to) if to else found)


def rendered(message):
    return template(message.template).render(message)


def entry_of(message):
    (attached,) = rendered(message).attachments
    calendar = Calendar.from_ical(attached.content)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


@pytest.fixture
def meeting(by, laid_out, amina, brahim):
    return a_meeting(by, amina, brahim)


def test_who_is_asked_is_told_by_a_letter_with_their_own_link(by, amina, brahim):
    a_request(by_link(amina), amina, brahim, words="Un centre à Oujda")
    (message,) = letters("asked")
    said = rendered(message)
    assert (message.address, message.language) == (BRAHIM, "en")
    assert said.subject == "Amina Exemple, Alpha Exemple would like to meet you at “Rencontre”"
    assert "Un centre à Oujda" in said.text
    assert f"/l/{link_address(link_of(brahim))}/" in said.text
    assert link_address(link_of(brahim)) not in str(message.arguments)
    assert AMINA not in said.text + said.html


@pytest.mark.parametrize(("state", "subject"), [("accepted", "souhaite aussi"), ("declined", "Pas cette fois")])
def test_who_asked_is_told_the_answer_in_their_language(by, amina, brahim, state, subject):
    request = a_request(by, amina, brahim)
    answer = requests.accept_request if state == "accepted" else requests.decline_request
    answer(by=by_link(brahim), at=AT, meeting_request=request)
    (message,) = letters(state)
    assert (message.address, message.language) == (AMINA, "fr")
    assert subject in rendered(message).subject
    assert f"/l/{link_address(link_of(amina))}/" in rendered(message).text


def test_an_answer_refused_for_being_second_writes_nothing(by, amina, brahim):
    request = accepted(by, amina, brahim)
    with pytest.raises(requests.AlreadyAnswered):
        requests.decline_request(by=by_link(brahim), at=AT, meeting_request=request)
    assert letters("declined") == []


def test_both_are_told_when_and_where_with_an_entry_for_the_calendar(meeting):
    to_amina, to_brahim = letters("placed", AMINA)[0], letters("placed", BRAHIM)[0]
    assert "10\u00a0mars 2026, 09:00–09:20" in rendered(to_amina).text
    assert "10 March 2026" in rendered(to_brahim).subject.replace("\u00a0", " ")
    assert "table 1" in rendered(to_amina).text
    method, event = entry_of(to_amina)
    assert (method, event["ATTENDEE"]) == ("REQUEST", f"mailto:{AMINA}")
    assert event.decoded("DTSTART") == MORNING
    assert "Brahim Exemple, Beta Exemple" in str(event["SUMMARY"])
    assert str(event["UID"]).startswith(str(meeting.public_id))


def test_a_move_changes_the_same_entry_and_a_cancellation_takes_it_out(by, meeting):
    uid, first = entry_of(letters("placed", AMINA)[0])[1]["UID"], meeting.version
    slot = Slot.objects.order_by("starts_at").last()
    placing.move_meeting(by=by, at=AT, meeting=meeting, slot=slot, table=Table.objects.get(name="2"))
    method, event = entry_of(letters("changed", AMINA)[0])
    assert (method, event["UID"]) == ("REQUEST", uid)
    assert event["SEQUENCE"] > first
    assert event.decoded("DTSTART") == slot.starts_at
    moved = event["SEQUENCE"]
    placing.cancel_meeting(by=by, at=AT, meeting=meeting)
    method, event = entry_of(letters("cancelled", AMINA)[0])
    assert (method, event["UID"], event["STATUS"]) == ("CANCEL", uid, "CANCELLED")
    assert event["SEQUENCE"] > moved
    assert len(letters("cancelled")) == len(letters("changed")) == 2


def test_each_move_writes_once_more_and_a_refused_one_not_at_all(by, meeting):
    slots, tables = list(Slot.objects.order_by("starts_at")), list(Table.objects.order_by("position"))
    for slot in slots[1:]:
        placing.move_meeting(by=by, at=AT, meeting=meeting, slot=slot, table=tables[0])
    assert len(letters("changed", AMINA)) == 2
    placing.cancel_meeting(by=by, at=AT, meeting=meeting)
    with pytest.raises(placing.NotPlaced):
        placing.move_meeting(by=by, at=AT, meeting=meeting, slot=slots[0], table=tables[0])
    with pytest.raises(placing.NotPlaced):
        placing.cancel_meeting(by=by, at=AT, meeting=meeting)
    assert (len(letters("changed", AMINA)), len(letters("cancelled", AMINA))) == (2, 1)


def test_a_late_letter_never_puts_a_cancelled_meeting_back_into_a_calendar(by, meeting):
    late = letters("placed", AMINA)[0]
    placing.cancel_meeting(by=by, at=AT, meeting=meeting)
    assert entry_of(late)[0] == "CANCEL"
    assert "Annulé" in rendered(late).subject


def test_a_request_placed_again_is_a_new_entry(by, meeting):
    placing.cancel_meeting(by=by, at=AT, meeting=meeting)
    again = placing.place_request(by=by, at=AT, meeting_request=meeting.request)
    uids = {str(entry_of(message)[1]["UID"]) for message in letters("placed", AMINA)}
    assert len(uids) == 2
    assert any(uid.startswith(str(again.public_id)) for uid in uids)


def test_who_meets_online_reads_the_room_once_it_is_known(by, laid_out, amina, brahim):
    Registration.objects.filter(pk=brahim.pk).update(mode=AttendanceMode.ONLINE)
    brahim.refresh_from_db()
    meeting = a_meeting(by, amina, brahim)
    assert "l’adresse suit" in rendered(letters("placed", AMINA)[0]).text
    for _ in range(2):
        placing.set_room(by=by, at=AT, meeting=meeting, room_address="https://salle.example/7")
    (message,) = letters("changed", AMINA)
    assert "https://salle.example/7" in rendered(message).text
    assert entry_of(message)[1]["URL"] == "https://salle.example/7"


def test_after_the_day_each_silent_side_is_asked_once_whether_it_took_place(meeting, amina, brahim):
    outcomes.note_outcome(
        by=by_link(brahim), at=MORNING, side=meeting.sides.get(registration=brahim), took_place=True
    )  # fmt: skip
    evening = MORNING + timedelta(hours=14, minutes=59)
    assert outcomes.ask_outcomes(at=evening) == 0
    midnight = MORNING + timedelta(hours=15)
    assert outcomes.ask_outcomes(at=midnight) == 1
    assert outcomes.ask_outcomes(at=AFTER) == 0
    (message,) = letters("outcome")
    said = rendered(message)
    assert message.address == AMINA
    assert "a-t-il eu lieu" in said.subject
    assert f"/l/{link_address(link_of(amina))}/" in said.text
    assert said.attachments == ()
    assert Entry.objects.filter(verb="ask_outcome").count() == 1


def test_nobody_is_asked_of_a_cancelled_meeting_by_a_seat_given_back_or_after_thirty_days(by, meeting, amina, brahim):
    assert outcomes.ask_outcomes(at=AFTER + timedelta(days=31)) == 0
    Registration.objects.filter(pk=amina.pk).update(cancelled_at=AT)
    assert outcomes.ask_outcomes(at=AFTER) == 1
    assert letters("outcome", AMINA) == []
    Side.objects.update(asked_at=None)
    placing.cancel_meeting(by=by, at=AFTER, meeting=meeting)
    assert outcomes.ask_outcomes(at=AFTER) == 0


def test_the_day_is_that_of_the_events_own_clock(meeting):
    Slot.objects.update(zone="America/Los_Angeles")
    assert outcomes.ask_outcomes(at=MORNING + timedelta(hours=15)) == 0
    assert outcomes.ask_outcomes(at=MORNING + timedelta(hours=22)) == 2


def test_a_guest_without_an_address_is_written_nothing_and_everything_goes_on(by, laid_out, amina, event):
    stranger = a_guest(by, event, "Sans Adresse", firm="Delta Exemple")
    meeting = a_meeting(by, amina, stranger)
    assert {message.address for message in Message.objects.all()} == {AMINA}
    assert outcomes.ask_outcomes(at=AFTER) == 2
    assert meeting.sides.filter(asked_at=None).count() == 0


def test_who_refused_further_mail_is_sent_none(meeting, cri, by, settings):
    suppress(promoter=cri, address=AMINA, reason=SuppressionReason.REFUSED, by=by, at=AT)
    with mail_server() as (box, url):
        settings.MAIL_URL, settings.DEMONSTRATION = url, False
        run_due_jobs()
        run_due_jobs()
    assert {message.state for message in letters("placed", AMINA)} == {MessageState.SUPPRESSED}
    assert {mail["To"] for mail in box.mails} == {BRAHIM}
    assert all("List-Unsubscribe" in mail for mail in box.mails)
    assert not Job.objects.filter(name="mail.send", state="waiting").exists()


def test_words_of_a_guest_are_no_markup_in_the_letter(by, amina, brahim):
    a_request(by_link(amina), amina, brahim, words="<script>alert(1)</script>")
    (message,) = letters("asked")
    assert "<script>" not in rendered(message).html
    assert "<script>alert(1)</script>" in rendered(message).text
