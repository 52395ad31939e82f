"""The demonstration's log-in: one button a role, no password, and on this machine only."""

import pytest
from django.test import Client

from moussem.accounts.domain.demonstration import NotOnLoopback, create_role_accounts
from moussem.accounts.enums import Role
from moussem.accounts.models import RoleGrant, User
from tests.factories.accounts import AT, INSTALLATION, a_promoter, a_user

pytestmark = pytest.mark.django_db
PAGE = "/accounts/demonstration/"


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION, settings.SECOND_FACTOR_FORCED = True, False
    settings.SITE_URL = "http://127.0.0.1:8000"
    return create_role_accounts(promoter=a_promoter("commons"), by=INSTALLATION, at=AT)


def test_there_is_an_account_for_each_role_named_by_its_function(demonstration):
    assert [user.label for user in demonstration] == [
        "Administrateur de l’installation",
        "Administrateur du promoteur",
        "Organisateur",
        "Chargé de compte",
        "Chargé du fonds",
        "Membre du jury",
        "Observateur",
    ]
    assert all(user.email.endswith(".example") and not user.has_usable_password() for user in demonstration)


def test_a_second_time_makes_no_second_account(demonstration, settings):
    again = create_role_accounts(promoter=RoleGrant.objects.first().promoter, by=INSTALLATION, at=AT)
    assert [user.pk for user in again] == [user.pk for user in demonstration]
    assert RoleGrant.objects.count() == len(Role)


@pytest.mark.parametrize(
    ("is_demonstration", "site"),
    [(False, "http://127.0.0.1:8000"), (True, "https://moussem.test.example"), (True, "http://127.0.0.1.test.example")],
)
def test_the_accounts_refuse_to_exist_anywhere_else(settings, is_demonstration, site):
    settings.DEMONSTRATION, settings.SITE_URL = is_demonstration, site
    with pytest.raises(NotOnLoopback):
        create_role_accounts(promoter=a_promoter(), by=INSTALLATION, at=AT)
    assert not User.objects.exists()


def test_the_log_in_page_shows_a_button_per_role_and_each_button_opens(demonstration):
    page = Client().get("/accounts/login/").content.decode()
    for user in demonstration:
        client = Client()
        assert str(user.public_id) in page
        answer = client.post(PAGE, {"account": user.public_id}, follow=True)
        assert answer.status_code == 200
        assert client.get("/account/").context["request"].user == user


def test_a_look_at_the_page_logs_nobody_in(demonstration):
    client = Client()
    assert client.get(PAGE, {"account": demonstration[0].public_id}).status_code == 200
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "203.0.113.5"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.5"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_from_another_machine_there_is_neither_button_nor_page(demonstration, elsewhere):
    client = Client(**elsewhere)
    assert str(demonstration[0].public_id) not in client.get("/accounts/login/").content.decode()
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"account": demonstration[0].public_id}).status_code == 404


def test_outside_the_demonstration_the_page_does_not_exist(demonstration, settings):
    settings.DEMONSTRATION = False
    assert str(demonstration[0].public_id) not in Client().get("/accounts/login/").content.decode()
    assert Client().post(PAGE, {"account": demonstration[0].public_id}).status_code == 404


@pytest.mark.parametrize("account", ["", "nonsense", "01890000-0000-7000-8000-00000000dead"])
def test_only_role_accounts_open_without_a_password(demonstration, account):
    with_password = a_user("somebody@cri.example")
    with_password.set_password("a password of their own")
    with_password.save()
    for key in (account, with_password.public_id):
        assert Client().post(PAGE, {"account": key}).status_code == 404


def test_a_press_of_a_button_from_another_site_is_refused(demonstration):
    client = Client(enforce_csrf_checks=True)
    assert client.post(PAGE, {"account": demonstration[0].public_id}).status_code == 403


def test_who_came_in_by_a_button_finds_the_session_and_may_set_up_a_second_factor(demonstration, client):
    client.post(PAGE, {"account": demonstration[1].public_id}, headers={"user-agent": "Navigateur d’essai"})

    assert "Navigateur d’essai" in client.get("/accounts/sessions/").content.decode()
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    assert "Nom de la clé" in client.get("/accounts/2fa/webauthn/add/").content.decode()
