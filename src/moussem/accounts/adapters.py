"""How the log-in package behaves here: nobody signs up, addresses are ours."""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moussem.accounts.domain.queries.actors import user_at_hand
from moussem.accounts.interfaces.landing import landing_of
from moussem.accounts.models import User
from moussem.core.clients import client_address
from moussem.core.libraries import optional

PASSWORDS = optional(
    "argon2.low_level",
    feature=_("Logging in with a password"),
    advice="Install the package argon2-cffi again (make run does), and libffi8 of the system.",
)


@dataclass(frozen=True, slots=True)
class House:
    """What letters call the site."""

    name: str = "moussem"
    domain: str = settings.SITE_HOST


class UserBackend(AuthenticationBackend):
    """The package's, but the user of a session is not read twice where the roles at a desk were read with it. Whether
    the session is still that user's is checked after, as ever.
    """

    def get_user(self, user_id: int) -> User | None:
        """The active user with this inner key; None where there is none."""
        user = user_at_hand(user_id)
        if user is None:
            return super().get_user(user_id)
        return user if self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Staff are invited, log in with their e-mail, and are never sent to another site."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: an administrator invites."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk of the one promoter the user works for, else the account's page."""
        return landing_of(request.user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the letter: on the site's own address, whatever the Host header said."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The address in the letter: on the site's own address, whatever the Host header said."""
        return settings.SITE_URL + reverse("account_confirm_email", kwargs={"key": emailconfirmation.key})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter in the house's name, whatever the Host header said."""
        super().send_mail(template_prefix, email, {**context, "current_site": House()})

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address, believed as far as the proxies are counted."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Say so where passwords cannot be compared here; passkeys, links and tokens go on."""
        _refuse_without_passwords()
        super().pre_authenticate(request, **credentials)

    def clean_password(self, password: str, user: Any = None) -> str:
        """Say so where passwords cannot be kept here."""
        _refuse_without_passwords()
        return str(super().clean_password(password, user))

    def post_login(self, request: HttpRequest, user: Any, **words: Any) -> HttpResponse:
        """Let the interface speak the user's language from now on."""
        response = super().post_login(request, user, **words)
        if user.language:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=secure)
        return response


def _refuse_without_passwords() -> None:
    if PASSWORDS.fault:
        raise ValidationError(PASSWORDS.sentence)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors; the issuer is named in authenticator applications."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are bound to the site's own name."""
        return {"id": settings.SITE_HOST, "name": "moussem"}


def client_of(request: HttpRequest) -> str:
    """The client's address, for the package that counts failed log-ins."""
    return client_address(request)


def account_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The account that a log-in names, in small letters, so that capitals do not make another one."""
    given = credentials or {}
    named = given.get("email") or given.get("username") or (request.POST.get("login", "") if request else "")
    return str(named).strip().lower()


def locked_out(request: HttpRequest, *args: Any, **words: Any) -> HttpResponseBase:
    """The answer to an account or address that failed too often: 429, and what to do next."""
    return render(request, "accounts/public/locked_out.html", status=429)
