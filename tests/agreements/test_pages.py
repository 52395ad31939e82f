"""The pages of agreements: the desk's, the public's, and what stands on lower pages."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.agreements.domain.agreements import PartyFacts, cite_agreement, publish_agreement, sign_agreement
from moussem.agreements.models import Agreement, Obligation
from moussem.core.ids import uuid7
from moussem.engines.values import period as periods
from tests.evidence import rows
from tests.factories.accounts import AT, staff
from tests.factories.agreements import a_promise, an_agreement
from tests.factories.directory import a_person, a_place, an_event, an_organisation

DESK = "/p/oriental/agreements/"


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, status=302, **fields):
    response = client.post(address, {"nonce": str(uuid7()), **fields})
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
    return response.content.decode()


def published(by, row):
    cite_agreement(by=by, at=AT, agreement=row, citation=rows.citation(by=by))
    return publish_agreement(by=by, at=AT, agreement=row)


def test_an_agreement_is_recorded_promised_and_signed_by_the_visible_buttons(desk, editor):
    an_organisation(editor, "Intelcia")
    assert "Enregistrer une convention" in page(desk, DESK)
    sent(desk, f"{DESK}new/", title="Centre d’Oujda", kind="mou", first="Intelcia", unnamed="un autre opérateur")
    row = Agreement.objects.get()
    address = f"{DESK}{row.public_id}/"
    assert "Ajouter un engagement" in page(desk, address)
    debtor = row.parties.get(organisation__isnull=False).public_id
    sent(desk, f"{address}promises/new/", debtor=debtor, measure="jobs", bound="at_most", value="800", due="2022")
    line = Obligation.objects.get()
    assert (line.value, line.bound, line.due_precision, line.kind) == (800, "at_most", "year", "obligation")
    sent(desk, f"{address}sign/", signed_on="10/07/2020")
    row.refresh_from_db()
    assert (row.state, row.signed_on_start) == ("signed", date(2020, 7, 10))
    shown = page(desk, address)
    for words in ("Intelcia", "un autre opérateur", "800", "contracté", "10\u00a0juillet 2020"):
        assert words in shown, words


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "obligatoire"),
        ({"first": ""}, "Dites qui signe"),
        ({"first": "Inconnue"}, "Rien ici ne s’appelle"),
        ({"signed_on": "hier"}, "n’est pas une date"),
        ({"kind": "volcano"}, "Sélectionnez un choix valide"),
    ],
)
def test_a_wrong_form_gets_its_sentence_and_records_nothing(desk, editor, fields, sentence):
    an_organisation(editor, "Intelcia")
    given = {"title": "Centre d’Oujda", "kind": "mou", "first": "Intelcia"} | fields
    assert sentence in sent(desk, f"{DESK}new/", 422, **given)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"measure": "", "value": ""}, "Dites avec des mots"),
        ({"value": "1.000"}, "deux"),
        ({"value": "beaucoup"}, "n’est pas un nombre"),
        ({"value": "12,5"}, "trop de décimales"),
        ({"due": "bientôt"}, "n’est pas une date"),
    ],
)
def test_a_wrong_promise_gets_its_sentence(desk, editor, fields, sentence):
    row = an_agreement(editor)
    given = {"debtor": row.parties.get().public_id, "measure": "jobs", "bound": "equal", "value": "20"} | fields
    assert sentence in sent(desk, f"{DESK}{row.public_id}/promises/new/", 422, **given)
    assert not Obligation.objects.exists()


def test_a_form_that_comes_from_a_meeting_knows_the_event_and_the_firm(desk, editor):
    event, firm = an_event(editor), an_organisation(editor, "Intelcia")
    form = page(desk, f"{DESK}new/?event={event.public_id}&with={firm.public_id}")
    assert 'value="17e SICCAM"' in form
    assert 'value="Intelcia"' in form


def test_signing_twice_is_told_and_changes_nothing(desk, editor):
    row = an_agreement(editor, signed=True, signed_on=periods.day(date(2020, 7, 10)))
    assert "déjà signée" in sent(desk, f"{DESK}{row.public_id}/sign/", 422, signed_on="2024")
    assert Agreement.objects.get().signed_on_start == date(2020, 7, 10)


def test_who_saves_second_sees_both_versions(desk, editor):
    row = an_agreement(editor)
    address = f"{DESK}{row.public_id}/correct/"
    read = {"version": row.version, "title": "Mon titre", "kind": "mou"}
    sent(desk, address, version=row.version, title="Leur titre", kind="mou")
    answer = sent(desk, address, 422, **read)
    for words in ("Quelqu’un d’autre a enregistré", "Leur titre", "Mon titre"):
        assert words in answer
    sent(desk, address, **(read | {"version": 2}))
    assert Agreement.objects.get().title["fr"] == "Mon titre"


def test_a_party_and_a_document_are_added_and_it_is_published_and_ended(desk, client, editor):
    row, person = an_agreement(editor, signed=True), a_person(editor)
    address = f"{DESK}{row.public_id}/"
    an_organisation(editor, "Saccom")
    sent(desk, f"{address}parties/new/", organisation="Saccom", capacity="locataire", signatory=person.name)
    sent(desk, f"{address}publish/")
    assert "Sans document" in page(desk, address)
    document = rows.document(by=editor)
    sent(desk, f"{address}cite/", document=document.public_id, quote="un mot", paragraph="2")
    sent(desk, f"{address}publish/")
    public = page(client, f"/fr/agreements/{row.public_id}/")
    for words in ("Saccom", "locataire", person.name):
        assert words in public
    sent(desk, f"{address}end/", words="Retrait")
    assert "Retrait" in page(desk, address)


def test_the_public_reads_published_agreements_and_no_other(client, editor):
    row = an_agreement(editor, "Convention ouverte", signed=True)
    closed = an_agreement(editor, "Convention fermée", signed=True)
    published(editor, row)
    a_promise(editor, row)
    assert "Convention ouverte" in page(client, "/fr/agreements/")
    assert "Convention fermée" not in page(client, "/fr/agreements/")
    assert "800" in page(client, f"/en/agreements/{row.public_id}/")
    page(client, f"/fr/agreements/{closed.public_id}/", 404)


def test_another_promoters_agreement_is_the_same_404_as_none(desk, rival):
    row = an_agreement(rival, "À eux")
    for verb in ("", "correct/", "sign/", "parties/new/", "promises/new/", "end/", "cite/"):
        page(desk, f"{DESK}{row.public_id}/{verb}", 404)
    sent(desk, f"{DESK}{row.public_id}/publish/", 404)
    assert "À eux" not in page(desk, DESK)


def test_an_observer_reads_and_is_offered_nothing(client, oriental, editor):
    row = an_agreement(editor)
    client.force_login(staff(oriental, "observer"))
    assert "Ajouter un engagement" not in page(client, f"{DESK}{row.public_id}/")
    page(client, f"{DESK}new/", 403)


def test_an_agreement_stands_on_the_pages_of_its_parties_place_event_and_signatory(client, editor):
    firm, person, place, event = an_organisation(editor), a_person(editor), a_place(editor), an_event(editor)
    party = PartyFacts(organisation=firm, signatory=person)
    row = an_agreement(editor, "Convention du salon", parties=(party,), place=place, event=event)
    addresses = [
        f"/fr/organisations/{firm.public_id}/", f"/fr/people/{person.public_id}/",
        f"/fr/places/{place.public_id}/", f"/fr/events/{event.public_id}/",
    ]  # fmt: skip
    for address in addresses:
        assert "Convention du salon" not in page(client, address), address
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=periods.day(date(2013, 6, 20)))
    published(editor, row)
    for address in addresses:
        assert "Convention du salon" in page(client, address), address
    assert "20\u00a0juin 2013" in page(client, addresses[0])


def test_the_list_costs_the_same_with_one_agreement_and_with_three(desk, editor):
    costs = []
    for wanted in (1, 3):
        while Agreement.objects.count() < wanted:
            an_agreement(editor, f"Convention {Agreement.objects.count()}", event=an_event(editor))
        with CaptureQueriesContext(connection) as asked:
            page(desk, DESK)
        # The frame counts what waits in other rooms; here what the tables of agreements are asked.
        costs.append(sum("agreements_" in query["sql"] for query in asked))
        assert len(asked) <= 12
    assert costs == [3, 3]


def test_the_list_goes_on_page_by_page_without_a_double(desk, editor):
    for n in range(52):
        an_agreement(editor, f"Convention {n:02}")
    first = page(desk, DESK)
    older = first.split('rel="next"')[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    second = page(desk, DESK + older)
    shown = [(f"Convention {n:02}" in first) + (f"Convention {n:02}" in second) for n in range(52)]
    assert shown == [1] * 52
    assert "Aucune convention n’est dans cet état" in page(desk, f"{DESK}?state=ended")
