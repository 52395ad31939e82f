"""Tokens, tenants and languages."""

import uuid

import pytest

from moussem.accounts.domain.tokens import revoke_token
from moussem.accounts.models import Token
from moussem.directory.domain.organisations import OrganisationFacts, establish
from moussem.directory.domain.people import affiliate
from moussem.directory.enums import OrganisationKind
from moussem.directory.models import Organisation
from moussem.evidence.models import Document, Subject
from tests.evidence import rows
from tests.factories.accounts import INSTALLATION
from tests.factories.directory import a_park, a_person, a_place, an_event, an_organisation

pytestmark = pytest.mark.django_db


def _one_of_each(by, publish):
    return {
        "documents": rows.document("their-text", by=by, publish=publish),
        "organisations": an_organisation(by, "Secret SA", publish=publish),
        "people": a_person(by, "Secret Person", publish=publish),
        "places": a_place(by, "Secret Place", publish=publish),
        "parks": a_park(by, "Secret Park", publish=publish),
        "events": an_event(by, "Secret Show", publish=publish),
        "figures": rows.figure(by=by, publish=publish, value=424_242),
        "statements": rows.statement(by=by, publish=publish, words="Secret words"),
    }


def test_the_public_sees_published_rows_and_no_other(ask, editor):
    closed = _one_of_each(editor, publish=False)
    for resource, row in closed.items():
        assert str(row.public_id) not in {item["id"] for item in ask(resource)[1]["items"]}, resource
        assert ask(f"{resource}/{row.public_id}")[0] == 404, resource


def test_a_token_sees_its_promoters_rows_and_none_of_another(ask, editor, oriental, rival_editor, bearer):
    own, foreign = _one_of_each(editor, publish=False), _one_of_each(rival_editor, publish=False)
    header = bearer(oriental)
    for resource in own:
        found = {item["id"] for item in ask(resource, **header)[1]["items"]}
        assert str(own[resource].public_id) in found, resource
        assert str(foreign[resource].public_id) not in found, resource


def test_a_foreign_row_is_the_same_404_as_one_that_does_not_exist(client, oriental, rival_editor, bearer):
    header = bearer(oriental)
    for resource, row in _one_of_each(rival_editor, publish=False).items():
        foreign = client.get(f"/api/v1/{resource}/{row.public_id}", headers=header)
        missing = client.get(f"/api/v1/{resource}/{uuid.uuid4()}", headers=header)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content == missing.content


def test_a_token_is_refused_when_it_is_wrong_expired_or_revoked(client, ask, editor, oriental, bearer):
    expired, revoked = bearer(oriental, days=-1), bearer(oriental)
    assert ask("figures", **revoked)[0] == 200
    for token in Token.objects.filter(revoked_at=None):
        revoke_token(token=token, by=INSTALLATION, at=rows.NOW)
    for header in ({"Authorization": "Bearer mou_nothing"}, {"Authorization": "Basic eDp5"}, expired, revoked):
        response = client.get("/api/v1/figures", headers=header)
        assert (response.status_code, response.json()["error"]) == (401, "TokenRefused")
        assert response["WWW-Authenticate"] == "Bearer"


def test_a_session_of_the_browser_opens_nothing_here(client, editor, oriental, ask):
    from tests.factories.accounts import staff

    an_organisation(editor, "Secret SA", publish=False)
    client.force_login(staff(oriental, "account_owner"))
    assert ask("organisations")[1]["items"] == []


def test_a_token_for_one_event_sees_that_event_and_nothing_else_of_its_promoter(ask, editor, oriental, bearer):
    own = _one_of_each(editor, publish=False)
    another = an_event(editor, "Another Show", publish=False)
    header = bearer(oriental, event=own["events"].public_id)
    assert [item["id"] for item in ask("events", **header)[1]["items"]] == [str(own["events"].public_id)]
    assert ask(f"events/{another.public_id}", **header)[0] == 404
    for resource in own.keys() - {"events"}:
        found = {item["id"] for item in ask(resource, **header)[1]["items"]}
        assert str(own[resource].public_id) not in found, resource


def test_a_published_row_names_no_closed_one(client, editor):
    """Parents, places, parks, people, citations' documents, subjects: whatever a public row is tied to."""
    closed_place, closed_park = (
        a_place(editor, "Secret City", publish=False),
        a_park(editor, "Secret Park", publish=False),
    )
    parent = an_organisation(editor, "Secret Holding", publish=False)
    firm = an_organisation(editor, "Saccom", parent=parent, place=closed_place)
    establish(by=editor, at=rows.NOW, organisation=firm, park=closed_park, publish=True)
    person = a_person(editor, "Secret Director", publish=False)
    affiliate(by=editor, at=rows.NOW, person=person, organisation=firm, role={"fr": "directeur"}, publish=True)
    show = an_event(editor, place=closed_place)
    figure = rows.figure(firm.subject, by=editor)
    statement = rows.statement(firm.subject, by=editor)
    Document.objects.update(published_at=None)
    for address in (f"organisations/{firm.public_id}", f"events/{show.public_id}", "organisations", "events", "parks",
                    f"figures/{figure.public_id}", f"statements/{statement.public_id}"):  # fmt: skip
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == 200
        assert "Secret" not in response.content.decode(), address
    assert client.get(f"/api/v1/figures/{figure.public_id}").json()["citation"]["url"] == ""
    Subject.objects.filter(pk=firm.subject_id).update(published_at=None)
    assert client.get(f"/api/v1/figures/{figure.public_id}").json()["subjects"] == []


def test_a_closed_park_finds_no_organisation_for_the_public(ask, editor, oriental, bearer):
    park = a_park(editor, "Secret Park", publish=False)
    firm = an_organisation(editor, "Saccom")
    establish(by=editor, at=rows.NOW, organisation=firm, park=park)
    assert ask(f"organisations?park={park.public_id}")[1]["items"] == []
    assert len(ask(f"organisations?park={park.public_id}", **bearer(oriental))[1]["items"]) == 1


@pytest.mark.parametrize(
    ("query", "header", "name"),
    [("", "fr", "Maroc"), ("", "en", "Morocco"), ("?language=en", "fr", "Morocco"), ("", "de", "Maroc")],
)
def test_texts_come_in_the_language_asked_for(ask, editor, query, header, name):
    place = a_place(editor, "x")
    type(place).objects.filter(pk=place.pk).update(name={"fr": "Maroc", "en": "Morocco"})
    item = ask(f"places{query}", **{"Accept-Language": header})[1]["items"][0]
    assert item["name"] == name
    assert item["url"].startswith("/en/" if name == "Morocco" else "/fr/")


def test_a_language_that_is_not_spoken_is_refused(ask):
    status, body = ask("places?language=de")
    assert (status, body["error"]) == (422, "LanguageUnknown")


def test_what_is_not_stated_is_null(ask, editor):
    facts = OrganisationFacts(name="Groupe non nommé", kind=OrganisationKind.OPERATOR)
    from moussem.directory.domain.organisations import add_organisation

    add_organisation(by=editor, at=rows.NOW, facts=facts, publish=True)
    assert Organisation.objects.count() == 1
    item = ask("organisations")[1]["items"][0]
    assert [item[name] for name in ("acronym", "parent", "place", "description", "same_as")] == [None] * 5
