"""Personal links: one purpose, an end, and no way to guess them."""

from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moussem.accounts.domain import links
from moussem.accounts.domain.links import (
    LinkExpired,
    LinkReplaced,
    LinkRevoked,
    LinkUnknown,
    link_address,
    open_link,
    renew_link,
    revoke_link,
)
from moussem.accounts.domain.refusals import NotAllowed
from moussem.accounts.models import Knock, Link
from moussem.audit.models import Entry
from moussem.core.actor import Actor
from tests.factories.accounts import AT, INSTALLATION, a_link, a_promoter, at_work

pytestmark = pytest.mark.django_db


def test_a_link_opens_until_its_end_excluded():
    link = a_link(a_promoter(), days=1)
    assert open_link(link_address(link), at=link.expires_at - timedelta(seconds=1)) == link
    with pytest.raises(LinkExpired):
        open_link(link_address(link), at=link.expires_at)


def test_an_address_carries_at_least_128_bits_and_is_stored_nowhere():
    link = a_link(a_promoter())
    mac = link_address(link).partition(".")[2]
    assert len(urlsafe_b64decode(mac)) * 8 >= 128
    stored = [str(value) for row in (*Link.objects.values(), *Entry.objects.values()) for value in row.values()]
    assert not any(mac in value for value in stored)


@pytest.mark.parametrize("address", ["", ".", "x.y", "01890000-0000-7000-8000-000000000001.AAAA", "é.é"])
def test_an_invented_address_is_unknown(address):
    with pytest.raises(LinkUnknown):
        open_link(address, at=AT)


def test_a_link_for_one_purpose_opens_nothing_for_another():
    promoter = a_promoter()
    answer, sign = a_link(promoter, purpose="answer"), a_link(promoter, purpose="sign")
    mac = link_address(answer).partition(".")[2]
    with pytest.raises(LinkUnknown):
        open_link(f"{sign.public_id}.{mac}", at=AT)
    Link.objects.filter(pk=answer.pk).update(purpose="sign")
    with pytest.raises(LinkUnknown):
        open_link(f"{answer.public_id}.{mac}", at=AT)


def test_renewing_replaces_every_earlier_address_and_opens_a_revoked_link_again():
    link = a_link(a_promoter())
    first = link_address(link)
    revoke_link(link=link, by=INSTALLATION, at=AT)
    with pytest.raises(LinkRevoked):
        open_link(first, at=AT)
    renew_link(link=link, expires_at=AT + timedelta(days=9), by=INSTALLATION, at=AT)
    with pytest.raises(LinkReplaced):
        open_link(first, at=AT)
    assert open_link(link_address(link), at=AT).generation == 2


def test_another_installations_key_opens_nothing(settings):
    link = a_link(a_promoter())
    address = link_address(link)
    settings.LINK_KEY = settings.LINK_KEY + "x"
    with pytest.raises(LinkUnknown):
        open_link(address, at=AT)


def test_an_observer_and_another_promoters_organiser_give_no_links():
    own, other = a_promoter("own"), a_promoter("other")
    link = a_link(own)
    for by in (at_work(own, "observer"), at_work(other, "organiser"), Actor(kind="link", promoter_pk=own.pk)):
        with pytest.raises(NotAllowed):
            revoke_link(link=link, by=by, at=AT)


def test_each_verb_of_a_link_is_in_the_ledger():
    link = a_link(a_promoter())
    renew_link(link=link, expires_at=AT, by=INSTALLATION, at=AT)
    revoke_link(link=link, by=INSTALLATION, at=AT)
    revoke_link(link=link, by=INSTALLATION, at=AT)
    told = Entry.objects.filter(object_kind="link").order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["create_link", "renew_link", "revoke_link"]


@pytest.mark.parametrize(("language", "sentence"), [("fr", "Ce lien a expiré"), ("en", "This link has expired")])
def test_an_expired_link_says_so_in_the_guests_language(client, language, sentence):
    link = a_link(a_promoter(), language=language, days=1)
    answer = client.get(f"/l/{link_address(link)}/", headers={"accept-language": "de"})
    assert (answer.status_code, sentence in answer.content.decode()) == (410, True)
    assert answer.headers["Content-Language"] == language


def test_who_chose_a_language_by_the_switch_reads_a_link_in_it(client):
    address = f"/l/{link_address(a_link(a_promoter(), at=timezone.now()))}/"
    assert 'lang="fr"' in client.get(address).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": address})
    assert 'lang="en"' in client.get(address).content.decode()


def test_looking_at_a_link_changes_nothing_and_is_never_kept(client):
    link = a_link(a_promoter(), at=timezone.now())
    before = [*Link.objects.values()], Entry.objects.count()
    answer = client.get(f"/l/{link_address(link)}/")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert ([*Link.objects.values()], Entry.objects.count()) == before
    assert client.post(f"/l/{link_address(link)}/").status_code == 405


def test_who_tries_unknown_links_is_stopped_before_the_hundredth(client):
    statuses = [client.get(f"/l/unknown.{n}/").status_code for n in range(100)]
    assert statuses[0] == 404
    assert 429 in statuses
    link = a_link(a_promoter(), at=timezone.now())
    assert client.get(f"/l/{link_address(link)}/").status_code == 429
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.get(f"/l/{link_address(link)}/").status_code == 200
    assert not any("127.0.0.1" in row["address_digest"] for row in Knock.objects.values())


def test_a_forged_forwarding_header_gives_no_fresh_attempts(client):
    assert settings.PROXIES == 0
    answers = [client.get(f"/l/x.{n}/", headers={"x-forwarded-for": f"198.51.100.{n}"}).status_code for n in range(60)]
    assert 429 in answers


def test_a_comparison_of_plain_ids_would_open_anothers_link(monkeypatch):
    """The negative control: without the mac the invented address above opens the link."""
    link = a_link(a_promoter())
    monkeypatch.setattr(links, "_same", lambda given, true: True)
    assert open_link(f"{link.public_id}.invented", at=AT) == link
