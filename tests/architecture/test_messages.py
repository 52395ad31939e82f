"""The catalogues: what is extracted, and each way in which French can be missing."""

import gettext

import polib
import pytest

from tests.architecture.planting import plant
from tools import messages

FILES = {
    "guests/views/desk.py": """
        title = _("Guest list")
        rows = ngettext("%(count)d guest", "%(count)d guests", count)
        mood = pgettext("answer", "No")
        ignored = _(title)
    """,
    "guests/templates/guests/desk/list.html": """
        {% load i18n %}<h1>{% translate "Who is coming" %}</h1>
        {% blocktranslate trimmed with name=guest.label %}
          {{ name }} has
          (not yet) answered
        {% endblocktranslate %}
        {% blocktranslate count n=rows|length %}one row{% plural %}{{ n }} rows{% endblocktranslate %}
    """,
}
SENTENCES = {
    "Guest list": "Liste des invités",
    "%(count)d guest": {0: "%(count)d invité", 1: "%(count)d invités"},
    "No": "Non",
    "Who is coming": "Qui vient",
    "%(name)s has (not yet) answered": "%(name)s n’a pas (encore) répondu",
    "one row": {0: "une ligne", 1: "%(n)s lignes"},
}


@pytest.fixture
def app(tmp_path):
    """An app whose every sentence is translated and compiled."""
    guests = plant(tmp_path, FILES) / "guests"
    messages.write(guests)
    edit(guests, lambda entry: say(entry, SENTENCES[entry.msgid]))
    messages.write(guests)
    return guests


def say(entry, text):
    if isinstance(text, dict):
        entry.msgstr_plural = text
    else:
        entry.msgstr = text


def edit(app, change):
    file = polib.pofile(str(app / messages.CATALOGUE))
    for entry in file:
        change(entry)
    file.save()


def test_every_sentence_of_code_and_templates_is_extracted(app):
    assert {entry.msgid for entry in polib.pofile(str(app / messages.CATALOGUE))} == set(SENTENCES)
    assert messages.faults_of(app) == []


def test_the_compiled_catalogue_speaks_french(app):
    with (app / messages.CATALOGUE).with_suffix(".mo").open("rb") as file:
        french = gettext.GNUTranslations(file)
    assert french.gettext("Guest list") == "Liste des invités"
    assert french.pgettext("answer", "No") == "Non"
    assert [french.ngettext("%(count)d guest", "%(count)d guests", n) for n in (0, 1, 2)] == [
        "%(count)d invité",
        "%(count)d invité",
        "%(count)d invités",
    ]


def test_writing_twice_changes_nothing(app):
    before = (app / messages.CATALOGUE).read_bytes(), (app / messages.CATALOGUE).with_suffix(".mo").read_bytes()
    messages.write(app)
    assert before == (
        (app / messages.CATALOGUE).read_bytes(),
        (app / messages.CATALOGUE).with_suffix(".mo").read_bytes(),
    )


def test_an_untranslated_sentence_is_found(app):
    edit(app, lambda entry: say(entry, "" if entry.msgid == "Guest list" else SENTENCES[entry.msgid]))
    assert "guests: untranslated: 'Guest list'" in messages.faults_of(app)


def test_a_fuzzy_sentence_is_found_and_stays_fuzzy(app):
    edit(app, lambda entry: entry.flags.append("fuzzy") if entry.msgid == "No" else None)
    messages.write(app)
    assert messages.faults_of(app) == ["guests: fuzzy: 'No'"]


def test_a_new_sentence_is_found(app):
    (app / "tasks.py").write_text('label = _("Badges")', encoding="utf-8")
    assert "guests: not extracted: 'Badges'" in messages.faults_of(app)


def test_a_sentence_that_nobody_says_is_found(app):
    (app / "views" / "desk.py").write_text("", encoding="utf-8")
    assert "guests: nobody says 'Guest list' any more" in messages.faults_of(app)


def test_a_catalogue_edited_without_compiling_is_found(app):
    edit(app, lambda entry: say(entry, "Les invités" if entry.msgid == "Guest list" else SENTENCES[entry.msgid]))
    assert messages.faults_of(app) == ["guests: the .mo does not fit the .po: make messages"]


def test_a_place_to_fill_that_the_sentence_does_not_have_is_found(app):
    wrong = "%(nom)s n’a pas (encore) répondu"
    edit(app, lambda entry: say(entry, wrong if entry.msgid.startswith("%(name)s") else SENTENCES[entry.msgid]))
    assert any("other places to fill" in fault for fault in messages.faults_of(app))


def test_two_apps_saying_one_sentence_differently_are_found(app, tmp_path):
    mail = plant(tmp_path, {"mail/views/desk.py": 'title = _("Guest list")'}) / "mail"
    messages.write(mail)
    edit(mail, lambda entry: say(entry, "Invités"))
    found = messages.contradictions([app, mail])
    assert found == ["'Guest list' is said differently: mail 'Invités', guests 'Liste des invités'"]


OF_GUESTS = {
    "guests/enums.py": """
        class InvitationState:
            SENT = _("Sent")
        class SendingPurpose:
            MANY = _("To many")
    """,
    "guests/templates/guests/guest/invitation.html": '{% load i18n %}{% translate "Your answer" %}',
    "guests/templates/guests/desk/list.html": '{% load i18n %}{% translate "Who is coming" %}',
}


def test_in_arabic_exactly_what_guests_read_is_asked_for(tmp_path):
    guests = plant(tmp_path, OF_GUESTS) / "guests"
    messages.write(guests, messages.ARABIC)
    kept = polib.pofile(str(guests / messages.ARABIC.catalogue))
    assert {entry.msgid for entry in kept} == {"Sent", "Your answer"}
    assert "guests: untranslated: 'Sent'" in messages.faults_of(guests, messages.ARABIC)


def test_an_arabic_number_has_six_forms(tmp_path):
    text = "{% load i18n %}{% blocktranslate count n=n %}one row{% plural %}{{ n }} rows{% endblocktranslate %}"
    guests = plant(tmp_path, {"guests/templates/guests/guest/page.html": text}) / "guests"
    messages.write(guests, messages.ARABIC)
    (entry,) = polib.pofile(str(guests / messages.ARABIC.catalogue))
    assert sorted(entry.msgstr_plural) == list(range(6))
