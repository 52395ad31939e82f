"""The public form, the guest's page after it, and the desk's page of registrations: by forms alone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moussem.core.ids import uuid7
from moussem.events.domain.cancelling import cancel_event
from moussem.events.domain.events import add_space
from moussem.events.domain.planning import unpublish_event
from moussem.events.enums import EventMode, SpaceKind
from moussem.events.models import Event
from moussem.guests.domain.letters import GUEST_LETTERS, KNOWN, Reach, letter_to
from moussem.guests.domain.open_forms import KindFacts
from moussem.guests.interfaces.robots import stamp
from moussem.guests.models import Invitation, OpenForm, OpenKind, Registration, RegistrationRequest
from moussem.mail.models import Message
from tests.factories.accounts import AT
from tests.factories.guests import an_invitation
from tests.factories.registering import an_open_form, registered
from tests.guests.conftest import a_gathering
from tests.guests.test_arabic import foreign
from tests.guests.test_pages import by_link, desk, of, page, sent

__all__ = ("desk",)


def form_of(event, place="", **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/events/{event.public_id}/registration/{place}" + (f"?{query}" if query else "")


def filled_in(event, seconds=30, **said):
    opened = stamp(event.public_id, at=timezone.now() - timedelta(seconds=seconds))
    usual = {"name": "Salma", "email": "salma@t.example", "mode": "on_site", "language": "fr", "opened": opened}
    return usual | said


def register(client, event, status=302, asked=None, **said):
    fields = filled_in(event, **said)
    return sent(client, form_of(event, **(asked or {})), status, **fields)


def test_the_events_page_leads_to_the_form_and_the_form_to_a_seat(client, editor, event):
    an_open_form(editor, event, asked={"organisation": "must"})
    shown = page(client, f"/fr/events/{event.public_id}/")
    assert f"/events/{event.public_id}/registration/?language=fr" in shown
    shown = page(client, form_of(event, language="fr"))
    assert "Votre nom" in shown
    assert "Organisation" in shown
    assert "Votre fonction" not in shown
    register(client, event, organisation="Maison Salma")
    assert Invitation.objects.get().state == "on_site"
    assert "Regardez votre courriel" in page(client, form_of(event, "sent/", language="fr"))


def test_without_a_form_or_a_public_page_there_is_nothing(client, editor, event):
    page(client, form_of(event), 404)
    an_open_form(editor, event)
    OpenForm.objects.update(is_on=False)
    page(client, form_of(event), 404)
    assert "registration/" not in page(client, f"/fr/events/{event.public_id}/")
    OpenForm.objects.update(is_on=True)
    unpublish_event(by=editor, at=AT, event=event)
    page(client, form_of(event), 404)
    page(client, form_of(event, "sent/"), 404)


def test_before_and_after_its_time_the_page_says_when(client, editor, event):
    an_open_form(editor, event)
    OpenForm.objects.update(opens_at=timezone.now() + timedelta(days=2))
    assert "Les inscriptions ouvrent le" in page(client, form_of(event, language="fr"))
    assert "Les inscriptions ouvrent le" in page(client, f"/fr/events/{event.public_id}/")
    OpenForm.objects.update(opens_at=None, closes_at=timezone.now() - timedelta(days=1))
    assert "Les inscriptions sont closes" in page(client, form_of(event, language="fr"))
    register(client, event, 422)
    cancel_event(by=editor, at=AT, event=event)
    page(client, form_of(event), 404)
    assert not Invitation.objects.exists()


def test_a_form_sent_twice_has_one_effect_and_one_mail(client, editor, event):
    an_open_form(editor, event)
    fields = filled_in(event) | {"nonce": str(uuid7())}
    first, again = (client.post(form_of(event), fields) for _ in range(2))
    assert (
        (first.status_code, first.url)
        == (again.status_code, again.url)
        == (302, form_of(event, "sent/", language="fr"))
    )
    assert Message.objects.count() == 1
    assert client.post(form_of(event), fields | {"name": "Autre"}).status_code == 409


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "obligatoire"),
        ({"email": "pas-une-adresse"}, "adresse de courriel valide"),
        ({"mode": "by_train"}, "choix valide"),
        ({"language": "xx"}, "choix valide"),
        ({"organisation": ""}, "obligatoire"),
        ({"organisation": "a" * 301}, "300"),
        ({"seconds": 0}, "revenu très vite"),
        ({"opened": "forged"}, "pas été ouvert ici"),
    ],
)
def test_bad_input_keeps_what_was_typed_with_the_sentence_at_the_field(client, editor, event, said, sentence):
    an_open_form(editor, event, asked={"organisation": "must", "role": "may"})
    answer = register(client, event, 422, {"language": "fr"}, **({"organisation": "Maison", "role": "TAPÉ"} | said))
    assert sentence in answer
    assert 'value="TAPÉ"' in answer
    assert not Invitation.objects.exists()
    # What was not right only for want of time is right at the second try, by the stamp that came back.
    if said.get("opened"):
        (opened,) = re.findall(r'name="opened" value="([^"]+)"', answer)
        assert opened.startswith(str(event.public_id))


def test_a_full_space_is_said_at_the_field(client, editor):
    event = a_gathering(editor, seats_on_site=10)
    room = add_space(
        by=editor, at=AT, event=event, kind=SpaceKind.SIGNING, name={"fr": "Signature"}, capacity_on_site=1
    )
    kind = an_open_form(editor, event)
    registered(kind, "Une", wished=(room.public_id,))
    answer = register(client, event, 422, {"language": "fr"}, spaces=str(room.public_id))
    assert "Toutes les places de «" in answer
    register(client, event)


def test_what_is_answered_does_not_tell_whether_an_address_is_known(client, editor, event):
    kind = an_open_form(editor, event)
    registered(kind, "Connue", email="known@t.example")
    an_invitation(editor, event, email="invited@t.example")
    answers = []
    for email in ("known@t.example", "invited@t.example", "nobody@t.example"):
        response = Client().post(form_of(event), filled_in(event, email=email) | {"nonce": str(uuid7())}, follow=True)
        body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
        answers.append((response.redirect_chain, response.status_code, body))
    assert answers[0] == answers[1] == answers[2]
    assert "t.example" not in answers[0][2]
    assert Message.objects.filter(template=KNOWN).count() == 2


def test_a_robot_that_fills_the_hidden_field_reads_thanks_and_changes_nothing(client, editor, event):
    an_open_form(editor, event)
    register(client, event, website="https://spam.example")
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def test_from_one_network_address_only_so_many_come(client, editor, event, settings):
    settings.REGISTRATIONS_AN_HOUR = 2
    an_open_form(editor, event)
    for n in range(2):
        register(client, event, email=f"g{n}@t.example")
    said = register(client, event, 429, {"language": "fr"}, email="g3@t.example")
    assert "Beaucoup d’inscriptions" in said
    assert Invitation.objects.count() == 2
    other = Client(REMOTE_ADDR="198.51.100.7")
    register(other, event, email="g4@t.example")
    page(client, form_of(event))


def test_where_several_kinds_may_register_one_says_first_as_whom(client, editor, event):
    directors = event.guest_kinds.get()
    kinds = (KindFacts(directors, True, {"role": "must"}), KindFacts(None, False, {}))
    an_open_form(editor, event, kinds=kinds)
    shown = page(client, form_of(event, language="fr"))
    assert "À quel titre" in shown
    assert "Votre nom" not in shown
    named = OpenKind.objects.get(guest_kind=directors)
    assert "Votre fonction" in page(client, form_of(event, kind=named.public_id, language="fr"))
    register(client, event, asked={"kind": named.public_id}, role="Directrice")
    assert (Invitation.objects.get().state, Invitation.objects.get().guest_kind) == ("asked", directors)
    register(client, event, 422)
    register(client, event, 422, {"kind": uuid7()})


def test_how_many_seats_are_left_is_shown_only_where_the_promoter_says_so(client, editor, event):
    an_open_form(editor, event)
    assert "places libres" not in page(client, form_of(event, language="fr"))
    OpenForm.objects.update(shows_seats=True)
    for place in (form_of(event, language="fr"), f"/fr/events/{event.public_id}/"):
        assert "2 places libres" in page(client, place)
    Event.objects.filter(pk=event.pk).update(seats_on_site=0)
    assert "Toutes les places sont prises" in page(client, form_of(event, language="fr"))


def test_an_event_on_site_alone_does_not_ask_how_one_comes(client, editor):
    event = a_gathering(editor, mode=EventMode.ON_SITE)
    an_open_form(editor, event)
    assert "Comment vous venez" not in page(client, form_of(event, language="fr"))
    fields = {name: value for name, value in filled_in(event).items() if name != "mode"}
    sent(client, form_of(event), **fields)
    assert Registration.objects.get().mode == "on_site"


def test_the_guest_changes_and_cancels_by_the_link_and_a_scanner_that_opens_it_changes_nothing(client, editor, event):
    kind = an_open_form(editor, event)
    first, _second, third = (registered(kind, name) for name in ("Une", "Deux", "Trois"))
    before = list(Invitation.objects.order_by("pk").values("state", "version"))
    for _ in range(3):
        shown = page(client, by_link(first))
        page(client, by_link(first, "answer/"), 405)
        page(client, by_link(first, "appointment.ics"))
    assert list(Invitation.objects.order_by("pk").values("state", "version")) == before
    assert "Cette inscription est celle de Une" in shown
    assert "collègue" not in shown
    sent(client, by_link(first, "answer/"), answer="no")
    assert [row.state for row in Invitation.objects.order_by("pk")] == ["declined", "on_site", "on_site"]
    assert "Vous êtes numéro" not in page(client, by_link(third))
    sent(client, by_link(third, "answer/"), answer="online")
    assert Registration.objects.get(person=third.person).mode == "online"


def test_who_is_looked_at_or_was_refused_reads_it_and_the_refused_find_no_form(client, desk, editor, event):
    kind = an_open_form(editor, event, needs_approval=True)
    guest = registered(kind)
    assert "examine votre inscription" in page(Client(), by_link(guest))
    chosen = str(RegistrationRequest.objects.get().public_id)
    said = sent(desk, of(event, "registrations/decide/"), 200, follow=True, act="refuse", chosen=chosen)
    assert "reçoit un courriel courtois" in said
    shown = page(Client(), by_link(guest))
    assert "Il n’y a pas de place pour vous cette fois" in shown
    assert "Envoyer ma réponse" not in shown
    assert "pas de place pour vous" in sent(Client(), by_link(guest, "answer/"), 422, answer="on_site")


def test_staff_approve_many_by_ticking_and_see_each_state_on_its_tab(desk, editor, event):
    kind = an_open_form(editor, event, needs_approval=True, asked={"organisation": "may", "purpose": "may"})
    for name in ("Une", "Deux", "Trois"):
        registered(kind, name, said={"organisation": f"Maison {name}", "purpose": f"Parce que <{name}>"})
    shown = page(desk, of(event, "registrations/"))
    assert "Maison Deux" in shown
    assert "Parce que &lt;Trois&gt;" in shown
    keys = [str(key) for key in RegistrationRequest.objects.order_by("pk").values_list("public_id", flat=True)]
    said = sent(desk, of(event, "registrations/decide/"), 200, follow=True, act="approve", chosen=keys)
    assert "2 ont une place. 1 est sur la liste d’attente." in said
    assert "Maison Une" in page(desk, of(event, "registrations/?state=comes"))
    assert "Maison Trois" in page(desk, of(event, "registrations/?state=waits"))
    assert "Maison Trois" not in page(desk, of(event, "registrations/?state=comes"))
    assert "Maison Une" in page(desk, of(event, "registrations/?state=comes&q=une"))
    assert "Maison Deux" not in page(desk, of(event, "registrations/?state=comes&q=une"))
    said = sent(desk, of(event, "registrations/decide/"), 200, follow=True, act="absent", state="comes", chosen=keys[0])
    assert "1 ne vient pas." in said
    assert [row.state for row in Invitation.objects.order_by("pk")] == ["declined", "on_site", "on_site"]


@pytest.mark.parametrize(
    "fields", [{}, {"act": "approve"}, {"act": "dance", "chosen": "x"}, {"act": "refuse", "chosen": "x"}]
)
def test_with_nobody_ticked_nothing_is_done_and_the_page_says_so(desk, editor, event, fields):
    registered(an_open_form(editor, event, needs_approval=True))
    assert "Personne n’est coché" in sent(desk, of(event, "registrations/decide/"), 200, follow=True, **fields)
    assert Invitation.objects.get().state == "asked"


def test_how_people_register_is_proposed_then_said_and_who_saves_second_sees_both(desk, editor, event):
    assert "Ouvrir les inscriptions" in page(desk, of(event, "registrations/"))
    shown = page(desk, of(event, "registrations/rules/"))
    assert "Proposé pour ce genre de rencontre" in shown
    assert "Dirigeants" in shown
    assert "Tous les autres" in shown
    # At a one-to-few meeting the named kind is offered with approval, everybody else only by choice.
    asked = {
        f"{field}_{n}": "no" for field in ("organisation", "role", "phone", "city", "purpose", "needs") for n in (0, 1)
    }
    said = {"version": 0, "is_on": "on", "offered_0": "on", "approval_0": "on", **asked, "role_0": "must"}
    sent(desk, of(event, "registrations/rules/"), closes_at="2089-12-31T18:00", **said)
    kind, form = OpenKind.objects.get(), OpenForm.objects.get()
    assert (kind.asked, kind.needs_approval, kind.guest_kind) == ({"role": "must"}, True, event.guest_kinds.get())
    assert form.closes_at.isoformat() == "2089-12-31T17:00:00+00:00"
    again = sent(desk, of(event, "registrations/rules/"), 422, **(said | {"shows_seats": "on"}))
    assert "Quelqu’un d’autre" in again
    sent(desk, of(event, "registrations/rules/"), **(said | {"version": form.version, "shows_seats": "on"}))
    assert OpenForm.objects.get().shows_seats


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"offered_0": ""}, "Personne ne pourrait s’inscrire"),
        ({"opens_at": "2089-01-02T10:00", "closes_at": "2089-01-02T10:00"}, "fermerait avant d’ouvrir"),
        ({"opens_at": "demain"}, "valide"),
        ({"role_0": "often"}, "choix valide"),
    ],
)
def test_wrong_rules_are_said_at_the_field_and_change_nothing(desk, editor, event, said, sentence):
    asked = {
        f"{field}_{n}": "no" for field in ("organisation", "role", "phone", "city", "purpose", "needs") for n in (0, 1)
    }
    usual = {"version": 0, "is_on": "on", "offered_0": "on", **asked}
    assert sentence in sent(desk, of(event, "registrations/rules/"), 422, **(usual | said))
    assert not OpenForm.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desks_page_asks_the_same_however_many_registered(desk, editor, event, rows):
    kind = an_open_form(editor, event, needs_approval=True)
    for n in range(rows):
        registered(kind, f"G{n}")
    page(desk, of(event, "registrations/"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(desk, of(event, "registrations/"))
    assert len(asked) == 7


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_form_asks_the_same_however_many_registered(client, editor, event, rows):
    kind = an_open_form(editor, event, shows_seats=True)
    for n in range(rows):
        registered(kind, f"G{n}")
    with CaptureQueriesContext(connection) as asked:
        page(client, form_of(event))
    assert len(asked) == 2


def test_todays_page_counts_who_is_to_approve(desk, editor, event):
    registered(an_open_form(editor, event, needs_approval=True))
    assert "Inscriptions à accepter" in page(desk, "/p/oriental/")


def test_long_lists_are_read_page_by_page(desk, editor, event):
    kind = an_open_form(editor, event, needs_approval=True)
    for n in range(52):
        registered(kind, f"G{n:02}")
    first = page(desk, of(event, "registrations/"))
    assert "G00" in first
    assert "G51" not in first
    (after,) = re.findall(r'after=([0-9a-f-]{36})" rel="next"', first)
    assert "G51" in page(desk, of(event, f"registrations/?after={after}"))


@pytest.mark.parametrize("needs_approval", [False, True])
def test_form_page_and_mails_are_arabic_for_who_asks_for_it(editor, oriental, needs_approval):
    oriental.name = "جهة الشرق"
    oriental.save()
    event = a_gathering(editor)
    Event.objects.filter(pk=event.pk).update(name={"ar": "لقاء وجدة"})
    asked = dict.fromkeys(("organisation", "role", "phone", "city", "purpose", "needs"), "may")
    kind = an_open_form(editor, event, needs_approval=needs_approval, asked=asked, shows_seats=True)
    shown = page(Client(), form_of(event, language="ar"))
    assert 'dir="rtl"' in shown
    # The languages to choose from stand in their own letters, as on every switch of languages.
    assert foreign(re.sub(r"<select.*?</select>", "", shown, flags=re.S)) == set()
    assert foreign(page(Client(), form_of(event, "sent/", language="ar"))) == set()
    guest = registered(kind, "سلمى", email="s@t.example", language="ar")
    assert guest.link.language == "ar"
    assert foreign(page(Client(), by_link(guest))) == set()
    for name in ("registered", "refused", "known"):
        for state in ("on_site", "waiting", "asked", "refused"):
            guest.state = state
            letter = letter_to(
                guest, name, Reach("ar", "s@t.example", "https://t.example/", "https://t.example/"), at=AT
            )
            assert foreign(letter.text) == set(), (name, state)


def test_every_letter_to_guests_is_known_to_who_notes_what_did_not_arrive():
    assert {f"guests.{name}" for name in ("registered", "refused", "known")} <= GUEST_LETTERS
