"""The documents, and every page a source mark leads to, as the public reads them."""

import re

import pytest

from moussem.core.ids import uuid7
from moussem.evidence.domain.documents import (
    DocumentFacts,
    PassageDraft,
    add_document,
    add_silence,
    attach_text,
    cite,
    cite_record,
)
from moussem.evidence.domain.figures import replace_figure
from moussem.evidence.domain.queries.passages import pieces_of
from moussem.evidence.domain.statements import set_against
from moussem.evidence.enums import AddressKind, DocumentKind, SubjectKind
from moussem.evidence.models import Citation
from tests.evidence import rows

pytestmark = pytest.mark.django_db

TEXT = "Saccom prévoit 1.000 emplois à terme. Une marche de vingt ans."


@pytest.fixture
def text():
    """A text of two passages; nothing was taken from the second."""
    return add_document(
        by=rows.editor(),
        at=rows.NOW,
        facts=DocumentFacts(key="004", language="fr", publisher="L’Économiste"),
        passages=[
            PassageDraft(0, 38, "1.000 emplois à terme"),
            PassageDraft(38, 62, "marche de vingt ans", {"fr": "Ornement.", "en": "Ornament."}),
        ],
        publish=True,
    )


@pytest.fixture
def promise(text):
    """A thousand jobs of Saccom, cited word by word from the first passage."""
    start = TEXT.index("1.000")
    citation = cite(
        by=rows.editor(),
        document=text,
        quote="1.000 emplois à terme",
        passage=text.passages.get(position=1),
        span=(start, start + 21),
    )
    figure = rows.figure(rows.subject("Saccom"), cited=False, publish=False)
    figure.citations.add(citation)
    return rows.publish_figure(by=rows.editor(), at=rows.NOW, figure=figure)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def page(client, row, kind, language="fr"):
    return read(client, f"/{language}/{kind}/{row.public_id}/")


def test_a_document_shows_each_passage_with_what_became_of_it(client, text, promise):
    shown = page(client, text, "documents")
    assert "1.000 emplois à terme" in shown
    assert f"/fr/figures/{promise.public_id}/" in shown
    assert shown.index("1.000 emplois") < shown.index("marche de vingt ans")


def test_what_was_not_taken_says_why_in_the_readers_language(client, text):
    assert "Ornement." in page(client, text, "documents")
    assert "Ornament." in page(client, text, "documents", "en")


def test_what_the_text_does_not_state_reads_not_stated(client, text):
    shown = page(client, text, "documents")
    assert "non indiqué" in shown
    assert "not stated" in page(client, text, "documents", "en")


def test_a_silence_stands_beside_its_passage(client, text):
    add_silence(
        by=rows.editor(),
        at=rows.NOW,
        document=text,
        words={"fr": "L’année n’est pas indiquée."},
        passage=text.passages.get(position=1),
    )
    shown = page(client, text, "documents")
    assert shown.index("L’année n’est pas indiquée.") < shown.index("marche de vingt ans")


def test_a_passage_that_tells_of_the_document_itself_says_so_and_one_whose_figure_is_closed_says_that(client, text):
    assert "ce qui est dit du document lui-même" in page(client, text, "documents")
    passage = text.passages.get(position=1)
    closed = rows.figure(cited=False, publish=False)
    closed.citations.add(cite(by=rows.editor(), document=text, quote="1.000 emplois", passage=passage))
    assert "n’est pas public" in page(client, text, "documents")


def test_without_the_text_at_hand_only_fragments_are_shown(client, text, promise):
    shown = page(client, text, "documents")
    assert "Saccom prévoit" not in shown
    assert "<mark>" not in shown


def test_with_the_text_at_hand_the_whole_passage_is_shown_and_the_span_marked(client, text, promise):
    attach_text(by=rows.editor(), at=rows.NOW, document=text, text=TEXT)
    shown = page(client, text, "documents")
    assert "Saccom prévoit" in shown
    assert "<mark>1.000 emplois à terme</mark>" in shown


@pytest.mark.parametrize("at_hand", [True, False])
def test_every_source_mark_leads_to_an_anchor_that_is_there(client, text, promise, at_hand):
    if at_hand:
        attach_text(by=rows.editor(), at=rows.NOW, document=text, text=TEXT)
    shown = page(client, promise, "figures")
    (address, anchor) = re.search(r'href="(/fr/documents/[^"#]+)#([^"]+)"', shown).groups()
    assert f'id="{anchor}"' in read(client, address)


def test_no_anchor_is_given_twice(client, text, promise):
    rows.figure(rows.subject("Eca"), cited=False, publish=False).citations.set(promise.citations.all())
    shown = page(client, text, "documents")
    anchors = re.findall(r'id="(citation-[^"]+)"', shown)
    assert len(anchors) == len(set(anchors)) == 1


def test_overlapping_quotes_are_marked_once_and_each_keeps_its_anchor():
    citations = [Citation(start=2, end=6), Citation(start=4, end=8), Citation(start=2, end=4)]
    pieces = pieces_of("0123456789", 0, 10, citations)
    assert "".join(piece.text for piece in pieces) == "0123456789"
    assert [(piece.text, piece.is_cited) for piece in pieces] == [
        ("01", False), ("23", True), ("45", True), ("67", True), ("89", False)
    ]  # fmt: skip
    assert [len(piece.anchors) for piece in pieces] == [0, 2, 1, 0, 0]


def test_a_quote_that_begins_in_the_passage_before_is_marked_up_to_its_end_here():
    pieces = pieces_of("0123456789", 5, 10, [Citation(start=3, end=7)])
    assert [(piece.text, piece.is_cited) for piece in pieces] == [("56", True), ("789", False)]


def test_a_stored_copy_is_named_and_is_no_link(client):
    copy = rows.document(
        "copy", kind=DocumentKind.SOURCE, address="https://copies.example/1", address_kind=AddressKind.STORED_COPY
    )
    shown = page(client, copy, "documents")
    assert "copie conservée" in shown
    assert "copies.example" not in shown


def test_an_address_that_is_no_web_address_is_never_a_link(client):
    trap = rows.document("trap", address="javascript:alert(1)", address_kind=AddressKind.PUBLISHER)
    assert "javascript:" not in page(client, trap, "documents")


def test_records_of_other_rooms_are_named_with_their_links(client, text, promise):
    saccom = promise.subjects.get()
    cite_record(
        by=rows.editor(),
        citation=promise.citations.get(),
        kind="organisation",
        key=saccom.public_id,
        label={"fr": "Saccom"},
        address=saccom.address,
    )
    assert f"/fr/{saccom.address}" in page(client, text, "documents")


def test_a_private_organisation_is_not_named_beside_a_public_passage(client, text, promise):
    hidden = rows.subject("Client secret", published=False)
    cite_record(
        by=rows.editor(),
        citation=promise.citations.get(),
        kind="organisation",
        key=hidden.public_id,
        label={"fr": "Client secret"},
        address=hidden.address,
    )
    assert "Client secret" not in page(client, text, "documents")


@pytest.mark.parametrize("kind", ["documents", "figures", "statements"])
def test_what_is_closed_answers_like_what_does_not_exist(client, kind):
    make = {"documents": rows.document, "figures": rows.figure, "statements": rows.statement}[kind]
    closed = make(publish=False)
    there = client.get(f"/fr/{kind}/{closed.public_id}/")
    nowhere = client.get(f"/fr/{kind}/{uuid7()}/")
    assert there.status_code == nowhere.status_code == 404
    strip = re.compile(rb'[0-9a-f]{8}-[0-9a-f-]{27}|name="csrfmiddlewaretoken" value="[^"]+"')
    assert strip.sub(b"", there.content) == strip.sub(b"", nowhere.content)


def test_a_figure_page_shows_bound_kind_holders_and_quote(client, text, promise):
    joint = rows.figure(rows.subject("Notoriety"), rows.subject("Eca groupe"), value=3000, bound=rows.Bound.OVER)
    shown = page(client, joint, "figures")
    assert "plus de" in shown
    assert "3\u202f000" in shown
    assert "annoncé" in shown
    assert "Notoriety" in shown
    assert "plus de 1.000 emplois" in shown


def test_a_replaced_figure_leads_to_its_successor_and_back_with_the_reason(client):
    old = rows.figure(value=1000)
    new = replace_figure(
        by=rows.editor(), at=rows.NOW, figure=old, facts=rows.facts(value=1200), reason="Erreur de lecture"
    )
    before, after = page(client, old, "figures"), page(client, new, "figures")
    assert f"/fr/figures/{new.public_id}/" in before
    assert f"/fr/figures/{old.public_id}/" in after
    assert "Erreur de lecture" in before
    assert "Erreur de lecture" in after


def test_a_contradiction_stands_on_the_page_of_each_of_its_sides(client):
    park = rows.subject("Fès Shore", SubjectKind.PARK)
    sides = [rows.figure(park, value=20), rows.figure(park, value=22)]
    set_against(by=rows.editor(), at=rows.NOW, words={"fr": "superficie du parc"}, figures=sides, publish=True)
    assert all("superficie du parc" in page(client, side, "figures") for side in sides)


def test_a_figure_that_may_lie_in_another_says_that_no_source_tells(client):
    joint = rows.figure(value=3000)
    inside = rows.figure(value=800, maybe_within=joint)
    assert f"/fr/figures/{joint.public_id}/" in page(client, inside, "figures")


def test_a_statement_page_shows_its_words_and_its_quote(client):
    statement = rows.statement(words="Intelcia ouvre à Oujda")
    shown = page(client, statement, "statements")
    assert "Intelcia ouvre à Oujda" in shown
    assert "ouvre un centre" in shown


def test_words_of_a_source_are_escaped(client):
    statement = rows.statement(words="<script>alert(1)</script>")
    assert "<script>alert" not in page(client, statement, "statements")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_documents_asks_the_database_once_for_one_and_for_three(client, count, django_assert_num_queries):
    for number in range(count):
        rows.document(f"text-{number}")
    with django_assert_num_queries(1):
        read(client, "/fr/documents/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_document_asks_the_database_as_often_for_one_figure_as_for_three(client, count, django_assert_num_queries):
    document = rows.document()
    for number in range(count):
        rows.figure(value=number + 1)
        rows.statement()
    with django_assert_num_queries(5):
        page(client, document, "documents")


def test_a_mistyped_cursor_of_the_list_is_no_page(client):
    assert client.get("/fr/documents/?after=1").status_code == 404
