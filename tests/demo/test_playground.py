"""The playground: one click in, one click anew, and a purge that takes everything of it and nothing of others."""

import re

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moussem.accounts.domain.demonstration import NotOnLoopback
from moussem.accounts.domain.queries.staff import role_buttons
from moussem.accounts.domain.refusals import ForeignRow
from moussem.accounts.enums import PromoterKind, Role
from moussem.accounts.models import Promoter, TenantQuerySet, User
from moussem.audit.domain.heads import heads_path, kept_chains
from moussem.audit.domain.purging import forget_heads
from moussem.audit.domain.sealing import seal_all
from moussem.audit.domain.verification import verify_all
from moussem.audit.models import Entry
from moussem.core.actor import ANONYMOUS, task_actor
from moussem.demo.domain.playgrounds import SECOND, SLUG, begin_anew, open_playground, playground
from moussem.demo.domain.purging import NotAPlayground, purge_playground
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.models import Organisation
from moussem.evidence.models import Figure
from moussem.observatory.domain.queries.parks import parks_compared
from moussem.programmes.models import Call, Programme
from tests.demo.conftest import PLAYED_AT
from tests.evidence import rows
from tests.factories.accounts import a_promoter, at_work, staff
from tests.factories.directory import a_park, an_event, an_organisation

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
def test_the_log_in_page_has_one_button_an_account_and_an_operator_lands_on_its_own_returns(demonstration, client):
    promoter = open_playground(at=PLAYED_AT)
    buttons = dict(role_buttons())[promoter.shown_name]
    assert len({button.user for button in buttons}) == len({button.role for button in buttons}) == len(buttons)
    operator = next(button for button in buttons if button.role == "Opérateur Alpha (exemple)")
    answer = client.post(reverse("demonstration"), {"account": operator.user.public_id})
    assert answer.url == reverse("returns-list")
    assert reverse("returns-list") in client.get(reverse("account")).content.decode().partition("<main")[2]
    observer = next(button for button in buttons if button.role == "Observateur")
    client.post(reverse("demonstration"), {"account": observer.user.public_id})
    assert reverse("returns-list") not in client.get(reverse("account")).content.decode()


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
def test_one_becomes_the_second_person_and_stays_on_the_page(demonstration, client):
    client.post(reverse("demo_desk:playground"))
    here = f"/p/{SLUG}/ledger/"
    response = client.post(reverse("demo_desk:playground-become", args=[SLUG]), {"account": SECOND, "next": here})
    assert response.url == here
    assert client.session["_auth_user_id"] == str(User.objects.get(email=f"{SECOND}@{SLUG}.example").pk)


@pytest.mark.django_db
@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example/", "/accounts/logout/", "/p/voisin/"])
def test_becoming_somebody_leads_nowhere_else(demonstration, client, then):
    client.post(reverse("demo_desk:playground"))
    response = client.post(reverse("demo_desk:playground-become", args=[SLUG]), {"account": SECOND, "next": then})
    assert response.url == f"/p/{SLUG}/"


@pytest.mark.django_db
def test_one_becomes_nobody_but_an_account_of_the_playground(demonstration, client):
    client.post(reverse("demo_desk:playground"))
    address = reverse("demo_desk:playground-become", args=[SLUG])
    assert client.post(address, {"account": "organiser@commons.example"}).status_code == 404


@pytest.mark.django_db
def test_whoever_begins_anew_stays_inside(demonstration, client):
    client.post(reverse("demo_desk:playground"))
    old = playground()
    with transaction.atomic():
        response = client.post(reverse("demo_desk:playground-anew", args=[SLUG]))
    assert (response.status_code, response.url) == (302, f"/p/{SLUG}/")
    assert playground() != old
    assert client.get(response.url).status_code == 200


def open_calls_of(client):
    return "Appel d’exemple" in client.get("/fr/programmes/").content.decode()


@pytest.mark.django_db
def test_the_examples_call_stands_in_the_list_of_those_who_came_in_and_of_nobody_else(demonstration, client):
    promoter = open_playground(at=timezone.now())
    call = Call.objects.get(promoter=promoter)
    public, elsewhere = Client(), Client()
    elsewhere.force_login(staff(a_promoter("cri"), "fund_officer"))
    for stranger in (public, elsewhere):
        assert not open_calls_of(stranger)
        assert stranger.get(f"/fr/calls/{call.public_id}/").status_code == 404
        assert stranger.get(f"/fr/programmes/{call.programme.public_id}/").status_code == 404
    assert "Fonds d’exemple" not in elsewhere.get("/p/cri/programmes/").content.decode()
    client.post(reverse("demo_desk:playground"))
    assert open_calls_of(client)
    assert client.get(f"/fr/calls/{call.public_id}/").status_code == 200


@pytest.mark.django_db
def test_the_api_and_the_sums_of_the_observatory_leave_the_examples_out(demonstration, client, monkeypatch):
    promoter = open_playground(at=timezone.now())
    programme = Programme.objects.get(promoter=promoter)
    assert client.get("/api/v1/programmes").json()["items"] == []
    assert client.get(f"/api/v1/programmes/{programme.public_id}").status_code == 404
    team = at_work(promoter, Role.ORGANISER)
    real = an_organisation(at_work(a_promoter("cri"), Role.ORGANISER), "Un vrai opérateur")
    park = a_park(at_work(a_promoter("parcs"), Role.ORGANISER), "Un vrai parc")
    example = an_organisation(team, "Un opérateur (exemple)")
    figure = rows.figure(example.subject, by=team, value=424_242)
    figure.links.create(figure=figure, subject=park.subject, role="park", measure="jobs", kind="announced",
                        entry=figure.public_id, whole=True)  # fmt: skip
    assert figure.is_published
    assert parks_compared() == []
    with monkeypatch.context() as naive:  # the negative control
        naive.setattr(TenantQuerySet, "met_by", lambda self, actor, through="promoter": Q())
        assert len(parks_compared()) == 1
    assert Figure.objects.visible_to(ANONYMOUS).count() == 0
    assert real in Organisation.objects.visible_to(ANONYMOUS)
    assert not re.search(r"424\D{1,8}242", client.get("/fr/").content.decode())


@pytest.mark.django_db
def test_nobody_elses_row_points_into_the_playground(demonstration):
    promoter = open_playground(at=PLAYED_AT)
    example = an_organisation(at_work(promoter, Role.ORGANISER), "Un exemple")
    with pytest.raises(ForeignRow):
        require_in_reach(example, by=at_work(a_promoter("cri"), Role.ORGANISER))
    require_in_reach(example, by=at_work(promoter, Role.ORGANISER))
