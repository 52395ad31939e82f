"""The ledger's page: for those who administer the promoter, and for nobody else."""

import pytest

from moussem.audit.domain.sealing import seal_all
from tests.audit.ledgers import write
from tests.factories.accounts import a_promoter, staff

pytestmark = pytest.mark.django_db
QUERIES = 11


@pytest.fixture
def promoter(db):
    return a_promoter("cri", "CRI")


@pytest.fixture
def desk(promoter, client):
    client.force_login(staff(promoter, "promoter_administrator"))
    return client


def test_the_administrator_reads_who_did_what_and_where_the_chain_stands(promoter, desk):
    write(promoter.key, number=1)
    seal_all()
    write(promoter.key, number=2)
    page = desk.get("/p/cri/ledger/").content.decode()
    assert "record figure" in page or "merge organisation" in page
    assert "pas encore scellée" in page
    assert "jamais vérifié" in page


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


@pytest.mark.parametrize("count", [1, 3])
def test_the_ledger_asks_as_much_of_the_database_for_one_entry_as_for_three(
    promoter, desk, count, django_assert_num_queries
):
    for number in range(count):
        write(promoter.key, number=number)
    desk.get("/p/cri/ledger/")
    with django_assert_num_queries(QUERIES):
        desk.get("/p/cri/ledger/")
