"""Asking to meet: two guests of one event, one request at a time, answered by the one who was asked."""

from datetime import timedelta

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.accounts.enums import Role
from moussem.audit.models import Entry
from moussem.directory.domain.people import record_consent
from moussem.directory.enums import ConsentPurpose
from moussem.guests.models import Registration
from moussem.meetings.domain import requests as verbs
from moussem.meetings.domain.placing import cancel_meeting, place_request
from moussem.meetings.domain.speaking import GuestGone
from moussem.meetings.models import MeetingRequest
from tests.factories.accounts import AT, a_link, a_promoter, at_work
from tests.factories.meetings import a_gathering, a_guest, a_request, accepted, by_link

pytestmark = pytest.mark.django_db


def test_a_guest_asks_by_their_own_link_and_the_other_accepts_by_theirs(amina, brahim):
    request = verbs.ask_to_meet(by=by_link(amina), at=AT, asker=amina, asked=brahim, words="A plateau in Oujda")
    assert (request.state, request.words, request.expires_at) == ("asked", "A plateau in Oujda", AT + verbs.WAITS)
    verbs.accept_request(by=by_link(brahim), at=AT, meeting_request=request)
    assert request.state == "accepted"
    assert list(Entry.objects.filter(object_kind="meeting_request").order_by("pk").values_list("verb", flat=True)) == [
        "ask_to_meet",
        "accept_request",
    ]


def test_nobody_asks_or_answers_in_anothers_name(amina, brahim, chloe):
    with pytest.raises(NotAllowed):
        verbs.ask_to_meet(by=by_link(chloe), at=AT, asker=amina, asked=brahim)
    request = verbs.ask_to_meet(by=by_link(amina), at=AT, asker=amina, asked=brahim)
    for stranger in (amina, chloe):
        with pytest.raises(NotAllowed):
            verbs.accept_request(by=by_link(stranger), at=AT, meeting_request=request)
    with pytest.raises(NotAllowed):
        verbs.withdraw_request(by=by_link(brahim), at=AT, meeting_request=request)


def test_a_link_for_another_purpose_speaks_for_nobody(cri, amina, brahim):
    from moussem.accounts.domain.queries.actors import actor_of_link

    with pytest.raises(NotAllowed):
        verbs.ask_to_meet(by=actor_of_link(a_link(cri, purpose="declare")), at=AT, asker=amina, asked=brahim)


@pytest.mark.parametrize("role", [Role.JUROR, Role.OBSERVER, Role.FUND_OFFICER])
def test_who_only_looks_arranges_nothing(cri, amina, brahim, role):
    with pytest.raises(NotAllowed):
        a_request(at_work(cri, role), amina, brahim)


def test_another_promoters_staff_arrange_nothing_here(amina, brahim):
    with pytest.raises(ForeignRow):
        a_request(at_work(a_promoter("other"), Role.ORGANISER), amina, brahim)


def test_a_guest_asks_only_those_who_agreed_to_be_known(by, event, amina):
    shy = a_guest(by, event, "Driss Exemple", known=False)
    with pytest.raises(NotAllowed):
        verbs.ask_to_meet(by=by_link(amina), at=AT, asker=amina, asked=shy)
    assert a_request(by, amina, shy).state == "asked"


def test_the_latest_word_counts_for_being_known(by, brahim):
    assert verbs.shares(brahim.person)
    record_consent(
        by=by, at=AT, person=brahim.person, purpose=ConsentPurpose.SHARE_WITH_EXHIBITORS, given=False,
        said_at=AT + timedelta(days=1), proof="tests",
    )  # fmt: skip
    assert not verbs.shares(brahim.person)


def test_of_two_guests_one_request_stands_whoever_asks(by, amina, brahim):
    first = a_request(by, amina, brahim)
    for asker, asked in ((amina, brahim), (brahim, amina)):
        with pytest.raises(verbs.AlreadyAsked) as told:
            a_request(by, asker, asked)
        assert told.value.request == first
    assert MeetingRequest.objects.count() == 1


def test_who_was_declined_does_not_ask_again_but_staff_may(by, amina, brahim):
    request = a_request(by, amina, brahim)
    verbs.decline_request(by=by_link(brahim), at=AT, meeting_request=request)
    with pytest.raises(verbs.DeclinedBefore):
        verbs.ask_to_meet(by=by_link(amina), at=AT, asker=amina, asked=brahim)
    assert a_request(by, amina, brahim).state == "asked"


def test_nobody_meets_themselves_or_somebody_at_another_event(by, amina):
    elsewhere = a_guest(by, a_gathering(by, "Ailleurs"), "Elsa Exemple")
    with pytest.raises(verbs.Oneself):
        a_request(by, amina, amina)
    with pytest.raises(verbs.AnotherEvent):
        a_request(by, amina, elsewhere)


def test_who_gave_the_seat_back_is_not_asked(by, amina, brahim):
    Registration.objects.filter(pk=brahim.pk).update(cancelled_at=AT)
    brahim.refresh_from_db()
    with pytest.raises(GuestGone):
        a_request(by, amina, brahim)


def test_a_request_is_answered_once(by, amina, brahim):
    request = accepted(by, amina, brahim)
    for verb in (verbs.accept_request, verbs.decline_request):
        with pytest.raises(verbs.AlreadyAnswered):
            verb(by=by, at=AT, meeting_request=request)
    assert MeetingRequest.objects.get().state == "accepted"


def test_after_its_week_a_request_is_not_answered_and_expires(by, amina, brahim):
    request = a_request(by, amina, brahim)
    end = AT + verbs.WAITS
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.accept_request(by=by, at=end, meeting_request=request)
    assert verbs.expire_requests(at=end - timedelta(seconds=1)) == 0
    assert verbs.expire_requests(at=end) == 1
    assert verbs.expire_requests(at=end) == 0
    request.refresh_from_db()
    assert request.state == "expired"
    assert a_request(by, brahim, amina).state == "asked"


def test_who_asked_takes_it_back_unless_it_stands_in_both_diaries(by, laid_out, amina, brahim):
    request = accepted(by, amina, brahim)
    meeting = place_request(by=by, at=AT, meeting_request=request)
    with pytest.raises(verbs.StillPlaced):
        verbs.withdraw_request(by=by_link(amina), at=AT, meeting_request=request)
    cancel_meeting(by=by, at=AT, meeting=meeting)
    verbs.withdraw_request(by=by_link(amina), at=AT, meeting_request=request)
    assert request.state == "withdrawn"
