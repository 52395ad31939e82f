"""Tokens lend a user's roles, for a time, until taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from moussem.accounts.domain.promoters import end_role
from moussem.accounts.domain.queries.actors import actor_of_token
from moussem.accounts.domain.refusals import NotAllowed
from moussem.accounts.domain.tokens import NoRoleHere, TokenRevoked, create_token, revoke_token
from moussem.accounts.domain.users import deactivate_user
from moussem.accounts.models import RoleGrant, Token, User
from moussem.audit.models import Payload
from moussem.directory.models import Person
from tests.factories.accounts import AT, INSTALLATION, a_promoter, a_token, a_user, at_work, staff

pytestmark = pytest.mark.django_db


def test_a_token_is_its_owners_roles_at_one_promoter():
    promoter = a_promoter()
    _token, secret = a_token(promoter, staff(promoter, "organiser"))
    actor = actor_of_token(secret, at=AT)
    assert (actor.kind, actor.promoter_pk, actor.roles) == ("token", promoter.pk, frozenset({"organiser"}))
    assert actor.verbs == frozenset({"read"})


def test_only_a_digest_of_the_secret_is_kept():
    promoter = a_promoter()
    _token, secret = a_token(promoter, staff(promoter, "organiser"))
    assert len(secret) >= 4 + 128 // 6
    kept = [str(value) for row in (*Token.objects.values(), *Payload.objects.values()) for value in row.values()]
    assert not any(secret in value for value in kept)


def test_a_token_ends_at_its_end_excluded():
    promoter = a_promoter()
    token, secret = a_token(promoter, staff(promoter, "organiser"))
    assert actor_of_token(secret, at=token.expires_at - timedelta(seconds=1))
    assert actor_of_token(secret, at=token.expires_at) is None


@pytest.mark.parametrize("secret", ["", "mou_", "mou_" + "a" * 43])
def test_an_unknown_token_is_nobody(secret):
    assert actor_of_token(secret, at=AT) is None


def test_revoking_ending_the_role_and_closing_the_account_each_stop_a_token_at_once():
    promoter = a_promoter()
    first, second, third = (staff(promoter, role) for role in ("organiser", "observer", "juror"))
    tokens = [a_token(promoter, user) for user in (first, second, third)]
    revoke_token(token=tokens[0][0], by=INSTALLATION, at=AT)
    end_role(grant=RoleGrant.objects.get(user=second), by=INSTALLATION, at=AT)
    deactivate_user(user=third, by=INSTALLATION, at=AT)
    assert [actor_of_token(secret, at=AT) for _token, secret in tokens] == [None, None, None]
    with pytest.raises(TokenRevoked):
        revoke_token(token=tokens[0][0], by=INSTALLATION, at=AT)


def test_a_closed_promoters_tokens_are_dead():
    promoter = a_promoter()
    _token, secret = a_token(promoter, staff(promoter, "organiser"))
    promoter.closed_at = AT
    promoter.save()
    assert actor_of_token(secret, at=AT) is None


def test_who_works_nowhere_gets_no_token_and_a_token_makes_no_token():
    promoter = a_promoter()
    with pytest.raises(NoRoleHere):
        a_token(promoter, a_user())
    user = staff(promoter, "promoter_administrator")
    _token, secret = a_token(promoter, user)
    with pytest.raises(NotAllowed):
        create_token(
            user=user,
            promoter=promoter,
            name="child",
            verbs=["read"],
            expires_at=AT,
            by=actor_of_token(secret, at=AT),
            at=AT,
        )


def test_another_promoters_administrator_takes_no_token_back():
    promoter = a_promoter()
    token, _secret = a_token(promoter, staff(promoter, "organiser"))
    with pytest.raises(NotAllowed):
        revoke_token(token=token, by=at_work(a_promoter("other"), "promoter_administrator"), at=AT)


def test_a_token_for_one_event_sees_nothing_of_the_promoter_beside_what_is_published():
    promoter = a_promoter()
    user = staff(promoter, "promoter_administrator")
    _token, secret = a_token(promoter, user, event_key=uuid4())
    _other, unlimited = a_token(promoter, user)
    limited = actor_of_token(secret, at=AT)
    assert not RoleGrant.objects.visible_to(limited).exists()
    assert not User.objects.visible_to(limited).exists()
    assert not Person.objects.visible_to(limited).exists()
    assert RoleGrant.objects.visible_to(actor_of_token(unlimited, at=AT)).exists()
