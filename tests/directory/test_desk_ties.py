"""What ties rows together at the desk: members, the shared row, who looks after it, what is opened."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.refusals import ForeignRow
from moussem.accounts.enums import PromoterKind
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.directory.domain.memberships import MemberNotStated, OwnMember, admit_member
from moussem.directory.domain.organisations import NotShared, tie_to_commons
from moussem.directory.enums import OrganisationKind
from moussem.directory.models import Membership, Organisation, Park, Place
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.directory import a_park, a_person, a_place, an_organisation


@pytest.fixture
def desk(client, oriental):
    """A client that works at the promoter as its account owner, in French."""
    client.force_login(staff(oriental, "account_owner"))
    return client


@pytest.fixture
def club(editor):
    return an_organisation(editor, "Club de l’Offshoring", kind=OrganisationKind.CLUB)


@pytest.fixture
def commons(db):
    """Somebody who keeps the shared rows."""
    return at_work(a_promoter("commons", kind=PromoterKind.COMMONS), "account_owner")


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, status=302, **fields):
    response = client.post(address, {"nonce": str(uuid7()), **fields})
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:2000])
    return response.content.decode()


def of(row, verb=""):
    return f"/p/oriental/organisations/{row.public_id}/{verb}"


def test_a_member_is_recorded_with_its_place_and_the_sources_word_and_stands_on_the_public_page(desk, editor, club):
    an_organisation(editor, "APEBI", kind=OrganisationKind.FEDERATION)
    place = a_place(editor, "Casablanca")
    sent(
        desk, of(club, "members/new/"), organisation="apebi", role_fr="Initiateur", place=place.public_id,
        period="2020-07", publish="on",
    )  # fmt: skip
    row = Membership.objects.get()
    assert (row.association, row.organisation.name, row.place) == (club, "APEBI", place)
    assert row.role == {"fr": "Initiateur", "en": "Initiateur"}
    shown = page(desk, f"/fr/organisations/{club.public_id}/")
    assert "Initiateur, Casablanca" in shown
    assert Entry.objects.filter(verb="admit_member", object_id=str(club.public_id)).count() == 1


def test_a_person_is_a_member_by_name_and_stays_closed_unless_shown(desk, client, editor, club):
    a_person(editor, "Ali Mouline")
    sent(desk, of(club, "members/new/"), person="ali mouline")
    assert "Ali Mouline" in page(desk, of(club))
    client.logout()
    assert "Ali Mouline" not in page(client, f"/fr/organisations/{club.public_id}/")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "l’une des deux"),
        ({"organisation": "APEBI", "person": "Ali Mouline"}, "l’une des deux"),
        ({"organisation": "Inconnue"}, "Aucune organisation ne s’appelle"),
        ({"person": "Personne"}, "Personne ne s’appelle"),
        ({"organisation": "Club de l’Offshoring"}, "n’est pas membre d’elle-même"),
        ({"organisation": "APEBI", "period": "un jour"}, "n’est pas une date"),
    ],
)
def test_a_wrong_member_is_told_by_its_field_what_was_typed_stays_and_nothing_is_saved(
    desk, editor, club, fields, sentence
):
    an_organisation(editor, "APEBI")
    a_person(editor, "Ali Mouline")
    answer = sent(desk, of(club, "members/new/"), 422, role_fr="Initiateur resté", **fields)
    assert sentence in answer
    assert "Initiateur resté" in answer
    assert not Membership.objects.exists()


def test_two_people_of_one_name_are_asked_about_and_an_address_tells_them_apart(desk, editor, club):
    one, _ = a_person(editor, "Ali Mouline"), a_person(editor, "Ali Mouline")
    assert "Plusieurs personnes" in sent(desk, of(club, "members/new/"), 422, person="Ali Mouline")
    sent(desk, of(club, "members/new/"), person=f"https://x.example/fr/people/{one.public_id}/")
    assert Membership.objects.get().person == one


def test_a_closed_organisation_of_another_promoter_is_no_member_by_its_name(desk, rival, club):
    an_organisation(rival, "Firme secrète", publish=False)
    assert "Aucune organisation" in sent(desk, of(club, "members/new/"), 422, organisation="Firme secrète")


def test_the_verb_itself_refuses_no_member_two_members_and_oneself(editor, rival, club):
    person = a_person(editor)
    for members in ({}, {"person": person, "organisation": an_organisation(editor, "APEBI")}):
        with pytest.raises(MemberNotStated):
            admit_member(by=editor, at=AT, association=club, **members)
    with pytest.raises(OwnMember):
        admit_member(by=editor, at=AT, association=club, organisation=club)
    with pytest.raises(ForeignRow):
        admit_member(by=editor, at=AT, association=club, person=a_person(rival, "Caché", publish=False))


def test_an_own_organisation_is_tied_to_the_shared_row_and_untied(desk, editor, commons):
    own, shared = an_organisation(editor, "Saccom"), an_organisation(commons, "SACCOM")
    sent(desk, of(own, "shared/"), commons="saccom")
    own.refresh_from_db()
    assert own.commons == shared
    assert f"/fr/organisations/{shared.public_id}/" in page(desk, of(own))
    sent(desk, of(own, "shared/"), commons="")
    own.refresh_from_db()
    assert own.commons is None
    assert Entry.objects.filter(verb="tie_to_commons").count() == 2


def test_only_a_published_row_of_the_commons_can_be_tied_to(desk, editor, rival, commons):
    own = an_organisation(editor, "Saccom")
    an_organisation(rival, "Rivale publiée")
    an_organisation(commons, "Partagée fermée", publish=False)
    for name in ("Rivale publiée", "Partagée fermée", "Saccom"):
        assert "Aucune organisation" in sent(desk, of(own, "shared/"), 422, commons=name)
    for row in Organisation.objects.exclude(pk=own.pk):
        with pytest.raises(NotShared):
            tie_to_commons(by=editor, at=AT, organisation=own, commons=row)
    assert Organisation.objects.get(pk=own.pk).commons is None


def test_a_shared_row_is_tied_to_no_other(commons):
    one, other = an_organisation(commons, "Une"), an_organisation(commons, "Autre")
    with pytest.raises(NotShared):
        tie_to_commons(by=commons, at=AT, organisation=one, commons=other)


def test_the_button_is_there_for_an_own_row_and_not_for_a_shared_one(desk, client, editor, commons):
    own, shared = an_organisation(editor), an_organisation(commons, "Partagée")
    assert "/shared/" in page(desk, of(own))
    client.force_login(staff(shared.promoter, "account_owner"))
    assert "/shared/" not in page(client, f"/p/commons/organisations/{shared.public_id}/")


def test_who_looks_after_an_organisation_keeps_it(desk, client, oriental, editor):
    row = an_organisation(editor)
    sent(desk, of(row, "own/"))
    row.refresh_from_db()
    first = row.owner
    assert str(first) in page(desk, of(row))
    client.force_login(staff(oriental, "organiser"))
    sent(client, of(row, "own/"))
    row.refresh_from_db()
    assert row.owner == first
    assert "Quelqu’un d’autre" in page(client, of(row))


def test_parks_and_places_are_added_closed_and_published_by_one_button(desk, client, editor):
    sent(desk, "/p/oriental/places/new/", name_fr="Berkane", kind="city")
    sent(desk, "/p/oriental/parks/new/", name="Parc de Berkane", place=Place.objects.get().public_id)
    shown = page(desk, "/p/oriental/ground/")
    assert shown.count("non public<") == 2
    for kind, row in (("parks", Park.objects.get()), ("places", Place.objects.get())):
        sent(desk, f"/p/oriental/{kind}/{row.public_id}/publish/")
        row.refresh_from_db()
        assert row.is_published
        assert row.subject.is_published
    assert "non public<" not in page(desk, "/p/oriental/ground/")
    client.logout()
    assert "Parc de Berkane" in page(client, "/fr/parks/")


def test_the_parks_and_places_of_another_promoter_are_neither_listed_nor_published(desk, rival):
    a_park(rival, "Parc rival", publish=False)
    a_place(rival, "Ville rivale", publish=False)
    shown = page(desk, "/p/oriental/ground/")
    assert "Parc rival" not in shown
    assert "Ville rivale" not in shown
    for kind, row in (("parks", Park.objects.get()), ("places", Place.objects.get())):
        sent(desk, f"/p/oriental/{kind}/{row.public_id}/publish/", 404)
        row.refresh_from_db()
        assert not row.is_published


def test_an_observer_reads_the_parks_and_publishes_nothing(client, oriental, editor):
    client.force_login(staff(oriental, "observer"))
    park = a_park(editor, publish=False)
    assert "/publish/" not in page(client, "/p/oriental/ground/")
    sent(client, f"/p/oriental/parks/{park.public_id}/publish/", 403)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_parks_as_for_one(desk, editor, count):
    for number in range(count):
        a_park(editor, f"Parc {number}", place=a_place(editor, f"Ville {number}"))
    with CaptureQueriesContext(connection) as captured:
        page(desk, "/p/oriental/ground/")
    assert sum("directory_park" in query["sql"] for query in captured) == 1
    assert sum('FROM "directory_place"' in query["sql"] for query in captured) == 2


def test_a_persons_place_is_recorded_and_corrected(desk, editor):
    place = a_place(editor, "Liège")
    sent(desk, "/p/oriental/people/new/", name="Marie", place=place.public_id)
    person = place.people.get()
    base = f"/p/oriental/people/{person.public_id}/"
    assert "Liège" in page(desk, base)
    sent(desk, f"{base}correct/", version=1, name="Marie", place="")
    person.refresh_from_db()
    assert person.place is None
