"""Members of associations by place and day, corrected and ended with their past kept; the map; antennas."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.domain.memberships import (
    EndBeforeStart,
    EndedAlready,
    MembershipFacts,
    admit_member,
    close_antenna,
    correct_membership,
    end_membership,
    open_antenna,
)
from moussem.directory.domain.queries.associations import MembersWanted, members_of, members_page
from moussem.directory.enums import OrganisationKind, PlaceKind
from moussem.directory.models import Antenna, Membership, Organisation
from moussem.directory.rendering.tile_map import LAYOUTS, tile_map
from moussem.engines.values.period import day, month, parse_period, year
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.directory import a_person, a_place, an_organisation
from tests.pages import page, sent

DESK_QUERIES = 12


@pytest.fixture
def club(editor):
    return an_organisation(editor, "Association d’exemple", kind=OrganisationKind.ASSOCIATION)


@pytest.fixture
def desk(client, oriental):
    client.force_login(staff(oriental, "account_owner"))
    return client


@pytest.fixture
def places(editor):
    """Two states of the United States, a city in one of them, and the country."""
    country = a_place(editor, "États-Unis", PlaceKind.COUNTRY, code="US")
    california = a_place(editor, "Californie", PlaceKind.REGION, code="US-CA", within=country)
    texas = a_place(editor, "Texas", PlaceKind.REGION, code="US-TX", within=country)
    return {"us": country, "ca": california, "tx": texas, "sf": a_place(editor, "San Francisco", within=california)}


def a_member(by, club, name, **facts):
    organisation = an_organisation(by, name)
    return admit_member(
        by=by, at=AT, association=club, organisation=organisation, facts=MembershipFacts(**facts), publish=True
    )


def of(row, verb=""):
    return f"/p/oriental/organisations/{row.public_id}/{verb}"


def tiles(html, css):
    """The signs of the tiles that are drawn so."""
    return re.findall(rf'<g class="{css}"><rect[^>]*/><text class="m-tile-sign"[^>]*>(\w+)<', html)


def test_members_are_counted_by_state_as_a_table_and_as_a_map_and_the_rest_is_not_stated(client, editor, club, places):
    for name, place in (("Un", "ca"), ("Deux", "sf"), ("Trois", "tx"), ("Quatre", "us")):
        a_member(editor, club, name, place=places[place])
    a_member(editor, club, "Cinq")
    shown = page(client, f"/fr/organisations/{club.public_id}/members/")
    told = members_page(editor, club, MembersWanted())
    assert [(one.label, one.count) for one in told.counts] == [
        ("Californie", 2), ("Texas", 1), ("États-Unis", 1), ("", 1),
    ]  # fmt: skip
    assert sorted(tiles(shown, "m-tile-held")) == ["CA", "TX"]
    assert len(tiles(shown, "m-tile-none")) == 49
    assert "Lieu non indiqué" in shown
    assert told.total == 5


def test_each_state_and_each_region_has_one_tile_of_its_own(db):
    assert len({tile.code for tile in LAYOUTS["US"]}) == len(LAYOUTS["US"]) == 51
    assert {tile.code for tile in LAYOUTS["MA"]} == {f"MA-{n:02}" for n in range(1, 13)}
    for tiles_of in LAYOUTS.values():
        assert len({(tile.x, tile.y) for tile in tiles_of}) == len(tiles_of)
    drawn = tile_map("MA", {"MA-02": 3, "MA-01": 0})
    assert [tile.code for tile in drawn.tiles if tile.count] == ["MA-02"]
    assert drawn.known == 1


@pytest.mark.parametrize(
    ("on", "names"),
    [
        (date(2019, 12, 31), {"Toujours", "Quitte"}),
        (date(2020, 1, 1), {"Toujours", "Entre", "Quitte"}),
        (date(2021, 6, 30), {"Toujours", "Entre", "Quitte"}),
        (date(2021, 7, 1), {"Toujours", "Entre"}),
        (None, {"Toujours", "Entre", "Quitte", "De deux à trois"}),
        (date(2003, 12, 31), {"Toujours", "Quitte", "De deux à trois"}),
        (date(2004, 1, 1), {"Toujours", "Quitte"}),
    ],
)
def test_members_on_a_day_are_those_who_had_begun_and_not_ended(editor, club, on, names):
    a_member(editor, club, "Toujours")
    a_member(editor, club, "Entre", period=year(2020))
    a_member(editor, club, "Quitte", until=month(2021, 6))
    a_member(editor, club, "De deux à trois", period=parse_period("2002-2003"))
    assert {row.organisation.name for row in members_of(editor, club, on)} == names


def test_a_naive_reading_of_the_day_forgets_who_was_always_there(editor, club):
    """The control: whoever compares columns without asking for what is not stated loses members."""
    a_member(editor, club, "Toujours")
    naive = Membership.objects.filter(association=club, period_start__lte=date(2020, 1, 1))
    assert naive.count() == 0
    assert members_of(editor, club, date(2020, 1, 1)).count() == 1


def test_the_page_asks_for_a_day_and_a_place_and_says_so_of_a_day_that_is_none(client, editor, club, places):
    a_member(editor, club, "Ancien de Californie", place=places["sf"], until=day(date(2020, 1, 1)))
    a_member(editor, club, "Membre du Texas", place=places["tx"])
    address = f"/fr/organisations/{club.public_id}/members/"
    assert "Ancien de Californie" not in page(client, address)
    assert "Ancien de Californie" in page(client, f"{address}?on=2020-01-01")
    assert "Ancien de Californie" not in page(client, f"{address}?on=2020-01-02")
    assert "Ancien de Californie" in page(client, f"{address}?when=ever")
    narrowed = page(client, f"{address}?when=ever&place={places['ca'].public_id}")
    assert "Ancien de Californie" in narrowed
    assert "Membre du Texas" not in narrowed
    wrong = page(client, f"{address}?on=hier")
    assert "« hier »" in wrong
    assert "Membre du Texas" in wrong


def test_a_list_of_members_is_read_by_pages_that_ask_no_more_when_it_grows(client, editor, club, places):
    address = f"/fr/organisations/{club.public_id}/members/"
    a_member(editor, club, "Membre 000", place=places["ca"])
    page(client, address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        page(client, address)
    for n in range(1, 52):
        a_member(editor, club, f"Membre {n:03}", place=places["tx"])
    with CaptureQueriesContext(connection) as many:
        first = page(client, address)
    assert len(many) == len(one) <= DESK_QUERIES
    after = re.search(r'href="(\?[^"]*after=[^"]*)" rel="next"', first)[1].replace("&amp;", "&")
    second = page(client, address + after)
    assert "Membre 049" in first
    assert "Membre 050" not in first
    assert "Membre 050" in second
    assert "Membre 051" in second


def test_a_membership_is_ended_once_and_stays_on_record(desk, editor, club):
    row = a_member(editor, club, "Saccom", period=year(2020))
    address = f"/p/oriental/memberships/{row.public_id}/end/"
    sent(desk, address, until="2026-03-31", version=row.version)
    row.refresh_from_db()
    assert row.until == day(date(2026, 3, 31))
    assert "a déjà une fin" in sent(desk, address, 422, until="2026-04-30", version=row.version)
    assert "Saccom" in page(desk, of(club, "members/?when=ever"))
    assert Entry.objects.filter(verb="end_membership", object_id=str(club.public_id)).count() == 1


@pytest.mark.parametrize(
    ("until", "sentence"),
    [("", "Dites jusqu’à quand"), ("bientôt", "n’est pas une date"), ("2019", "C’est avant le début")],
)
def test_a_wrong_end_is_told_at_its_field_and_nothing_is_saved(desk, editor, club, until, sentence):
    row = a_member(editor, club, "Saccom", period=year(2020))
    answer = sent(desk, f"/p/oriental/memberships/{row.public_id}/end/", 422, until=until, version=row.version)
    assert sentence in answer
    assert f'value="{until}"' in answer or not until
    row.refresh_from_db()
    assert row.until is None


def test_two_who_correct_one_membership_see_both_versions_and_nothing_typed_is_lost(desk, editor, club, places):
    row = a_member(editor, club, "Saccom", place=places["ca"])
    read = row.version
    correct_membership(
        by=editor, at=AT, membership=row, read_version=read, facts=MembershipFacts(place=places["tx"]), publish=True
    )
    address = f"/p/oriental/memberships/{row.public_id}/correct/"
    answer = sent(desk, address, 422, version=read, office="president", source="Ma liste", publish="on")
    assert "Texas" in answer
    assert "Ma liste" in answer
    row.refresh_from_db()
    assert (row.place, row.office) == (places["tx"], "member")
    sent(desk, address, version=row.version, office="president", source="Ma liste", publish="on")
    row.refresh_from_db()
    assert (row.place, row.office, row.source) == (None, "president", "Ma liste")
    entry = Entry.objects.filter(verb="correct_membership").latest("pk")
    told = entry.payload
    assert (told.before["place"], told.after["office"]) == (str(places["tx"]), "president")


def test_a_naive_correction_overwrites_what_the_other_saved(editor, club, places):
    """The control: without the version that was read, the second one wins unseen."""
    row = a_member(editor, club, "Saccom", place=places["ca"])
    stale = Membership.objects.get(pk=row.pk)
    facts = MembershipFacts(place=places["tx"])
    correct_membership(by=editor, at=AT, membership=row, read_version=row.version, facts=facts, publish=True)
    with pytest.raises(ChangedMeanwhile):
        correct_membership(
            by=editor, at=AT, membership=stale, read_version=stale.version, facts=MembershipFacts(), publish=True
        )
    stale.place = None
    stale.save(update_fields=["place"])
    assert Membership.objects.get(pk=row.pk).place is None


def test_one_form_sent_twice_records_one_member(desk, editor, club):
    an_organisation(editor, "APEBI", kind=OrganisationKind.FEDERATION)
    said = {"nonce": str(uuid7()), "organisation": "APEBI", "office": "member"}
    for _ in range(2):
        assert desk.post(of(club, "members/new/"), said).status_code == 302
    assert Membership.objects.count() == 1
    desk.post(of(club, "members/new/"), {**said, "nonce": str(uuid7())})
    assert Membership.objects.count() == 2  # the control: another form is another membership


def test_another_promoters_memberships_and_antennas_do_not_exist_at_ones_desk(desk, places, rival):
    theirs = an_organisation(rival, "Association d’ailleurs", kind=OrganisationKind.ASSOCIATION)
    place = a_place(rival, "Lieu d’ailleurs")
    row = a_member(rival, theirs, "Membre d’ailleurs")
    antenna = open_antenna(by=rival, at=AT, association=theirs, name="Antenne d’ailleurs", place=place, publish=True)
    for address in (
        of(theirs, "members/"), of(theirs, "members/new/"), of(theirs, "antennas/new/"),
        f"/p/oriental/memberships/{row.public_id}/correct/", f"/p/oriental/memberships/{row.public_id}/end/",
        f"/p/oriental/antennas/{antenna.public_id}/close/",
    ):  # fmt: skip
        page(desk, address, 404)


def test_who_may_not_write_or_reaches_for_a_closed_row_is_refused_by_the_verbs(editor, rival, oriental, club):
    row = a_member(editor, club, "Saccom")
    reader = at_work(oriental, "observer")
    with pytest.raises(NotAllowed):
        end_membership(by=reader, at=AT, membership=row, read_version=row.version, until=year(2030))
    with pytest.raises(ForeignRow):
        end_membership(by=rival, at=AT, membership=row, read_version=row.version, until=year(2030))
    hidden = a_place(rival, "Lieu caché", publish=False)
    with pytest.raises(ForeignRow):
        open_antenna(by=editor, at=AT, association=club, name="Antenne", place=hidden)
    assert not Antenna.objects.exists()


def test_a_closed_member_stands_in_no_public_count_and_no_public_list(client, editor, club, places):
    person = a_person(editor, "Personne discrète", publish=False)
    facts = MembershipFacts(place=places["ca"])
    admit_member(by=editor, at=AT, association=club, person=person, facts=facts, publish=True)
    shown = page(client, f"/fr/organisations/{club.public_id}/members/")
    assert "Personne discrète" not in shown
    assert tiles(shown, "m-tile-held") == []
    assert members_page(editor, club, MembersWanted()).total == 1


def test_an_antenna_is_an_organisation_of_its_association_and_stands_on_the_page_of_its_place(desk, editor, club):
    place = a_place(editor, "Fès-Meknès", PlaceKind.REGION, code="MA-03")
    sent(
        desk, of(club, "antennas/new/"), name="Antenne de Fès", place=place.public_id, period="2024",
        source="Lettre", publish="on",
    )  # fmt: skip
    antenna = Antenna.objects.get()
    assert (antenna.organisation.parent, antenna.organisation.place) == (club, place)
    for address in (f"/fr/places/{place.public_id}/", f"/fr/organisations/{club.public_id}/"):
        assert "Antenne de Fès" in page(desk, address)
    assert "Lettre" in page(desk, of(club, "members/")) or antenna.source == "Lettre"
    close = f"/p/oriental/antennas/{antenna.public_id}/close/"
    assert "C’est avant le début" in sent(desk, close, 422, until="2023", version=antenna.version)
    sent(desk, close, until="2025", version=antenna.version)
    antenna.refresh_from_db()
    with pytest.raises(EndedAlready):
        close_antenna(by=editor, at=AT, antenna=antenna, read_version=antenna.version, until=year(2026))
    assert Organisation.objects.filter(parent=club).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Ce champ est obligatoire"),
        ({"place": ""}, "Choisissez où elle se tient"),
        ({"period": "jadis"}, "n’est pas une date"),
    ],
)
def test_a_wrong_antenna_is_told_at_its_field(desk, editor, club, fields, sentence):
    place = a_place(editor, "Fès")
    known = {"name": "Antenne restée", "place": place.public_id, "period": "2024", "source": "Source restée"}
    answer = sent(desk, of(club, "antennas/new/"), 422, **(known | fields))
    assert sentence in answer
    assert "Source restée" in answer
    assert not Antenna.objects.exists()


def test_an_end_before_the_start_is_refused_and_one_in_the_same_year_is_not(editor, club):
    with pytest.raises(EndBeforeStart):
        a_member(editor, club, "Avant", period=year(2020), until=year(2019))
    a_member(editor, club, "Même année", period=year(2020), until=month(2020, 1))
    row = a_member(editor, club, "De deux à trois", period=parse_period("2002-2003"))
    with pytest.raises(EndedAlready):
        end_membership(by=editor, at=AT, membership=row, read_version=row.version, until=year(2005))


def test_the_programme_interface_lists_memberships_on_a_day_and_antennas(client, editor, club, places):
    a_member(editor, club, "Texan", place=places["tx"], until=year(2020))
    a_member(editor, club, "Californien", place=places["ca"])
    open_antenna(by=editor, at=AT, association=club, name="Antenne", place=places["ca"], publish=True)
    open_antenna(by=editor, at=AT, association=club, name="Antenne fermée", place=places["ca"])
    asked = f"/api/v1/memberships?association={club.public_id}"
    both = client.get(asked).json()["items"]
    assert [item["organisation"]["label"] for item in both] == ["Texan", "Californien"]
    assert (both[0]["until"]["end"], both[1]["until"], both[1]["office"]) == ("2020-12-31", None, "member")
    later = client.get(f"{asked}&on=2021-01-01").json()["items"]
    assert [item["organisation"]["label"] for item in later] == ["Californien"]
    antennas = client.get(f"/api/v1/antennas?association={club.public_id}").json()["items"]
    assert [item["organisation"]["label"] for item in antennas] == ["Antenne"]


def test_another_promoter_reads_only_what_is_published(rival, editor, club, places):
    a_member(editor, club, "Publié")
    admit_member(by=editor, at=AT, association=club, person=a_person(editor, "Fermé"))
    assert members_of(rival, club).count() == 1
    assert members_of(at_work(a_promoter("tiers"), "account_owner"), club).count() == 1
    assert members_of(editor, club).count() == 2
