"""A guest's meetings by their own link: they see their own, ask those who agreed to be known, and never learn of
others.
"""

import pytest

from moussem.accounts.domain.links import link_address
from moussem.core.submissions import new_nonce
from moussem.guests.models import Registration
from moussem.meetings.models import Meeting, MeetingRequest, Slot
from tests.factories.accounts import AT, a_link
from tests.factories.meetings import AFTER, MORNING, a_guest, a_meeting, a_request, link_of

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def home(registration):
    link = link_of(registration)
    link.language = "en"
    link.save(update_fields=["language"])
    return f"/l/{link_address(link)}/"


def opened(client, path, status=200):
    answer = client.get(path, headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


def sent(client, path, status=302, **words):
    answer = client.post(path, {"nonce": new_nonce(), **words}, headers=ENGLISH)
    assert answer.status_code == status, answer.content.decode()
    return answer


def live(request):
    """Its week is not over."""
    MeetingRequest.objects.filter(pk=request.pk).update(expires_at=AFTER.replace(year=2100))
    return request


def test_a_guest_asks_and_the_other_accepts_and_both_read_when_and_where(client, by, laid_out, amina, brahim):
    whom = opened(client, f"{home(amina)}meetings/")
    assert "Brahim Exemple" in whom
    assert "Amina Exemple" not in whom.split("<main", 1)[1].split("m-narrow", 1)[1]
    assert "@" not in whom.split("<main", 1)[1]
    sent(client, f"{home(amina)}meetings/ask/", asked=brahim.public_id, words="A plateau")
    request = MeetingRequest.objects.get()
    page = opened(client, home(brahim))
    assert "They ask to meet you" in page
    assert "A plateau" in page
    sent(client, f"{home(brahim)}meetings/requests/{request.public_id}/accept/")
    from moussem.meetings.domain.placing import place_all

    place_all(by=by, at=AT, event=laid_out)
    for guest, other in ((amina, "Brahim Exemple"), (brahim, "Amina Exemple")):
        page = opened(client, home(guest))
        assert other in page
        assert "09:00–09:20" in page
        assert "Table 1" in page


def test_a_guest_never_learns_of_others_meetings(client, by, laid_out, amina, brahim, chloe):
    a_meeting(by, brahim, chloe)
    request = live(a_request(by, brahim, a_guest(by, laid_out, "Driss Exemple")))
    page = opened(client, home(amina))
    for name in ("Brahim", "Chloé", "Driss", "09:00"):
        assert name not in page
    meeting = Meeting.objects.get()
    sent(client, f"{home(amina)}meetings/{meeting.public_id}/outcome/", 404, took_place="yes")
    for verb in ("accept", "decline", "withdraw"):
        sent(client, f"{home(amina)}meetings/requests/{request.public_id}/{verb}/", 404)
    sent(client, f"{home(brahim)}meetings/requests/{request.public_id}/accept/", 404)
    request.refresh_from_db()
    assert request.state == "asked"


def test_who_did_not_agree_to_be_known_is_neither_shown_nor_asked(client, by, laid_out, amina):
    shy = a_guest(by, laid_out, "Driss Exemple", known=False)
    assert "Driss" not in opened(client, f"{home(amina)}meetings/")
    for asked in (shy.public_id, "not-a-guest", amina.public_id):
        sent(client, f"{home(amina)}meetings/ask/", 404, asked=asked)
    assert not MeetingRequest.objects.exists()


def test_names_narrow_the_list(client, by, laid_out, amina, brahim, chloe):
    page = opened(client, f"{home(amina)}meetings/?q=gamma")
    assert "Chloé" in page
    assert "Brahim" not in page


def test_who_comes_no_more_has_no_meetings_page(client, amina, brahim):
    path = home(amina)
    Registration.objects.filter(pk=amina.pk).update(cancelled_at=AT)
    assert "My meetings" not in opened(client, path)
    opened(client, f"{path}meetings/", 404)
    sent(client, f"{path}meetings/ask/", 404, asked=brahim.public_id)


def test_a_link_for_another_purpose_opens_nothing_here(client, cri, amina):
    address = link_address(a_link(cri, days=9999, purpose="declare"))
    opened(client, f"/l/{address}/meetings/", 404)
    opened(client, "/l/unknown/meetings/", 404)


def test_an_expired_link_says_so(client, cri, amina):
    link = link_of(amina)
    link.expires_at = AT
    link.save(update_fields=["expires_at"])
    opened(client, f"/l/{link_address(link)}/meetings/", 410)


def test_a_guest_takes_their_request_back_and_declines_anothers(client, by, amina, brahim, chloe):
    mine, theirs = live(a_request(by, amina, brahim)), live(a_request(by, chloe, amina))
    sent(client, f"{home(amina)}meetings/requests/{mine.public_id}/withdraw/")
    sent(client, f"{home(amina)}meetings/requests/{theirs.public_id}/decline/")
    assert [MeetingRequest.objects.get(pk=row.pk).state for row in (mine, theirs)] == ["withdrawn", "declined"]
    sent(client, f"{home(amina)}meetings/requests/{theirs.public_id}/accept/")
    assert "This request waits for no answer any more." in opened(client, home(amina))


def test_after_it_began_a_guest_is_asked_whether_it_took_place(client, by, laid_out, amina, brahim):
    meeting = a_meeting(by, amina, brahim)
    assert "Did it take place?" in opened(client, home(amina))
    Slot.objects.filter(pk=meeting.slot_id).update(
        starts_at=MORNING.replace(year=2100), ends_at=MORNING.replace(year=2101)
    )
    assert "Did it take place?" not in opened(client, home(amina))
    sent(client, f"{home(amina)}meetings/{meeting.public_id}/outcome/", took_place="yes")
    assert "The meeting has not begun." in opened(client, home(amina))
    Slot.objects.filter(pk=meeting.slot_id).update(starts_at=MORNING, ends_at=AFTER)
    for guest in (amina, brahim):
        sent(client, f"{home(guest)}meetings/{meeting.public_id}/outcome/", took_place="yes")
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert "You said yes." in opened(client, home(amina))


def test_an_answer_sent_twice_acts_once(client, by, amina, brahim):
    request = live(a_request(by, brahim, amina))
    words = {"nonce": new_nonce()}
    for _ in range(2):
        path = f"{home(amina)}meetings/requests/{request.public_id}/accept/"
        assert client.post(path, words).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.version) == ("accepted", 2)
