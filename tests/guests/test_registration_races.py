"""Many register at once: the last seats, the last places of a space, and one address typed twice."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.audit.models import Entry
from moussem.core.actor import ANONYMOUS
from moussem.directory.domain.people import add_person
from moussem.directory.models import Person
from moussem.events.domain.events import add_space
from moussem.events.enums import SpaceKind
from moussem.events.models import Event
from moussem.guests.domain import approving, registering, space_seats
from moussem.guests.domain.approving import approve
from moussem.guests.domain.letters import REGISTERED
from moussem.guests.domain.registering import register_openly
from moussem.guests.domain.seats import has_seat
from moussem.guests.domain.space_seats import SpaceFull
from moussem.guests.enums import InvitationState
from moussem.guests.models import Invitation, Registration, RegistrationRequest, SpaceSeat
from moussem.mail.models import Message
from tests.factories.accounts import AT, a_promoter, staff
from tests.factories.registering import an_applicant, an_open_form
from tests.guests.conftest import a_gathering
from tests.racing import LONGEST_S, at_once

GUESTS, SEATS = 24, 5


def a_rush(*, seats=SEATS, **known):
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by, seats_on_site=seats)
    kind = an_open_form(by, event, **known)
    return by, Event.objects.select_related("promoter").get(pk=event.pk), kind


def registering_as(event, applicant):
    return lambda: register_openly(by=ANONYMOUS, at=AT, event=event, applicant=applicant)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_as_many_seats_as_there_are_and_everybody_else_waits_in_order():
    _by, event, kind = a_rush()
    ended = at_once(*(registering_as(event, an_applicant(kind, f"G{n:02}")) for n in range(GUESTS)), refused=())
    assert ended == [""] * GUESTS
    assert Registration.objects.filter(event=event, cancelled_at=None).count() == SEATS
    ranks = Invitation.objects.filter(state="waiting").values_list("waiting_rank", flat=True)
    assert sorted(ranks) == list(range(1, GUESTS - SEATS + 1))
    assert Message.objects.count() == GUESTS


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_counting_before_taking_would_give_more_seats_than_there_are():
    """The negative control: everybody counts, and then whoever saw a free seat takes it."""
    _by, event, kind = a_rush()
    mode, looked = an_applicant(kind).mode, threading.Barrier(GUESTS)
    author = registering.own_work("test", event)
    people = [add_person(by=author, at=AT, name=f"G{n}") for n in range(GUESTS)]

    def naive(person):
        is_free = has_seat(event, mode)
        looked.wait(timeout=LONGEST_S)
        if is_free:
            with transaction.atomic():
                Registration.objects.create(
                    promoter=event.promoter, event=event, person=person, mode=mode, origin="open_form",
                    registered_at=AT,
                )  # fmt: skip

    at_once(*(lambda person=person: naive(person) for person in people), refused=())
    assert Registration.objects.filter(event=event, cancelled_at=None).count() > SEATS


def a_rush_for_a_space():
    """Everybody wishes a place in the one space that has three; the space, and how each ended."""
    by, event, kind = a_rush(seats=GUESTS)
    room = add_space(by=by, at=AT, event=event, kind=SpaceKind.SIGNING, name={"fr": "Signature"}, capacity_on_site=3)
    wished = (room.public_id,)
    acts = [registering_as(event, an_applicant(kind, f"G{n:02}", wished=wished)) for n in range(GUESTS)]
    return room, at_once(*acts, refused=SpaceFull)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_last_places_of_a_space_are_never_given_twice():
    room, ended = a_rush_for_a_space()
    assert (ended.count(""), ended.count("SpaceFull")) == (3, GUESTS - 3)
    assert SpaceSeat.objects.filter(space=room, freed_at=None).count() == 3
    assert Person.objects.count() == Invitation.objects.count() == Message.objects.count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_places_counted_before_the_lock_would_be_given_to_everybody(monkeypatch):
    """The negative control: the same verb, which counts the places as they were before anybody had committed."""
    monkeypatch.setattr(space_seats, "_taken", lambda event, person: ({}, set()))
    room, ended = a_rush_for_a_space()
    assert ended == [""] * GUESTS
    assert SpaceSeat.objects.filter(space=room, freed_at=None).count() == GUESTS


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_address_that_registers_many_times_at_once_is_registered_once():
    _by, event, kind = a_rush(seats=GUESTS)
    acts = [registering_as(event, an_applicant(kind, f"G{n}", email="one@t.example")) for n in range(10)]
    assert at_once(*acts, refused=()) == [""] * 10
    assert Person.objects.filter(email="one@t.example").count() == 1
    assert Registration.objects.count() == Invitation.objects.count() == RegistrationRequest.objects.count() == 1
    assert Message.objects.count() == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_a_second_look_under_the_lock_it_would_be_registered_twice(monkeypatch):
    """The negative control: the same verb, to which nobody seems to be there, as before anybody had committed."""
    _by, event, kind = a_rush(seats=GUESTS)
    monkeypatch.setattr(registering, "_people_with", lambda event, email: [])
    acts = [registering_as(event, an_applicant(kind, f"G{n}", email="one@t.example")) for n in range(2)]
    at_once(*acts, refused=())
    assert Registration.objects.count() == 2


def four_approve_at_once():
    """Two ask, one seat is there, and four of the staff approve both, each by their own clock."""
    by, event, kind = a_rush(seats=1, needs_approval=True)
    for name in ("Une", "Deux"):
        register_openly(by=ANONYMOUS, at=AT, event=event, applicant=an_applicant(kind, name))
    chosen = set(RegistrationRequest.objects.values_list("public_id", flat=True))

    def approving_at(second):
        return lambda: approve(by=by, at=AT + timedelta(seconds=second), event=event, chosen=chosen)

    assert at_once(*map(approving_at, range(1, 5)), refused=()) == [""] * 4


def told_of_approval():
    """How many letters tell of a decision, and how many rows of the ledger."""
    letters = Message.objects.filter(template=REGISTERED, key__contains="approved:").count()
    return letters, Entry.objects.filter(verb="approve_registration").count()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_of_the_staff_who_approve_the_same_at_once_give_one_seat_and_one_mail():
    four_approve_at_once()
    assert Registration.objects.count() == 1
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["on_site", "waiting"]
    assert told_of_approval() == (2, 2)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_whoever_looked_before_the_lock_would_approve_and_write_once_more(monkeypatch):
    """The negative control: the same verb, to which everybody still waits for a decision, as before anybody decided."""
    monkeypatch.setattr(approving, "_UNDECIDED", tuple(InvitationState))
    four_approve_at_once()
    assert told_of_approval() == (8, 8)
