"""The playground: one click in, one click anew, and a purge that takes everything of it and nothing of others."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from moussem.accounts.domain.demonstration import NotOnLoopback
from moussem.accounts.enums import PromoterKind, Role
from moussem.accounts.models import Promoter
from moussem.audit.domain.heads import heads_path, kept_chains
from moussem.audit.domain.purging import forget_heads
from moussem.audit.domain.sealing import seal_all
from moussem.audit.domain.verification import verify_all
from moussem.audit.models import Entry
from moussem.core.actor import task_actor
from moussem.demo.domain.playgrounds import SLUG, begin_anew, open_playground, playground
from moussem.demo.domain.purging import NotAPlayground, purge_playground
from tests.demo.conftest import PLAYED_AT
from tests.factories.accounts import a_promoter, at_work
from tests.factories.directory import an_event, an_organisation

BY = task_actor("tests")


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION, settings.SECOND_FACTOR_FORCED = True, False
    settings.SITE_URL = "http://127.0.0.1:8000"


def rows_of(promoter):
    """How many rows name the promoter, table by table."""
    tables = [table for table in apps.get_models() if any(f.name == "promoter" for f in table._meta.get_fields())]
    return {table._meta.label: count for table in tables if (count := table.objects.filter(promoter=promoter).count())}


@pytest.mark.django_db
def test_a_playground_is_opened_once(demonstration):
    first, second = open_playground(at=PLAYED_AT), open_playground(at=PLAYED_AT)
    assert first == second == playground()
    assert (first.kind, first.slug) == (PromoterKind.PLAYGROUND, SLUG)


@pytest.mark.django_db
def test_outside_a_demonstration_there_is_no_playground():
    with pytest.raises(NotOnLoopback):
        open_playground(at=PLAYED_AT)
    assert playground() is None


@pytest.mark.django_db
def test_beginning_anew_leaves_nothing_of_the_old_one(demonstration):
    old = open_playground(at=PLAYED_AT)
    staff = at_work(old, Role.ORGANISER)
    an_event(staff)
    an_organisation(staff, "Un exemple", publish=False)
    new = begin_anew(promoter=old, by=staff, at=PLAYED_AT)
    connection.check_constraints()
    assert new.pk != old.pk
    assert rows_of(old) == {}
    assert not Entry.objects.filter(promoter_key=old.key).exists()
    assert not Promoter.objects.filter(pk=old.pk).exists()


@pytest.mark.django_db
def test_a_purge_takes_nothing_of_anybody_else(demonstration):
    neighbour = a_promoter("voisin")
    theirs = at_work(neighbour, Role.ORGANISER)
    an_event(theirs)
    an_organisation(theirs, "Un voisin")
    before = rows_of(neighbour), Entry.objects.filter(promoter_key=neighbour.key).count()
    old = open_playground(at=PLAYED_AT)
    an_organisation(at_work(old, Role.ORGANISER), "Un exemple")
    purge_playground(promoter=old, by=BY, at=PLAYED_AT)
    assert (rows_of(neighbour), Entry.objects.filter(promoter_key=neighbour.key).count()) == before


@pytest.mark.django_db
def test_only_a_playground_is_purged():
    promoter = a_promoter("cri")
    with pytest.raises(NotAPlayground):
        purge_playground(promoter=promoter, by=BY, at=PLAYED_AT)
    assert Promoter.objects.filter(pk=promoter.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_after_a_purge_the_ledger_holds_and_its_kept_heads_are_gone(demonstration, settings, tmp_path):
    settings.LEDGER = tmp_path
    old = open_playground(at=PLAYED_AT)
    seal_all()
    assert old.key in kept_chains()
    purge_playground(promoter=old, by=BY, at=PLAYED_AT)
    seal_all()
    assert kept_chains() == [""]
    assert [fault for report in verify_all() for fault in report.faults] == []


@pytest.mark.django_db(transaction=True)
def test_heads_left_by_a_machine_that_stopped_are_forgotten_later(demonstration, settings, tmp_path):
    settings.LEDGER = tmp_path
    old = open_playground(at=PLAYED_AT)
    seal_all()
    kept = heads_path(old.key).read_bytes()
    purge_playground(promoter=old, by=BY, at=PLAYED_AT)
    heads_path(old.key).write_bytes(kept)
    assert [fault for report in verify_all() for fault in report.faults]
    forget_heads()
    assert [fault for report in verify_all() for fault in report.faults] == []


@pytest.mark.django_db
def test_one_click_on_the_first_page_leads_into_the_playground(demonstration, client):
    page = client.get("/fr/").content.decode()
    assert reverse("demo_desk:playground") in page
    response = client.post(reverse("demo_desk:playground"))
    assert response.url == f"/p/{SLUG}/"
    assert "Bac à sable" in client.get(response.url).content.decode()


@pytest.mark.django_db
def test_outside_a_demonstration_the_first_page_offers_no_playground(client):
    assert reverse("demo_desk:playground") not in client.get("/fr/").content.decode()
    assert client.post(reverse("demo_desk:playground")).status_code == 404


@pytest.mark.django_db
def test_whoever_begins_anew_stays_inside(demonstration, client):
    client.post(reverse("demo_desk:playground"))
    old = playground()
    with transaction.atomic():
        response = client.post(reverse("demo_desk:playground-anew", args=[SLUG]))
    assert (response.status_code, response.url) == (302, f"/p/{SLUG}/")
    assert playground() != old
    assert client.get(response.url).status_code == 200
