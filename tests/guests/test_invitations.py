"""Targets, invitations and reminders: each once, only who may be asked, the link kept nowhere."""

from datetime import timedelta

import pytest

from moussem.accounts.domain.links import link_address
from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry, Payload
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.domain.people import record_consent
from moussem.directory.enums import ConsentPurpose
from moussem.engines.values import period as periods
from moussem.guests.domain.invitations import (
    EventBegun,
    EventUndated,
    NotSilent,
    PersonObjects,
    RemindedAlready,
    expire_everywhere,
    expire_silent,
    invite,
    remind,
    renew_invitation_link,
)
from moussem.guests.domain.letters import INVITATION
from moussem.guests.domain.queries.funnel import funnel, strip
from moussem.guests.domain.sendings import invite_all, remind_silent
from moussem.guests.domain.targets import (
    Aim,
    AlreadyInvited,
    AlreadyTargeted,
    ContactHeld,
    NamedGuest,
    correct_target,
    drop_target,
    target_named,
)
from moussem.guests.models import Invitation, Target
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from tests.factories.accounts import AT, at_work, staff
from tests.factories.guests import a_target, an_invitation, answered
from tests.guests.conftest import a_gathering


def test_a_guest_is_targeted_by_typing_with_kind_reasons_and_who_looks_after_them(editor, owner, event):
    kind = event.guest_kinds.get()
    target = a_target(editor, event, email="amal@t.example", guest_kind=kind, reasons="citée à Fès")
    assert (target.owner, target.guest_kind, target.organisation.name) == (owner, kind, "Maison Amal Idrissi")
    person = target.person
    assert (person.email, person.owner) == ("amal@t.example", owner)
    assert person.contact_source == f"{owner.label}, Rencontre"
    with pytest.raises(AlreadyTargeted):
        a_target(editor, event)
    assert Target.objects.count() == 1


def test_an_address_that_somebody_else_keeps_is_not_overwritten(editor, event, oriental):
    a_target(editor, event, email="amal@t.example")
    other = actor_of_user(staff(oriental, "organiser"), oriental)
    second = a_gathering(editor)
    with pytest.raises(ContactHeld):
        a_target(other, second, email="autre@t.example")
    assert a_target(other, second, email="AMAL@t.example").person.email == "amal@t.example"


def test_who_was_taken_off_the_list_comes_back_and_who_is_invited_stays(editor, event):
    target = a_target(editor, event)
    drop_target(by=editor, at=AT, target=target)
    again = a_target(editor, event)
    assert (again.pk, again.dropped_at) == (target.pk, None)
    invite(by=editor, at=AT, target=again)
    with pytest.raises(AlreadyInvited):
        drop_target(by=editor, at=AT, target=again)


def test_two_who_correct_one_target_are_told(editor, event):
    target = a_target(editor, event)
    read = target.version
    correct_target(by=editor, at=AT, target=target, read_version=read, aim=Aim(reasons="première"))
    with pytest.raises(ChangedMeanwhile):
        correct_target(by=editor, at=AT, target=target, read_version=read, aim=Aim(reasons="seconde"))


def test_inviting_makes_one_link_and_one_letter_however_often_it_is_asked(editor, event):
    target = a_target(editor, event, email="amal@t.example", reasons="citée à Fès")
    invitations = {invite(by=editor, at=AT, target=target).pk for _ in range(2)}
    invitation = Invitation.objects.get(pk=invitations.pop())
    assert not invitations
    message = Message.objects.get(template=INVITATION)
    letter = template(INVITATION).render(message)
    address = link_address(invitation.link)
    assert address in letter.text
    assert "citée à Fès" in letter.text
    assert letter.attachments[0].method == "REQUEST"
    assert b"DTSTART;VALUE=DATE:20900110" in letter.attachments[0].content
    kept = [*Message.objects.values(), *Entry.objects.values(), *Payload.objects.values(), *Invitation.objects.values()]
    secret = address.partition(".")[2]
    assert not any(secret in str(value) for row in kept for value in row.values())


def test_without_an_address_the_invitation_is_a_link_and_no_letter(editor, event):
    assert an_invitation(editor, event).link is not None
    assert not Message.objects.exists()


def test_a_gathering_without_a_day_or_that_has_begun_invites_nobody(editor):
    undated = a_gathering(editor, period=None)
    with pytest.raises(EventUndated):
        an_invitation(editor, undated)
    with pytest.raises(EventUndated):
        an_invitation(editor, a_gathering(editor, period=periods.year(2090)), "Autre")
    begun = a_gathering(editor, period=periods.day((AT - timedelta(days=2)).date()))
    with pytest.raises(EventBegun):
        invite_all(by=editor, at=AT, event=begun)
    assert not Invitation.objects.filter(sent_at__isnull=False).exists()


def object_to_invitations(by, person):
    return record_consent(
        by=by, at=AT, person=person, purpose=ConsentPurpose.INVITATIONS, given=False, said_at=AT, proof="lettre"
    )


def test_who_objects_is_not_invited_alone_nor_with_all(editor, event):
    objecting, other = a_target(editor, event, "Refuse"), a_target(editor, event, "Accepte")
    object_to_invitations(editor, objecting.person)
    with pytest.raises(PersonObjects):
        invite(by=editor, at=AT, target=objecting)
    assert invite_all(by=editor, at=AT, event=event).count == 1
    assert Invitation.objects.get(sent_at__isnull=False).target == other
    assert invite_all(by=editor, at=AT, event=event) is None


def test_only_the_silent_are_reminded_and_not_again_within_twenty_hours(editor, event):
    silent = an_invitation(editor, event, "Muette", email="m@t.example")
    said = an_invitation(editor, event, "Répond", email="r@t.example")
    answered(said, "on_site")
    with pytest.raises(NotSilent):
        remind(by=editor, at=AT, invitation=said)
    assert remind_silent(by=editor, at=AT, event=event).count == 1
    with pytest.raises(RemindedAlready):
        remind(by=editor, at=AT + timedelta(hours=19, minutes=59), invitation=silent)
    remind(by=editor, at=AT + timedelta(hours=20), invitation=silent)
    assert Message.objects.filter(template="guests.reminder", address="m@t.example").count() == 2


def test_a_new_link_voids_the_earlier_one_and_is_sent(editor, event):
    invitation = an_invitation(editor, event, email="amal@t.example")
    before = link_address(invitation.link)
    renew_invitation_link(by=editor, at=AT, invitation=invitation)
    invitation.link.refresh_from_db()
    assert link_address(invitation.link) != before
    assert Message.objects.filter(template=INVITATION).count() == 2


def test_who_did_not_answer_in_time_is_expired_once_the_event_has_begun(editor, event):
    silent, said = an_invitation(editor, event, "Muette"), an_invitation(editor, event, "Répond")
    answered(said, "on_site")
    begun = AT.fromisoformat("2090-01-11T00:00:00+01:00")
    assert expire_silent(by=editor, at=begun - timedelta(seconds=1), event=event) == 0
    assert expire_everywhere(at=begun) == 1
    silent.refresh_from_db(), said.refresh_from_db()
    assert (silent.state, said.state) == ("expired", "on_site")
    assert expire_everywhere(at=begun) == 0


def test_the_funnel_counts_each_kind_against_the_wanted_number(editor, event):
    kind = event.guest_kinds.get()
    a_target(editor, event, "Ciblée", guest_kind=kind)
    an_invitation(editor, event, "Muette", guest_kind=kind)
    answered(an_invitation(editor, event, "Vient", guest_kind=kind), "on_site")
    answered(an_invitation(editor, event, "Sans nature"), "online")
    answered(an_invitation(editor, event, "Refuse"))
    found = funnel(editor, event)
    (of_kind, without) = found.lines
    assert (of_kind.wanted, of_kind.targeted, of_kind.invited, of_kind.accepted, of_kind.missing) == (20, 3, 2, 1, 19)
    assert (without.label, without.targeted, without.accepted) == ("", 2, 1)
    assert (found.total.targeted, found.total.invited, found.total.accepted, found.total.came) == (5, 4, 2, 0)
    answers = strip(editor, event)
    assert (answers.on_site, answers.online, answers.declined, answers.silent, answers.to_invite) == (1, 1, 1, 1, 1)


def test_a_stranger_and_an_observer_target_and_invite_nobody(editor, event, rival, oriental):
    target = a_target(editor, event)
    with pytest.raises(ForeignRow):
        invite(by=rival, at=AT, target=target)
    with pytest.raises(NotAllowed):
        invite(by=at_work(oriental, "observer"), at=AT, target=target)
    with pytest.raises(ForeignRow):
        target_named(by=rival, at=AT, event=event, guest=NamedGuest("Autre"))
    assert not Target.objects.visible_to(rival).exists()
