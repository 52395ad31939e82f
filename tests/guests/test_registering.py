"""Registering by the open form: a seat, a rank or the wait for a yes; once for an address; decided of, many at once."""

from datetime import timedelta

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.actor import ANONYMOUS
from moussem.core.ids import uuid7
from moussem.core.queue import run_due_jobs
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.models import Person
from moussem.events.domain.cancelling import cancel_event
from moussem.events.domain.events import add_space
from moussem.events.domain.planning import unpublish_event
from moussem.events.enums import EventKind, SpaceKind
from moussem.events.models import Event
from moussem.guests.domain.answers import Colleague, NotApprovedYet, NotThisTime
from moussem.guests.domain.approving import MOST, TooManyChosen, approve, note_absent, refuse
from moussem.guests.domain.invitations import EventCancelled, revoke_invitation_link
from moussem.guests.domain.letters import KNOWN, REFUSED, REGISTERED, SEAT_FREED
from moussem.guests.domain.open_forms import (
    ClosesBeforeItOpens,
    KindFacts,
    NobodyOffered,
    OpenFormFacts,
    proposed,
    set_open_form,
)
from moussem.guests.domain.registering import AnswersMissing, KindNotOffered, RegistrationClosed
from moussem.guests.domain.sendings import invite_all, undo_sending
from moussem.guests.domain.space_seats import SpaceFull, chosen_spaces
from moussem.guests.domain.targets import add_target
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Invitation, OpenForm, OpenKind, Registration, RegistrationRequest
from moussem.mail.domain.templates import template
from moussem.mail.enums import MessageState
from moussem.mail.models import Message
from tests.factories.accounts import AT
from tests.factories.guests import a_target, an_invitation, answered
from tests.factories.registering import an_open_form, registered
from tests.guests.conftest import a_gathering

ON_SITE, ONLINE = AttendanceMode.ON_SITE, AttendanceMode.ONLINE
LATER = AT + timedelta(days=1)


def fresh(invitation):
    return Invitation.objects.select_related("link__promoter", "person", "promoter", "request").get(pk=invitation.pk)


def state(invitation):
    return fresh(invitation).state


def mails(name):
    return Message.objects.filter(template=name)


def read(message):
    return template(message.template).render(message)


def keys(*invitations):
    return {fresh(one).request.public_id for one in invitations}


def test_who_registers_gets_a_seat_a_link_and_a_mail_with_the_appointment(editor, event):
    kind = an_open_form(editor, event, asked={"organisation": "may"})
    guest = registered(kind, said={"organisation": "Maison Salma"}, language="en")
    seat = Registration.objects.get(person=guest.person)
    assert (guest.state, guest.origin, seat.mode, seat.origin) == (ON_SITE, "open_form", ON_SITE, "open_form")
    assert guest.request.said == {"name": "Salma", "email": "salma@t.example", "organisation": "Maison Salma"}
    (message,) = Message.objects.all()
    letter = read(message)
    assert (message.template, message.address, message.language) == (REGISTERED, "salma@t.example", "en")
    assert "a seat is kept for you" in letter.text
    assert [one.filename[-4:] for one in letter.attachments] == [".ics"]
    assert Entry.objects.get(verb="register_openly").actor_kind == "anonymous"


def test_the_person_is_kept_with_where_the_address_comes_from_and_no_organisation_is_made_of_typed_words(editor, event):
    kind = an_open_form(editor, event, asked={"organisation": "must", "phone": "may"})
    guest = registered(kind, said={"organisation": "Inconnue SA", "phone": "+212 5 00"})
    assert (guest.person.email, guest.person.phone, guest.person.language) == ("salma@t.example", "+212 5 00", "fr")
    assert "Rencontre" in guest.person.contact_source
    assert guest.organisation is None


def test_where_the_seats_are_taken_one_waits_in_order_and_a_freed_seat_goes_to_the_first(editor, event):
    kind = an_open_form(editor, event)
    first, _second, third, fourth = (registered(kind, name) for name in ("Une", "Deux", "Trois", "Quatre"))
    assert [state(third), third.waiting_rank, fourth.waiting_rank] == ["waiting", 1, 2]
    waits = read(mails(REGISTERED).get(address="trois@t.example"))
    assert "liste d’attente" in waits.subject
    assert waits.attachments == ()
    answered(first)
    assert [state(first), state(third), state(fourth)] == ["declined", ON_SITE, "waiting"]
    assert mails(SEAT_FREED).get().address == "trois@t.example"


def test_guests_who_were_invited_and_who_registered_share_the_seats_and_one_waiting_list(editor, event):
    kind = an_open_form(editor, event)
    invited = [an_invitation(editor, event, name) for name in ("Une", "Deux")]
    registered(kind, "Trois")
    answered(invited[0], ON_SITE)
    late = registered(kind, "Quatre")
    assert answered(invited[1], ON_SITE).waiting_rank == late.waiting_rank + 1
    assert Registration.objects.filter(event=event, cancelled_at=None).count() == event.seats_on_site


def test_each_mode_has_its_own_seats(editor):
    kind = an_open_form(editor, a_gathering(editor, seats_on_site=0, seats_online=1))
    assert [registered(kind, "Une", mode=ONLINE).state, registered(kind, "Deux", mode=ONLINE).state] == [
        ONLINE, "waiting"
    ]  # fmt: skip
    assert registered(kind, "Trois").state == "waiting"


@pytest.mark.parametrize("again", ["salma@t.example", "SALMA@T.EXAMPLE"])
def test_the_same_address_is_registered_once_and_gets_its_link_at_most_once_an_hour(editor, event, again):
    kind = an_open_form(editor, event)
    first = registered(kind)
    for minutes in (1, 2, 61):
        same = registered(kind, "Somebody else", email=again, at=AT + timedelta(minutes=minutes))
        assert same.pk == first.pk
    assert (Invitation.objects.count(), Registration.objects.count(), RegistrationRequest.objects.count()) == (1, 1, 1)
    assert mails(KNOWN).count() == 2
    assert first.person.name == "Salma"
    known = read(mails(KNOWN).first())
    assert "rien n’a été changé" in known.text
    assert str(first.link.public_id) in known.text


def test_whom_we_invited_gets_their_link_and_is_not_answered_for(editor, event):
    kind = an_open_form(editor, event)
    invited = an_invitation(editor, event, email="amal@t.example")
    registered(kind, "Imposteur", email="amal@t.example")
    assert state(invited) == "sent"
    assert mails(KNOWN).get().address == "amal@t.example"
    assert Person.objects.count() == 1


def test_a_link_that_was_taken_back_is_not_sent_again(editor, event):
    kind = an_open_form(editor, event)
    first = registered(kind)
    revoke_invitation_link(by=editor, at=AT, invitation=first)
    registered(kind)
    assert not mails(KNOWN).exists()


def test_somebody_of_the_directory_who_registers_stays_as_the_directory_has_them(editor, event):
    target = a_target(editor, event, "Amal Idrissi", email="amal@t.example")
    kind = an_open_form(editor, event)
    guest = registered(kind, "A. I.", email="amal@t.example")
    assert (guest.person, guest.person.name, guest.target) == (target.person, "Amal Idrissi", target)
    assert guest.request.said["name"] == "A. I."
    assert invite_all(by=editor, at=AT, event=event) is None


def test_who_registered_and_is_put_on_the_list_later_is_not_invited_once_more(editor, event):
    kind = an_open_form(editor, event)
    guest = registered(kind)
    target = add_target(by=editor, at=AT, event=event, person=guest.person)
    assert fresh(guest).target == target
    assert invite_all(by=editor, at=AT, event=event) is None


def test_an_invitation_whose_sending_was_undone_becomes_the_registration(editor, event):
    a_target(editor, event, "Amal", email="amal@t.example")
    sending = invite_all(by=editor, at=AT, event=event)
    undo_sending(by=editor, at=AT, sending=sending)
    kind = an_open_form(editor, event)
    guest = registered(kind, "Amal", email="amal@t.example")
    assert (guest.state, guest.origin, Invitation.objects.count()) == (ON_SITE, "open_form", 1)
    assert guest.link.revoked_at is None


def test_with_approval_nobody_has_a_seat_before_the_yes_and_the_order_is_that_of_asking(editor, event):
    kind = an_open_form(editor, event, needs_approval=True)
    asked = [registered(kind, name, at=AT + timedelta(minutes=n)) for n, name in enumerate(("Une", "Deux", "Trois"))]
    assert [one.state for one in asked] == ["asked"] * 3
    assert not Registration.objects.exists()
    assert "l’examine" in read(mails(REGISTERED).first()).text
    done = approve(by=editor, at=LATER, event=event, chosen=keys(*reversed(asked)))
    assert (done.seated, done.waiting, [state(one) for one in asked]) == (2, 1, [ON_SITE, ON_SITE, "waiting"])
    assert mails(REGISTERED).count() == 6
    again = approve(by=editor, at=LATER, event=event, chosen=keys(*asked))
    assert (again.seated, again.waiting, again.untouched, mails(REGISTERED).count()) == (0, 0, 3, 6)


def test_not_this_time_is_told_politely_frees_the_seat_and_can_be_taken_back(editor, event):
    kind = an_open_form(editor, event)
    first, second, third, fourth = (registered(kind, name) for name in ("Une", "Deux", "Trois", "Quatre"))
    refuse(by=editor, at=LATER, event=event, chosen=keys(first, third))
    assert [state(one) for one in (first, second, third, fourth)] == ["refused", ON_SITE, "refused", ON_SITE]
    letter = read(mails(REFUSED).get(address="une@t.example"))
    assert "Pas cette fois" in letter.subject
    assert letter.attachments == ()
    with pytest.raises(NotThisTime):
        answered(fresh(first), ON_SITE)
    approve(by=editor, at=LATER, event=event, chosen=keys(first))
    assert (state(first), Entry.objects.filter(verb="refuse_registration").count()) == ("waiting", 2)


def test_withdrawing_needs_nobody_and_coming_back_goes_round_no_approval(editor, event):
    kind = an_open_form(editor, event, needs_approval=True)
    guest = registered(kind)
    answered(guest)
    assert state(guest) == "declined"
    assert approve(by=editor, at=LATER, event=event, chosen=keys(guest)).untouched == 1
    answered(fresh(guest), ONLINE)
    assert (state(guest), fresh(guest).wanted_mode, Registration.objects.count()) == ("asked", ONLINE, 0)
    with pytest.raises(NotApprovedYet):
        answered(fresh(guest), colleague=Colleague("Autre", "autre@t.example"))
    refuse(by=editor, at=LATER, event=event, chosen=keys(guest))
    answered(fresh(guest))
    with pytest.raises(NotThisTime):
        answered(fresh(guest), ON_SITE)


def test_staff_note_who_does_not_come_and_the_next_gets_the_seat(editor, event):
    kind = an_open_form(editor, event)
    first, _second, third = (registered(kind, name) for name in ("Une", "Deux", "Trois"))
    assert note_absent(by=editor, at=LATER, event=event, chosen=keys(first)).absent == 1
    assert (state(first), fresh(first).answered_by, state(third)) == ("declined", editor.label, ON_SITE)


def test_a_full_space_refuses_known_and_unknown_alike_and_keeps_nothing(editor):
    event = a_gathering(editor, seats_on_site=10)
    room = add_space(
        by=editor, at=AT, event=event, kind=SpaceKind.SIGNING, name={"fr": "Signature"}, capacity_on_site=1
    )
    kind = an_open_form(editor, event)
    first = registered(kind, "Une", wished=(room.public_id,))
    assert chosen_spaces(Registration.objects.get(person=first.person)) == [room]
    for name in ("Une", "Deux"):
        with pytest.raises(SpaceFull):
            registered(kind, name, wished=(room.public_id,))
    assert (Invitation.objects.count(), Person.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_a_wished_place_is_given_with_the_yes_where_it_is_left(editor):
    event = a_gathering(editor, seats_on_site=10)
    room = add_space(
        by=editor, at=AT, event=event, kind=SpaceKind.SIGNING, name={"fr": "Signature"}, capacity_on_site=1
    )
    kind = an_open_form(editor, event, needs_approval=True)
    first, second = (registered(kind, name, wished=(room.public_id,)) for name in ("Une", "Deux"))
    assert approve(by=editor, at=LATER, event=event, chosen=keys(first, second)).seated == 2
    held = [chosen_spaces(Registration.objects.get(person=one.person)) for one in (first, second)]
    assert held == [[room], []]


@pytest.mark.parametrize(
    ("known", "is_taken"),
    [
        ({"opens_at": AT}, True),
        ({"opens_at": AT + timedelta(seconds=1)}, False),
        ({"closes_at": AT + timedelta(seconds=1)}, True),
        ({"closes_at": AT}, False),
    ],
)
def test_the_form_is_open_from_its_first_moment_to_the_last_one_excluded(editor, event, known, is_taken):
    kind = an_open_form(editor, event, **known)
    if is_taken:
        assert registered(kind).state == ON_SITE
    else:
        with pytest.raises(RegistrationClosed):
            registered(kind)
        assert not Person.objects.exists()


def test_nobody_registers_once_it_has_begun_is_cancelled_is_switched_off_or_is_not_public(editor):
    begun, cancelled, off, closed = (a_gathering(editor) for _ in range(4))
    kinds = [an_open_form(editor, one) for one in (begun, cancelled, off, closed)]
    cancel_event(by=editor, at=AT, event=cancelled)
    OpenForm.objects.filter(event=off).update(is_on=False)
    unpublish_event(by=editor, at=AT, event=closed)
    with pytest.raises(RegistrationClosed):
        registered(kinds[0], at=AT.replace(year=2091))
    for kind in kinds[1:3]:
        with pytest.raises(RegistrationClosed):
            registered(kind)
    with pytest.raises(NotAllowed):
        registered(kinds[3])


def test_a_kind_that_is_offered_no_more_or_is_another_events_registers_nobody(editor, event):
    kind, other = an_open_form(editor, event), an_open_form(editor, a_gathering(editor))
    OpenKind.objects.filter(pk=kind.pk).update(withdrawn_at=AT)
    kind.refresh_from_db()
    with pytest.raises(KindNotOffered):
        registered(kind)
    other.event_id = event.pk
    with pytest.raises(KindNotOffered):
        registered(other)
    assert not Invitation.objects.exists()


def test_what_must_be_answered_is_asked_for(editor, event):
    kind = an_open_form(editor, event, asked={"organisation": "must", "role": "may", "phone": "must"})
    with pytest.raises(AnswersMissing) as refusal:
        registered(kind, said={"organisation": "  ", "phone": "1"})
    assert refusal.value.fields == ["organisation"]


def test_of_a_cancelled_event_the_mail_says_so_and_nothing_is_decided_any_more(editor, event):
    kind = an_open_form(editor, event)
    guest = registered(kind)
    cancel_event(by=editor, at=AT, event=Event.objects.get(pk=event.pk))
    assert "n’a pas lieu" in read(mails(REGISTERED).get()).text
    with pytest.raises(EventCancelled):
        answered(guest, ON_SITE)
    with pytest.raises(EventCancelled):
        approve(by=editor, at=AT, event=event, chosen=keys(guest))


def test_the_mails_leave(editor, event, settings):
    settings.DEMONSTRATION = True
    kind = an_open_form(editor, event, needs_approval=True)
    guest, other = registered(kind, "Une"), registered(kind, "Deux")
    approve(by=editor, at=AT, event=event, chosen=keys(guest))
    refuse(by=editor, at=AT, event=event, chosen=keys(other))
    run_due_jobs()
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


def test_only_the_promoters_editors_decide_and_say_how_people_register(editor, rival, event):
    kind = an_open_form(editor, event)
    guest = registered(kind)
    for verb in (approve, refuse, note_absent):
        with pytest.raises(NotAllowed):
            verb(by=ANONYMOUS, at=AT, event=event, chosen=keys(guest))
        with pytest.raises(ForeignRow):
            verb(by=rival, at=AT, event=event, chosen=keys(guest))
    with pytest.raises(NotAllowed):
        set_open_form(by=ANONYMOUS, at=AT, event=event, read_version=1, facts=OpenFormFacts(False, ()))


def test_at_most_so_many_are_decided_of_at_once(editor, event):
    an_open_form(editor, event)
    assert approve(by=editor, at=AT, event=event, chosen={uuid7() for _ in range(MOST)}).untouched == MOST
    with pytest.raises(TooManyChosen):
        approve(by=editor, at=AT, event=event, chosen={uuid7() for _ in range(MOST + 1)})


def test_a_form_is_said_in_versions_and_a_kind_left_out_is_offered_no_more(editor, event):
    directors = event.guest_kinds.get()
    an_open_form(editor, event, kinds=(KindFacts(directors, True, {"role": "must", "phone": "no"}),))
    form = OpenForm.objects.get()
    assert OpenKind.objects.get().asked == {"role": "must"}
    facts = OpenFormFacts(True, (KindFacts(None, False, {}),), closes_at=AT)
    set_open_form(by=editor, at=AT, event=event, read_version=form.version, facts=facts)
    offered = OpenKind.objects.filter(withdrawn_at=None).values_list("guest_kind", flat=True)
    assert list(offered) == [None]
    with pytest.raises(ChangedMeanwhile):
        set_open_form(by=editor, at=AT, event=event, read_version=form.version, facts=facts)
    assert Entry.objects.filter(verb="set_open_form").count() == 2


def test_a_form_that_offers_nobody_or_closes_before_it_opens_is_refused(editor, event):
    with pytest.raises(NobodyOffered):
        set_open_form(by=editor, at=AT, event=event, read_version=0, facts=OpenFormFacts(True, ()))
    kinds = (KindFacts(None, False, {}),)
    facts = OpenFormFacts(True, kinds, opens_at=AT, closes_at=AT)
    with pytest.raises(ClosesBeforeItOpens):
        set_open_form(by=editor, at=AT, event=event, read_version=0, facts=facts)
    assert not OpenForm.objects.exists()


@pytest.mark.parametrize("sort", EventKind.values)
def test_for_each_sort_of_gathering_something_sensible_is_proposed(editor, event, sort):
    event.kind = sort
    facts = proposed(event, None)
    assert set(facts.asked.values()) <= {"may", "must"}
    assert facts.needs_approval == (sort in ("one_to_few", "mission", "club_meeting"))
