"""Meetings at the desk: from an event's empty page to a meeting that took place, by what the pages offer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.enums import Role
from moussem.actions.models import Action
from moussem.core.submissions import new_nonce
from moussem.guests.enums import AttendanceMode
from moussem.meetings.domain.outcomes import note_outcome
from moussem.meetings.models import Meeting, MeetingRequest, Slot, Table
from tests.factories.accounts import a_promoter, a_token, at_work, staff
from tests.factories.meetings import (
    AFTER,
    MORNING,
    a_gathering,
    a_guest,
    a_meeting,
    a_request,
    accepted,
    by_link,
    hours,
)

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def desk(client, cri):
    client.force_login(staff(cri, Role.ORGANISER))
    return client


@pytest.fixture
def room(event):
    return f"/p/cri/events/{event.public_id}/meetings/"


def opened(client, path, status=200):
    answer = client.get(path, headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


def sent(client, path, status=302, **words):
    answer = client.post(path, {"nonce": new_nonce(), **words}, headers=ENGLISH)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode() if status != 302 else opened(client, answer["location"])


def test_from_an_empty_page_to_a_placed_meeting_by_what_is_offered(desk, room, event, amina, brahim):
    page = opened(desk, room)
    assert "No hours are laid out" in page
    assert f"{room}prepare/" in page
    hours_asked = {"on": "2027-03-10", "begins": "09:00", "ends": "10:00", "minutes": 20, "pause_minutes": 0}
    page = sent(desk, f"{room}prepare/", **hours_asked, tables=2)
    assert "3 slots are laid out." in page
    page = sent(desk, f"{room}ask/", asker=amina.public_id, asked=brahim.public_id, wish="meet")
    assert "Accept for them" in page
    request = MeetingRequest.objects.get()
    page = sent(desk, f"/p/cri/meetings/requests/{request.public_id}/accept/")
    assert "Place them all" in page
    page = sent(desk, f"{room}place/")
    assert "1 meeting is placed." in page
    assert page.count("Amina Exemple – Brahim Exemple") == 1
    meeting = Meeting.objects.get()
    assert (meeting.table.name, meeting.state) == ("1", "placed")
    page = opened(desk, f"/p/cri/meetings/{meeting.public_id}/")
    assert "09:00" in page
    assert "Table 1" in page
    assert "Brahim Exemple" in opened(desk, f"{room}plan/")
    assert "Table 1" in opened(desk, f"{room}plan/?by=table")
    assert "Amina Exemple" in opened(desk, "/p/cri/meetings/")


def test_wrong_hours_are_told_and_what_was_typed_stays(desk, room, event):
    wrong = {"on": "2027-03-10", "begins": "11:00", "ends": "10:00", "minutes": 20, "pause_minutes": 0, "tables": 2}
    page = sent(desk, f"{room}prepare/", 422, **wrong)
    assert "No meeting fits between these hours" in page
    assert 'value="11:00"' in page
    page = sent(desk, f"{room}prepare/", 422, **(wrong | {"minutes": 1, "on": "soon"}))
    assert page.count("m-wrong") >= 2
    assert not Slot.objects.exists()


def test_the_same_two_are_not_asked_twice_and_nobody_themselves(desk, room, by, amina, brahim):
    a_request(by, amina, brahim)
    page = sent(desk, f"{room}ask/", 422, asker=brahim.public_id, asked=amina.public_id, wish="must")
    assert "A request between the two stands already." in page
    page = sent(desk, f"{room}ask/", 422, asker=amina.public_id, asked=amina.public_id, wish="meet")
    assert "Choose two different guests." in page


def test_once_all_hours_have_begun_the_first_pair_of_the_day_is_proposed(desk, by, laid_out, amina, brahim):
    request = accepted(by, amina, brahim)
    shown = desk.get(f"/p/cri/meetings/requests/{request.public_id}/place/").content.decode()
    first = laid_out.slots.order_by("starts_at")[0]
    assert f'value="{first.public_id}" selected' in shown
    assert f'value="{Table.objects.order_by("position")[0].public_id}" selected' in shown


def test_placing_by_hand_proposes_the_first_free_pair_and_refuses_a_taken_one(desk, by, laid_out, amina, brahim, chloe):
    held = a_meeting(by, amina, brahim)
    request = accepted(by, chloe, a_guest(by, laid_out, "Driss Exemple"))
    path = f"/p/cri/meetings/requests/{request.public_id}/place/"
    page = sent(desk, path, 422, slot=held.slot.public_id, table=held.table.public_id)
    assert "Another meeting is held at this table then." in page
    own = accepted(by, amina, chloe)
    page = sent(
        desk, f"/p/cri/meetings/requests/{own.public_id}/place/", 422, slot=held.slot.public_id,
        table=Table.objects.last().public_id,
    )  # fmt: skip
    assert "Amina Exemple has another meeting then." in page
    assert Meeting.objects.count() == 1


def test_a_meeting_is_moved_and_cancelled_and_its_request_placed_again(desk, by, laid_out, amina, brahim, room):
    meeting = a_meeting(by, amina, brahim)
    path = f"/p/cri/meetings/{meeting.public_id}/"
    last = Slot.objects.last()
    assert "The meeting is moved." in sent(
        desk, f"{path}move/", slot=last.public_id, table=Table.objects.last().public_id
    )
    assert "The meeting is cancelled." in sent(desk, f"{path}cancel/")
    meeting.refresh_from_db()
    assert (meeting.slot, meeting.state) == (last, "cancelled")
    assert "It is over, or was cancelled." in sent(desk, f"{path}cancel/")
    assert "Accepted, without a place" in opened(desk, room)


def test_who_meets_online_gets_the_address_of_a_room(desk, by, laid_out, amina):
    online = a_guest(by, laid_out, "Omar Exemple", mode=AttendanceMode.ONLINE)
    meeting = a_meeting(by, amina, online)
    path = f"/p/cri/meetings/{meeting.public_id}/"
    assert "No address yet" in opened(desk, path)
    for wrong in ("javascript:alert(1)", "room 1"):
        assert "This is no address of a room" in sent(desk, f"{path}online/", room_address=wrong)
    assert "https://rooms.example/1" in sent(desk, f"{path}online/", room_address="https://rooms.example/1")


def test_staff_note_for_a_guest_and_the_guests_own_word_settles_it(desk, by, laid_out, amina, brahim):
    meeting = a_meeting(by, amina, brahim)
    Slot.objects.filter(pk=meeting.slot_id).update(
        starts_at=MORNING.replace(year=2020), ends_at=AFTER.replace(year=2021)
    )
    one, other = meeting.sides.order_by("pk")
    path = f"/p/cri/meetings/{meeting.public_id}/sides/{one.public_id}/"
    assert "Noted for Amina Exemple." in sent(desk, path, took_place="yes")
    assert "Say yes or no." in sent(desk, path, took_place="perhaps")
    note_outcome(by=by_link(brahim), at=AFTER, side=other, took_place=True)
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert "Took place" in opened(desk, f"/p/cri/meetings/{meeting.public_id}/")


def test_a_next_step_of_a_meeting_is_on_today_with_owner_and_date(desk, by, laid_out, amina, brahim):
    meeting = a_meeting(by, amina, brahim)
    page = opened(desk, f"/p/cri/meetings/{meeting.public_id}/next/")
    assert page.count("selected") >= 1
    page = sent(
        desk, f"/p/cri/meetings/{meeting.public_id}/next/", words="Visit the plateau", about=brahim.public_id,
        due_on="2026-04-01",
    )  # fmt: skip
    assert "Visit the plateau" in page
    assert Action.objects.get().about == brahim.organisation.subject
    assert "Visit the plateau" in opened(desk, "/p/cri/")


def test_what_waits_is_on_today_under_meet(desk, by, laid_out, amina, brahim, chloe):
    a_request(by, amina, brahim)
    MeetingRequest.objects.update(expires_at=AFTER.replace(year=2100))
    accepted(by, amina, chloe)
    page = opened(desk, "/p/cri/")
    for words in ("Requests to meet without an answer", "Accepted meetings to be placed", "Amina Exemple – Brahim"):
        assert words in page


def test_an_organisations_timeline_shows_its_meetings_to_its_staff_and_never_to_the_public(
    client, desk, cri, by, laid_out, amina, brahim
):
    a_meeting(by, amina, brahim)
    firm = amina.organisation
    path = f"/p/cri/organisations/{firm.public_id}/"
    assert "Meeting with Brahim Exemple" in opened(desk, path)
    client.force_login(staff(cri, Role.JUROR))
    assert "Meeting with Brahim Exemple" not in client.get(path, headers=ENGLISH).content.decode()


def test_another_promoters_meetings_do_not_exist(desk):
    theirs = at_work(a_promoter("other"), Role.ORGANISER)
    event = a_gathering(theirs)
    hours(theirs, event)
    one, other = a_guest(theirs, event, "Une"), a_guest(theirs, event, "Autre")
    meeting = a_meeting(theirs, one, other)
    opened(desk, f"/p/cri/events/{event.public_id}/meetings/", 404)
    opened(desk, f"/p/cri/meetings/{meeting.public_id}/", 404)
    for verb in ("accept", "decline", "withdraw"):
        sent(desk, f"/p/cri/meetings/requests/{meeting.request.public_id}/{verb}/", 404)
    sent(desk, f"/p/cri/meetings/{meeting.public_id}/cancel/", 404)


@pytest.mark.parametrize("role", [Role.JUROR, Role.FUND_OFFICER])
def test_who_meets_whom_is_no_jurors_business(client, cri, role, room):
    client.force_login(staff(cri, role))
    opened(client, room, 403)
    opened(client, "/p/cri/meetings/", 403)


@pytest.mark.parametrize("page", ["list", "room"])
def test_a_page_asks_as_often_for_three_meetings_as_for_one(desk, by, laid_out, room, page):
    path, asked = {"list": "/p/cri/meetings/", "room": room}[page], []
    for added in (1, 2):
        for _ in range(added):
            number = Meeting.objects.count()
            pair = [a_guest(by, laid_out, f"Guest {number} {side}", firm=f"Firm {number} {side}") for side in "ab"]
            a_meeting(by, *pair)
        opened(desk, path)
        with CaptureQueriesContext(connection) as queries:
            opened(desk, path)
        asked.append(len(queries))
    assert asked == [{"list": 6, "room": 8}[page]] * 2


def test_the_api_tells_a_token_of_its_promoter_and_nobody_else(client, cri, by, laid_out, amina, brahim, chloe):
    meeting = a_meeting(by, amina, brahim)
    request = a_request(by, amina, chloe)
    theirs = at_work(a_promoter("other"), Role.ORGANISER)
    event = a_gathering(theirs)
    hours(theirs, event)
    a_meeting(theirs, a_guest(theirs, event, "Une"), a_guest(theirs, event, "Autre"))
    _, secret = a_token(cri, staff(cri, Role.ORGANISER), days=9999)
    bearer = {"authorization": f"Bearer {secret}"}

    for path in ("meetings", "meeting-requests"):
        assert client.get(f"/api/v1/{path}").status_code in (401, 403)
    (item,) = client.get("/api/v1/meetings?state=placed", headers=bearer).json()["items"]
    assert (item["id"], item["table"], item["starts_at"]) == (str(meeting.public_id), "1", "2026-03-10T09:00:00Z")
    assert [item[side]["person"]["label"] for side in ("asker", "asked")] == ["Amina Exemple", "Brahim Exemple"]
    assert [side["took_place"] for side in item["sides"]] == [None, None]
    assert client.get(f"/api/v1/meetings/{meeting.public_id}", headers=bearer).json() == item
    (asked,) = client.get("/api/v1/meeting-requests?state=asked", headers=bearer).json()["items"]
    assert asked["id"] == str(request.public_id)
