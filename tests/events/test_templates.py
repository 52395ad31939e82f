"""Templates: what the ready-made ones hold, gatherings started from them, own copies edited line by line."""

import re
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.actions.models import Action
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.models import ImportedList
from moussem.engines.values import period as periods
from moussem.events.domain.built_in import ready_made
from moussem.events.domain.events import EventFacts
from moussem.events.domain.hours import EndsBeforeItBegins, answers_until, hours_of
from moussem.events.domain.letters import unknown_fields
from moussem.events.domain.outlines import Outline, SessionLine, TaskLine, Wish, outline_of, stored_form
from moussem.events.domain.planning import correct_letters, plan_event
from moussem.events.domain.templates import copy_template, correct_template, withdraw_template
from moussem.events.enums import LETTER_LANGUAGES, EventKind, Letter
from moussem.events.interfaces.lines import sessions_text, spaces_text, tasks_text
from moussem.events.interfaces.template_forms import TemplateForm
from moussem.events.models import Event, Template
from tests.events.test_desk import DESK, of, page, sent
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.sheets import a_workbook

DAYS = periods.span(date(2090, 3, 6), date(2090, 3, 8))


@pytest.fixture
def desk(client, oriental):
    client.force_login(staff(oriental, "organiser"))
    return client


def a_copy(by, code=EventKind.TRADE_SHOW):
    return copy_template(by=by, at=AT, code=code, facts=ready_made()[code])


def shown(row):
    """What the form of a template shows, in French, as it is sent back."""
    with translation.override("fr"):
        return {name: "" if value is None else value for name, value in TemplateForm.initial_of(row).items()}


def a_show(by, kind=EventKind.TRADE_SHOW, **known):
    facts = EventFacts(kind=kind, name={"fr": "Le Salon"}, **({"period": DAYS} | known))
    return plan_event(by=by, at=AT, facts=facts, outline=ready_made()[kind].outline)


def test_every_kind_of_gathering_but_the_plain_one_has_a_ready_made_template_in_three_languages():
    made = ready_made()
    assert set(made) == set(EventKind) - {EventKind.GATHERING}
    for facts in made.values():
        outline = facts.outline
        texts = [
            facts.name, *(s.name for s in outline.spaces), *(s.title for s in outline.sessions),
            *(w.name for w in outline.wishes), *(t.words for t in outline.tasks),
        ]  # fmt: skip
        assert all(set(text) == set(LETTER_LANGUAGES) and all(text.values()) for text in texts)
        assert outline.spaces
        assert outline.sessions
        assert {task.days < 0 for task in outline.tasks} == {True, False}
        assert all(wish.wanted for wish in outline.wishes)
        assert all(s.day <= outline.days and (s.space or 1) <= len(outline.spaces) for s in outline.sessions)
        for letter in Letter.values:
            assert set(outline.letters[letter]) == set(LETTER_LANGUAGES)
            for words in outline.letters[letter].values():
                assert all(words[part] for part in ("subject", "opening"))
                assert not unknown_fields(words["subject"] + words["opening"])


def test_the_french_of_the_ready_made_ones_keeps_the_typography_of_the_product():
    said = " | ".join(_french(stored_form(facts.outline)) for facts in ready_made().values())
    assert "«\u00a0{event}\u00a0»" in said
    assert "vous invite\u00a0: {event}" in said
    assert not re.search(r"«[^\u00a0]|[^\u00a0]»|[^\u202f][;?!]|[^\u00a0\d]:|'", said)


def _french(stored):
    if isinstance(stored, list):
        return " | ".join(_french(one) for one in stored)
    if not isinstance(stored, dict):
        return ""
    if "fr" in stored:
        words = stored["fr"]
        return words if isinstance(words, str) else " | ".join(words.values())
    return " | ".join(_french(one) for one in stored.values())


def test_a_trade_show_has_the_four_spaces():
    kinds = [space.kind for space in ready_made()[EventKind.TRADE_SHOW].outline.spaces]
    assert kinds == ["exhibition", "conference", "signing", "webinar"]


def test_an_outline_is_the_same_after_it_was_stored():
    for facts in ready_made().values():
        assert stored_form(outline_of(stored_form(facts.outline))) == stored_form(facts.outline)


def test_a_gathering_has_at_once_all_that_its_template_says(editor):
    event = a_show(editor)
    assert (event.seats_on_site, event.seats_online, event.mode) == (3000, 1000, "both")
    assert [space.kind for space in event.spaces.order_by("position")] == [
        "exhibition", "conference", "signing", "webinar",
    ]  # fmt: skip
    signing = event.sessions.select_related("space").get(title__fr="Signatures")
    assert (signing.space.kind, hours_of(signing).on, hours_of(signing).begins) == (
        "signing", date(2090, 3, 7), time(16),
    )  # fmt: skip
    assert [kind.wanted for kind in event.guest_kinds.order_by("position")] == [60, 100, 30, 20]
    assert set(event.letters) == set(Letter.values)
    due = {action.words: action.due_on for action in Action.objects.filter(about=event.subject)}
    assert len(due) == 7
    assert due["Envoyer les invitations"] == date(2090, 1, 5)
    assert due["Publier le bilan avec ses sources"] == date(2090, 3, 15)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"add_event", "add_space", "add_session", "add_guest_kind", "open_action"} <= verbs


def test_wishes_and_seats_that_are_stated_win_over_those_of_the_template(editor):
    facts = EventFacts(kind=EventKind.WEBINAR, name={"fr": "Webinaire"}, seats_on_site=5)
    event = plan_event(
        by=editor, at=AT, facts=facts, wishes=[Wish({"fr": "Amis"}, 3)], outline=ready_made()[EventKind.WEBINAR].outline
    )
    assert (event.seats_on_site, event.seats_online, event.mode) == (5, None, "on_site")
    assert [kind.name["fr"] for kind in event.guest_kinds.all()] == ["Amis"]


@pytest.mark.parametrize(("day", "is_open"), [(date(2026, 1, 5), True), (date(2026, 1, 6), False)])
def test_hours_are_proposed_from_tomorrow_on_so_that_guests_of_today_can_still_answer(editor, day, is_open):
    at = AT.replace(year=2026, month=1, day=5, hour=12)
    facts = EventFacts(kind=EventKind.ONE_TO_FEW, name={"fr": "Rencontre"}, period=periods.day(day))
    event = plan_event(by=editor, at=at, facts=facts, outline=ready_made()[EventKind.ONE_TO_FEW].outline)
    assert all((session.starts_at is None) == is_open for session in event.sessions.all())
    assert answers_until(event) > at


def test_hours_of_a_day_after_the_last_one_and_dates_of_an_undated_gathering_stay_open(editor):
    short = a_show(editor, period=periods.day(date(2090, 3, 6)))
    days = {hours_of(session).on for session in short.sessions.all() if hours_of(session)}
    assert (days, short.sessions.count()) == ({date(2090, 3, 6)}, 8)
    undated = a_show(editor, period=None)
    assert not undated.sessions.filter(starts_at__isnull=False).exists()
    assert set(Action.objects.filter(about=undated.subject).values_list("due_on", flat=True)) == {None}


def test_a_task_whose_day_is_past_is_due_on_the_day_it_is_opened(editor):
    at = AT.replace(year=2090, month=3, day=1, hour=12)
    outline = Outline(tasks=[TaskLine(-21, {"fr": "Inviter"}), TaskLine(-2, {"fr": "Relancer"})])
    facts = EventFacts(kind=EventKind.CONFERENCE, name={"fr": "C"}, period=DAYS)
    plan_event(by=editor, at=at, facts=facts, outline=outline)
    due = dict(Action.objects.values_list("words", "due_on"))
    assert due == {"Inviter": date(2090, 3, 1), "Relancer": date(2090, 3, 4)}


def test_what_fails_in_a_template_leaves_nothing_of_the_gathering(editor):
    wrong = Outline(sessions=[SessionLine(1, {"fr": "Débat"}, time(10), time(9))], tasks=[TaskLine(0, {"fr": "X"})])
    facts = EventFacts(kind=EventKind.CONFERENCE, name={"fr": "C"}, period=DAYS)
    with pytest.raises(EndsBeforeItBegins):
        plan_event(by=editor, at=AT, facts=facts, outline=wrong)
    assert not Event.objects.exists()
    assert not Entry.objects.filter(verb="add_event").exists()


def test_five_questions_are_asked_and_two_answers_are_enough(desk):
    form = page(desk, f"{DESK}new/")
    asked = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', form.split("<main")[1])
    said = [name for name in asked if name not in ("csrfmiddlewaretoken", "nonce")]
    what, called, when, where, whom = ["template"], ["name"], ["starts_on", "ends_on"], ["place"], ["wishes", "guests"]
    assert said == [*what, *called, *when, *where, *whom]
    sent(desk, f"{DESK}new/", name="Salon", template="trade_show", starts_on="2090-03-06")
    event = Event.objects.get()
    assert (event.kind, event.period) == ("trade_show", DAYS)
    assert (event.spaces.count(), event.guest_kinds.count()) == (4, 4)
    sent(desk, f"{DESK}new/", name="Autre", template="gathering")
    assert Event.objects.get(kind="gathering").spaces.count() == 0


def test_a_guest_list_dropped_with_the_questions_is_read_for_the_gathering(desk):
    file = SimpleUploadedFile("invités.xlsx", a_workbook())
    sent(desk, f"{DESK}new/", name="Salon", template="trade_show", starts_on="2090-03-06", guests=file)
    event, row = Event.objects.get(), ImportedList.objects.get()
    assert (row.object_kind, row.object_key, row.filename) == ("event", event.public_id, "invités.xlsx")
    assert row.state == "reading"


def test_a_guest_list_that_is_too_large_sets_no_gathering_up(desk, settings):
    settings.FILE_LIMIT = 100
    file = SimpleUploadedFile("invités.xlsx", a_workbook())
    refused = sent(desk, f"{DESK}new/", 422, name="Salon", template="trade_show", starts_on="2090-03-06", guests=file)
    assert "Le fichier dépasse" in refused
    assert not Event.objects.exists()
    assert not ImportedList.objects.exists()


def test_the_form_is_prefilled_with_the_guests_of_the_template_that_was_chosen(desk):
    assert "100 donneurs d’ordre" in page(desk, f"{DESK}new/?template=trade_show")
    assert "100 donneurs d’ordre" not in page(desk, f"{DESK}new/?template=volcano")


def test_a_copy_stands_in_the_place_of_the_ready_made_one_until_it_is_withdrawn(desk, editor):
    assert 'value="mission"' in page(desk, f"{DESK}new/")
    sent(desk, f"{DESK}templates/copy/", source="mission")
    row = Template.objects.get()
    offered = page(desk, f"{DESK}new/")
    assert f'value="{row.public_id}"' in offered
    assert 'value="mission"' not in offered
    sent(desk, f"{DESK}new/", name="Mission", template=str(row.public_id), starts_on="2090-03-06")
    assert Event.objects.get().kind == "mission"
    sent(desk, f"{DESK}templates/{row.public_id}/withdraw/")
    assert 'value="mission"' in page(desk, f"{DESK}new/")
    withdraw_template(by=editor, at=AT, template=row)
    verbs = Entry.objects.filter(object_kind="template").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["copy_template", "withdraw_template"]
    page(desk, f"{DESK}templates/{row.public_id}/", 404)
    sent(desk, f"{DESK}templates/copy/", 404, source="volcano")


def test_a_template_sent_back_as_it_was_shown_says_the_same_in_every_language(desk, editor):
    for code in ready_made():
        row = a_copy(editor, code)
        before = row.outline
        sent(desk, f"{DESK}templates/{row.public_id}/", **shown(row))
        row.refresh_from_db()
        assert (row.outline, row.version) == (before, 2)


def test_a_template_is_edited_line_by_line_and_keeps_the_languages_of_what_stays(desk, editor):
    row = a_copy(editor)
    lines = {
        "spaces": "Salle de conférence ; conférence ; 400 ; \nTests ; Salle de tests\n",
        "sessions": "1 9h30 - 10:00 Accueil ; salle de conference\n2 Signatures",
        "tasks": "-10 Envoyer les invitations\n0 Ouvrir les portes\n+3 Remercier", "wishes": "12 exposants\nAmis",
    }  # fmt: skip
    sent(desk, f"{DESK}templates/{row.public_id}/", **(shown(row) | lines))
    row.refresh_from_db()
    outline = outline_of(row.outline)
    assert [(s.name["fr"], s.kind, s.on_site, s.online) for s in outline.spaces] == [
        ("Salle de conférence", "conference", 400, None), ("Tests", "tests", None, None),
    ]  # fmt: skip
    assert outline.spaces[0].name["ar"] == "قاعة المؤتمرات"
    assert [(s.day, s.begins, s.ends, s.space) for s in outline.sessions] == [
        (1, time(9, 30), time(10), 1), (2, None, None, None),
    ]  # fmt: skip
    assert outline.sessions[1].title["en"] == "Signings"
    assert [(t.days, t.words["fr"]) for t in outline.tasks] == [
        (-10, "Envoyer les invitations"), (0, "Ouvrir les portes"), (3, "Remercier"),
    ]  # fmt: skip
    assert [(w.wanted, w.name.get("en")) for w in outline.wishes] == [(12, "exhibitors"), (None, None)]


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("spaces", "Salle ; conférence\nSalle B", "Ligne 2"),
        ("spaces", "Salle ; conférence ; beaucoup", "Ligne 1"),
        ("spaces", "Salle ; conférence\nsalle ; signature", "portent un même nom"),
        ("sessions", "\n1 10:00-09:00 Débat", "Ligne 2"),
        ("sessions", "1 25:00 Débat", "n’existe pas"),
        ("sessions", "Débat", "Ligne 1"),
        ("sessions", "4 Débat", "après le dernier"),
        ("sessions", "\n\n1 Débat ; Cave", "Ligne 3"),
        ("tasks", "-3 Inviter\nRelancer", "Ligne 2"),
        ("invitation_fr", "Bonjour", "objet"),
        ("invitation_fr", "\nBonjour\nCher {guest.password}", "Ligne 3"),
        ("reminder_ar", "a" * 201 + "\nx", "Ligne 1"),
        ("tasks", "1 x\n" * 61, "60 lignes"),
    ],
)
def test_bad_input_is_answered_by_line_and_nothing_is_saved(desk, editor, field, text, sentence):
    row = a_copy(editor)
    answer = sent(desk, f"{DESK}templates/{row.public_id}/", 422, **(shown(row) | {field: text}))
    assert sentence in answer
    row.refresh_from_db()
    assert row.version == 1


def test_who_saves_a_template_second_sees_both_versions_and_only_what_differs(desk, editor):
    row = a_copy(editor)
    read = shown(row)
    sent(desk, f"{DESK}templates/{row.public_id}/", **(read | {"name": "Salon d’abord"}))
    read = {name: str(value).replace("\n", "\r\n") for name, value in read.items()}
    answer = sent(desk, f"{DESK}templates/{row.public_id}/", 422, **(read | {"name": "Salon ensuite"}))
    assert "Salon d’abord" in answer
    assert "Salon ensuite" in answer
    assert answer.count("Exposition en plein air ; ") == 1
    with pytest.raises(ChangedMeanwhile):
        correct_template(by=editor, at=AT, template=row, read_version=1, facts=ready_made()[EventKind.MISSION])


def test_the_words_of_an_events_mails_are_corrected_and_who_saves_second_is_told(desk, editor):
    event = a_show(editor)
    fields = {"version": event.version, "invitation_fr": "Venez : {event}\nCher {guest},\nvenez."}
    sent(desk, of(event, "letters/"), **fields)
    event.refresh_from_db()
    assert event.letters == {
        "invitation": {"fr": {"subject": "Venez : {event}", "opening": "Cher {guest},\nvenez."}}, "reminder": {},
        "received": {}, "approved": {}, "refused": {},
    }  # fmt: skip
    form = page(desk, of(event, "letters/"))
    assert "Cher {guest}" in form
    assert re.search(r'<textarea name="invitation_ar"[^>]* lang="ar" dir="rtl"', form)
    assert "enregistré" in sent(desk, of(event, "letters/"), 422, **(fields | {"invitation_fr": "Non\nNon"}))
    with pytest.raises(ChangedMeanwhile):
        correct_letters(by=editor, at=AT, event=event, read_version=1, letters={})
    assert Entry.objects.filter(verb="correct_letters").count() == 1


def test_templates_are_nobody_elses_and_an_observer_copies_none(desk, client, oriental, editor, rival):
    theirs = a_copy(rival)
    page(desk, f"{DESK}templates/{theirs.public_id}/", 404)
    sent(desk, f"{DESK}templates/copy/", 404, source=str(theirs.public_id))
    sent(desk, f"{DESK}new/", 422, name="Salon", template=str(theirs.public_id))
    with pytest.raises(ForeignRow):
        withdraw_template(by=editor, at=AT, template=theirs)
    observer = at_work(oriental, "observer")
    with pytest.raises(NotAllowed):
        a_copy(observer)
    with pytest.raises(NotAllowed):
        withdraw_template(by=observer, at=AT, template=a_copy(editor))
    event = a_show(at_work(a_promoter("autre"), "organiser"))
    with pytest.raises(ForeignRow):
        correct_letters(by=editor, at=AT, event=event, read_version=1, letters={})
    client.force_login(staff(oriental, "observer"))
    assert "Copier" not in page(client, f"{DESK}templates/")


def test_a_copy_asked_for_twice_is_made_once(desk):
    fields = {"source": "webinar", "nonce": str(uuid7())}
    assert [desk.post(f"{DESK}templates/copy/", fields).status_code for _ in range(2)] == [302, 302]
    assert Template.objects.count() == 1


def test_what_the_form_shows_of_an_outline_is_what_it_reads(db):
    with translation.override("fr"):
        outline = ready_made()[EventKind.TRADE_SHOW].outline
        assert spaces_text(outline.spaces).splitlines()[0] == "Exposition en plein air ; Exposition ; 3000"
        assert sessions_text(outline).splitlines()[0] == "1 10:00–11:00 Ouverture ; Salle de conférence"
        assert tasks_text(outline.tasks).splitlines()[-1] == "+30 Reprendre contact avec chaque exposant"


@pytest.mark.parametrize("copies", [1, 3])
def test_the_list_of_templates_asks_the_same_however_long_it_is(desk, editor, django_assert_max_num_queries, copies):
    for _ in range(copies):
        a_copy(editor)
    with django_assert_max_num_queries(8):
        shown_page = page(desk, f"{DESK}templates/")
    assert shown_page.count("Retirer") == copies
