"""What everybody may read of the directory."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.directory.domain.organisations import add_alias, establish
from moussem.directory.domain.people import Contact, affiliate, record_contact
from moussem.directory.enums import OrganisationKind, PlaceKind
from moussem.engines.values.kinds import Bound
from moussem.evidence.domain.figures import Teller
from moussem.evidence.domain.statements import set_against
from moussem.evidence.enums import Kind
from tests.evidence import rows
from tests.factories.accounts import AT, at_work
from tests.factories.directory import a_park, a_person, a_place, an_organisation

CANARY = "canari-7Qx"


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        text(client, address)
    return len(captured)


def test_a_published_organisation_is_listed_and_its_page_says_what_is_not_stated(client, editor):
    row = an_organisation(editor)
    assert "Saccom" in text(client, "/fr/organisations/")
    page = text(client, f"/fr/organisations/{row.public_id}/")
    assert "<h1>Saccom</h1>" in page
    assert "Opérateur" in page
    assert "non indiqué" in page
    assert "rien d’indiqué" in page


def test_an_organisation_that_is_not_public_is_the_same_404_as_one_that_is_not_there(client, editor):
    row = an_organisation(editor, publish=False)
    hidden = text(client, f"/fr/organisations/{row.public_id}/", 404)
    unknown = text(client, "/fr/organisations/01890000-0000-7000-8000-00000000dead/", 404)
    assert hidden.replace(str(row.public_id), "") == unknown.replace("01890000-0000-7000-8000-00000000dead", "")
    assert "Saccom" not in text(client, "/fr/organisations/")


def test_a_search_finds_other_names_without_accents_and_capitals(client, editor):
    row = an_organisation(editor, "Société générale d’appels")
    an_organisation(editor, "Intelcia")
    add_alias(by=editor, at=AT, organisation=row, name="SGA Écoute")
    for words in ("SOCIETE GENERALE", "sga ecoute"):
        page = text(client, f"/fr/organisations/?q={words}")
        assert "Société générale" in page
        assert "Intelcia" not in page
    assert "Aucune organisation ne correspond" in text(client, "/fr/organisations/?q=zzz")


def test_a_list_is_narrowed_by_kind_and_by_region_including_those_established_there(client, editor):
    region = a_place(editor, "Oriental", PlaceKind.REGION, code="MA-02")
    city = a_place(editor, "Oujda", within=region)
    park = a_park(editor, place=city)
    there = an_organisation(editor, "Là par son parc")
    establish(by=editor, at=AT, organisation=there, park=park, publish=True)
    an_organisation(editor, "Ailleurs", kind=OrganisationKind.FUND)
    narrowed = text(client, f"/fr/organisations/?region={region.public_id}")
    assert "Là par son parc" in narrowed
    assert "Ailleurs" not in narrowed
    funds = text(client, "/fr/organisations/?kind=fund")
    assert "Ailleurs" in funds
    assert "Là par son parc" not in funds


@pytest.mark.parametrize("query", ["q=%00", "kind=xx", "region=zz", "after=zz", "after=%00~a", "q=" + "a" * 5000])
def test_a_list_asked_for_nonsense_answers_a_page(client, editor, query):
    an_organisation(editor)
    assert client.get(f"/fr/organisations/?{query}").status_code == 200


def test_pages_follow_one_another_without_leaving_anybody_out(client, editor):
    for n in range(53):
        an_organisation(editor, f"Société {n:02}")
    first = text(client, "/fr/organisations/")
    after = first.split("?after=")[1].split('"')[0]
    second = text(client, f"/fr/organisations/?after={after}")
    assert "Société 49" in first
    assert "Société 50" not in first
    assert all(f"Société {n}" in second for n in (50, 51, 52))
    assert "Société 49" not in second


def test_a_description_stands_where_no_source_gives_a_name(client, editor):
    described = {"fr": "Une entreprise d’informatique", "en": "An IT firm"}
    row = an_organisation(editor, "firm-1", named=False, description=described)
    page = text(client, f"/fr/organisations/{row.public_id}/")
    assert "<h1>Une entreprise d’informatique</h1>" in page
    assert "non nommée par sa source" in page


def test_figures_stand_by_kind_and_the_joint_one_names_the_others(client, editor):
    saccom, eca = an_organisation(editor), an_organisation(editor, "Eca groupe")
    rows.figure(saccom.subject, eca.subject, by=editor, value=3000, bound=Bound.OVER)
    rows.figure(saccom.subject, by=editor, value=200, kind=Kind.REPORTED)
    page = text(client, f"/fr/organisations/{saccom.public_id}/")
    assert "3\u202f000" in page
    assert "Eca groupe" in page
    columns, _, together = page[page.index("m-stats") :].partition("dans aucune colonne")
    assert "3\u202f000" not in columns
    assert "3\u202f000" in together
    assert columns.index("m-kind-announced") < columns.index("m-kind-reported")
    assert "L’Économiste" in page


def test_sayings_that_do_not_agree_stand_side_by_side(client, editor):
    row = an_organisation(editor)
    one = rows.statement(row.subject, by=editor, words="Déjà installée")
    other = rows.statement(row.subject, by=editor, words="Commence le mois prochain", forward=True)
    words = {"fr": "Saccom à Oujda", "en": "Saccom in Oujda"}
    set_against(by=editor, at=AT, words=words, statements=[one, other], publish=True)
    page = text(client, f"/fr/organisations/{row.public_id}/")
    against = page[page.index("m-against") :]
    assert "Déjà installée" in against
    assert "Commence le mois prochain" in against


def test_an_announced_opening_is_awaited_on_the_thread(client, editor):
    row = an_organisation(editor)
    rows.statement(row.subject, by=editor, forward=True)
    page = text(client, f"/fr/organisations/{row.public_id}/")
    assert '<li class="m-wait">' in page
    assert "annoncé, date non indiquée" in page


def test_a_person_s_page_tells_roles_and_never_contacts(client, editor, oriental):
    person, row = a_person(editor), an_organisation(editor)
    role = {"fr": "PDG", "en": "CEO"}
    affiliate(by=editor, at=AT, person=person, organisation=row, role=role, publish=True)
    administrator = at_work(oriental, "promoter_administrator")
    contact = Contact(email=f"{CANARY}@saccom.example", phone=f"+212 {CANARY}", source=f"carte {CANARY}")
    record_contact(by=administrator, at=AT, person=person, read_version=1, contact=contact)
    for address in (f"/fr/people/{person.public_id}/", "/fr/people/", f"/fr/organisations/{row.public_id}/"):
        page = text(client, address)
        assert "Moulay Zine El Oudghiri" in page
        assert "PDG" in page
        assert CANARY not in page


def test_a_person_s_page_tells_what_they_said_once(client, editor):
    person, row = a_person(editor), an_organisation(editor)
    teller = Teller(person=person.subject)
    rows.figure(row.subject, by=editor, value=1000, teller=teller)
    rows.statement(row.subject, by=editor, words="Saccom commencera à Oujda", teller=teller)
    rows.statement(row.subject, person.subject, by=editor, words="Il ouvre le salon", teller=teller)
    page = text(client, f"/fr/people/{person.public_id}/")
    assert "1\u202f000" in page
    assert page.count("Saccom commencera à Oujda") == 1
    assert page.count("Il ouvre le salon") == 1
    assert page.count("selon ses mots") == 2


def test_what_is_tied_to_a_row_that_is_not_public_is_not_shown_with_one_that_is(client, editor):
    person = a_person(editor, CANARY, publish=False)
    hidden = an_organisation(editor, f"{CANARY} SA", publish=False)
    row, park = an_organisation(editor), a_park(editor)
    role = {"fr": CANARY, "en": CANARY}
    affiliate(by=editor, at=AT, person=person, organisation=row, role=role, publish=True)
    establish(by=editor, at=AT, organisation=hidden, park=park, publish=True)
    assert CANARY not in text(client, f"/fr/organisations/{row.public_id}/")
    assert CANARY not in text(client, f"/fr/parks/{park.public_id}/")


def test_a_park_tells_who_is_there_and_a_place_what_lies_in_it(client, editor):
    region = a_place(editor, "Oriental", PlaceKind.REGION, code="MA-02")
    city = a_place(editor, "Oujda", within=region)
    park, row = a_park(editor, place=city), an_organisation(editor)
    establish(by=editor, at=AT, organisation=row, park=park, publish=True)
    assert "Oujda Shore" in text(client, "/fr/parks/")
    assert "Saccom" in text(client, f"/fr/parks/{park.public_id}/")
    page = text(client, f"/fr/places/{region.public_id}/")
    assert all(name in page for name in ("Oujda Shore", "Saccom", "MA-02"))


def test_english_is_complete_for_the_same_pages(client, editor):
    row = an_organisation(editor)
    assert "In brief" in text(client, f"/en/organisations/{row.public_id}/")
    assert "Parks" in text(client, "/en/parks/")


@pytest.mark.parametrize(("address", "expected"), [("organisations", 2), ("people", 2), ("parks", 2)])
def test_lists_ask_the_database_as_often_for_three_rows_as_for_one(client, editor, address, expected):
    city = a_place(editor, "Oujda")

    def add(n):
        row = an_organisation(editor, f"Société {n}", place=city)
        person = a_person(editor, f"Personne {n}")
        affiliate(by=editor, at=AT, person=person, organisation=row, role={"fr": "PDG"}, publish=True)
        a_park(editor, f"Parc {n}", place=city)

    add(1)
    one = queries(client, f"/fr/{address}/")
    add(2)
    add(3)
    assert (one, queries(client, f"/fr/{address}/")) == (expected, expected)


def test_an_organisation_s_page_asks_as_often_for_three_of_each_as_for_one(client, editor):
    row, park = an_organisation(editor), a_park(editor)

    def add(n):
        person = a_person(editor, f"Personne {n}")
        affiliate(by=editor, at=AT, person=person, organisation=row, role={"fr": "PDG"}, publish=True)
        establish(by=editor, at=AT, organisation=row, park=park, publish=True)
        an_organisation(editor, f"Fille {n}", parent=row)
        rows.figure(row.subject, by=editor, value=n)

    address = f"/fr/organisations/{row.public_id}/"
    add(1)
    one = queries(client, address)
    add(2)
    add(3)
    assert (one, queries(client, address)) == (5, 5)
