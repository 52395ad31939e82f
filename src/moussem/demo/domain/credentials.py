"""Role accounts of the demonstration, and tokens with which programs act as each role, on this machine only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from moussem.accounts.domain.demonstration import create_role_accounts
from moussem.accounts.domain.promoters import create_promoter
from moussem.accounts.domain.tokens import create_token, revoke_token
from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR, TokenVerb
from moussem.accounts.models import Promoter, RoleGrant, Token, User
from moussem.core.actor import Actor

NAME_OF_TOKENS = "demonstration"
LIFETIME = timedelta(days=30)
NEIGHBOUR = "voisin"


@dataclass(frozen=True, slots=True)
class Credential:
    """One account of the demonstration. `promoter` is "" and `token` None for the installation's administrator, who
    works at no promoter.
    """

    role: str
    promoter: str
    email: str
    token: str | None


def open_accounts(*, promoter: Promoter, by: Actor, at: datetime) -> list[User]:
    """One account per role at `promoter`; those that exist are left as they are. Raises `NotOnLoopback`."""
    return create_role_accounts(promoter=promoter, by=by, at=at)


@transaction.atomic
def issue_credentials(*, commons: Promoter, by: Actor, at: datetime) -> list[Credential]:
    """A fresh token for each role at the commons and at a neighbour, which is founded if it is not there.

    Tokens of an earlier issue are revoked: their secrets are known nowhere. Raises `NotOnLoopback`.
    """
    found: dict[str, Credential] = {}
    for promoter in (commons, _neighbour(by, at)):
        for credential in _credentials(open_accounts(promoter=promoter, by=by, at=at), promoter, by, at):
            found[credential.email] = credential
    return list(found.values())


def _neighbour(by: Actor, at: datetime) -> Promoter:
    """A second promoter without rows of its own, so that the wall between promoters can be tried."""
    known = Promoter.objects.filter(slug=NEIGHBOUR).first()
    return known or create_promoter(slug=NEIGHBOUR, name="Promoteur voisin", by=by, at=at)


def _credentials(users: Iterable[User], promoter: Promoter, by: Actor, at: datetime) -> Iterator[Credential]:
    for user in users:
        if user.is_installation_administrator:
            yield Credential(INSTALLATION_ADMINISTRATOR, "", user.email, None)
            continue
        for old in Token.objects.filter(user=user, promoter=promoter, name=NAME_OF_TOKENS, revoked_at=None):
            revoke_token(token=old, by=by, at=at)
        role = RoleGrant.objects.get(user=user, promoter=promoter, ended_at=None).role
        _, secret = create_token(
            user=user,
            promoter=promoter,
            name=NAME_OF_TOKENS,
            verbs=[TokenVerb.READ, TokenVerb.WRITE],
            expires_at=at + LIFETIME,
            by=by,
            at=at,
        )
        yield Credential(str(role), promoter.slug, user.email, secret)
