"""The codes that stand in for a lost second factor: what they are for, which are left, and a way back."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from tests.factories.accounts import a_user

PASSWORD = "A-long-enough-pass-phrase"


@pytest.fixture
def known(client, db):
    """Somebody with a second factor who has just said again who they are."""
    user = a_user(language="fr")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return user


def test_the_codes_that_are_left_are_shown_with_what_they_are_for(client, known):
    assert client.post("/accounts/2fa/recovery-codes/generate/").status_code == 302
    codes = RecoveryCodes(Authenticator.objects.get(user=known, type="recovery_codes"))
    used, *left = codes.get_unused_codes()
    assert codes.validate_code(used)
    page = client.get("/accounts/2fa/recovery-codes/", headers={"accept-language": "fr"}).content.decode()
    assert "Il reste 9 codes sur 10." in page
    assert "Chaque code remplace une seule fois votre second facteur" in page
    assert 'href="/accounts/2fa/"' in page
    assert used not in page
    assert all(code in page for code in left)


def test_without_saying_again_who_it_is_nobody_reads_them(client, db):
    client.force_login(a_user())
    assert client.get("/accounts/2fa/recovery-codes/").status_code in (302, 404)
