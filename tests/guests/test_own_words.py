"""The event's own words in the letters to its guests, and the house's where it has none."""

import pytest

from moussem.directory.models import Person
from moussem.events.domain.built_in import ready_made
from moussem.events.domain.letters import filled_in
from moussem.events.domain.planning import correct_letters
from moussem.events.enums import EventKind
from moussem.events.models import Event
from moussem.guests.domain.approving import approve, refuse
from moussem.guests.domain.invitations import invite, remind
from moussem.guests.domain.letters import INVITATION, REMINDER
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from tests.factories.accounts import AT
from tests.factories.guests import a_target
from tests.factories.registering import an_open_form, registered

OWN = {
    "invitation": {
        "fr": {"subject": "Venez : {event}", "opening": "Cher {guest},\nvenez le {when}. <b>{promoter}</b>"},
        "ar": {"subject": "ندعوكم: {event}", "opening": "نرحب بكم"},
    },
    "reminder": {"fr": {"subject": "Alors ? {event}", "opening": "Toujours pas de réponse, {guest} ?"}},
}


def a_letter(editor, event, letters=OWN, *, language="fr", name="Amal Idrissi", reminds=False):
    if letters:
        correct_letters(by=editor, at=AT, event=event, read_version=event.version, letters=letters)
    target = a_target(editor, event, name, email="amal@t.example", reasons="citée à Fès")
    Person.objects.filter(pk=target.person_id).update(language=language)
    target.refresh_from_db()
    invitation = invite(by=editor, at=AT, target=target)
    if reminds:
        remind(by=editor, at=AT.replace(year=AT.year + 1), invitation=invitation)
    name = REMINDER if reminds else INVITATION
    return template(name).render(Message.objects.get(template=name))


def test_the_events_own_words_open_the_invitation_and_what_a_guest_must_know_follows(editor, event):
    letter = a_letter(editor, event)
    assert letter.subject == "Venez : Rencontre"
    assert "Cher Amal Idrissi,\nvenez le 10\u00a0janvier 2090. <b>CRI de l’Oriental</b>" in letter.text
    assert "vous invite à" not in letter.text
    for words in ("Quand", "citée à Fès", "http"):
        assert words in letter.text
        assert words in letter.html


def test_own_words_are_escaped_and_keep_their_lines(editor, event):
    letter = a_letter(editor, event, name="Amal <i>Idrissi</i>")
    assert "Amal &lt;i&gt;Idrissi&lt;/i&gt;,<br>venez" in letter.html
    assert "&lt;b&gt;CRI" in letter.html
    assert "<b>" not in letter.html
    assert "<i>" not in letter.html


def test_the_reminder_has_its_own_words_too(editor, event):
    letter = a_letter(editor, event, reminds=True)
    assert letter.subject == "Alors ? Rencontre"
    assert "Toujours pas de réponse, Amal Idrissi ?" in letter.text
    assert "Toujours pas de réponse" in letter.html
    assert "n’a pas" not in letter.text


def test_without_own_words_in_the_guests_language_the_house_speaks(editor, event):
    english = a_letter(editor, event, language="en")
    assert english.subject.startswith("CRI de l’Oriental invites you: Meeting")
    assert "invites you to “Meeting”" in english.text


def test_an_event_without_own_words_writes_as_before(editor, event):
    letter = a_letter(editor, event, {})
    assert "vous invite" in letter.subject
    assert "dir=" not in letter.html


def test_somebody_who_reads_arabic_is_greeted_in_arabic(editor, event):
    letter = a_letter(editor, event, language="ar")
    assert letter.subject == "ندعوكم: Rencontre"
    assert '<p dir="auto">نرحب بكم</p>' in letter.html
    assert "متى:" in letter.text
    assert '<div dir="rtl" lang="ar">' in letter.html


@pytest.mark.parametrize("kind", [EventKind.ONE_TO_FEW, EventKind.TRADE_SHOW])
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_field_of_the_ready_made_words_is_filled_in(editor, event, kind, language):
    letter = a_letter(editor, event, ready_made()[kind].outline.letters, language=language)
    assert "{" not in letter.subject + letter.text
    assert "CRI de l’Oriental" in letter.subject


def one_after_the_other(text, values):
    """The naive way: what one field brings is read for the next."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def by_format(text, values):
    """The naive way: the words of a person as a format."""
    return text.format(**values)


VALUES = {"guest": "{event}", "promoter": "P", "event": "E", "when": "W", "place": ""}


@pytest.mark.parametrize(
    ("fill", "holds"), [(filled_in, True), (one_after_the_other, False), (by_format, False)], ids=lambda v: str(v)[:20]
)
def test_what_a_field_brings_is_not_read_again_and_nothing_else_is_reached(fill, holds):
    said = fill("{guest}", VALUES) == "{event}"
    try:
        reached = fill("{guest.__class__} {secret}", VALUES) != "{guest.__class__} {secret}"
    except (KeyError, AttributeError):
        reached = True
    assert (said and not reached) == holds


REGISTRATION = {
    "received": {"fr": {"subject": "Bien reçu : {event}", "opening": "Merci {guest}, nous vous lisons. <b>"}},
    "approved": {"fr": {"subject": "À bientôt : {event}", "opening": "Votre chaise est prête, {guest}."}},
    "refused": {"fr": {"subject": "Une autre fois : {event}", "opening": "La table est petite, {guest}."}},
}


def letters_after(editor, event, letters, *, seats=2, then=None, needs_approval=True):
    """The letters to somebody who registers by the open form, and of whom staff then decide."""
    correct_letters(by=editor, at=AT, event=event, read_version=event.version, letters=letters)
    Event.objects.filter(pk=event.pk).update(seats_on_site=seats)
    invitation = registered(an_open_form(editor, event, needs_approval=needs_approval))
    letters = [drawn(Message.objects.get())]
    if then is not None:
        then(by=editor, at=AT, event=event, chosen=[invitation.request.public_id])
        letters.append(drawn(Message.objects.latest("pk")))
    return letters


def drawn(message):
    return template(message.template).render(message)


@pytest.mark.parametrize(
    ("then", "subject", "opening", "fact"),
    [(approve, "À bientôt : Rencontre", "Votre chaise est prête, Salma.", "une place vous est gardée"),
     (refuse, "Une autre fois : Rencontre", "La table est petite, Salma.", "Pas cette fois")],
)  # fmt: skip
def test_who_registers_reads_the_events_own_words_and_what_was_decided(editor, event, then, subject, opening, fact):
    received, decided = letters_after(editor, event, REGISTRATION, then=then)
    assert received.subject == "Bien reçu : Rencontre"
    for part in (received.text, received.html):
        assert "Merci Salma, nous vous lisons." in part
        assert "http" in part
    assert "<b>" not in received.html
    assert decided.subject == subject
    for part in (decided.text, decided.html):
        assert opening in part
        assert fact in part
        assert "Merci Salma" not in part


def test_who_waits_for_a_seat_is_not_told_of_one_in_the_events_own_words(editor, event):
    (letter,) = letters_after(editor, event, REGISTRATION, seats=0, needs_approval=False)
    assert "liste d’attente" in letter.subject.lower()
    assert "chaise" not in letter.text + letter.html


def test_without_own_words_registrations_are_answered_as_before(editor, event):
    received, decided = letters_after(editor, event, {}, then=refuse)
    assert "inscription" in received.subject
    assert "dir=" not in received.html + decided.html
    assert "ne dit rien de vous" in decided.text
