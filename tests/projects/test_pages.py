"""The pages of projects and returns: the desk's, the operator's with an account and by link, the public's."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.links import link_address, revoke_link
from moussem.accounts.domain.promoters import create_promoter
from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Link
from moussem.agreements.domain.agreements import sign_agreement
from moussem.core.ids import uuid7
from moussem.directory.models import Representation
from moussem.engines.values import period as periods
from moussem.projects.domain.openings import open_from_agreement
from moussem.projects.domain.passages import ask_passage
from moussem.projects.domain.projects import publish_project, record_promise
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import HeadcountReturn, Project
from moussem.projects.views import operator as operator_views
from tests.evidence import rows
from tests.factories.accounts import AT, INSTALLATION, a_link, a_user, at_work, staff
from tests.factories.agreements import a_promise, an_agreement
from tests.factories.directory import a_place, an_event, an_organisation
from tests.factories.projects import DUE, a_declared_return, a_project
from tests.factories.projects import a_return as a_return_due

DESK = "/p/oriental/projects/"
RETURNS = "/p/oriental/returns/"


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, expected=302, **fields):
    response = client.post(address, {"nonce": str(uuid7()), **fields})
    assert response.status_code == expected, (address, response.status_code, response.content.decode()[-3000:])
    return response.content.decode()


@pytest.fixture
def colleague(oriental):
    """Another person of the promoter, at a desk of their own."""
    client = Client()
    client.force_login(staff(oriental, "organiser"))
    return client


def user_of(firm, name="operateur"):
    user = a_user(f"{name}@tests.example", label=name)
    Representation.objects.create(promoter=firm.promoter, user=user, organisation=firm, since=AT)
    client = Client()
    client.force_login(user)
    return client


def a_return(by, project=None):
    """One that may be answered for years."""
    return a_return_due(by, project, due_on=date(2036, 1, 20))


def address_of(row):
    return f"/l/{link_address(row.link)}/"


def test_a_project_is_opened_promised_and_moved_by_the_visible_buttons(desk, colleague, editor):
    an_organisation(editor, "Intelcia")
    a_place(editor)
    assert "Ouvrir un projet" in page(desk, DESK)
    sent(desk, f"{DESK}new/", organisation="Intelcia", place="Oujda")
    project = Project.objects.get()
    address = f"{DESK}{project.public_id}/"
    assert project.name == {"fr": "Intelcia, Oujda"}
    for stage in ("Qualifié", "Actif"):
        assert f"Passer à «\u00a0{stage}" in page(desk, address)
        sent(desk, f"{address}forward/")
    assert "un engagement d’emplois ou d’investissement" in page(desk, address)
    sent(
        desk, f"{address}promises/new/", kind="announced", measure="jobs", bound="at_most", value="800", horizon="2022"
    )
    assert "Montrer qu’il en est là" in page(desk, address)
    sent(desk, f"{address}evidence/", words="Bail signé")
    assert "Confirmer" not in page(desk, address).split("m-cols")[0].split("Étape suivante")[1]
    confirming = page(colleague, address).split('/confirm/"')[0].rpartition('action="')[2] + "/confirm/"
    sent(colleague, confirming)
    project.refresh_from_db()
    assert project.stage == "committed"
    shown = page(desk, address)
    for words in ("800", "annoncé", "contracté", "déclaré", "vérifié", "Bail signé", "confirmé par"):
        assert words in shown, words


def test_the_person_who_asked_is_refused_with_a_sentence(desk, editor, oriental):
    project = a_project(editor)
    Project.objects.filter(pk=project.pk).update(stage="active")
    record_promise(by=editor, at=AT, project=project, facts=rows.facts())
    address = f"{DESK}{project.public_id}/"
    sent(desk, f"{address}evidence/", words="Bail")
    passage = project.passages.get()
    sent(desk, f"/p/oriental/passages/{passage.public_id}/confirm/")
    assert "une autre personne le confirme" in page(desk, address)
    assert "Dites pourquoi" in sent(desk, f"{address}status/", 422, status="delayed")
    assert "destination qui l’a emporté" in sent(desk, f"{address}status/", 422, status="lost", words="Coût")
    sent(desk, f"{address}status/", status="lost", words="Coût", lost_to="Tunis")
    assert "Tunis" in page(desk, address)
    sent(desk, f"{address}back/", stage="prospect", words="Décideur parti")
    assert "Décideur parti" in page(desk, address)


def test_a_signed_agreement_shows_the_project_that_it_opened(desk, editor):
    row = an_agreement(editor)
    a_promise(editor, row, 800)
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=None)
    (project,) = open_from_agreement(agreement=row.public_id, at=AT)
    shown = page(desk, f"/p/oriental/agreements/{row.public_id}/")
    assert f"{DESK}{project.public_id}/" in shown
    assert "Projets ouverts par cette convention" in shown


def test_an_announced_figure_opens_its_project_once(desk, editor):
    firm = an_organisation(editor, "Saccom")
    figure = rows.figure(firm.subject, by=editor, value=1000)
    form = page(desk, f"{DESK}new/?figure={figure.public_id}")
    assert 'value="Saccom"' in form
    for _ in range(2):
        sent(desk, f"{DESK}new/?figure={figure.public_id}", organisation="Saccom")
    project = Project.objects.get()
    assert (project.origin, project.origin_key) == (ProjectOrigin.ANNOUNCEMENT, str(figure.public_id))
    assert "1\u202f000" in page(desk, f"{DESK}{project.public_id}/")


def test_who_saves_second_sees_both_versions(desk, editor):
    project = a_project(editor)
    address = f"{DESK}{project.public_id}/correct/"
    firm = project.organisation.name
    sent(desk, address, version=1, name="Leur nom", organisation=firm)
    answer = sent(desk, address, 422, version=1, name="Mon nom", organisation=firm)
    for words in ("Quelqu’un d’autre a enregistré", "Leur nom", "Mon nom"):
        assert words in answer


def test_the_headcount_is_asked_for_declared_by_link_and_verified_by_a_colleague(desk, colleague, client, editor):
    project = a_project(editor)
    an_organisation(editor, "Caisse nationale")
    sent(desk, f"{DESK}{project.public_id}/returns/ask/", period="2025-Q4", due_on="2036-01-20", to="rh@tests.example")
    row = HeadcountReturn.objects.select_related("link").get()
    assert "Déclarer" in page(client, address_of(row))
    sent(client, f"{address_of(row)}headcount/", present="240", hired="60", left="20")
    assert "240" in page(client, address_of(row))
    address = f"{RETURNS}{row.public_id}/"
    assert "Vérifier" in page(colleague, address)
    sent(colleague, f"{address}verify/", body="Caisse nationale", present="201", evidence_words="Attestation")
    shown = page(desk, address)
    for words in ("240", "201", "déclaré", "vérifié", "Attestation"):
        assert words in shown, words
    assert "201" in page(desk, f"{DESK}{project.public_id}/")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"present": ""}, "obligatoire"),
        ({"present": "-1"}, "supérieure ou égale à 0"),
        ({"present": "deux cents"}, "nombre entier"),
        ({"hired": "300"}, "au plus 260"),
        ({"left": "5000", "present": "0"}, "au plus"),
    ],
)
def test_numbers_that_cannot_be_are_refused_and_what_was_typed_stays(client, editor, fields, sentence):
    project = a_project(editor)
    a_declared_return(editor, project, numbers=(100, 100, 0), period=periods.quarter(2025, 3))
    row = a_return(editor, project)
    given = {"present": "240", "hired": "60", "left": "20", "evidence_words": "paie de décembre"} | fields
    answer = sent(client, f"{address_of(row)}headcount/", 422, **given)
    assert sentence in answer
    assert "paie de décembre" in answer
    row.refresh_from_db()
    assert row.present is None


def test_the_same_as_last_time_is_one_button_and_a_correction_keeps_the_old_numbers(client, desk, editor):
    project = a_project(editor)
    a_declared_return(editor, project, numbers=(100, 100, 0), period=periods.quarter(2025, 3))
    row = a_return(editor, project)
    assert "Comme la dernière fois\u00a0: 100 présents" in page(client, address_of(row))
    sent(client, f"{address_of(row)}headcount/", same="yes")
    row.refresh_from_db()
    assert (row.present, row.hired, row.left) == (100, 0, 0)
    sent(client, f"{address_of(row)}headcount/", present="99", hired="0", left="1", reason="Un départ oublié")
    new = HeadcountReturn.objects.get(replaces=row)
    assert "Un départ oublié" in page(desk, f"{RETURNS}{new.public_id}/")
    assert "99" in page(client, address_of(new))


def test_a_file_comes_back_to_the_staff_only_as_an_attachment(client, desk, editor, rival):
    row = a_return(editor)
    file = SimpleUploadedFile("total.txt", b"total: 240", content_type="text/html")
    sent(client, f"{address_of(row)}headcount/", present="240", hired="0", left="0", evidence_file=file)
    answer = desk.get(f"{RETURNS}{row.public_id}/file/")
    assert b"".join(answer.streaming_content) == b"total: 240"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    page(desk, f"{RETURNS}{a_return(rival).public_id}/file/", 404)


def test_a_link_that_is_revoked_or_for_something_else_declares_nothing(client, editor, oriental):
    row = a_return(editor)
    fields = {"present": "1", "hired": "0", "left": "0"}
    answer = a_link(oriental, purpose="answer", at=AT, days=9999)
    sent(client, f"/l/{link_address(answer)}/headcount/", 404, **fields)
    sent(client, "/l/nobody.knows/headcount/", 404, **fields)
    assert client.get(f"{address_of(row)}headcount/").status_code == 405
    revoke_link(link=row.link, by=editor, at=AT)
    sent(client, f"{address_of(row)}headcount/", 410, **fields)
    row.refresh_from_db()
    assert row.present is None


def test_if_a_page_did_not_ask_what_a_link_is_for_any_link_would_declare(client, editor, monkeypatch):
    """The negative control: a link for something else that stands behind the return."""
    row = a_return(editor)
    Link.objects.filter(pk=row.link.pk).update(purpose="answer")
    row.link.refresh_from_db()
    fields = {"present": "1", "hired": "0", "left": "0"}
    sent(client, f"{address_of(row)}headcount/", 404, **fields)
    asked = operator_views.enter_by_link
    monkeypatch.setattr(operator_views, "enter_by_link", lambda purpose, **said: asked(**said))
    sent(client, f"{address_of(row)}headcount/", **fields)
    row.refresh_from_db()
    assert row.present == 1


def test_the_second_of_two_staff_at_one_gate_reads_that_somebody_was_quicker(desk, colleague, editor, oriental):
    project = a_project(editor)
    Project.objects.filter(pk=project.pk).update(stage="active")
    record_promise(by=editor, at=AT, project=project, facts=rows.facts())
    sent(desk, f"{DESK}{project.public_id}/evidence/", words="Bail signé")
    gate = f"/p/oriental/passages/{project.passages.get().public_id}/"
    third = Client()
    third.force_login(staff(oriental, "promoter_administrator"))
    sent(colleague, f"{gate}confirm/")
    sent(third, f"{gate}confirm/")
    assert "Quelqu’un d’autre a répondu avant vous" in page(third, f"{DESK}{project.public_id}/")
    assert "Quelqu’un d’autre a répondu avant vous" in sent(third, f"{gate}refuse/", 422, words="Aucun bail vu")
    project.refresh_from_db()
    assert (project.stage, project.log.filter(to_stage="committed").count()) == ("committed", 1)


def test_what_an_operator_declares_after_its_link_did_is_told_and_the_first_numbers_stay(client, editor):
    row = a_return(editor)
    fields = {"present": "240", "hired": "60", "left": "20"}
    sent(client, f"{address_of(row)}headcount/", **fields)
    operator = user_of(row.establishment.organisation)
    again = sent(operator, f"/own/returns/{row.public_id}/", 422, **(fields | {"present": "999"}))
    assert "obligatoire" in again
    assert 'value="999"' in again
    row.refresh_from_db()
    assert (row.present, HeadcountReturn.objects.count()) == (240, 1)


def test_a_form_sent_twice_declares_once(client, editor):
    row = a_return(editor)
    fields = {"nonce": str(uuid7()), "present": "240", "hired": "60", "left": "20"}
    for _ in range(2):
        assert client.post(f"{address_of(row)}headcount/", fields).status_code == 302
    assert HeadcountReturn.objects.count() == 1


def test_an_operator_sees_and_declares_its_own_and_a_rival_gets_the_same_404(editor):
    mine, theirs = a_project(editor, "Mien"), a_project(editor, "Leur")
    row, other = a_return(editor, mine), a_return(editor, theirs)
    operator = user_of(mine.organisation)
    listed = page(operator, "/own/returns/")
    assert mine.organisation.name in listed
    assert theirs.organisation.name not in listed
    for address in (f"/own/returns/{uuid7()}/", f"/own/returns/{other.public_id}/"):
        assert "n’est pas ici" in page(operator, address, 404)
    sent(operator, f"/own/returns/{other.public_id}/", 404, present="1", hired="0", left="0")
    sent(operator, f"/own/returns/{row.public_id}/", present="240", hired="60", left="20")
    row.refresh_from_db()
    assert (row.present, row.declared_by) == (240, "operateur")
    assert "240" in page(operator, "/own/returns/")
    page(user_of(theirs.organisation, "rivale"), f"/own/returns/{row.public_id}/", 404)


def test_who_represents_nobody_has_no_returns(client, oriental):
    client.force_login(a_user("nobody@tests.example"))
    page(client, "/own/returns/", 403)


def test_in_a_playground_of_the_demonstration_one_person_plays_the_operator(client, settings, editor, colleague):
    playground = create_promoter(
        slug="jeu", name="Terrain de jeu", kind=PromoterKind.PLAYGROUND, by=INSTALLATION, at=AT
    )
    row = a_return(at_work(playground, "organiser"))
    client.force_login(staff(playground, "organiser"))
    settings.DEMONSTRATION = True
    shown = page(client, f"/p/jeu/returns/{row.public_id}/")
    assert "Déclarer au nom de cet opérateur" in shown
    assert address_of(row) in shown
    settings.DEMONSTRATION = False
    assert address_of(row) not in page(client, f"/p/jeu/returns/{row.public_id}/")
    settings.DEMONSTRATION = True
    own = a_return(editor)
    assert address_of(own) not in page(colleague, f"{RETURNS}{own.public_id}/")


def test_missing_returns_stand_on_the_list_and_wait_on_today(desk, editor):
    a_return_due(editor, due_on=DUE)
    assert "Manquante" in page(desk, RETURNS).split("<tbody>")[1]
    assert "Manquante" in page(desk, f"{RETURNS}?state=missing").split("<tbody>")[1]
    assert "Aucune déclaration n’est dans cet état" in page(desk, f"{RETURNS}?state=verified")
    assert "Déclarations d’effectif manquantes" in page(desk, "/p/oriental/")


def test_another_promoters_rows_are_the_same_404_as_none(desk, rival):
    project = a_project(rival, "À eux")
    row = a_declared_return(rival, project)
    Project.objects.filter(pk=project.pk).update(stage="active")
    project.refresh_from_db()
    record_promise(by=rival, at=AT, project=project, facts=rows.facts())
    passage = ask_passage(by=rival, at=AT, project=project, evidence_words="Bail")
    for verb in ("", "correct/", "promises/new/", "back/", "evidence/", "status/", "returns/ask/"):
        page(desk, f"{DESK}{project.public_id}/{verb}", 404)
    for verb in ("", "verify/", "correct/"):
        page(desk, f"{RETURNS}{row.public_id}/{verb}", 404)
    sent(desk, f"/p/oriental/passages/{passage.public_id}/confirm/", 404)
    sent(desk, f"{DESK}{project.public_id}/forward/", 404)
    assert "À eux" not in page(desk, DESK)


def test_the_public_reads_a_published_project_without_its_unpublished_figures(client, editor, desk):
    project = a_project(editor, "Centre ouvert")
    record_promise(by=editor, at=AT, project=project, facts=rows.facts(4321))
    address = f"/fr/projects/{project.public_id}/"
    page(client, address, 404)
    publish_project(by=editor, at=AT, project=project)
    Client().get(address)
    anonymous = page(Client(), address)
    assert "Centre ouvert" in anonymous
    assert "4\u202f321" not in anonymous
    assert "tests" not in anonymous.split("m-cols")[1]


@pytest.mark.parametrize("address", [DESK, RETURNS])
def test_the_lists_cost_the_same_with_one_row_and_with_three(desk, editor, address):
    costs = []
    for wanted in (1, 3):
        while Project.objects.count() < wanted:
            project = a_project(editor, f"Projet {Project.objects.count()}")
            record_promise(by=editor, at=AT, project=project, facts=rows.facts())
            a_declared_return(editor, project)
        with CaptureQueriesContext(connection) as asked:
            page(desk, address)
        costs.append(sum("projects_" in query["sql"] or "evidence_" in query["sql"] for query in asked))
        assert len(asked) <= 12
    assert costs[0] == costs[1]
    assert costs[0] <= 6


def test_the_lists_go_on_page_by_page_without_a_double(desk, editor):
    firm, place = an_organisation(editor), a_place(editor)
    for n in range(52):
        a_project(editor, f"Projet {n:02}", firm=firm, place=place)
    first = page(desk, DESK)
    older = first.split('rel="next"')[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    second = page(desk, DESK + older)
    assert [(f"Projet {n:02}" in first) + (f"Projet {n:02}" in second) for n in range(52)] == [1] * 52
    assert "Aucun projet ici" in page(desk, f"{DESK}?stage=closed")


def test_the_projects_of_a_place_an_organisation_and_an_event_stand_on_their_pages(client, editor):
    event, place = an_event(editor), a_place(editor)
    firm = an_organisation(editor, "Intelcia")
    project = a_project(editor, "Centre du salon", firm=firm, place=place, event=event)
    addresses = [
        f"/fr/places/{place.public_id}/", f"/fr/organisations/{firm.public_id}/", f"/fr/events/{event.public_id}/",
    ]  # fmt: skip
    for address in addresses:
        assert "Centre du salon" not in page(client, address), address
    publish_project(by=editor, at=AT, project=project)
    for address in addresses:
        shown = page(client, address)
        assert "Projets et engagements" in shown, address
        assert "Centre du salon" in shown, address
