"""The door: one presence, the first mark stands, the second is told; who comes without a seat."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.guests.domain.presence import AlreadyHere, RegistrationCancelled, mark_present, take_in
from moussem.guests.domain.queries.lists import door_list
from moussem.guests.domain.seats import NoSeatLeft
from moussem.guests.models import Presence, Registration
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.guests import an_invitation, answered
from tests.guests.conftest import a_gathering


def a_seat(by, event, name="Amal Idrissi"):
    invitation = answered(an_invitation(by, event, name), "on_site")
    return Registration.objects.get(event=event, person=invitation.person)


def test_the_first_mark_stands_and_both_clocks_are_kept(editor, event):
    seat = a_seat(editor, event)
    seen = AT - timedelta(minutes=7)
    mark_present(by=editor, at=AT, registration=seat, mode="on_site", happened_at=seen)
    with pytest.raises(AlreadyHere) as told:
        mark_present(by=editor, at=AT, registration=seat, mode="online")
    first = told.value.presence
    assert (first.mode, first.happened_at, first.received_at, first.noted_by) == ("on_site", seen, AT, editor.label)
    assert Entry.objects.filter(verb="mark_present").count() == 1
    door = door_list(editor, event)
    assert (door.expected, door.here_on_site, door.here_online) == (1, 1, 0)


def test_who_gave_the_seat_back_is_taken_in_at_the_door_where_one_is_left(editor):
    event = a_gathering(editor, seats_on_site=1)
    invitation = answered(an_invitation(editor, event), "on_site")
    seat = Registration.objects.get()
    answered(invitation)
    seat.refresh_from_db()
    with pytest.raises(RegistrationCancelled):
        mark_present(by=editor, at=AT, registration=seat, mode="on_site")
    take_in(by=editor, at=AT, event=event, person="Amal Idrissi", organisation="Maison Amal Idrissi")
    seat.refresh_from_db()
    assert (seat.cancelled_at, seat.origin) == (None, "walk_in")
    with pytest.raises(NoSeatLeft):
        take_in(by=editor, at=AT, event=event, person="De Trop")
    assert Registration.objects.count() == Presence.objects.count() == 1


def test_a_rival_and_an_observer_mark_nobody(editor, event, rival, oriental):
    seat = a_seat(editor, event)
    with pytest.raises(ForeignRow):
        mark_present(by=rival, at=AT, registration=seat, mode="on_site")
    with pytest.raises(NotAllowed):
        mark_present(by=at_work(oriental, "observer"), at=AT, registration=seat, mode="on_site")
    with pytest.raises(ForeignRow):
        take_in(by=rival, at=AT, event=event, person="Autre")
    assert not Presence.objects.exists()


def two_at_the_door(mark, seat):
    """Two of the staff mark the same guest at the same moment; how many were told that it was they who did."""
    ready, marked = threading.Barrier(2), []

    def one(mode):
        mine = Registration.objects.select_related("person").get(pk=seat.pk)
        ready.wait()
        try:
            mark(mine, mode)
            marked.append(mode)
        except AlreadyHere:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(mode,)) for mode in ("on_site", "online")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return marked


@pytest.fixture
def someone(transactional_db):
    promoter = a_promoter("oriental")
    return actor_of_user(staff(promoter, "account_owner"), promoter)


@pytest.mark.django_db(transaction=True)
def test_two_staff_marking_one_guest_at_once_make_one_presence(someone):
    seat = a_seat(someone, a_gathering(someone))
    marked = two_at_the_door(lambda row, mode: mark_present(by=someone, at=AT, registration=row, mode=mode), seat)
    assert [Presence.objects.get().mode] == marked


@pytest.mark.django_db(transaction=True)
def test_marking_over_what_is_there_tells_both_that_they_were_first(someone):
    seat = a_seat(someone, a_gathering(someone))

    def naive(row, mode):
        now = {"promoter": row.promoter, "event": row.event, "mode": mode, "happened_at": AT, "received_at": AT}
        Presence.objects.update_or_create(registration=row, defaults=now)

    assert len(two_at_the_door(naive, seat)) == 2
