"""The directory's desk: who may write, bad input, two editors at once, contacts, tenancy."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.directory.domain.organisations import correct_organisation, establish
from moussem.directory.domain.people import Contact, own_person, record_consent, record_contact
from moussem.directory.domain.representations import end_representation, let_represent
from moussem.directory.domain.taxonomies import add_taxonomy
from moussem.directory.enums import ConsentPurpose, OrganisationKind
from moussem.directory.interfaces.forms import OrganisationForm
from moussem.directory.models import Consent, Organisation, Person, Representation
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.directory import a_park, a_person, a_place, an_organisation

CANARY = "canari-9Zq"


@pytest.fixture
def desk(client, oriental):
    """A client that works at the promoter as its account owner."""
    client.force_login(staff(oriental, "account_owner"))
    return client


def new(**fields):
    return {"nonce": str(uuid7()), "name": "Saccom", "kind": "operator"} | fields


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, status=302, **fields):
    response = client.post(address, fields)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:2000])
    return response.content.decode()


def test_an_organisation_is_added_and_is_not_public_until_it_is_published(desk, client, oriental):
    sent(desk, "/p/oriental/organisations/new/", **new(acronym="SAC"))
    row = Organisation.objects.get()
    assert (row.name, row.promoter, row.is_published) == ("Saccom", oriental, False)
    assert "non publique" in page(desk, "/p/oriental/organisations/")
    assert "Saccom" not in page(desk, "/fr/organisations/?kind=fund")
    sent(desk, f"/p/oriental/organisations/{row.public_id}/publish/", nonce=str(uuid7()))
    row.refresh_from_db()
    assert row.is_published
    assert row.subject.is_published
    assert Entry.objects.filter(object_id=str(row.public_id)).count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "obligatoire"),
        ({"kind": "volcano"}, "Sélectionnez un choix valide"),
        ({"name": "a" * 201}, "200"),
        ({"unnamed": "on"}, "Dites comment les sources la décrivent"),
        ({"parent": "Inconnue"}, "Aucune organisation ne s’appelle «\u00a0Inconnue\u00a0»"),
    ],
)
def test_a_wrong_form_gets_the_sentence_and_the_field_and_keeps_what_was_typed(desk, fields, sentence):
    answer = sent(
        desk, "/p/oriental/organisations/new/", 422, **new(acronym="TAPÉ", **{} if "acronym" in fields else fields)
    )
    assert sentence in answer
    assert 'value="TAPÉ"' in answer
    assert not Organisation.objects.exists()


def test_two_organisations_of_one_name_are_told_apart_by_the_address_of_the_page(desk, editor):
    one = an_organisation(editor, "CGI")
    an_organisation(editor, "C.G.I.", aliases=("CGI",))
    answer = sent(desk, "/p/oriental/organisations/new/", 422, **new(parent="cgi"))
    assert "Plusieurs organisations s’appellent" in answer
    sent(desk, "/p/oriental/organisations/new/", **new(parent=f"http://x.example/fr/organisations/{one.public_id}/"))
    assert Organisation.objects.get(name="Saccom").parent == one


def test_the_same_form_sent_twice_adds_once(desk):
    fields = new()
    for _ in range(2):
        sent(desk, "/p/oriental/organisations/new/", **fields)
    assert Organisation.objects.count() == 1


def test_who_saves_second_sees_both_versions_and_loses_nothing(desk, editor):
    row = an_organisation(editor)
    address = f"/p/oriental/organisations/{row.public_id}/correct/"
    read = new(version=row.version, name="Saccom Oujda", kind="operator")
    facts = OrganisationForm({"name": "Saccom Groupe", "kind": "operator", "version": 1}, actor=editor)
    assert facts.is_valid()
    correct_organisation(by=editor, at=AT, organisation=row, read_version=1, facts=facts.facts)
    answer = sent(desk, address, 422, **read)
    for words in ("Quelqu’un d’autre a enregistré entre-temps", "Saccom Groupe", "Saccom Oujda"):
        assert words in answer
    assert 'value="Saccom Oujda"' in answer
    assert Organisation.objects.get().name == "Saccom Groupe"
    sent(desk, address, **(read | {"version": 2, "nonce": str(uuid7())}))
    assert Organisation.objects.get().name == "Saccom Oujda"


def test_an_organisation_does_not_belong_to_itself_through_its_daughter(desk, editor):
    mother = an_organisation(editor, "Mère")
    an_organisation(editor, "Fille", parent=mother)
    fields = new(name="Mère", version=1, parent="Fille")
    answer = sent(desk, f"/p/oriental/organisations/{mother.public_id}/correct/", 422, **fields)
    assert "ne peut pas s’appartenir à elle-même" in answer


def test_names_and_establishments_are_added_and_a_wrong_date_is_told(desk, editor):
    row, park = an_organisation(editor), a_park(editor)
    base = f"/p/oriental/organisations/{row.public_id}/"
    sent(desk, f"{base}names/", nonce=str(uuid7()), name="Saccom SA", ours="on")
    assert "notre lecture" in page(desk, base)
    wrong = sent(desk, f"{base}establishments/", 422, nonce=str(uuid7()), park=park.public_id, period="bientôt")
    assert "«\u00a0bientôt\u00a0» n’est pas une date" in wrong
    nowhere = sent(desk, f"{base}establishments/", 422, nonce=str(uuid7()), period="2020")
    assert "Choisissez un parc, ou un lieu" in nowhere
    sent(desk, f"{base}establishments/", nonce=str(uuid7()), park=park.public_id, period="2020-07", publish="on")
    assert "juillet 2020" in page(desk, base)


def test_places_and_parks_are_added_and_a_code_is_used_once(desk, editor):
    sent(desk, "/p/oriental/places/new/", nonce=str(uuid7()), kind="region", name_fr="Oriental", code="MA-02")
    answer = sent(
        desk, "/p/oriental/places/new/", 422, nonce=str(uuid7()), kind="region", name_fr="Encore", code="MA-02"
    )
    assert "Un autre lieu porte déjà ce code" in answer
    sent(desk, "/p/oriental/parks/new/", nonce=str(uuid7()), name="Oujda Shore")


def test_a_private_row_may_point_to_what_is_public_elsewhere_but_not_to_what_is_not(editor, rival):
    public, hidden = a_place(rival), a_place(rival, "Cachée", publish=False)
    assert an_organisation(editor, place=public).place == public
    with pytest.raises(ForeignRow):
        an_organisation(editor, "Autre", place=hidden)
    with pytest.raises(ForeignRow):
        establish(by=editor, at=AT, organisation=an_organisation(editor, "Encore"), place=hidden)


def test_another_promoter_s_organisations_are_never_seen_on_a_desk(desk, rival):
    hidden = an_organisation(rival, CANARY, publish=False)
    person = a_person(rival, CANARY, publish=False)
    unknown = uuid7()
    for kind, row in (("organisations", hidden), ("people", person)):
        assert CANARY not in page(desk, f"/p/oriental/{kind}/?q=canari")
        for door in ("", "correct/"):
            missing = page(desk, f"/p/oriental/{kind}/{row.public_id}/{door}", 404)
            none = page(desk, f"/p/oriental/{kind}/{unknown}/{door}", 404)
            assert CANARY not in missing
            assert len(missing) == len(none)
    assert page(desk, "/p/rival/organisations/", 404)


def test_an_observer_reads_and_does_not_write(client, oriental, editor):
    client.force_login(staff(oriental, "observer"))
    row = an_organisation(editor)
    assert "Corriger" not in page(client, f"/p/oriental/organisations/{row.public_id}/")
    page(client, f"/p/oriental/organisations/{row.public_id}/correct/", 403)
    with pytest.raises(NotAllowed):
        an_organisation(at_work(oriental, "observer"), "Autre")


def test_contacts_are_seen_by_the_owner_and_the_administrator_and_by_nobody_else(client, oriental, editor):
    owner, other = staff(oriental, "account_owner"), staff(oriental, "organiser")
    administrator = staff(oriental, "promoter_administrator")
    person = a_person(editor)
    own_person(by=actor_of_user(owner, oriental), at=AT, person=person)
    contact = Contact(email=f"{CANARY}@x.example", phone="+212", source="carte remise")
    record_contact(by=actor_of_user(owner, oriental), at=AT, person=person, read_version=1, contact=contact)
    address = f"/p/oriental/people/{person.public_id}/"
    for user, seen in ((owner, True), (administrator, True), (other, False)):
        client.force_login(user)
        assert (CANARY in page(client, address)) is seen
        assert client.get(f"{address}contact/").status_code == (200 if seen else 403)
    assert CANARY not in "".join(str(e.payload.after) for e in Entry.objects.select_related("payload"))
    with pytest.raises(NotAllowed):
        record_contact(by=actor_of_user(other, oriental), at=AT, person=person, read_version=2, contact=contact)


def test_contact_details_without_their_source_are_refused(desk, oriental, editor):
    person = a_person(editor)
    base = f"/p/oriental/people/{person.public_id}/"
    sent(desk, f"{base}own/", nonce=str(uuid7()))
    answer = sent(desk, f"{base}contact/", 422, nonce=str(uuid7()), version=1, email="a@b.example")
    assert "Dites d’où vous le tenez" in answer
    assert Person.objects.get().email == ""


def test_people_roles_and_answers_are_recorded(desk, editor):
    an_organisation(editor)
    sent(desk, "/p/oriental/people/new/", nonce=str(uuid7()), name="Karim Bernoussi", printed="K. Bernoussi")
    base = f"/p/oriental/people/{Person.objects.get().public_id}/"
    sent(desk, f"{base}roles/", nonce=str(uuid7()), organisation="saccom", role_fr="PDG")
    wrong = sent(desk, f"{base}answers/", 422, nonce=str(uuid7()), purpose="invitations", given="yes", said_on="hier")
    assert "date valide" in wrong
    assert not Consent.objects.exists()
    fields = {"purpose": "invitations", "given": "no", "said_on": "2026-01-05", "proof": "Message du 5 janvier"}
    sent(desk, f"{base}answers/", nonce=str(uuid7()), **fields)
    shown = page(desk, base)
    assert "s’oppose" in shown
    assert "PDG" in shown


def test_the_latest_answer_of_a_person_counts_and_earlier_ones_stay(desk, editor):
    person = a_person(editor)
    for day, given in ((1, True), (3, False), (2, True)):
        record_consent(
            by=editor, at=AT, person=person, purpose=ConsentPurpose.NEWSLETTER, given=given,
            said_at=datetime(2026, 1, day, tzinfo=UTC), proof=f"message {day}",
        )  # fmt: skip
    shown = page(desk, f"/p/oriental/people/{person.public_id}/")
    assert "s’oppose" in shown
    assert "message 1" not in shown
    assert Consent.objects.count() == 3


def test_a_user_represents_an_organisation_until_it_ends(client, oriental, editor):
    administrator = at_work(oriental, "promoter_administrator")
    user, row = staff(oriental, "observer"), an_organisation(editor)
    with pytest.raises(NotAllowed):
        let_represent(by=editor, at=AT, user=user, organisation=row)
    representation = let_represent(by=administrator, at=AT, user=user, organisation=row)
    assert let_represent(by=administrator, at=AT, user=user, organisation=row) == representation
    assert actor_of_user(user, oriental).organisation_pks == {row.pk}
    end_representation(by=administrator, at=AT, representation=representation)
    assert actor_of_user(user, oriental).organisation_pks == frozenset()


def test_the_administrator_lets_a_user_act_and_ends_it(client, oriental, editor):
    client.force_login(staff(oriental, "promoter_administrator"))
    user, row = staff(oriental, "observer"), an_organisation(editor)
    base = f"/p/oriental/organisations/{row.public_id}/"
    sent(client, f"{base}representatives/", nonce=str(uuid7()), user=user.public_id)
    representation = Representation.objects.get()
    assert "observer" in page(client, base)
    sent(client, f"/p/oriental/representations/{representation.public_id}/end/", nonce=str(uuid7()))
    representation.refresh_from_db()
    assert representation.until is not None
    stranger = staff(a_promoter("elsewhere"), "observer")
    sent(client, f"{base}representatives/", 422, nonce=str(uuid7()), user=stranger.public_id)


@pytest.mark.parametrize(("kind", "expected"), [("organisations", 4), ("people", 4)])
def test_desk_lists_ask_as_often_for_three_rows_as_for_one(desk, editor, kind, expected):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(desk, f"/p/oriental/{kind}/")
        # The frame of a desk is counted where it is made; here what the directory's tables are asked.
        return sum("directory_" in query["sql"] for query in captured)

    def add(n):
        an_organisation(editor, f"Société {n}", kind=OrganisationKind.FIRM)
        a_person(editor, f"Personne {n}")

    add(1)
    one = asked()
    add(2)
    add(3)
    assert (one, asked()) == (expected, expected)


def test_lines_of_business_are_named_all_at_once_shown_and_taken_back(desk, editor):
    row, address = an_organisation(editor), "/p/oriental/organisations/{}/"
    names = (("CRM", {"fr": "Relation client", "en": "Customer care"}), ("ITO", {"fr": "Informatique", "en": "IT"}))
    taxonomy = add_taxonomy(by=editor, at=AT, key="trades", name={"fr": "Métiers", "en": "Trades"}, branches=names)
    crm, ito = taxonomy.branches.order_by("code")
    shown = [str(one.public_id) for one in (crm, ito)]
    sent(desk, address.format(row.public_id) + "branches/", nonce=str(uuid7()), branches=shown)
    page = desk.get(address.format(row.public_id)).content.decode()
    assert "Relation client, Informatique" in page
    refused = sent(
        desk, address.format(row.public_id) + "branches/", 422, nonce=str(uuid7()), branches=[shown[0], str(uuid7())]
    )
    assert list(row.branches.order_by("code")) == [crm, ito]
    assert "checked" in refused
    sent(desk, address.format(row.public_id) + "branches/", nonce=str(uuid7()), branches=[])
    assert not row.branches.exists()
