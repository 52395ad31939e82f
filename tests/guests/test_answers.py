"""Answers: seats never oversold, the waiting list in order, a colleague, one effect, nothing lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.directory.models import Consent, Person
from moussem.events.domain.events import EventFacts
from moussem.events.domain.planning import correct_event
from moussem.events.enums import EventKind, EventMode
from moussem.guests.domain.answers import (
    Answer,
    AnswersClosed,
    Colleague,
    ColleagueNamed,
    OwnAddress,
    answer,
    fill_seats,
)
from moussem.guests.domain.invitations import invite, tell
from moussem.guests.domain.queries.funnel import rank_of
from moussem.guests.domain.seats import NoSeatLeft
from moussem.guests.models import Invitation, Registration
from moussem.mail.models import Message
from tests.factories.accounts import AT, a_promoter, staff
from tests.factories.guests import a_target, an_invitation, answered, guest_of
from tests.guests.conftest import a_gathering

ON_SITE, ONLINE = "on_site", "online"


def state(invitation):
    invitation.refresh_from_db()
    return invitation.state


def answers_told(invitation):
    return Entry.objects.filter(object_id=str(invitation.public_id), verb="answer").count()


def test_a_yes_is_a_seat_in_its_mode_and_the_same_yes_again_changes_nothing(editor, event):
    invitation = an_invitation(editor, event)
    for _ in range(2):
        answered(invitation, ON_SITE)
    seat = Registration.objects.get()
    assert (seat.mode, seat.person, seat.cancelled_at, state(invitation)) == (ON_SITE, invitation.person, None, ON_SITE)
    assert answers_told(invitation) == 1


def test_an_answer_is_changed_until_the_event_begins_and_the_seat_follows(editor, event):
    invitation = an_invitation(editor, event)
    for mode in (ON_SITE, ONLINE, None, ON_SITE):
        answered(invitation, mode)
    assert Registration.objects.get().mode == ON_SITE
    assert Registration.objects.filter(cancelled_at=None).count() == 1
    late = Answer(mode=ONLINE)
    ends = "2090-01-11T00:00:00+01:00"
    with pytest.raises(AnswersClosed):
        answer(by=guest_of(invitation), at=AT.fromisoformat(ends), invitation=invitation, said=late)
    in_time = AT.fromisoformat(ends) - timedelta(seconds=1)
    assert answer(by=guest_of(invitation), at=in_time, invitation=invitation, said=late).state == ONLINE


def test_who_comes_after_the_last_seat_waits_with_a_rank_and_gets_the_freed_seat_in_order(editor, event):
    first, second, third, fourth = (an_invitation(editor, event, f"Guest {n}", email=f"g{n}@t.example") for n in "abcd")
    for invitation in (first, second, third, fourth):
        answered(invitation, ON_SITE)
    third.refresh_from_db(), fourth.refresh_from_db()
    assert [i.state for i in (third, fourth)] == ["waiting", "waiting"]
    assert [rank_of(third), rank_of(fourth)] == [1, 2]
    answered(third, ON_SITE)
    third.refresh_from_db()
    assert rank_of(third) == 1
    answered(first)
    assert [state(i) for i in (first, third, fourth)] == ["declined", ON_SITE, "waiting"]
    assert rank_of(fourth) == 1
    assert Registration.objects.filter(mode=ON_SITE, cancelled_at=None).count() == 2
    assert Message.objects.get(template="guests.seat_freed").address == "gc@t.example"


def test_changing_to_a_full_mode_keeps_the_seat_one_has(editor):
    event = a_gathering(editor, seats_on_site=1, seats_online=1)
    first, second = an_invitation(editor, event, "Une"), an_invitation(editor, event, "Deux")
    answered(first, ON_SITE), answered(second, ONLINE)
    with pytest.raises(NoSeatLeft):
        answered(second, ON_SITE)
    assert state(second) == ONLINE
    answered(first)
    answered(second, ON_SITE)
    assert state(second) == ON_SITE


def test_added_seats_go_to_those_who_wait_when_the_news_arrives(editor, event):
    waiting = [an_invitation(editor, event, f"Guest {n}") for n in range(4)]
    for invitation in waiting:
        answered(invitation, ON_SITE)
    wanted = EventFacts(kind=EventKind.ONE_TO_FEW, name=event.name, period=event.period, seats_on_site=3)
    correct_event(by=editor, at=AT, event=event, read_version=event.version, facts=wanted)
    assert fill_seats(by=editor, at=AT, event=event) == 1
    assert [state(i) for i in waiting] == [ON_SITE, ON_SITE, ON_SITE, "waiting"]
    assert fill_seats(by=editor, at=AT, event=event) == 0


def test_a_colleague_gets_an_own_invitation_and_the_first_seat_is_freed(editor, event):
    invitation = an_invitation(editor, event, email="amal@t.example")
    answered(invitation, ON_SITE)
    colleague = Colleague("Brahim Naciri", "brahim@t.example")
    for _ in range(2):
        answered(invitation, colleague=colleague)
    invitation.refresh_from_db()
    theirs = invitation.delegate
    assert (invitation.state, theirs.person.name, theirs.state) == ("delegated", "Brahim Naciri", "sent")
    assert theirs.link != invitation.link
    assert theirs.person.contact_source.startswith("Amal Idrissi")
    assert Invitation.objects.count() == 2
    assert Message.objects.filter(template="guests.invitation", address="brahim@t.example").count() == 1
    assert not Registration.objects.filter(cancelled_at=None).exists()
    with pytest.raises(ColleagueNamed):
        answered(invitation, colleague=Colleague("Autre", "autre@t.example"))
    with pytest.raises(NotAllowed):
        answer(by=guest_of(invitation), at=AT, invitation=theirs, said=Answer(mode=ON_SITE))


def test_whether_a_colleague_was_invited_before_is_not_told_to_the_guest(editor, event):
    known = an_invitation(editor, event, "Déjà Invitée", email="deja@t.example")
    invitation = an_invitation(editor, event, "Amal Idrissi", email="amal@t.example")
    answered(invitation, colleague=Colleague("Autre nom", "DEJA@t.example"))
    assert state(invitation) == "delegated"
    assert Invitation.objects.count() == 2
    assert invitation.delegate == known
    assert not Person.objects.filter(name="Autre nom").exists()
    alone = an_invitation(editor, event, "Seule", email="seule@t.example")
    with pytest.raises(OwnAddress):
        answered(alone, colleague=Colleague("x", "seule@t.example"))


def test_staff_note_an_answer_and_it_says_who_noted_it(editor, event, oriental):
    invitation = an_invitation(editor, event)
    answer(by=editor, at=AT, invitation=invitation, said=Answer(words="par téléphone", answered_by=editor.label))
    assert (state(invitation), invitation.answered_by, invitation.answered_words) == (
        "declined", editor.label, "par téléphone",
    )  # fmt: skip


def test_consent_to_be_told_of_is_recorded_once_and_taken_back(editor, event):
    invitation = an_invitation(editor, event)
    answered(invitation, ON_SITE, shares=False)
    assert not Consent.objects.exists()
    answered(invitation, ON_SITE, shares=True), answered(invitation, ON_SITE, shares=True)
    answered(invitation, ON_SITE, shares=False)
    assert list(Consent.objects.order_by("pk").values_list("given", flat=True)) == [True, False]


def test_another_promoters_staff_and_guests_answer_nothing_here(editor, event, rival):
    invitation = an_invitation(editor, event)
    with pytest.raises(ForeignRow):
        answer(by=rival, at=AT, invitation=invitation, said=Answer(mode=ON_SITE))
    stranger = an_invitation(editor, event, "Autre")
    with pytest.raises(NotAllowed):
        answer(by=guest_of(stranger), at=AT, invitation=invitation, said=Answer(mode=ON_SITE))
    assert state(invitation) == "sent"


CLIENTS = 50


def all_at_once(take, invitations):
    """Every guest answers at the same moment; how often a seat was promised."""
    ready, promised = threading.Barrier(len(invitations)), []

    def one(invitation):
        mine = Invitation.objects.select_related("link__promoter", "person").get(pk=invitation.pk)
        ready.wait()
        try:
            promised.append(take(mine))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(invitation,)) for invitation in invitations]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return promised


def fifty_guests():
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by, seats_on_site=1, mode=EventMode.ON_SITE)
    return event, [an_invitation(by, event, f"Guest {n:02}") for n in range(CLIENTS)]


def naive_yes(invitation, looked):
    """What one would write first: count, then take the seat; all have looked before anybody acts."""
    event = invitation.event
    taken = Registration.objects.filter(event=event, cancelled_at=None).count()
    looked.wait()
    if taken >= event.seats_on_site:
        return "waiting"
    seat = {"person": invitation.person, "mode": ON_SITE, "origin": "invitation", "registered_at": AT}
    with transaction.atomic():
        Registration.objects.create(promoter=invitation.promoter, event=event, **seat)
    return ON_SITE


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_guests_answering_at_once_share_one_seat():
    event, invitations = fifty_guests()
    promised = all_at_once(lambda mine: answered(mine, ON_SITE).state, invitations)
    assert sorted(promised) == [ON_SITE, *["waiting"] * (CLIENTS - 1)]
    assert Registration.objects.filter(event=event, cancelled_at=None).count() == 1
    ranks = Invitation.objects.filter(state="waiting").values_list("waiting_rank", flat=True)
    assert sorted(ranks) == list(range(1, CLIENTS))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_counting_before_taking_oversells_the_seat():
    event, invitations = fifty_guests()
    looked = threading.Barrier(CLIENTS)
    assert all_at_once(lambda mine: naive_yes(mine, looked), invitations).count(ON_SITE) > 1
    assert Registration.objects.filter(event=event, cancelled_at=None).count() > event.seats_on_site


@pytest.mark.django_db(transaction=True)
def test_an_answer_sent_twice_at_once_has_one_effect():
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    invitation = invite(by=by, at=AT, target=a_target(by, a_gathering(by)))
    all_at_once(lambda mine: answered(mine, ON_SITE).state, [invitation, invitation])
    assert Registration.objects.count() == 1
    assert answers_told(invitation) == 1


@pytest.mark.django_db(transaction=True)
def test_looking_at_the_answer_before_taking_it_would_have_two_effects():
    """The negative control: both look while nothing is answered, and both write it down."""
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    invitation, looked = an_invitation(by, a_gathering(by)), threading.Barrier(2)

    def naive(mine):
        silent = mine.state == "sent"
        looked.wait(timeout=60)
        if silent:
            with transaction.atomic():
                Invitation.objects.filter(pk=mine.pk).update(state=ON_SITE)
                tell("answer", by=guest_of(mine), at=AT, invitation=mine, after={"state": ON_SITE})

    all_at_once(naive, [invitation, invitation])
    assert answers_told(invitation) == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_different_answers_by_one_link_at_once_leave_the_last_one_and_one_seat_at_most():
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by)
    for n in range(10):
        invitation = an_invitation(by, event, f"Guest {n}")
        modes = iter((ON_SITE, None))
        all_at_once(lambda mine, modes=modes: answered(mine, next(modes)).state, [invitation, invitation])
        held = Registration.objects.filter(person=invitation.person, cancelled_at=None).count()
        assert (state(invitation), held) in ((ON_SITE, 1), ("declined", 0), ("waiting", 0))
