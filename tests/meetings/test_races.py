"""Two who place at once: one table, one diary, one winner; and the naive way, which lets both in."""

import threading

import pytest
from django.db import OperationalError, connection

from moussem.accounts.enums import Role
from moussem.meetings.domain import placing
from moussem.meetings.models import Meeting, MeetingRequest, Side, Slot, Table
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.meetings import a_gathering, a_guest, accepted, hours
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


REFUSED = (placing.SlotTaken, placing.DiaryTaken, placing.AlreadyPlaced, OperationalError)


@pytest.fixture
def by():
    return at_work(a_promoter("cri"), Role.ORGANISER)


def guests(by, event, *names):
    return [a_guest(by, event, name) for name in names]


def placing_at(by, request, slot, table):
    fresh = MeetingRequest.objects.select_related("asker__person", "asked__person", "event").get(pk=request.pk)
    return lambda: placing.place_request(by=by, at=AT, meeting_request=fresh, slot=slot, table=table)


def test_two_meetings_for_one_table_end_with_one_in_it(by):
    for turn in range(TIMES):
        event = a_gathering(by, f"Rencontre {turn}")
        hours(by, event, slots=1, tables=1)
        a, b, c, d = guests(by, event, "A", "B", "C", "D")
        slot, table = Slot.objects.get(event=event), Table.objects.get(event=event)
        acts = [placing_at(by, accepted(by, *pair), slot, table) for pair in ((a, b), (c, d))]
        assert sorted(at_once(*acts, refused=REFUSED)) == ["", "SlotTaken"]
        assert (Meeting.objects.filter(event=event).count(), Side.objects.filter(event=event).count()) == (1, 2)


def test_two_meetings_of_one_guest_at_two_tables_end_with_one_in_the_diary(by):
    for turn in range(TIMES):
        event = a_gathering(by, f"Rencontre {turn}")
        hours(by, event, slots=1, tables=2)
        a, b, c = guests(by, event, "A", "B", "C")
        slot, (one, two) = Slot.objects.get(event=event), Table.objects.filter(event=event)
        acts = [
            placing_at(by, accepted(by, a, b), slot, one),
            placing_at(by, accepted(by, c, a), slot, two),
        ]
        assert sorted(at_once(*acts, refused=REFUSED)) == ["", "DiaryTaken"]
        assert (Meeting.objects.filter(event=event).count(), Side.objects.filter(event=event).count()) == (1, 2)


def test_the_naive_way_which_looks_first_and_then_writes_lets_both_in(by):
    """The control: without the constraint, two who have both looked both find the table free."""
    event = a_gathering(by)
    hours(by, event, slots=1, tables=1)
    a, b, c, d = guests(by, event, "A", "B", "C", "D")
    slot, table = Slot.objects.get(event=event), Table.objects.get(event=event)
    requests = [accepted(by, a, b), accepted(by, c, d)]
    constraint = next(one for one in Meeting._meta.constraints if one.name == "meeting_table_free")
    looked = threading.Barrier(2)

    def naive(request):
        def act():
            taken = Meeting.objects.filter(slot=slot, table=table).exists()
            looked.wait()
            if not taken:
                Meeting.objects.create(
                    promoter_id=by.promoter_pk, event=event, request=request, slot=slot, table=table, placed_at=AT
                )

        return act

    with connection.schema_editor() as editor:
        editor.remove_constraint(Meeting, constraint)
    try:
        at_once(*(naive(request) for request in requests), refused=REFUSED)
        assert Meeting.objects.filter(slot=slot, table=table).count() == 2
    finally:
        Meeting.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Meeting, constraint)
