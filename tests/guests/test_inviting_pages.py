"""The page of an event's invitations, the letter read before it is sent, and what a guest's page adds."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.links import link_address
from moussem.core.ids import uuid7
from moussem.core.queue import run_due_jobs
from moussem.events.domain.planning import Wish
from moussem.guests.domain.invitations import invite
from moussem.guests.domain.letters import INVITATION, TRIAL
from moussem.guests.domain.queries.lists import SAFE_COUNT
from moussem.guests.models import Invitation, Registration, Sending
from moussem.mail.domain.templates import template
from moussem.mail.enums import MessageState
from moussem.mail.models import Message, Suppression
from tests.factories.accounts import AT, staff
from tests.factories.guests import a_target, an_invitation, answered
from tests.guests.conftest import a_gathering
from tests.guests.test_pages import by_link, desk, of, page, sent

__all__ = ("desk",)


def test_send_to_many_and_undo_by_buttons_alone(desk, editor, event):
    for n in range(3):
        a_target(editor, event, f"Invitée {n}", email=f"g{n}@t.example")
    assert "Envoyer aux 3 invités" in page(desk, of(event, "invitations/"))
    said = sent(desk, of(event, "guests/invite/"), 200, follow=True)
    assert "3 invitations partent à" in said
    undo = of(event, f"invitations/{Sending.objects.get().public_id}/undo/")
    assert "3 lettres ne partent pas" in sent(desk, undo, 200, follow=True)
    assert not Invitation.objects.filter(sent_at__isnull=False).exists()
    assert "Annuler l’envoi" not in page(desk, of(event, "invitations/"))
    assert "Envoyer aux 3 invités" in page(desk, of(event, "invitations/"))


def test_without_a_guest_there_is_no_letter_to_read(desk, editor, event):
    assert "preview" not in page(desk, of(event, "invitations/"))
    a_target(editor, event)
    assert "preview" in page(desk, of(event, "invitations/"))


def test_too_late_an_undo_says_so(desk, editor, event):
    a_target(editor, event, email="a@t.example")
    sent(desk, of(event, "guests/invite/"))
    Sending.objects.update(leaves_at=AT)
    undo = of(event, f"invitations/{Sending.objects.get().public_id}/undo/")
    assert "La minute est passée" in sent(desk, undo, 200, follow=True)
    assert Invitation.objects.get().state == "sent"


def test_waves_begin_and_end_by_a_button(desk, editor):
    event = a_gathering(editor, wishes=(Wish({"fr": "Dirigeants"}, 1),))
    kind = event.guest_kinds.get()
    first, second = (a_target(editor, event, name, guest_kind=kind) for name in ("Première", "Deuxième"))
    assert "Envoyer une vague\u00a0: 1 invité" in page(desk, of(event, "invitations/"))
    sent(desk, of(event, "invitations/waves/"))
    assert "en marche" in page(desk, of(event, "invitations/"))
    assert "Passer en tête des vagues" in page(desk, of(event, f"guests/{second.public_id}/"))
    assert "passe en tête" in sent(desk, of(event, f"guests/{second.public_id}/next/"), 200, follow=True)
    answered(Invitation.objects.select_related("link__promoter", "person", "promoter").get(target=first))
    assert Invitation.objects.get(target=second).state == "sent"
    assert "Les vagues sont arrêtées" in sent(desk, of(event, "invitations/waves/stop/"), 200, follow=True)


def test_the_preview_is_the_very_letter_without_the_guests_own_addresses(desk, editor, event):
    for n in range(6):
        a_target(editor, event, f"Invitée {n}", email=f"g{n}@t.example")
    seventh = a_target(editor, event, "Septième", email="s@t.example", reasons="citée à <Fès>")
    shown = page(desk, of(event, "invitations/preview/?n=7"))
    invitation = invite(by=editor, at=AT, target=seventh)
    message = Message.objects.get(arguments__invitation=str(invitation.public_id))
    letter = template(INVITATION).render(message)
    assert letter.subject in shown
    from html import unescape

    read = " ".join(unescape(shown).split())
    for line in letter.text.splitlines():
        own = link_address(invitation.link) in line or "/stop/" in line
        assert own or " ".join(line.split()) in read, line
    assert link_address(invitation.link) not in page(desk, of(event, "invitations/preview/?n=7"))
    assert "s@t.example" not in shown
    page(desk, of(event, "invitations/preview/?n=8"), 404)
    page(desk, of(event, "invitations/preview/?letter=secret"), 404)
    assert "BEGIN:VCALENDAR" in page(desk, of(event, "invitations/preview/appointment.ics?n=7"))


@pytest.mark.parametrize("letter", ["invitation", "reminder", "seat_freed", "changed", "cancelled"])
def test_a_letter_is_sent_to_oneself_and_the_guest_hears_nothing(desk, owner, editor, event, letter, settings):
    settings.DEMONSTRATION = True
    a_target(editor, event, email="canari@t.example")
    page(desk, of(event, f"invitations/preview/?letter={letter}"))
    sent(desk, of(event, "invitations/trial/"), n="1", letter=letter)
    message = Message.objects.get()
    assert (message.template, message.address) == (TRIAL, owner.email)
    run_due_jobs()
    message.refresh_from_db()
    assert (message.state, message.subject[:7]) == (MessageState.SENT, "Essai\u00a0:")
    assert not Invitation.objects.exists()


def test_the_link_is_shared_with_prepared_words_and_copied_by_one_press(desk, editor, event):
    invitation = an_invitation(editor, event)
    shown = page(desk, of(event, f"guests/{invitation.target.public_id}/"))
    (address,) = [part.split('"')[0] for part in shown.split('href="https://wa.me/?text=')[1:]]
    words = unquote(address)
    assert words.startswith("Amal Idrissi, CRI de l’Oriental vous invite à «\u00a0Rencontre\u00a0»")
    assert words.endswith(f"/l/{link_address(invitation.link)}/")
    assert 'data-copy="link-address"' in shown
    assert "guests/copy" in shown


@pytest.mark.parametrize(("heads", "directors", "told"), [
    (SAFE_COUNT, SAFE_COUNT - 1, ["3 Dirigeants"]),
    (SAFE_COUNT, SAFE_COUNT, ["3 Dirigeants", "3 DSI"]),
    (SAFE_COUNT - 1, SAFE_COUNT - 1, ["4 autres invités"]),
    (SAFE_COUNT - 1, 0, []),
])  # fmt: skip
def test_fewer_than_three_of_a_kind_are_never_told_apart(client, editor, heads, directors, told):
    event = a_gathering(editor, seats_on_site=10, wishes=(Wish({"fr": "Dirigeants"}, 5), Wish({"fr": "DSI"}, 5)))
    kinds = list(event.guest_kinds.order_by("position"))
    for kind, count in zip(kinds, (heads, directors), strict=True):
        for n in range(count):
            answered(an_invitation(editor, event, f"{kind.pk} {n}", guest_kind=kind), "on_site")
    shown = page(client, by_link(an_invitation(editor, event, "Lit", guest_kind=kinds[0])))
    for words in ("3 Dirigeants", "3 DSI", "4 autres invités", "2 Dirigeants", "2 DSI", "2 autres invités"):
        assert (words in shown) == (words in told), words


def test_an_assistant_who_answers_is_named(desk, client, editor, event):
    invitation = an_invitation(editor, event)
    sent(Client(), by_link(invitation, "answer/"), answer="on_site", answered_by="Sara, assistante")
    assert "réponse donnée par Sara, assistante pour Amal Idrissi" in page(Client(), by_link(invitation))
    assert "par Sara, assistante" in page(desk, of(event, "invitations/"))


def test_a_mail_scanner_that_opens_every_link_of_a_letter_changes_nothing(editor, event, settings):
    settings.DEMONSTRATION = True
    invitation = an_invitation(editor, event, email="amal@t.example")
    run_due_jobs()
    message = Message.objects.get()
    letter = template(INVITATION).render(message)
    links = [word for word in letter.text.split() if word.startswith("http")]
    assert len(links) == 2
    for link in links:
        for method in ("get", "head"):
            assert getattr(Client(), method)(link.replace(settings.SITE_URL, "")).status_code == 200
    invitation.refresh_from_db()
    assert invitation.state == "sent"
    assert not Suppression.objects.exists()
    one_click = Client(enforce_csrf_checks=True)
    stop = next(link for link in links if "/stop/" in link).replace(settings.SITE_URL, "")
    assert one_click.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Suppression.objects.get().address == "amal@t.example"


def test_an_answer_to_a_cancelled_gathering_is_told_so(client, editor, event):
    from moussem.events.domain.cancelling import cancel_event

    invitation = an_invitation(editor, event)
    cancel_event(by=editor, at=AT, event=event)
    assert "Cette rencontre est annulée" in page(client, by_link(invitation))
    refused = sent(client, by_link(invitation, "answer/"), 422, answer="on_site")
    assert "annulée" in refused
    assert not Registration.objects.exists()


def test_calling_off_asks_first_and_is_taken_back_by_a_button(desk, editor, event):
    assert "Annuler cette rencontre" in page(desk, of(event, "cancel/"))
    assert "est annulée" in sent(desk, of(event, "cancel/"), 200, follow=True)
    assert "Elle a lieu malgré tout" in page(desk, of(event, ""))
    assert "a lieu malgré tout" in sent(desk, of(event, "restore/"), 200, follow=True)
    event.refresh_from_db()
    assert event.cancelled_at is None


def test_an_observer_reads_the_invitations_without_buttons(client, oriental, editor, event):
    a_target(editor, event, "À inviter")
    an_invitation(editor, event, "Muette")
    client.force_login(staff(oriental, "observer"))
    shown = page(client, of(event, "invitations/")) + page(client, of(event, "invitations/preview/"))
    assert "Muette" in shown
    for words in ("Envoyer à", "Me l’envoyer", "Relancer"):
        assert words not in shown
    sent(client, of(event, "invitations/waves/"), 403)
    assert client.post(of(event, "invitations/trial/"), {"nonce": str(uuid7())}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_few_queries_however_long_it_is(desk, editor, rows):
    event = a_gathering(editor, seats_on_site=1)
    for number in range(rows):
        answered(an_invitation(editor, event, f"Guest {number}", guest_kind=event.guest_kinds.get()), "on_site")
        a_target(editor, event, f"Target {number}")
    for place, most in (("invitations/", 18), ("invitations/preview/", 14)):
        with CaptureQueriesContext(connection) as captured:
            page(desk, of(event, place))
        assert len(captured) <= most, (place, [query["sql"] for query in captured])
