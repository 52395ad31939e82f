"""After a meeting: both sides are asked, both words are kept, nothing is settled by the staff alone."""

from datetime import timedelta

import pytest

from moussem.accounts.domain.refusals import NotAllowed
from moussem.actions.models import Action
from moussem.core.models import NewsItem
from moussem.meetings.domain import outcomes
from moussem.meetings.domain.placing import cancel_meeting
from moussem.meetings.models import Meeting
from moussem.meetings.news import MEETING_HELD
from tests.factories.accounts import AT
from tests.factories.meetings import AFTER, MORNING, a_meeting, by_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(by, laid_out, amina, brahim):
    return a_meeting(by, amina, brahim)


def side_of(meeting, registration):
    return meeting.sides.get(registration=registration)


def says(actor, meeting, registration, took_place, at=AFTER, words=""):
    return outcomes.note_outcome(
        by=actor, at=at, side=side_of(meeting, registration), took_place=took_place, words=words
    ).state  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [(True, True, "held"), (False, False, "missed"), (True, False, "disputed"), (False, True, "disputed")],
)
def test_both_sides_settle_it_by_their_links(meeting, amina, brahim, first, second, state):
    assert says(by_link(amina), meeting, amina, first) == "placed"
    assert says(by_link(brahim), meeting, brahim, second) == state


def test_one_side_and_the_staff_for_the_other_settle_it(by, meeting, amina, brahim):
    says(by_link(amina), meeting, amina, True)
    assert says(by, meeting, brahim, True) == "held"
    assert side_of(meeting, brahim).answered_by == by.label


def test_the_staffs_word_alone_settles_nothing(by, meeting, amina, brahim):
    says(by, meeting, amina, True)
    assert says(by, meeting, brahim, True) == "placed"
    assert says(by_link(brahim), meeting, brahim, True) == "held"


def test_staff_do_not_say_otherwise_than_the_guest(by, meeting, amina):
    says(by_link(amina), meeting, amina, False)
    with pytest.raises(outcomes.OwnWordStands):
        says(by, meeting, amina, True)
    assert side_of(meeting, amina).took_place is False


def test_a_guest_speaks_for_their_own_side_only(meeting, amina, brahim, chloe):
    for stranger in (brahim, chloe):
        with pytest.raises(NotAllowed):
            says(by_link(stranger), meeting, amina, True)


def test_before_it_began_nobody_says_that_it_took_place(meeting, amina):
    with pytest.raises(outcomes.TooEarly):
        says(by_link(amina), meeting, amina, True, at=MORNING - timedelta(seconds=1))
    assert says(by_link(amina), meeting, amina, True, at=MORNING) == "placed"


def test_a_cancelled_meeting_did_not_take_place(by, meeting, amina):
    cancel_meeting(by=by, at=AT, meeting=meeting)
    with pytest.raises(outcomes.Cancelled):
        says(by_link(amina), meeting, amina, True)


def test_a_guest_may_think_better_of_it_and_the_meeting_with_them(meeting, amina, brahim):
    says(by_link(amina), meeting, amina, False)
    assert says(by_link(brahim), meeting, brahim, True) == "disputed"
    assert says(by_link(amina), meeting, amina, True) == "held"


def test_what_was_held_is_told_upwards_once(meeting, amina, brahim):
    says(by_link(amina), meeting, amina, True)
    assert not NewsItem.objects.filter(name=MEETING_HELD).exists()
    for _ in range(2):
        says(by_link(brahim), meeting, brahim, True)
    assert NewsItem.objects.get(name=MEETING_HELD).arguments == {"meeting": str(meeting.public_id)}


def test_the_next_step_is_about_the_firm_has_an_owner_and_a_date_and_is_noted_once(by, meeting, brahim):
    for words in ("Send the file", "Send the file again"):
        outcomes.note_next_step(
            by=by, at=AFTER, meeting=meeting, about=brahim, words=words, owner=None, due_on=AFTER.date()
        )
    action = Action.objects.get()
    assert (action.words, action.due_on) == ("Send the file", AFTER.date())
    assert action.about == brahim.organisation.subject
    assert outcomes.next_steps_of(Meeting.objects.get()) == [action]
