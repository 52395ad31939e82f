"""Facts and documents are corrected without losing what somebody else saved; documents get passages and silences."""

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.core.versions import ChangedMeanwhile
from moussem.evidence.domain.documents import (
    DocumentFacts,
    QuoteNotInText,
    QuoteTooLong,
    add_passage,
    attach_text,
    correct_document,
)
from moussem.evidence.domain.figures import NoSubject, SubjectNotPublic
from moussem.evidence.domain.statements import StatementFacts, correct_statement
from moussem.evidence.enums import StatementKind, SubjectKind, SubjectRole
from moussem.evidence.models import Document, Passage, Silence, Statement, StatementSubject
from tests.evidence import rows
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db
DESK = "/p/oriental"


@pytest.fixture
def desk(client):
    """The desk of an account owner of the Oriental, in French."""
    client.force_login(staff(rows.promoter(), "account_owner"))
    client.cookies["django_language"] = "fr"
    return client


@pytest.fixture
def fact():
    """A public fact about Saccom at Oujda, announced for August 2020 in the source's words."""
    place = rows.subject("Oujda", SubjectKind.PLACE)
    said = rows.periods.month(2020, 8, "dès le mois prochain", inferred=True)
    row = rows.statement(rows.subject("Saccom"), words="Saccom ouvre", horizon=said, forward=True)
    StatementSubject.tie(row, place, SubjectRole.PLACE).save()
    return row


@pytest.fixture
def text():
    return rows.document(publish=False)


def send(client, address, **said):
    return client.post(f"{DESK}/{address}", {"nonce": str(uuid7()), **said})


def typed(row, **said):
    """What the form holds, with what somebody typed over it."""
    started = {"version": row.version, "kind": "opening", "words_fr": "Saccom ouvre", "forward": "on"}
    return started | {"holder": "Saccom", "place": "Oujda", "horizon": "2020-08"} | said


def facts(words="Saccom ouvrira", **said):
    return StatementFacts(kind=StatementKind.OPENING, words={"fr": words}, **said)


def corrected(row, by=None, read_version=None, **said):
    subjects = said.pop("subjects", [(link.role, link.subject) for link in row.links.select_related("subject")])
    return correct_statement(
        by=by or rows.editor(), at=rows.NOW, statement=row, read_version=read_version or row.version,
        facts=facts(**said), subjects=subjects,
    )  # fmt: skip


def test_a_fact_is_corrected_keeps_its_citations_and_the_ledger_keeps_what_it_said(desk, fact):
    page = desk.get(f"{DESK}/statements/{fact.public_id}/correct/").content.decode()
    assert "Saccom ouvre" in page
    assert 'value="2020-08"' in page
    answer = send(desk, f"statements/{fact.public_id}/correct/", **typed(fact, words_fr="Saccom commence à Oujda"))
    assert answer.status_code == 302
    fact.refresh_from_db()
    assert (fact.words["fr"], fact.version, fact.citations.count()) == ("Saccom commence à Oujda", 2, 1)
    assert (fact.horizon.words, fact.horizon.inferred) == ("dès le mois prochain", True)
    assert {link.role for link in fact.links.all()} == {"holder", "place"}
    entry = Entry.objects.select_related("payload").get(verb="correct_statement")
    assert entry.payload.before["words"] == {"fr": "Saccom ouvre"}


def test_the_second_of_two_editors_of_a_fact_sees_both_versions_and_may_save_again(desk, fact):
    first = typed(fact)
    corrected(fact, words="Saccom a ouvert")
    answer = send(desk, f"statements/{fact.public_id}/correct/", **first | {"words_fr": "Saccom ouvrira bientôt"})
    shown = answer.content.decode()
    assert "Saccom a ouvert" in shown
    assert shown.count("Saccom ouvrira bientôt") == 2
    fact.refresh_from_db()
    assert fact.words == {"fr": "Saccom a ouvert"}
    again = first | {"words_fr": "Saccom ouvrira bientôt", "version": answer.context["form"].data["version"]}
    assert send(desk, f"statements/{fact.public_id}/correct/", **again).status_code == 302
    fact.refresh_from_db()
    assert fact.words["fr"] == "Saccom ouvrira bientôt"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"words_fr": ""}, "words_fr", "en une phrase"),
        ({"holder": "", "place": ""}, "holder", "Dites de quoi il s’agit"),
        ({"horizon": "demain"}, "horizon", "n’est pas une date"),
        ({"holder": "Inconnu"}, "holder", "Rien ici ne s’appelle"),
    ],
)
def test_a_wrong_correction_of_a_fact_is_told_by_its_field_and_changes_nothing(desk, fact, change, field, sentence):
    answer = send(desk, f"statements/{fact.public_id}/correct/", **typed(fact, **change))
    assert sentence in " ".join(answer.context["form"].errors[field])
    fact.refresh_from_db()
    assert (fact.words, fact.version) == ({"fr": "Saccom ouvre"}, 1)


def test_a_public_fact_is_never_made_to_be_about_something_closed(desk, fact):
    rows.subject("Firme fermée", published=False)
    answer = send(desk, f"statements/{fact.public_id}/correct/", **typed(fact, holder="Firme fermée"))
    assert "n’est pas encore public" in answer.content.decode()
    with pytest.raises(SubjectNotPublic):
        corrected(fact, subjects=[(SubjectRole.HOLDER, rows.subject("Autre fermée", published=False))])
    assert Statement.objects.get().words == {"fr": "Saccom ouvre"}


def test_the_verb_refuses_an_old_version_nobody_to_be_about_and_another_promoter(fact):
    corrected(fact)
    with pytest.raises(ChangedMeanwhile):
        corrected(fact, read_version=1)
    with pytest.raises(NoSubject):
        corrected(fact, subjects=[])
    with pytest.raises(ForeignRow):
        corrected(fact, by=rows.editor(rows.promoter("rival")))
    with pytest.raises(NotAllowed):
        corrected(fact, by=rows.editor(role="observer"))


def test_another_promoters_fact_and_document_are_not_found_to_be_corrected(desk):
    rival = rows.editor(rows.promoter("rival"))
    foreign, document = rows.statement(by=rival), rows.document("theirs", by=rival)
    assert send(desk, f"statements/{foreign.public_id}/correct/", **typed(foreign)).status_code == 404
    for act in ("correct", "passages", "silences"):
        assert send(desk, f"documents/{document.public_id}/{act}/", title="Pris").status_code == 404


def known(document, **said):
    return {"version": document.version, "title": "Offshoring à Oujda", "address_kind": "none"} | said


def test_a_document_is_corrected_and_the_ledger_keeps_what_was_known(desk, text):
    answer = send(desk, f"documents/{text.public_id}/correct/", **known(text, title="Le salon d’Oujda"))
    assert answer.status_code == 302
    text.refresh_from_db()
    assert (text.title, text.publisher, text.key) == ("Le salon d’Oujda", "", "text")
    entry = Entry.objects.select_related("payload").get(verb="correct_document")
    assert (entry.payload.before["title"], entry.payload.after["title"]) == ("Offshoring à Oujda", "Le salon d’Oujda")


def test_the_second_of_two_editors_of_a_document_sees_both_versions(desk, text):
    first = known(text, title="Titre tapé")
    correct_document(
        by=rows.editor(), at=rows.NOW, document=text, read_version=1,
        facts=DocumentFacts(key="text", title="Titre enregistré"),
    )  # fmt: skip
    shown = send(desk, f"documents/{text.public_id}/correct/", **first).content.decode()
    assert "Titre enregistré" in shown
    assert "Titre tapé" in shown
    assert Document.objects.get().title == "Titre enregistré"


def test_a_document_that_would_be_known_by_nothing_is_refused(desk, text):
    answer = send(desk, f"documents/{text.public_id}/correct/", **known(text, title=""))
    assert "title" in answer.context["form"].errors
    assert Document.objects.get().title == "Offshoring à Oujda"


def test_passages_are_added_in_order_and_a_quote_stands_with_the_one_it_names(desk, text):
    rows.subject("Saccom")
    for words in ("un salon ouvre à Oujda", "plus de 1.000 emplois à terme"):
        assert send(desk, f"documents/{text.public_id}/passages/", fragment=words).status_code == 302
    first, second = Passage.objects.order_by("position")
    assert (first.position, first.start, second.position, second.start) == (1, 0, 2, first.end)
    said = {"kind": "opening", "words_fr": "Saccom prévoit 1 000 emplois", "holder": "Saccom"}
    cited = {"document": text.public_id, "quote": "1.000 emplois", "paragraph": 2}
    send(desk, "statements/new/", **said, **cited)
    assert Statement.objects.get().citations.get().passage == second
    page = desk.get(f"{DESK}/documents/{text.public_id}/").content.decode()
    assert page.index("un salon ouvre") < page.index("Saccom prévoit 1 000 emplois")


def test_a_passage_of_which_nothing_was_taken_says_why(desk, text):
    send(desk, f"documents/{text.public_id}/passages/", fragment="une belle soirée", reason_fr="Ornement.")
    passage = Passage.objects.get()
    assert (passage.taken, passage.reason) == (False, {"fr": "Ornement.", "en": "Ornement."})
    assert "Ornement." in desk.get(f"{DESK}/documents/{text.public_id}/").content.decode()


@pytest.mark.parametrize(("count", "kept"), [(12, 1), (13, 0)])
def test_a_passage_is_known_by_twelve_words_at_most(desk, text, count, kept):
    answer = send(desk, f"documents/{text.public_id}/passages/", fragment=" ".join(["mot"] * count))
    assert ("fragment" in (answer.context["form"].errors if answer.context else {})) is not bool(kept)
    assert Passage.objects.count() == kept


def test_where_the_text_is_at_hand_a_passage_is_found_in_it_or_refused(text):
    attach_text(by=rows.editor(), at=rows.NOW, document=text, text="Un salon ouvre. Saccom s’installe.")
    found = add_passage(by=rows.editor(), at=rows.NOW, document=text, fragment="Saccom s’installe")
    assert (found.start, found.end) == (16, 33)
    with pytest.raises(QuoteNotInText):
        add_passage(by=rows.editor(), at=rows.NOW, document=text, fragment="Intelcia")
    with pytest.raises(QuoteTooLong):
        add_passage(by=rows.editor(), at=rows.NOW, document=rows.document("other"), fragment="mot " * 13)


def test_what_a_document_does_not_state_is_said_beside_its_passage(desk, text):
    send(desk, f"documents/{text.public_id}/passages/", fragment="deux groupes")
    wrong = send(desk, f"documents/{text.public_id}/silences/", words_fr="Les groupes ne sont pas nommés.", passage=2)
    assert "pas de passage portant ce numéro" in wrong.content.decode()
    assert not Silence.objects.exists()
    send(desk, f"documents/{text.public_id}/silences/", words_fr="Les groupes ne sont pas nommés.", passage=1)
    silence = Silence.objects.get()
    assert (silence.passage.position, silence.words["en"]) == (1, "Les groupes ne sont pas nommés.")


def test_an_observer_sees_no_button_and_corrects_nothing(client, fact, text):
    client.force_login(staff(rows.promoter(), "observer"))
    assert "/correct/" not in client.get(f"{DESK}/statements/{fact.public_id}/").content.decode()
    assert "/passages/" not in client.get(f"{DESK}/documents/{text.public_id}/").content.decode()
    assert send(client, f"statements/{fact.public_id}/correct/", **typed(fact)).status_code == 403
    assert send(client, f"documents/{text.public_id}/passages/", fragment="mot").status_code == 403
