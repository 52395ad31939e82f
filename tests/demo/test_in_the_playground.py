"""Inside a playground that stands already: who one becomes there, and who else sees its examples."""

import re

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from moussem.accounts.domain.queries.staff import role_buttons
from moussem.accounts.domain.refusals import ForeignRow
from moussem.accounts.enums import Role
from moussem.accounts.models import TenantQuerySet, User
from moussem.core.actor import ANONYMOUS
from moussem.demo.domain.playgrounds import SECOND, SLUG
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.models import Organisation
from moussem.evidence.models import Figure
from moussem.observatory.domain.queries.parks import parks_compared
from moussem.programmes.models import Call, Programme
from tests.evidence import rows
from tests.factories.accounts import a_promoter, at_work, staff
from tests.factories.directory import a_park, an_organisation

pytestmark = pytest.mark.django_db


def test_the_log_in_page_has_one_button_an_account_and_an_operator_lands_on_its_own_returns(opened, client):
    buttons = dict(role_buttons())[opened.shown_name]
    assert len({button.user for button in buttons}) == len({button.role for button in buttons}) == len(buttons)
    operator = next(button for button in buttons if button.role == "Opérateur Alpha (exemple)")
    answer = client.post(reverse("demonstration"), {"account": operator.user.public_id})
    assert answer.url == reverse("returns-list")
    assert reverse("returns-list") in client.get(reverse("account")).content.decode().partition("<main")[2]
    observer = next(button for button in buttons if button.role == "Observateur")
    client.post(reverse("demonstration"), {"account": observer.user.public_id})
    assert reverse("returns-list") not in client.get(reverse("account")).content.decode()


def test_one_becomes_the_second_person_and_stays_on_the_page(opened, client):
    client.post(reverse("demo_desk:playground"))
    here = f"/p/{SLUG}/ledger/"
    response = client.post(reverse("demo_desk:playground-become", args=[SLUG]), {"account": SECOND, "next": here})
    assert response.url == here
    assert client.session["_auth_user_id"] == str(User.objects.get(email=f"{SECOND}@{SLUG}.example").pk)


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example/", "/accounts/logout/", "/p/voisin/"])
def test_becoming_somebody_leads_nowhere_else(opened, client, then):
    client.post(reverse("demo_desk:playground"))
    response = client.post(reverse("demo_desk:playground-become", args=[SLUG]), {"account": SECOND, "next": then})
    assert response.url == f"/p/{SLUG}/"


def test_one_becomes_nobody_but_an_account_of_the_playground(opened, client):
    client.post(reverse("demo_desk:playground"))
    address = reverse("demo_desk:playground-become", args=[SLUG])
    assert client.post(address, {"account": "organiser@commons.example"}).status_code == 404


def open_calls_of(client):
    return "Appel d’exemple" in client.get("/fr/programmes/").content.decode()


def test_the_examples_call_stands_in_the_list_of_those_who_came_in_and_of_nobody_else(opened, client):
    call = Call.objects.get(promoter=opened)
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


def test_the_api_and_the_sums_of_the_observatory_leave_the_examples_out(opened, client, monkeypatch):
    programme = Programme.objects.get(promoter=opened)
    assert client.get("/api/v1/programmes").json()["items"] == []
    assert client.get(f"/api/v1/programmes/{programme.public_id}").status_code == 404
    team = at_work(opened, Role.ORGANISER)
    real = an_organisation(at_work(a_promoter("cri"), Role.ORGANISER), "Un vrai opérateur")
    park = a_park(at_work(a_promoter("parcs"), Role.ORGANISER), "Un vrai parc")
    example = an_organisation(team, "Un opérateur (exemple)")
    figure = rows.figure(example.subject, by=team, value=424_242)
    figure.links.create(figure=figure, subject=park.subject, role="park", measure="jobs", kind="announced",
                        entry=figure.public_id, whole=True)  # fmt: skip
    assert figure.is_published
    assert parks_compared() == []
    with monkeypatch.context() as naive:  # the negative control
        naive.setattr(TenantQuerySet, "met_by", lambda self, actor, through="opened": Q())
        assert len(parks_compared()) == 1
    assert Figure.objects.visible_to(ANONYMOUS).count() == 0
    assert real in Organisation.objects.visible_to(ANONYMOUS)
    assert not re.search(r"424\D{1,8}242", client.get("/fr/").content.decode())


def test_nobody_elses_row_points_into_the_playground(opened):
    example = an_organisation(at_work(opened, Role.ORGANISER), "Un exemple")
    with pytest.raises(ForeignRow):
        require_in_reach(example, by=at_work(a_promoter("cri"), Role.ORGANISER))
    require_in_reach(example, by=at_work(opened, Role.ORGANISER))
