"""The address where a user without a password chooses one: computed when a mail is rendered, and kept nowhere."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from moussem.accounts.models import User


def password_address(user: User) -> str:
    """Where `user` chooses a password; good for three days, and until the password or the e-mail changes."""
    key = f"{user_pk_to_url_str(user)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return settings.SITE_URL + path.replace("UID-KEY", key)
