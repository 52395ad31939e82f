"""The pages of guests: at the desk, at the door, and the guest's own by link, in words a person can act on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain import links
from moussem.accounts.domain.links import link_address, revoke_link
from moussem.accounts.models import Link
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.directory.domain.publishing import publish_thing
from moussem.guests.domain.invitations import renew_invitation_link
from moussem.guests.interfaces import entering
from moussem.guests.models import Invitation, Presence, Registration, Target
from tests.factories.accounts import AT, a_link, a_promoter, a_token, at_work, staff
from tests.factories.guests import a_target, an_invitation, answered
from tests.guests.conftest import a_gathering


@pytest.fixture
def desk(client, owner):
    client.force_login(owner)
    return client


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, status=302, follow=False, **fields):
    response = client.post(address, {"nonce": str(uuid7()), **fields}, follow=follow)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[-3000:])
    return response.content.decode()


def of(event, place="guests/"):
    return f"/p/oriental/events/{event.public_id}/{place}"


def guest(target, place=""):
    return of(target.event, f"guests/{target.public_id}/{place}")


def by_link(invitation, place=""):
    return f"/l/{link_address(invitation.link)}/{place}"


def test_three_firms_are_targeted_and_invited_by_buttons_alone(desk, event):
    for name in ("Amal", "Brahim", "Chama"):
        sent(desk, of(event, "guests/new/"), name=name, organisation=f"Maison {name}", another="yes")
    assert "Inviter toute la liste" in page(desk, of(event, ""))
    said = sent(desk, of(event, "guests/invite/"), 200, follow=True)
    assert "3 invitations partent dans une minute" in said
    assert "Annuler l’envoi" in said
    assert Invitation.objects.filter(state="sent").count() == 3
    assert "Relancer les sans-réponse" in page(desk, of(event))
    assert "3" in page(desk, "/p/oriental/targets/")
    assert "Maison Amal" in page(desk, "/p/oriental/invitations/?state=sent")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "obligatoire"),
        ({"email": "pas-une-adresse"}, "adresse de courriel valide"),
        ({"guest_kind": "01890000-0000-7000-8000-000000000009"}, "choix valide"),
        ({"reasons": "a" * 301}, "300"),
    ],
)
def test_a_wrong_guest_gets_the_sentence_and_what_was_typed_stays(desk, event, fields, sentence):
    answer = sent(desk, of(event, "guests/new/"), 422, **({"name": "TAPÉ", "organisation": "Maison"} | fields))
    assert sentence in answer
    assert 'value="Maison"' in answer
    assert not Target.objects.exists()


def test_the_same_guest_twice_is_told_and_two_who_correct_at_once_too(desk, editor, event):
    target = a_target(editor, event)
    fields = {"name": "Amal Idrissi", "organisation": "Maison Amal Idrissi"}
    assert "est déjà sur la liste" in sent(desk, of(event, "guests/new/"), 422, **fields)
    sent(desk, guest(target, "edit/"), reasons="première", version=target.version)
    again = sent(desk, guest(target, "edit/"), 422, reasons="seconde", version=target.version)
    assert "première" in again
    assert "seconde" in again


def test_each_refusal_of_the_desk_is_a_sentence(desk, editor, event):
    undated = a_target(editor, a_gathering(editor, period=None), "Sans date")
    assert "n’a pas encore de date" in sent(desk, guest(undated, "invite/"), 200, follow=True)
    invitation = an_invitation(editor, event)
    assert "reste au dossier" in sent(desk, guest(invitation.target, "drop/"), 200, follow=True)
    sent(desk, guest(invitation.target, "remind/"))
    assert "moins de 20 heures" in sent(desk, guest(invitation.target, "remind/"), 200, follow=True)
    assert "choisissez l’une" in sent(desk, guest(invitation.target, "answer/"), 200, follow=True)
    said = sent(desk, guest(invitation.target, "answer/"), 200, follow=True, answer="on_site", words="par téléphone")
    assert "par téléphone" in said
    assert Registration.objects.get().mode == "on_site"


def test_the_link_is_shown_to_who_looks_after_the_guest_only(desk, client, oriental, editor, event):
    invitation = an_invitation(editor, event)
    assert link_address(invitation.link) in page(desk, guest(invitation.target))
    client.force_login(staff(oriental, "organiser"))
    assert link_address(invitation.link) not in page(client, guest(invitation.target))
    client.force_login(staff(oriental, "promoter_administrator"))
    assert link_address(invitation.link) in page(client, guest(invitation.target))
    assert "Répondre comme cet invité" not in page(client, guest(invitation.target))


def test_in_the_playground_of_a_demonstration_staff_answer_as_a_guest(desk, settings, oriental, editor, event):
    invitation = an_invitation(editor, event)
    settings.DEMONSTRATION = True
    assert "Répondre comme cet invité" not in page(desk, guest(invitation.target))
    oriental.kind = "playground"
    oriental.save()
    assert "Répondre comme cet invité" in page(desk, guest(invitation.target))


def test_the_guest_reads_who_when_where_why_and_who_else_comes_in_numbers(client, editor, event):
    kind = event.guest_kinds.get()
    invitation = an_invitation(editor, event, reasons="citée à Fès")
    for name in ("Une", "Deux", "Trois"):
        answered(an_invitation(editor, event, f"canari-{name}", guest_kind=kind), "online")
    shown = page(client, by_link(invitation))
    for words in (
        "CRI de l’Oriental",
        "Rencontre",
        "10\u00a0janvier 2090",
        "Amal Idrissi",
        "citée à Fès",
        "3 Dirigeants",
    ):
        assert words in shown
    assert "canari" not in shown
    assert client.get(by_link(invitation))["Referrer-Policy"] == "strict-origin"


def test_what_a_guest_needs_is_read_by_the_desk_and_at_the_door_and_by_nobody_else(desk, editor, event):
    invitation, rival = an_invitation(editor, event, "Amina Exemple"), an_invitation(editor, event, "Brahim Exemple")
    address = f"/l/{link_address(invitation.link)}/"
    sent(Client(), address + "answer/", answer="on_site", needs="Une boucle magnétique", words="")
    answered(rival, mode="on_site")
    target = Target.objects.get(person=invitation.person)
    assert "Une boucle magnétique" in page(desk, of(event, f"guests/{target.public_id}/"))
    assert "Une boucle magnétique" in page(desk, of(event, "door/"))
    assert "Une boucle magnétique" in page(Client(), address)
    assert "Une boucle magnétique" not in page(Client(), f"/l/{link_address(rival.link)}/")


def test_opening_a_link_changes_nothing_and_an_answer_sent_twice_has_one_effect(client, editor, event):
    invitation = an_invitation(editor, event)
    before = Entry.objects.count()
    page(client, by_link(invitation)), page(client, by_link(invitation, "appointment.ics"))
    page(client, by_link(invitation, "answer/"), 405)
    assert Entry.objects.count() == before
    fields = {"nonce": str(uuid7()), "answer": "on_site"}
    assert [client.post(by_link(invitation, "answer/"), fields).status_code for _ in range(2)] == [302, 302]
    sent(client, by_link(invitation, "answer/"), answer="on_site")
    assert Registration.objects.count() == 1
    assert Entry.objects.filter(verb="answer").count() == 1
    assert "Vient sur site" in page(client, by_link(invitation))


def test_the_waiting_guest_reads_the_rank_and_the_last_seat_is_said_to_be_taken(client, editor):
    event = a_gathering(editor, seats_on_site=1)
    answered(an_invitation(editor, event, "Première"), "on_site")
    second = an_invitation(editor, event, "Deuxième")
    assert "Toutes les places sont prises" in page(client, by_link(second))
    said = sent(client, by_link(second, "answer/"), 200, follow=True, answer="on_site")
    assert "Vous êtes au rang 1" in said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "obligatoire"),
        ({"answer": "perhaps"}, "choix valide"),
        ({"answer": "colleague"}, "Écrivez le nom de votre collègue"),
        ({"answer": "colleague", "colleague_name": "B", "colleague_email": "x"}, "adresse de courriel valide"),
        ({"answer": "colleague", "colleague_name": "B", "colleague_email": "amal@t.example"}, "votre propre adresse"),
    ],
)
def test_a_wrong_answer_gets_the_sentence_and_nothing_is_saved(client, editor, event, fields, sentence):
    invitation = an_invitation(editor, event, email="amal@t.example")
    answer = sent(client, by_link(invitation, "answer/"), 422, **({"words": "TAPÉ"} | fields))
    assert sentence in answer
    assert "TAPÉ" in answer
    invitation.refresh_from_db()
    assert invitation.state == "sent"


def test_closed_and_foreign_links_say_so_in_the_guests_language_and_save_nothing(client, editor, event, oriental):
    invitation = an_invitation(editor, event)
    old = by_link(invitation, "answer/")
    renew_invitation_link(by=editor, at=AT, invitation=invitation)
    assert "remplacé" in sent(client, old, 410, answer="on_site")
    invitation.link.refresh_from_db()
    Link.objects.filter(pk=invitation.link.pk).update(expires_at=AT - timedelta(days=1))
    assert "expiré" in sent(client, by_link(invitation, "answer/"), 410, answer="on_site")
    revoke_link(link=invitation.link, by=editor, at=AT)
    assert "révoqué" in sent(client, by_link(invitation, "answer/"), 410, answer="on_site")
    assert "révoqué" in page(client, by_link(invitation), 410)
    sign = a_link(oriental, purpose="sign", days=30_000)
    sent(client, f"/l/{link_address(sign)}/answer/", 404, answer="on_site")
    sent(client, "/l/unknown/answer/", 404, answer="on_site")
    assert not Registration.objects.exists()


def test_if_an_address_did_not_know_its_generation_an_old_one_would_still_answer(client, editor, event, monkeypatch):
    """The negative control: whoever kept the address that was replaced answers for the guest."""
    true = links._mac
    monkeypatch.setattr(links, "_mac", lambda link, generation: true(link, 1))
    invitation = an_invitation(editor, event)
    old = by_link(invitation, "answer/")
    renew_invitation_link(by=editor, at=AT, invitation=invitation)
    sent(client, old, answer="on_site")
    assert Registration.objects.count() == 1


def test_somebody_else_who_answers_for_the_guest_is_named_on_the_desk_and_in_the_ledger(desk, editor, event):
    invitation = an_invitation(editor, event, "Amal")
    assert "Cette invitation est pour Amal." in page(Client(), by_link(invitation))
    assert "Si vous êtes une autre personne, demandez la vôtre." in page(Client(), by_link(invitation))
    fields = {"answer": "on_site", "answered_by": "Badr, son assistant"}
    sent(Client(), by_link(invitation, "answer/"), **fields)
    assert "par Badr, son assistant" in page(desk, guest(invitation.target))
    assert Entry.objects.get(verb="answer").payload.after["answered_by"] == "Badr, son assistant"


def test_an_account_that_opens_a_guests_link_answers_as_that_guest_and_as_nobody_more(editor, event):
    """A second person with the same link changes the one answer there is; the ledger names the link, no account."""
    rival = Client()
    rival.force_login(staff(a_promoter("elsewhere"), "organiser"))
    invitation = an_invitation(editor, event, "Amal")
    sent(Client(), by_link(invitation, "answer/"), answer="on_site")
    sent(rival, by_link(invitation, "answer/"), answer="no")
    assert [entry.actor_kind for entry in Entry.objects.filter(verb="answer").order_by("pk")] == ["link", "link"]
    invitation.refresh_from_db()
    assert (invitation.state, Invitation.objects.count()) == ("declined", 1)
    assert not Registration.objects.filter(mode="on_site", cancelled_at=None).exists()
    page(rival, of(event), 404)


def test_if_an_answer_went_by_the_account_the_account_and_not_the_guest_would_have_answered(editor, event, monkeypatch):
    """The negative control: with the account as actor the answer is refused or is not the guest's."""
    rival = Client()
    rival.force_login(staff(a_promoter("elsewhere"), "organiser"))
    invitation = an_invitation(editor, event)
    monkeypatch.setattr(entering, "actor_of_link", lambda link: at_work(a_promoter("third"), "organiser"))
    assert rival.post(by_link(invitation, "answer/"), {"nonce": str(uuid7()), "answer": "no"}).status_code != 302
    assert not Entry.objects.filter(verb="answer", actor_kind="link").exists()


def test_at_the_door_the_first_mark_stands_and_a_guest_without_a_seat_is_taken_in(desk, editor, event):
    answered(an_invitation(editor, event), "on_site")
    seat = Registration.objects.get()
    door = of(event, "door/")
    assert "Amal Idrissi" in page(desk, f"{door}?q=idrissi")
    assert "Amal Idrissi" not in page(desk, f"{door}?q=personne")
    assert "est là" in sent(desk, f"{door}{seat.public_id}/", 200, follow=True, mode="on_site")
    assert "Le premier pointage compte" in sent(desk, f"{door}{seat.public_id}/", 200, follow=True, mode="online")
    assert Presence.objects.get().mode == "on_site"
    sent(desk, f"{door}new/", name="Sans Place", organisation="Maison", mode="on_site")
    assert Registration.objects.get(person__name="Sans Place").origin == "walk_in"
    full = sent(desk, f"{door}new/", 422, name="De Trop", mode="on_site")
    assert "aucune place sur site" in full
    assert not Registration.objects.filter(person__name="De Trop").exists()
    assert "2" in page(desk, door)


def test_another_promoters_guests_are_the_same_404(client, editor, event):
    invitation = an_invitation(editor, event)
    answered(invitation, "on_site")
    client.force_login(staff(a_promoter("autre"), "organiser"))
    seat = Registration.objects.get()
    for place in ("guests/", f"guests/{invitation.target.public_id}/", "door/"):
        page(client, of(event, place), 404)
        page(client, of(event, place).replace("oriental", "autre"), 404)
    sent(client, of(event, f"door/{seat.public_id}/").replace("oriental", "autre"), 404)
    sent(client, guest(invitation.target, "remind/").replace("oriental", "autre"), 404)
    assert not Presence.objects.exists()


def test_an_observer_reads_the_list_without_buttons(client, oriental, editor, event):
    invitation = an_invitation(editor, event, email="canari@t.example")
    client.force_login(staff(oriental, "observer"))
    shown = page(client, of(event)) + page(client, guest(invitation.target)) + page(client, of(event, "door/"))
    assert "Ajouter un invité" not in shown
    assert link_address(invitation.link) not in shown
    assert "canari@" not in shown
    sent(client, of(event, "guests/invite/"), 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_few_queries_however_long_they_are(desk, editor, rows):
    event = a_gathering(editor, seats_on_site=10)
    for number in range(rows):
        answered(an_invitation(editor, event, f"Guest {number}", guest_kind=event.guest_kinds.get()), "on_site")
        a_target(editor, event, f"Target {number}")
    invitation = Invitation.objects.first()
    places = (of(event), of(event, ""), of(event, "door/"), "/p/oriental/targets/", "/p/oriental/invitations/")
    # A guest comes by link, without a session.
    visits = [(desk, place) for place in (*places, guest(invitation.target))]
    for visitor, place in (*visits, (Client(), by_link(invitation))):
        with CaptureQueriesContext(connection) as captured:
            page(visitor, place)
        assert len(captured) <= 12, (place, [query["sql"] for query in captured])


def test_today_names_the_silent_and_those_not_invited_yet(desk, editor, event, rival):
    an_invitation(editor, event, "Muette")
    a_target(editor, event, "À inviter")
    an_invitation(rival, a_gathering(rival), "canari-rivale")
    today = page(desk, "/p/oriental/")
    for words in ("Invités sans réponse", "Muette", "pas encore invités", "À inviter"):
        assert words in today
    assert "canari" not in today


def test_the_api_tells_a_promoter_its_invitations_and_nobody_else(client, owner, oriental, editor, event, rival):
    invitation = an_invitation(editor, event, email="canari@t.example", guest_kind=event.guest_kinds.get())
    answered(invitation, "on_site")
    an_invitation(rival, a_gathering(rival), "canari-rivale")
    bearer = {"Authorization": f"Bearer {a_token(oriental, owner, days=40_000)[1]}"}
    (item,) = client.get(f"/api/v1/invitations?event={event.public_id}&state=on_site", headers=bearer).json()["items"]
    assert (item["person"]["label"], item["mode"], item["came"]) == ("Amal Idrissi", "on_site", False)
    assert item["guest_kind"] == "Dirigeants"
    said = client.get("/api/v1/invitations", headers=bearer).content.decode()
    assert "canari" not in said
    assert link_address(invitation.link) not in said
    assert client.get("/api/v1/invitations").status_code == 401
    stranger = staff(a_promoter("autre"), "organiser")
    theirs = {"Authorization": f"Bearer {a_token(stranger.role_grants.get().promoter, stranger, days=40_000)[1]}"}
    assert client.get(f"/api/v1/invitations/{invitation.public_id}", headers=theirs).status_code == 404


def test_a_timeline_and_the_thread_tell_staff_who_was_invited(desk, client, editor, event):
    invitation = an_invitation(editor, event)
    organisation, person = invitation.organisation, invitation.person
    shown = page(desk, f"/p/oriental/organisations/{organisation.public_id}/")
    assert "Amal Idrissi, invitation" in shown
    assert "Amal Idrissi, invitation" in page(desk, f"/p/oriental/people/{person.public_id}/")
    for thing in (organisation, person):
        publish_thing(by=editor, at=AT, thing=thing)
    client.logout()
    assert "invitation" not in page(client, f"/fr/organisations/{organisation.public_id}/")
