"""The ledger's page: for those who administer the promoter, and for nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.audit.domain.sealing import seal_all
from tests.audit.ledgers import write
from tests.factories.accounts import a_promoter, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def promoter(db):
    return a_promoter("cri", "CRI")


@pytest.fixture
def desk(promoter, client):
    client.force_login(staff(promoter, "promoter_administrator"))
    return client


def test_the_administrator_reads_who_did_what_and_where_the_chain_stands(promoter, desk):
    write(promoter.key, number=0)
    seal_all()
    write(promoter.key, number=1)
    page = desk.get("/p/cri/ledger/").content.decode()
    assert "Saisit un chiffre" in page
    assert "pas encore scellée" in page
    assert "jamais vérifié" in page


def test_a_verb_without_words_is_said_in_plain_english(promoter, desk):
    write(promoter.key, number=1)
    assert "Merge organisation" in desk.get("/p/cri/ledger/").content.decode()


def test_the_ledger_of_one_object(promoter, desk):
    for number in range(3):
        write(promoter.key, number=number)
    page = desk.get("/p/cri/ledger/?kind=figure&object=figure-1")
    assert [line.entry.object_id for line in page.context["page"].lines] == ["figure-1"]
    assert desk.get("/p/cri/ledger/?before=nonsense").status_code == 404


def test_pages_follow_each_other(promoter, desk):
    for number in range(55):
        write(promoter.key, number=number)
    older = desk.get("/p/cri/ledger/?kind=figure").context["older_url"]
    page = desk.get(older)
    assert [line.entry.object_id for line in page.context["page"].lines] == [f"figure-{n}" for n in range(4, -1, -1)]
    assert page.context["newer_url"].endswith("?kind=figure")


@pytest.mark.parametrize("role", ["organiser", "fund_officer", "observer"])
def test_other_staff_do_not_read_the_ledger(promoter, client, role):
    client.force_login(staff(promoter, role))
    assert client.get("/p/cri/ledger/").status_code == 403


def test_another_promoters_ledger_does_not_exist(promoter, desk):
    other = a_promoter("other")
    write(other.key)
    assert desk.get("/p/other/ledger/").status_code == 404
    assert "figure-0" not in desk.get("/p/cri/ledger/").content.decode()


def test_the_ledger_asks_as_much_of_the_database_for_three_entries_as_for_one(promoter, desk):
    asked = []
    for count in (1, 3):
        for number in range(count):
            write(promoter.key, number=number)
        desk.get("/p/cri/ledger/")
        with CaptureQueriesContext(connection) as queries:
            desk.get("/p/cri/ledger/")
        asked.append(queries)
    assert len(asked[0]) == len(asked[1])
    # The frame of the page asks for itself; the ledger asks for its entries, its head and its unsealed tail.
    assert sum('FROM "audit_' in query["sql"] for query in asked[1]) == 3
