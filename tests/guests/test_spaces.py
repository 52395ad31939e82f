"""Places in spaces: chosen with the answer, each space counted in each mode, never oversold."""

import threading

import pytest
from django.db import connections, transaction

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.events.domain.events import add_space
from moussem.events.enums import SpaceKind
from moussem.guests.domain.space_seats import SpaceFull, chosen_spaces, spaces_to_choose
from moussem.guests.models import Invitation, Registration, SpaceSeat
from tests.factories.accounts import AT, a_promoter, staff
from tests.factories.guests import an_invitation, answered
from tests.guests.conftest import a_gathering
from tests.guests.test_pages import by_link, page, sent
from tests.racing import at_once

ON_SITE, ONLINE = "on_site", "online"


def a_show(editor, *, places=1, online=None):
    """Ten seats on site, a signing room of few places, and a hall that holds everybody."""
    event = a_gathering(editor, seats_on_site=10)
    room = add_space(
        by=editor, at=AT, event=event, kind=SpaceKind.SIGNING, name={"fr": "Signature"}, capacity_on_site=places,
        capacity_online=online,
    )  # fmt: skip
    add_space(by=editor, at=AT, event=event, kind=SpaceKind.CONFERENCE, name={"fr": "Salle"}, capacity_on_site=10)
    return event, room


def places(room):
    return SpaceSeat.objects.filter(space=room, freed_at=None, registration__cancelled_at=None).count()


def test_only_a_space_that_cannot_hold_everybody_is_chosen(editor):
    event, room = a_show(editor)
    (choice,) = spaces_to_choose(event)
    assert (choice.space, dict(choice.left)) == (room, {ON_SITE: 1, ONLINE: None})


def test_the_last_place_goes_to_one_and_the_other_answer_is_not_kept(editor):
    event, room = a_show(editor)
    first, second = an_invitation(editor, event, "Une"), an_invitation(editor, event, "Deux")
    answered(first, ON_SITE, spaces=(room.public_id,))
    with pytest.raises(SpaceFull):
        answered(second, ON_SITE, spaces=(room.public_id,))
    second.refresh_from_db()
    assert (second.state, places(room)) == ("sent", 1)
    answered(second, ON_SITE, spaces=())
    answered(first, ON_SITE, spaces=())
    answered(second, ON_SITE, spaces=(room.public_id,))
    assert chosen_spaces(Registration.objects.get(person=second.person)) == [room]


def test_a_place_is_given_back_with_the_seat_and_kept_where_it_is_not_asked(editor):
    event, room = a_show(editor, places=1, online=0)
    guest = an_invitation(editor, event)
    answered(guest, ON_SITE, spaces=(room.public_id,))
    answered(guest, ON_SITE)
    assert places(room) == 1
    answered(guest)
    assert places(room) == 0
    answered(guest, ON_SITE, spaces=(room.public_id,))
    answered(guest, ONLINE)
    assert places(room) == 0


def test_a_space_of_another_event_is_left_out(editor):
    event, _room = a_show(editor)
    _other, elsewhere = a_show(editor)
    guest = an_invitation(editor, event)
    answered(guest, ON_SITE, spaces=(elsewhere.public_id,))
    assert not SpaceSeat.objects.exists()


def test_the_guest_chooses_on_the_page_and_reads_why_not(client, editor):
    event, room = a_show(editor)
    first, second = an_invitation(editor, event, "Une"), an_invitation(editor, event, "Deux")
    assert "Signature (1 place libre, sur site)" in page(client, by_link(first))
    sent(client, by_link(first, "answer/"), answer=ON_SITE, spaces=str(room.public_id))
    assert "Vos places" in page(client, by_link(first))
    refused = sent(client, by_link(second, "answer/"), 422, answer=ON_SITE, spaces=str(room.public_id), words="TAPÉ")
    assert "Toutes les places de «" in refused
    assert "TAPÉ" in refused
    assert not Registration.objects.filter(person=second.person).exists()


GUESTS = 20


def a_rush():
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by, seats_on_site=GUESTS)
    room = add_space(by=by, at=AT, event=event, kind=SpaceKind.SIGNING, name={"fr": "Signature"}, capacity_on_site=3)
    names = [f"Guest {n:02}" for n in range(GUESTS)]
    made = [an_invitation(by, event, name) for name in names]
    related = ("link__promoter", "person", "promoter")
    return room, [Invitation.objects.select_related(*related).get(pk=one.pk) for one in made]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_who_choose_at_once_share_three_places():
    room, invitations = a_rush()
    acts = [lambda one=one: answered(one, ON_SITE, spaces=(room.public_id,)) for one in invitations]
    ended = at_once(*acts, refused=SpaceFull)
    assert (places(room), ended.count(""), ended.count("SpaceFull")) == (3, 3, GUESTS - 3)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_counting_places_before_taking_one_oversells_the_space():
    """The negative control: all have counted before anybody takes."""
    room, invitations = a_rush()
    for one in invitations:
        answered(one, ON_SITE)
    counted = threading.Barrier(GUESTS)

    def naive(one):
        seat = Registration.objects.get(person=one.person)
        taken = places(room)
        connections.close_all()
        counted.wait(timeout=60)
        if taken < 3:
            with transaction.atomic():
                SpaceSeat.objects.create(
                    promoter=one.promoter, event=one.event, space=room, registration=seat, taken_at=AT
                )

    at_once(*[lambda one=one: naive(one) for one in invitations], refused=())
    assert places(room) > 3
