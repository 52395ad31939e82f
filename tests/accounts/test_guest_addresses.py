"""The address of a guest's page opens it: it leaves by no `Referer`, and the page's forms still work."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from moussem.accounts.domain.links import link_address, revoke_link
from moussem.accounts.middleware import GUESTS_REFERRER_POLICY
from tests.accounts.test_links import INSTALLATION
from tests.factories.accounts import a_link, a_promoter

pytestmark = pytest.mark.django_db


def test_a_guests_page_tells_nobody_its_address(client):
    link = a_link(a_promoter(), at=timezone.now())
    address = f"/l/{link_address(link)}/"
    assert policy(client.get(address), 200) == GUESTS_REFERRER_POLICY
    revoke_link(link=link, by=INSTALLATION, at=timezone.now())
    assert policy(client.get(address), 410) == GUESTS_REFERRER_POLICY


@pytest.mark.parametrize("address", ["/l/unknown.0/", "/mail/stop/unknown/"])
def test_an_unknown_address_may_be_a_mistyped_one_and_is_kept_too(client, address):
    assert policy(client.get(address), 404) == GUESTS_REFERRER_POLICY


def test_other_pages_tell_their_address_to_this_house_only(client):
    assert policy(client.get("/fr/documents/"), 200) == "same-origin" == settings.SECURE_REFERRER_POLICY
    assert policy(client.get("/nowhere/"), 404) == "same-origin"


@pytest.mark.parametrize(("origin", "status"), [("http://testserver", 302), ("null", 403)])
def test_a_form_without_its_origin_is_refused_so_guests_pages_must_send_it(origin, status):
    strict = Client(enforce_csrf_checks=True)
    strict.get("/accounts/login/")
    fields = {"language": "en", "csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    assert strict.post("/i18n/setlang/", fields, headers={"origin": origin}).status_code == status


def policy(answer, status):
    assert answer.status_code == status
    return answer.headers["Referrer-Policy"]
