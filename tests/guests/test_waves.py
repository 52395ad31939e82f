"""Waves: as many of each kind as are wanted, then the next of the list for each who does not come."""

from datetime import timedelta

import pytest

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.refusals import NotAllowed
from moussem.core.queue import run_due_jobs
from moussem.events.domain.planning import Wish, correct_guest_kind
from moussem.events.models import GuestKind
from moussem.guests.domain.answers import Colleague
from moussem.guests.domain.sendings import undo_sending
from moussem.guests.domain.waves import (
    NobodyWanted,
    fill_waves,
    fill_waves_everywhere,
    put_next,
    start_waves,
    stop_waves,
    wave_lines,
)
from moussem.guests.models import Invitation, Target, Waves
from moussem.mail.models import Message
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.guests import a_target, answered
from tests.guests.conftest import a_gathering
from tests.guests.test_invitations import object_to_invitations
from tests.mail.servers import mail_server
from tests.racing import at_once

WISHES = (Wish({"fr": "Dirigeants"}, 2), Wish({"fr": "DSI"}, 1))


@pytest.fixture
def listed(editor):
    """A gathering for two heads of firms and one IT director, with five and two of them on its list, and a stranger."""
    event = a_gathering(editor, seats_on_site=10, wishes=WISHES)
    fill(editor, event)
    return event


def fill(editor, event):
    heads, directors = event.guest_kinds.order_by("position")
    for n in range(5):
        a_target(editor, event, f"Dirigeante {n}", email=f"h{n}@t.example", guest_kind=heads)
    for n in range(2):
        a_target(editor, event, f"Directrice {n}", email=f"d{n}@t.example", guest_kind=directors)


def invited():
    return sorted(Invitation.objects.exclude(state="planned").values_list("person__name", flat=True))


def of(name):
    related = ("link__promoter", "person", "promoter")
    return Invitation.objects.select_related(*related).get(person__name=name)


FIRST = ["Directrice 0", "Dirigeante 0", "Dirigeante 1"]


def test_the_first_wave_is_as_many_as_are_wanted_in_the_order_of_the_list_and_can_be_undone(editor, listed):
    sending = start_waves(by=editor, at=AT, event=listed)
    assert invited() == FIRST
    assert start_waves(by=editor, at=AT, event=listed) is None
    assert undo_sending(by=editor, at=AT, sending=sending) == 3
    assert invited() == []
    assert Waves.objects.get().stopped_at == AT


def test_who_declines_is_replaced_by_the_next_at_once_and_the_letter_leaves_at_once(editor, listed):
    start_waves(by=editor, at=AT, event=listed)
    answered(of("Dirigeante 0"))
    assert invited() == sorted([*FIRST, "Dirigeante 2"])
    letter = Message.objects.get(arguments__invitation=str(of("Dirigeante 2").public_id))
    assert letter.not_before is None
    answered(of("Dirigeante 1"), "on_site")
    answered(of("Dirigeante 2"), "on_site")
    assert fill_waves(by=editor, at=AT, event=listed) == 0
    assert len(invited()) == 4


def test_the_list_comes_to_its_end_and_nobody_more_is_invited(editor, listed):
    start_waves(by=editor, at=AT, event=listed)
    for name in ("Directrice 0", "Directrice 1"):
        answered(of(name))
    assert [line.open for line in wave_lines(listed)] == [2, 0]
    assert fill_waves(by=editor, at=AT, event=listed) == 0


def test_who_objects_to_invitations_is_passed_over_and_who_is_put_next_comes_first(editor, listed):
    object_to_invitations(editor, Target.objects.get(person__name="Dirigeante 1").person)
    put_next(by=editor, at=AT, target=Target.objects.get(person__name="Dirigeante 4"))
    start_waves(by=editor, at=AT, event=listed)
    assert invited() == ["Directrice 0", "Dirigeante 0", "Dirigeante 4"]
    answered(of("Dirigeante 4"))
    assert "Dirigeante 2" in invited()


def test_a_colleague_takes_the_place_in_the_wave_so_that_nobody_more_is_invited(editor, listed):
    start_waves(by=editor, at=AT, event=listed)
    answered(of("Dirigeante 0"), colleague=Colleague("Une collègue", "c@t.example"))
    assert invited() == sorted([*FIRST, "Une collègue"])


def test_a_greater_number_and_a_mail_that_did_not_arrive_are_filled_by_the_round(editor, listed):
    start_waves(by=editor, at=AT, event=listed)
    kind = GuestKind.objects.get(position=1)
    correct_guest_kind(by=editor, at=AT, guest_kind=kind, read_version=kind.version, wish=Wish(kind.name, 3))
    assert fill_waves_everywhere(at=AT) == 1
    Invitation.objects.filter(person__name="Dirigeante 0").update(undelivered="bounced")
    assert fill_waves_everywhere(at=AT) == 1
    assert fill_waves_everywhere(at=AT) == 0
    assert [line.open for line in wave_lines(listed)] == [3, 1]


def test_a_refusal_of_the_mail_server_brings_the_next_of_the_list(editor, listed, settings):
    start_waves(by=editor, at=AT, event=listed)
    with mail_server() as (box, url):
        settings.MAIL_URL, settings.DEMONSTRATION = url, False
        box.answers["h0@t.example"] = "550 5.1.1 No such user"
        run_due_jobs()
    assert of("Dirigeante 0").undelivered == "failed"
    assert "Dirigeante 2" in invited()


def test_stopped_waves_and_an_event_that_has_begun_invite_nobody(editor, listed):
    start_waves(by=editor, at=AT, event=listed)
    stop_waves(by=editor, at=AT, event=listed)
    answered(of("Dirigeante 0"))
    assert invited() == FIRST
    Waves.objects.update(stopped_at=None)
    begun = AT.fromisoformat("2090-01-11T00:00:00+01:00")
    assert fill_waves(by=editor, at=begun, event=listed) == 0
    assert fill_waves(by=editor, at=begun - timedelta(seconds=1), event=listed) == 1


def test_without_a_wanted_number_waves_do_not_begin(editor, oriental):
    event = a_gathering(editor, wishes=(Wish({"fr": "Tous"}, None),))
    a_target(editor, event)
    with pytest.raises(NobodyWanted):
        start_waves(by=editor, at=AT, event=event)
    with pytest.raises(NotAllowed):
        start_waves(by=at_work(oriental, "observer"), at=AT, event=event)


@pytest.mark.django_db(transaction=True)
def test_two_who_decline_at_once_bring_two_and_two_rounds_at_once_nobody_more():
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by, seats_on_site=10, wishes=WISHES)
    fill(by, event)
    start_waves(by=by, at=AT, event=event)
    first, second = of("Dirigeante 0"), of("Dirigeante 1")
    at_once(lambda: answered(first), lambda: answered(second), refused=())
    assert len(invited()) == 5
    Invitation.objects.filter(person__name="Dirigeante 2").update(undelivered="bounced")
    at_once(*[lambda: fill_waves_everywhere(at=AT)] * 2, refused=())
    assert len(invited()) == 6


@pytest.mark.django_db(transaction=True)
def test_counting_who_lacks_before_inviting_would_invite_too_many():
    """The negative control: two rounds count together, and each brings one for the one who lacks."""
    from threading import Barrier

    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by, wishes=WISHES)
    fill(by, event)
    counted, brought = Barrier(2), []

    def naive():
        lacking = sum(line.lacking for line in wave_lines(event))
        counted.wait(timeout=60)
        brought.append(lacking)

    at_once(naive, naive, refused=())
    assert sum(brought) == 6
