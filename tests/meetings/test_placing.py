"""Placing meetings: hours and tables, the first free pair, and nobody in two places at once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from moussem.accounts.domain.refusals import NotAllowed
from moussem.accounts.enums import Role
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Registration
from moussem.meetings.domain import layout, placing
from moussem.meetings.enums import Unplaced, Wish
from moussem.meetings.models import Meeting, Side, Slot, Table
from tests.factories.accounts import AT, at_work
from tests.factories.meetings import AFTER, DAY, MORNING, a_gathering, a_guest, a_meeting, a_request, accepted, hours

pytestmark = pytest.mark.django_db


def stretch(begins=time(9), ends=time(10), minutes=20, pause=0, on=DAY):
    return layout.Stretch(on, begins, ends, minutes, pause)


def prepare(by, event, cut=None, tables=0):
    return layout.prepare_meetings(by=by, at=AT, event=event, stretch=cut or stretch(), tables=tables)


def starts(event):
    return [slot.starts_at for slot in Slot.objects.filter(event=event).order_by("starts_at")]


def test_a_stretch_is_cut_into_meetings_with_a_pause_and_none_is_cut_short(by, event):
    assert prepare(by, event, stretch(ends=time(10, 9), minutes=20, pause=5), tables=3) == 2
    assert starts(event) == [MORNING, MORNING + timedelta(minutes=25)]
    assert prepare(by, event, stretch(time(11), time(11, 20))) == 1
    assert list(Table.objects.order_by("position").values_list("name", flat=True)) == ["1", "2", "3"]


def test_the_same_hours_again_change_nothing_and_tables_are_only_added(by, event):
    assert prepare(by, event, tables=2) == 3
    assert prepare(by, event, tables=1) == 0
    assert (Slot.objects.count(), Table.objects.count()) == (3, 2)


def test_hours_that_lie_across_others_are_refused_whole(by, event):
    prepare(by, event)
    with pytest.raises(layout.SlotsOverlap):
        prepare(by, event, stretch(time(9, 50), time(11)))
    assert Slot.objects.count() == 3


def test_a_stretch_in_which_no_meeting_fits_is_refused(by, event):
    with pytest.raises(layout.NoSlotFits):
        prepare(by, event, stretch(ends=time(9, 19)))
    with pytest.raises(layout.NoSlotFits):
        prepare(by, event, stretch(time(10), time(9)))


def test_more_than_an_event_may_have_is_refused(by, event):
    with pytest.raises(layout.TooMany):
        prepare(by, event, stretch(time(0), time(23, 55), minutes=5))
    with pytest.raises(layout.TooMany):
        prepare(by, event, tables=layout.MOST_TABLES + 1)
    assert not Slot.objects.exists()


def test_hours_are_those_of_the_wall_also_when_morocco_moves_its_clock(by):
    event = a_gathering(by)
    event.zone = "Africa/Casablanca"
    event.save(update_fields=["zone"])
    in_ramadan, after = date(2026, 3, 1), date(2026, 4, 1)
    prepare(by, event, stretch(ends=time(9, 20), on=in_ramadan))
    prepare(by, event, stretch(ends=time(9, 20), on=after))
    assert [s.hour for s in starts(event)] == [9, 8]


def test_who_only_looks_lays_out_no_hours(cri, event):
    with pytest.raises(NotAllowed):
        prepare(at_work(cri, Role.OBSERVER), event)


def test_an_accepted_request_gets_the_first_free_slot_and_table(by, laid_out, amina, brahim, chloe):
    first = a_meeting(by, amina, brahim)
    second = a_meeting(by, chloe, a_guest(by, laid_out, "Driss Exemple"))
    third = a_meeting(by, amina, chloe)

    assert (first.slot.starts_at, first.table.name) == (MORNING, "1")
    assert (second.slot.starts_at, second.table.name) == (MORNING, "2")
    assert (third.slot.starts_at, third.table.name) == (MORNING + timedelta(minutes=20), "1")
    assert Side.objects.count() == 6


def test_a_request_that_was_not_accepted_is_not_placed(by, laid_out, amina, brahim):
    with pytest.raises(placing.NotAccepted):
        placing.place_request(by=by, at=AT, meeting_request=a_request(by, amina, brahim))
    assert not Meeting.objects.exists()


def test_a_request_is_placed_once(by, laid_out, amina, brahim):
    meeting = a_meeting(by, amina, brahim)
    with pytest.raises(placing.AlreadyPlaced):
        placing.place_request(
            by=by, at=AT, meeting_request=meeting.request, slot=Slot.objects.last(), table=Table.objects.last()
        )
    assert Meeting.objects.count() == 1


def test_a_taken_table_is_refused_and_nothing_is_entered(by, laid_out, amina, brahim, chloe):
    held = a_meeting(by, amina, brahim)
    request = accepted(by, chloe, a_guest(by, laid_out, "Driss Exemple"))
    with pytest.raises(placing.SlotTaken):
        placing.place_request(by=by, at=AT, meeting_request=request, slot=held.slot, table=held.table)
    assert Side.objects.count() == 2


def test_either_sides_diary_is_refused_and_nothing_is_entered(by, laid_out, amina, brahim, chloe):
    held = a_meeting(by, amina, brahim)
    for request in (accepted(by, amina, chloe), accepted(by, chloe, brahim)):
        with pytest.raises(placing.DiaryTaken):
            placing.place_request(by=by, at=AT, meeting_request=request, slot=held.slot, table=Table.objects.last())
    assert (Meeting.objects.count(), Side.objects.count()) == (1, 2)


def test_two_on_site_need_a_table_and_who_is_online_needs_none(by, laid_out, amina, brahim):
    slot = Slot.objects.first()
    with pytest.raises(placing.TableMissing):
        placing.place_request(by=by, at=AT, meeting_request=accepted(by, amina, brahim), slot=slot)
    online = a_guest(by, laid_out, "Omar Exemple", mode=AttendanceMode.ONLINE)
    meeting = a_meeting(by, amina, online, room_address="https://rooms.example/1")
    assert (meeting.table, meeting.room_address) == (None, "https://rooms.example/1")
    for wrong in ("javascript:alert(1)", "http://rooms.example/2"):
        with pytest.raises(placing.NoRoomAddress):
            placing.set_room(by=by, at=AT, meeting=meeting, room_address=wrong)
    placing.set_room(by=by, at=AT, meeting=meeting, room_address="https://rooms.example/2")
    assert meeting.room_address == "https://rooms.example/2"


def test_a_slot_of_another_event_is_refused(by, laid_out, amina, brahim):
    other = a_gathering(by, "Ailleurs")
    hours(by, other)
    slot = Slot.objects.filter(event=other).first()
    with pytest.raises(NotAllowed):
        placing.place_request(
            by=by,
            at=AT,
            meeting_request=accepted(by, amina, brahim),
            slot=slot,
            table=Table.objects.filter(event=other)[0],
        )


def why(by, request, at=AT):
    with pytest.raises(placing.NoFreePair) as told:
        placing.place_request(by=by, at=at, meeting_request=request)
    return told.value.why


def test_what_is_not_placed_says_why(by, event, amina, brahim, chloe):
    request = accepted(by, amina, brahim)
    assert why(by, request) == Unplaced.NO_SLOT
    hours(by, event, slots=1, tables=0)
    assert why(by, request) == Unplaced.NO_TABLE
    hours(by, event, slots=1, tables=1)
    assert why(by, request, at=AFTER) == Unplaced.NO_SLOT
    driss = a_guest(by, event, "Driss Exemple")
    a_meeting(by, chloe, driss)
    assert why(by, request) == Unplaced.TABLES
    assert why(by, accepted(by, amina, chloe)) == Unplaced.DIARIES


def test_placing_all_takes_must_meet_first_and_says_why_the_others_are_left(by, event, amina, brahim, chloe):
    hours(by, event, slots=1, tables=1)
    accepted(by, amina, brahim)
    must = accepted(by, amina, chloe, wish=Wish.MUST)

    done = placing.place_all(by=by, at=AT, event=event)

    assert done.placed == 1
    assert Meeting.objects.get().request == must
    assert [reason for _, reason in done.left] == [Unplaced.DIARIES]
    assert placing.place_all(by=by, at=AT, event=event).placed == 0


def test_who_gave_the_seat_back_is_left_with_the_reason(by, laid_out, amina, brahim):
    request = accepted(by, amina, brahim)
    Registration.objects.filter(pk=brahim.pk).update(cancelled_at=AT)
    (left,) = placing.place_all(by=by, at=AT, event=laid_out).left
    assert left == (request, Unplaced.GONE)


def test_a_meeting_moves_to_a_free_place_and_stays_where_the_new_one_is_taken(by, laid_out, amina, brahim, chloe):
    held, slots, tables = a_meeting(by, amina, brahim), list(Slot.objects.all()), list(Table.objects.all())
    other = a_meeting(by, chloe, a_guest(by, laid_out, "Driss Exemple"))
    third = a_meeting(by, amina, chloe)
    with pytest.raises(placing.SlotTaken):
        placing.move_meeting(by=by, at=AT, meeting=held, slot=other.slot, table=other.table)
    with pytest.raises(placing.DiaryTaken):
        placing.move_meeting(by=by, at=AT, meeting=held, slot=third.slot, table=tables[1])
    held.refresh_from_db()
    assert (held.slot, held.table) == (slots[0], tables[0])
    assert {side.slot for side in held.sides.all()} == {slots[0]}

    placing.move_meeting(by=by, at=AT, meeting=held, slot=slots[2], table=tables[1])
    assert (held.slot, held.table) == (slots[2], tables[1])
    assert {side.slot for side in held.sides.all()} == {slots[2]}


def test_a_cancelled_meeting_frees_table_and_diaries_and_its_request_may_be_placed_again(by, laid_out, amina, brahim):
    held = a_meeting(by, amina, brahim)
    placing.cancel_meeting(by=by, at=AT, meeting=held, words="She is ill")
    again = placing.place_request(by=by, at=AT, meeting_request=held.request)
    assert (again.slot, again.table) == (held.slot, held.table)
    for verb in (placing.cancel_meeting,):
        with pytest.raises(placing.NotPlaced):
            verb(by=by, at=AT, meeting=held)
    with pytest.raises(placing.NotPlaced):
        placing.move_meeting(by=by, at=AT, meeting=held, slot=Slot.objects.last(), table=Table.objects.last())


def test_an_instant_is_utc(by, laid_out):
    assert starts(laid_out)[0] == datetime(2026, 3, 10, 9, tzinfo=UTC)
