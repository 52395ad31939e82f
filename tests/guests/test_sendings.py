"""Sending to many: one transaction, a minute to undo it as a whole, and nobody twice."""

from datetime import timedelta

import pytest

from moussem.accounts.domain.links import LinkRevoked, link_address, open_link
from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.queue import run_due_jobs
from moussem.guests.domain.invitations import invite, refuse_begun
from moussem.guests.domain.letters import INVITATION, REMINDER
from moussem.guests.domain.sendings import UNDO, SendingLeft, invite_all, remind_silent, undo_sending
from moussem.guests.domain.targets import drop_target
from moussem.guests.models import Invitation, Sending
from moussem.mail.domain.sending import TooEarly, send
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.guests import a_target, an_invitation, answered
from tests.guests.conftest import a_gathering
from tests.racing import at_once

JUST_IN_TIME = UNDO - timedelta(microseconds=1)


def a_list(editor, event, count=3):
    return [a_target(editor, event, f"Invitée {n}", email=f"g{n}@t.example") for n in range(count)]


def states():
    return sorted(Invitation.objects.values_list("state", flat=True))


def test_sending_to_many_makes_a_link_and_a_letter_each_and_tells_the_ledger_of_each(editor, event):
    a_list(editor, event)
    a_target(editor, event, "Sans adresse")
    sending = invite_all(by=editor, at=AT, event=event)
    assert (sending.count, sending.leaves_at, sending.sent_by) == (4, AT + UNDO, editor.label)
    assert Invitation.objects.filter(state="sent", sending=sending, link__isnull=False).count() == 4
    letters = Message.objects.filter(template=INVITATION, batch=sending.public_id, not_before=sending.leaves_at)
    assert letters.count() == 3
    assert Entry.objects.filter(verb="invite", object_kind="invitation").count() == 4
    assert Entry.objects.filter(verb="send_invitations").count() == 1
    for invitation in Invitation.objects.select_related("link"):
        assert open_link(link_address(invitation.link), at=AT).object_key == invitation.public_id


def test_a_letter_of_many_says_the_same_as_a_letter_alone(editor, event):
    alone, together = a_target(editor, event, email="amal@t.example"), a_gathering(editor)
    many = a_target(editor, together, email="amal@t.example")
    invite(by=editor, at=AT, target=alone)
    invite_all(by=editor, at=AT, event=together)
    first, second = (
        template(INVITATION).render(Message.objects.get(arguments__invitation=str(target.invitation.public_id)))
        for target in (alone, many)
    )
    strange = [link_address(target.invitation.link) for target in (alone, many)]
    stops = [line.split()[-1] for letter in (first, second) for line in letter.text.splitlines() if "/stop/" in line]
    texts = [first.text.replace(strange[0], "L").replace(stops[0], "S"), second.text.replace(strange[1], "L")]
    assert texts[0] == texts[1].replace(stops[1], "S")


def test_within_the_minute_all_is_undone_and_can_be_sent_again_by_new_links(editor, event, settings):
    settings.DEMONSTRATION = True
    first, *_others = a_list(editor, event)
    sending = invite_all(by=editor, at=AT, event=event)
    old = link_address(Invitation.objects.get(target=first).link)
    assert undo_sending(by=editor, at=AT + JUST_IN_TIME, sending=sending) == 3
    assert undo_sending(by=editor, at=AT + JUST_IN_TIME, sending=sending) == 0
    assert states() == ["planned"] * 3
    assert set(Message.objects.values_list("state", flat=True)) == {"withdrawn"}
    with pytest.raises(LinkRevoked):
        open_link(old, at=AT)
    drop_target(by=editor, at=AT, target=first)
    again = invite_all(by=editor, at=AT + timedelta(hours=1), event=event)
    assert again.count == 2
    assert Message.objects.filter(batch=again.public_id, state="waiting").count() == 2
    assert states() == ["planned", "sent", "sent"]
    run_due_jobs()
    assert sorted(Message.objects.values_list("state", flat=True)) == ["sent"] * 2 + ["withdrawn"] * 3


def test_from_the_minute_on_nothing_is_undone(editor, event):
    a_list(editor, event)
    sending = invite_all(by=editor, at=AT, event=event)
    with pytest.raises(SendingLeft):
        undo_sending(by=editor, at=AT + UNDO, sending=sending)
    assert states() == ["sent"] * 3
    with pytest.raises(TooEarly):
        send(message=Message.objects.first(), at=AT + JUST_IN_TIME)


def test_who_answered_meanwhile_by_a_link_that_was_passed_on_stays_invited(editor, event):
    a_list(editor, event)
    sending = invite_all(by=editor, at=AT, event=event)
    answered(Invitation.objects.first(), "on_site")
    assert undo_sending(by=editor, at=AT, sending=sending) == 2
    assert states() == ["on_site", "planned", "planned"]


def test_reminders_go_to_the_silent_who_can_be_reached_and_are_undone_like_invitations(editor, event):
    silent = an_invitation(editor, event, "Muette", email="m@t.example")
    said = an_invitation(editor, event, "Répond", email="r@t.example")
    lost = an_invitation(editor, event, "Perdue", email="p@t.example")
    Invitation.objects.filter(pk=lost.pk).update(undelivered="bounced")
    answered(said, "on_site")
    earlier, later = AT + timedelta(days=1), AT + timedelta(days=3)
    remind_silent(by=editor, at=earlier, event=event)
    sending = remind_silent(by=editor, at=later, event=event)
    silent.refresh_from_db()
    assert (sending.count, silent.reminded_at, silent.reminded_before) == (1, later, earlier)
    undo_sending(by=editor, at=later + JUST_IN_TIME, sending=sending)
    silent.refresh_from_db()
    assert (silent.state, silent.reminded_at, silent.reminded_before) == ("sent", earlier, None)
    assert Message.objects.filter(template=REMINDER).exclude(state="withdrawn").count() == 1
    assert remind_silent(by=editor, at=later, event=event).count == 1


def test_nobody_is_reminded_of_an_invitation_that_can_still_be_undone(editor, event):
    a_list(editor, event)
    invite_all(by=editor, at=AT, event=event)
    assert remind_silent(by=editor, at=AT + JUST_IN_TIME, event=event) is None
    assert remind_silent(by=editor, at=AT + UNDO, event=event).count == 3


def test_a_stranger_undoes_nothing_and_an_observer_neither(editor, event, rival, oriental):
    a_list(editor, event)
    sending = invite_all(by=editor, at=AT, event=event)
    with pytest.raises(ForeignRow):
        undo_sending(by=rival, at=AT, sending=sending)
    with pytest.raises(NotAllowed):
        undo_sending(by=at_work(oriental, "observer"), at=AT, sending=sending)
    assert not Sending.objects.visible_to(rival).exists()


def a_full_list():
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    event = a_gathering(by)
    a_list(by, event, 5)
    return by, event


@pytest.mark.django_db(transaction=True)
def test_two_who_send_to_all_at_once_send_once():
    by, event = a_full_list()
    at_once(*[lambda: invite_all(by=by, at=AT, event=event)] * 2, refused=())
    assert Sending.objects.count() == 1
    assert Message.objects.count() == Invitation.objects.filter(state="sent").count() == 5


@pytest.mark.django_db(transaction=True)
def test_looking_who_is_left_before_sending_would_send_twice():
    """The negative control: both look while nobody is invited, and both ask for the letters."""
    from threading import Barrier

    from moussem.guests.domain.sendings import not_invited

    _by, event = a_full_list()
    looked, asked = Barrier(2), []

    def naive():
        refuse_begun(event, at=AT)
        left = list(not_invited(event))
        looked.wait(timeout=60)
        asked.extend(left)

    at_once(naive, naive, refused=())
    assert len(asked) == 10


@pytest.mark.django_db(transaction=True)
def test_undoing_while_a_guest_answers_leaves_the_answer_or_nothing():
    by, event = a_full_list()
    sending = invite_all(by=by, at=AT, event=event)
    invitation = Invitation.objects.select_related("link__promoter", "person", "promoter").first()
    at_once(
        lambda: undo_sending(by=by, at=AT, sending=sending),
        lambda: answered(invitation, "on_site"),
        refused=(),
    )
    invitation.refresh_from_db()
    assert invitation.state == "on_site"
    assert Invitation.objects.filter(state="planned").count() in (4, 5)
