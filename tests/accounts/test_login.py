"""Logging in: by invitation only, counted, with a second factor for staff, never to another site."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from moussem.accounts.enums import Role
from moussem.accounts.models import User
from moussem.config import settings as product
from tests.factories.accounts import a_promoter, a_user, staff

pytestmark = pytest.mark.django_db
PASSWORD = "long enough to be nobody's guess"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def afresh():
    cache.clear()


@pytest.fixture
def colleague():
    """An organiser with a password, without a second factor."""
    user = staff(a_promoter(), Role.ORGANISER, second_factor=False)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(client, email, password=PASSWORD, **words):
    cache.clear()  # the package's own limits live in the cache of one process: ours must hold without them
    return client.post(LOGIN, {"login": email, "password": password, **words})


def test_passwords_are_kept_with_argon2(colleague):
    assert colleague.password.startswith("argon2")
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"], "with its whole cost"


def test_one_logs_in_by_e_mail_whatever_its_capitals(client, colleague):
    assert log_in(client, colleague.email.upper()).status_code == 302
    assert client.get("/account/").status_code == 200


def test_a_colleague_without_a_second_factor_sees_no_desk_until_there_is_one(client, colleague, settings):
    client.force_login(colleague)
    answer = client.get("/p/cri/organisations/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")
    settings.SECOND_FACTOR_FORCED = False
    assert client.get("/p/cri/organisations/").status_code == 200


def test_the_installation_asks_its_administrator_for_a_second_factor_too(client):
    client.force_login(a_user("i@test.example", second_factor=False, is_installation_administrator=True))
    assert client.get("/installation/")["Location"] == "/accounts/2fa/"
    client.force_login(a_user("j@test.example", is_installation_administrator=True))
    assert client.get("/installation/").status_code == 200


def test_the_second_factor_is_asked_after_the_password(client, colleague):
    other = staff(a_promoter("other"), Role.ORGANISER)
    other.set_password(PASSWORD)
    other.save()
    assert log_in(client, other.email)["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/generate/"]
)
def test_access_is_changed_only_by_who_shows_again_who_they_are(client, colleague, address):
    client.force_login(colleague)
    assert client.get(address)["Location"].startswith("/accounts/reauthenticate/")


def test_an_e_mail_and_a_password_are_changed_only_by_who_shows_again_who_they_are(client, colleague):
    client.force_login(colleague)
    answer = client.post("/accounts/email/", {"action_add": "", "email": "new@test.example"})
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    words = {"password1": "another " + PASSWORD, "password2": "another " + PASSWORD}
    client.post("/accounts/password/change/", {"oldpassword": "wrong", **words})
    colleague.refresh_from_db()
    assert colleague.check_password(PASSWORD)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **words})
    colleague.refresh_from_db()
    assert colleague.check_password("another " + PASSWORD)


def test_an_account_that_fails_too_often_is_shut_from_every_address(client, colleague):
    for n in range(10):
        log_in(Client(REMOTE_ADDR=f"198.51.100.{n}"), colleague.email, "wrong")
    answer = log_in(Client(REMOTE_ADDR="198.51.100.99"), colleague.email.upper())
    assert answer.status_code == 429
    assert "Trop de tentatives" in answer.content.decode()


def test_an_address_that_fails_too_often_is_shut_for_every_account(client, colleague):
    for n in range(10):
        log_in(client, f"nobody{n}@test.example", "wrong")
    assert log_in(client, colleague.email).status_code == 429
    assert log_in(Client(REMOTE_ADDR="198.51.100.1"), colleague.email).status_code == 302


def test_a_forged_forwarding_header_is_no_other_address(colleague):
    for n in range(10):
        log_in(Client(headers={"x-forwarded-for": f"198.51.100.{n}"}), f"nobody{n}@test.example", "wrong")
    assert log_in(Client(headers={"x-forwarded-for": "198.51.100.77"}), colleague.email).status_code == 429


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, colleague, to):
    assert "elsewhere" not in log_in(client, colleague.email, next=to)["Location"]
    answer = client.post("/i18n/setlang/", {"language": "en", "next": to})
    assert "elsewhere" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_nobody_signs_up(client):
    words = {"email": "new@test.example", "password1": PASSWORD, "password2": PASSWORD}
    assert "invite" in client.post("/accounts/signup/", words).content.decode()
    assert not User.objects.exists()


def test_a_forgotten_password_is_reset_at_our_own_address_whatever_the_host_said(client, colleague, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://moussem.test.example", ["*"]
    client.post("/accounts/password/reset/", {"email": colleague.email}, headers={"host": "evil.example"})
    assert "https://moussem.test.example/accounts/password/reset/key/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body


def test_an_unknown_address_is_answered_like_a_known_one(client, colleague, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    known = client.post("/accounts/password/reset/", {"email": colleague.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@test.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "address",
    [
        LOGIN,
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/inactive/",
        "/account/",
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/accounts/email/",
        "/accounts/logout/",
    ],
)
def test_every_page_of_access_wears_our_dress_under_a_strict_policy(client, colleague, address, language):
    if "password" not in address and address not in (LOGIN, "/accounts/signup/"):
        client.force_login(colleague)
    client.cookies["django_language"] = language
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "unsafe-inline" not in answer["Content-Security-Policy"].replace("style-src-attr 'unsafe-inline'", "")
    assert f'<html lang="{language}"' in page
    assert 'class="m-bar"' in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert " style=" not in page
