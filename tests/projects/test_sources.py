"""Every number of a return, and of a signed line, cites what it was read in."""

import pytest

from moussem.agreements.domain.agreements import PartyFacts, sign_agreement
from moussem.core.actor import ANONYMOUS
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.figures import NoSource, publish_figure, record_figure
from moussem.evidence.domain.queries.lines import figure_lines
from moussem.evidence.enums import DocumentKind, Kind, SubjectRole
from moussem.evidence.models import Document, Figure
from moussem.projects.domain.openings import open_from_agreement
from moussem.projects.domain.projects import publish_project
from moussem.projects.domain.returns import Numbers, correct_return, declare_return, verify_return
from tests.evidence.rows import facts
from tests.factories.accounts import AT
from tests.factories.agreements import a_promise, an_agreement
from tests.factories.directory import a_place, an_organisation
from tests.factories.projects import a_declared_return, a_project, a_return, by_its_link

NUMBERS = "présents\u00a0: 240, embauchés\u00a0: 60, partis\u00a0: 20"
TITLE = "Déclaration d’effectif, Opérateur de Centre d’Oujda, 4e trimestre 2025"


def quotes(figure):
    return [citation.quote for citation in figure.citations.order_by("pk")]


def test_a_declaration_is_the_source_of_its_figures(editor):
    row = a_declared_return(editor)
    document = Document.objects.get()
    staff, recruits = Figure.objects.order_by("pk")
    assert (document.kind, document.publisher) == (DocumentKind.RETURN, row.establishment.organisation.name)
    assert document.title == TITLE
    assert quotes(staff) == quotes(recruits) == [NUMBERS]
    assert not document.is_published
    assert not Document.objects.visible_to(ANONYMOUS).exists()


def test_what_a_declaration_rests_on_is_a_second_source_and_long_words_are_cut_at_twelve(editor):
    row = a_return(editor)
    words = " ".join(f"mot{n}" for n in range(1, 14))
    declare_return(by=by_its_link(row), at=AT, row=row, numbers=Numbers(9, 0, 0), evidence_words=words)
    assert quotes(row.figure)[1] == " ".join(f"mot{n}" for n in range(1, 13))


def test_a_correction_cites_the_new_numbers_and_the_old_figure_keeps_its_source(editor):
    row = a_declared_return(editor)
    new = correct_return(by=editor, at=AT, row=row, numbers=Numbers(230, 60, 30), reason="Dix départs oubliés")
    row.figure.refresh_from_db()
    assert "240" in quotes(row.figure)[0]
    assert "230" in quotes(new.figure)[0]
    document = Document.objects.get()
    assert [passage.fragment for passage in document.passages.all()] == [*quotes(row.figure), *quotes(new.figure)]
    assert {c.document for f in Figure.objects.all() for c in f.citations.all()} == {document}


def test_the_same_numbers_again_stand_at_the_same_place(editor):
    row = a_declared_return(editor)
    new = correct_return(by=editor, at=AT, row=row, numbers=Numbers(240, 60, 20), reason="Période relue")
    assert set(new.figure.citations.all()) == set(row.figure.citations.all())


def test_a_verified_figure_cites_what_the_body_showed(editor, second):
    row = a_declared_return(editor)
    body = an_organisation(editor, "Caisse de sécurité sociale")
    verify_return(by=second, at=AT, row=row, body=body, present=201, evidence_words="Attestation du 5 janvier")
    assert quotes(row.verified_figure) == ["Attestation du 5 janvier"]
    assert row.verified_figure.citations.get().document == row.figure.citations.get().document


def test_each_period_and_each_operator_has_its_own_document(editor):
    a_declared_return(editor)
    a_declared_return(editor, a_project(editor, "Autre"))
    assert Document.objects.filter(kind=DocumentKind.RETURN).count() == 2


def test_a_declared_figure_is_published_with_its_source_and_its_document_stays_closed(editor, oriental):
    row = a_declared_return(editor)
    for one in (row.establishment.organisation, row.establishment.place):
        type(one.subject).objects.filter(pk=one.subject_id).update(published_at=AT)
    publish_project(by=editor, at=AT, project=row.project)
    publish_figure(by=editor, at=AT, figure=row.figure)
    (line,) = figure_lines(Figure.objects.visible_to(ANONYMOUS), ANONYMOUS)
    (mark,) = line.sources
    assert (mark.title, mark.document_url) == (TITLE, "")
    (own,) = figure_lines([row.figure], editor)[0].sources
    assert str(Document.objects.get().public_id) in own.document_url


def test_a_declared_figure_without_a_source_could_not_be_published(editor):
    """The negative control: the same figure recorded naively."""
    row = a_declared_return(editor)
    subjects = [(SubjectRole.HOLDER, row.establishment.organisation.subject)]
    said = facts(240, kind=Kind.DECLARED, measure=Measure.EMPLOYEES, unit=Unit.PEOPLE)
    naive = record_figure(by=editor, at=AT, facts=said, subjects=subjects)
    with pytest.raises(NoSource):
        publish_figure(by=editor, at=AT, figure=naive)


def test_the_source_mark_on_a_returns_page_opens_the_declaration(editor, desk):
    row = a_declared_return(editor)
    page = desk.get(f"/p/oriental/returns/{row.public_id}/").content.decode()
    document = Document.objects.get()
    citation = row.figure.citations.get()
    address = f"/p/oriental/documents/{document.public_id}/"
    assert f'href="{address}#citation-{citation.public_id}"' in page
    assert f'href="/p/oriental/figures/{row.figure.public_id}/"' in page
    opened = desk.get(address).content.decode()
    assert f'id="citation-{citation.public_id}"' in opened
    assert TITLE in opened


def test_a_rival_and_the_public_do_not_open_a_declaration(editor, rival, client):
    a_declared_return(editor)
    document = Document.objects.get()
    assert client.get(f"/fr/documents/{document.public_id}/").status_code == 404
    assert not Document.objects.visible_to(rival).exists()


def test_declarations_are_listed_apart_from_texts_and_sources(editor, desk):
    a_declared_return(editor)
    page = desk.get("/p/oriental/documents/").content.decode()
    assert "Déclarations, candidatures et actes consignés ici" in page
    assert TITLE in page


def test_a_contracted_figure_cites_the_act_where_no_document_of_it_is_known(editor):
    firm = an_organisation(editor, "Intelcia")
    row = an_agreement(editor, parties=(PartyFacts(organisation=firm),), place=a_place(editor))
    a_promise(editor, row, 800)
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=None)
    for _ in range(2):
        open_from_agreement(agreement=row.public_id, at=AT)
    figure, document = Figure.objects.get(), Document.objects.get()
    assert (document.kind, document.title) == (DocumentKind.ACT, row.title["fr"])
    assert quotes(figure) == [row.obligations.get().words["fr"]]
    assert not document.is_published
