"""Citing a shared document from a promoter's own desk: it stays the citing promoter's own affair until published."""

import pytest

from moussem.accounts.domain.refusals import ForeignRow
from moussem.accounts.enums import PromoterKind
from moussem.core.actor import ANONYMOUS
from moussem.core.ids import uuid7
from moussem.evidence.domain.documents import cite
from moussem.evidence.domain.figures import publish_figure
from moussem.evidence.domain.queries.passages import document_view, documents_citable
from moussem.evidence.models import Citation, Figure
from tests.evidence import rows
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db
SECRET = "mots choisis en secret"


@pytest.fixture
def keeper():
    """Who keeps the shared rows."""
    return rows.editor(rows.promoter("commons", PromoterKind.COMMONS))


@pytest.fixture
def shared(keeper):
    return rows.document("text-004", by=keeper, title="SICCAM")


@pytest.fixture
def desk(client):
    client.force_login(staff(rows.promoter(), "account_owner"))
    client.cookies["django_language"] = "fr"
    return client


def record(desk, document, quote=SECRET):
    said = {"measure": "jobs", "kind": "announced", "bound": "over", "value": "500", "unit": "jobs"}
    said |= {"scope": "not_stated", "holder": "Saccom", "document": document.public_id, "quote": quote}
    return desk.post("/p/oriental/figures/new/", {"nonce": str(uuid7()), **said})


def test_a_figure_is_cited_from_a_shared_document_and_published(desk, shared):
    rows.subject("Saccom")
    assert record(desk, shared).status_code == 302
    figure = Figure.objects.get()
    citation = figure.citations.get()
    assert (citation.document, citation.promoter) == (shared, rows.promoter())
    publish_figure(by=rows.editor(), at=rows.NOW, figure=figure)
    assert SECRET in desk.get(f"/fr/figures/{figure.public_id}/").content.decode()


def test_the_page_of_the_shared_document_leads_to_the_form_with_the_document_chosen(desk, shared):
    page = desk.get(f"/p/oriental/documents/{shared.public_id}/").content.decode()
    assert f"figures/new/?document={shared.public_id}" in page
    assert "/passages/" not in page
    form = desk.get(f"/p/oriental/figures/new/?document={shared.public_id}").content.decode()
    assert f'value="{shared.public_id}" selected' in form


def test_what_a_promoter_cites_is_hidden_until_something_public_rests_on_it(desk, shared, keeper):
    rows.subject("Saccom")
    record(desk, shared)
    citation = Citation.objects.get()
    strangers = (ANONYMOUS, keeper, rows.editor(rows.promoter("rival")))
    assert not any(Citation.objects.visible_to(actor).exists() for actor in strangers)
    assert Citation.objects.visible_to(rows.editor()).get() == citation
    assert SECRET not in str(document_view(shared, ANONYMOUS))
    publish_figure(by=rows.editor(), at=rows.NOW, figure=Figure.objects.get())
    assert all(Citation.objects.visible_to(actor).get() == citation for actor in strangers)
    assert document_view(shared, ANONYMOUS).figures == 1


def test_a_naive_sight_would_have_shown_the_secret(desk, shared):
    rows.subject("Saccom")
    record(desk, shared)
    assert Citation.objects.filter(document__published_at__isnull=False).exists()
    assert not Citation.objects.visible_to(ANONYMOUS).exists()


def test_the_keepers_own_citations_are_seen_with_the_document(shared, keeper):
    citation = rows.citation("un salon", by=keeper, of=shared)
    assert Citation.objects.visible_to(ANONYMOUS).get() == citation


def test_a_closed_document_of_the_commons_and_a_rivals_are_neither_offered_nor_citable(desk, keeper):
    rows.subject("Saccom")
    rival = rows.editor(rows.promoter("rival"))
    closed = rows.document("closed", by=keeper, publish=False)
    theirs, hidden = rows.document("theirs", by=rival), rows.document("hidden", by=rival, publish=False)
    assert list(documents_citable(rows.editor())) == []
    for document in (closed, theirs, hidden):
        assert "document" in record(desk, document).context["form"].errors
    for document in (closed, hidden):
        with pytest.raises(ForeignRow):
            cite(by=rows.editor(), document=document, quote="mot")
    assert not Figure.objects.exists()


def test_own_documents_are_offered_before_the_shared_ones(shared):
    own = rows.document("own")
    assert list(documents_citable(rows.editor())) == [own, shared]
