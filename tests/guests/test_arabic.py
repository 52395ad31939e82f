"""What guests read, in Arabic: their page in each state, and every letter, without a word of another language."""

import re

import pytest
from django.utils.translation import trans_real

from moussem.accounts.models import User
from moussem.directory.domain.people import Contact, record_contact
from moussem.directory.models import Person
from moussem.events.domain.cancelling import cancel_event
from moussem.events.domain.events import add_space
from moussem.events.enums import SpaceKind
from moussem.events.models import Event
from moussem.guests.domain.criteria import Draft, add_criterion
from moussem.guests.domain.invitations import invite
from moussem.guests.domain.judging import answer_criteria
from moussem.guests.domain.letters import Reach, letter_to, would_be_invited
from moussem.guests.domain.trials import LETTERS
from moussem.guests.enums import CriterionField, Verdict
from moussem.guests.models import Standing
from moussem.mail.domain.stops import stop_address
from moussem.mail.models import Message
from tests.factories.accounts import AT
from tests.factories.guests import a_target, an_invitation, answered
from tests.guests.test_pages import by_link, page, sent
from tests.guests.test_zones import a_timed_gathering

LATIN = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
NO_WORDS = re.compile(r"<(script|style|svg|select)\b.*?</\1>|<[^>]+>|https?://\S+|&[a-z#0-9]+;|\S+@\S+", re.S)
NAMES = {"UTC", "Casablanca"}


def foreign(html):
    """The words of a page or a letter in Latin letters that are no name, no address and no abbreviation."""
    body = html.partition("<main")[2].partition(">")[2] or html
    return set(LATIN.findall(NO_WORDS.sub(" ", body))) - NAMES


@pytest.fixture
def arabic(editor, oriental):
    """A gathering with hours, named in Arabic, and somebody who reads Arabic on its list."""
    oriental.name = "جهة الشرق"
    oriental.save()
    event = a_timed_gathering(editor, seats_on_site=1)
    Event.objects.filter(pk=event.pk).update(name={"ar": "لقاء وجدة"}, theme={"ar": "المستقبل"})
    event.guest_kinds.update(name={"ar": "مديرو شركات"})
    event.sessions.update(title={"ar": "الاستقبال"})
    add_space(by=editor, at=AT, event=event, kind=SpaceKind.SIGNING, name={"ar": "القاعة"}, capacity_on_site=0)
    target = a_target(editor, event, "أمل", email="a@t.example", reasons="ذُكرت في فاس")
    Person.objects.update(language="ar")
    target.organisation.name = "شركة"
    target.organisation.save()
    target.refresh_from_db()
    return Event.objects.get(pk=event.pk), target


def invited(editor, target):
    return invite(by=editor, at=AT, target=target)


def test_what_is_kept_about_a_guest_is_read_in_arabic(client, editor, arabic):
    event, target = arabic
    asked = {"field": CriterionField.QUESTION, "weight": 20, "question": "هل له مشروع؟"}
    row = add_criterion(by=editor, at=AT, event=event, draft=Draft(**asked))
    draft = Draft(CriterionField.ORGANISATION_KIND, 20, ({"key": "client", "label": "client"},))
    add_criterion(by=editor, at=AT, event=event, draft=draft)
    said = {row: (Verdict.YES, "قال ذلك")}
    answer_criteria(by=editor, at=AT, target=target, read_version=target.version, said=said)
    User.objects.update(label="أمين")
    type(target).objects.update(origin_words="بطاقة", owner=User.objects.first())
    Standing.objects.update(assessment=_named_in_arabic(Standing.objects.get().assessment))
    Person.objects.update(contact_source="بطاقة")
    invitation = invited(editor, target)
    shown = page(client, by_link(invitation, "kept/"))
    assert foreign(shown) == set()
    sent(client, by_link(invitation, "kept/object/"), words="لا أرغب")
    assert foreign(page(client, by_link(invitation, "kept/"))) == set()


def _named_in_arabic(lines):
    return [line | ({"by": "أمين"} if "by" in line else {}) for line in lines]


def test_the_page_is_arabic_from_right_to_left_in_each_state(client, editor, arabic):
    event, target = arabic
    invitation = invited(editor, target)
    assert invitation.link.language == "ar"
    shown = page(client, by_link(invitation))
    assert '<html lang="ar" dir="rtl">' in shown
    assert foreign(shown) == set()
    for said in ({"answer": "on_site", "answered_by": "سارة"}, {"answer": "no"}, {"answer": "online", "shares": "on"}):
        assert foreign(sent(client, by_link(invitation, "answer/"), 200, follow=True, **said)) == set(), said
    answered(an_invitation(editor, event, "آخر"), "on_site")
    full = sent(client, by_link(invitation, "answer/"), 422, answer="on_site")
    assert "لم يبق مكان حضوري" in full
    assert foreign(full) == set()
    assert foreign(sent(client, by_link(invitation, "answer/"), 422, answer="colleague")) == set()
    cancel_event(by=editor, at=AT, event=event)
    off = page(client, by_link(invitation))
    assert "أُلغي هذا اللقاء" in off
    assert foreign(off) == set()


def test_the_guest_chooses_arabic_by_the_switch_and_the_desk_does_not_offer_it(client, owner, editor, event):
    invitation = an_invitation(editor, event)
    assert '<html lang="fr"' in page(client, by_link(invitation))
    client.cookies["django_language"] = "ar"
    assert '<html lang="ar" dir="rtl">' in page(client, by_link(invitation))
    client.force_login(owner)
    desk = page(client, f"/p/oriental/events/{event.public_id}/invitations/")
    assert '<html lang="fr"' in desk
    assert 'value="ar"' not in desk


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_arabic_and_its_html_reads_from_right_to_left(arabic, name):
    _event, target = arabic
    reach = Reach("ar", "a@t.example", "https://x.example/l/1", "https://x.example/stop/1")
    letter = letter_to(would_be_invited(target), name, reach, at=AT)
    for part in (letter.subject, letter.text, letter.html):
        assert foreign(part) == set()
    assert letter.html.startswith('<div dir="rtl" lang="ar">')


def test_the_hours_keep_their_order_within_arabic(client, editor, arabic):
    invitation = invited(editor, arabic[1])
    sent(client, by_link(invitation, "zone/"), zone="America/New_York")
    assert "\u206603:00–11:00\u2069 (\u2066New York, UTC−5\u2069)" in page(client, by_link(invitation))


def test_who_refuses_further_mail_reads_arabic(client, editor, arabic, settings):
    invited(editor, arabic[1])
    shown = page(client, stop_address(Message.objects.get()).replace(settings.SITE_URL, ""))
    assert '<html lang="ar" dir="rtl">' in shown
    assert foreign(shown) == set()


def test_staff_note_that_somebody_reads_arabic(editor, event):
    target = a_target(editor, event, email="a@t.example")
    person, contact = target.person, Contact(email="a@t.example", language="ar", source="carte")
    record_contact(by=editor, at=AT, person=person, read_version=person.version, contact=contact)
    target.refresh_from_db()
    assert invited(editor, target).link.language == "ar"


def test_without_the_catalogue_the_page_would_hold_french(client, editor, arabic, monkeypatch):
    """The negative control: a page that nobody translated is found."""
    invitation = invited(editor, arabic[1])
    monkeypatch.setitem(trans_real._translations, "ar", trans_real.DjangoTranslation("fr"))
    assert foreign(page(client, by_link(invitation)))
