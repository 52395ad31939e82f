"""Bearer tokens for the API: shown once, revoked at once."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from moussem.accounts.domain.refusals import require
from moussem.accounts.enums import TokenVerb
from moussem.accounts.models import Promoter, RoleGrant, Token, User
from moussem.accounts.permissions import can_give_tokens
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor

PREFIX = "mou_"
SECRET_BYTES = 32


class NoRoleHere(Exception):
    """A token lends its owner's roles at a promoter, and the owner holds none there."""


class TokenRevoked(Exception):
    """The token was revoked before."""


def token_digest(secret: str) -> str:
    """What is kept of a token's secret: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_token(
    *,
    user: User,
    promoter: Promoter,
    name: str,
    verbs: Sequence[str],
    expires_at: datetime,
    by: Actor,
    at: datetime,
    event_key: UUID | None = None,
) -> tuple[Token, str]:
    """A token with which a program acts as `user` at `promoter`, and its secret, which is never shown again.

    `event_key` limits it to one event. Raises `NoRoleHere`.
    """
    require(can_give_tokens(by, promoter.pk), "create a token")
    if not RoleGrant.objects.filter(user=user, promoter=promoter, ended_at=None).exists():
        raise NoRoleHere(user.public_id)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = Token.objects.create(
        promoter=promoter,
        user=user,
        name=name,
        digest=token_digest(secret),
        hint=secret[:12],
        verbs=sorted({str(TokenVerb(verb)) for verb in verbs}),
        event_key=event_key,
        expires_at=expires_at,
    )
    _tell(token, "create_token", by, at)
    return token, secret


def create_own_token(
    *,
    promoter: Promoter,
    name: str,
    verbs: Sequence[str],
    expires_at: datetime,
    by: Actor,
    at: datetime,
    event_key: UUID | None = None,
) -> tuple[Token, str]:
    """A token for the acting user; otherwise as `create_token`."""
    owner = User.objects.get(public_id=by.id)
    return create_token(
        user=owner,
        promoter=promoter,
        name=name,
        verbs=verbs,
        expires_at=expires_at,
        by=by,
        at=at,
        event_key=event_key,
    )


@transaction.atomic
def revoke_token(*, token: Token, by: Actor, at: datetime) -> None:
    """Take a token back: the next request with it is refused. Raises `TokenRevoked`."""
    require(can_give_tokens(by, token.promoter_id), "revoke a token")
    close_token(token=token, by=by, at=at)


def close_token(*, token: Token, by: Actor, at: datetime) -> None:
    """Close a token inside the caller's transaction, whoever asked; raises `TokenRevoked`."""
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        raise TokenRevoked(token.public_id)
    token.revoked_at = at
    _tell(token, "revoke_token", by, at)


def _tell(token: Token, verb: str, by: Actor, at: datetime) -> None:
    write_entry(
        by=by,
        at=at,
        verb=verb,
        object_kind="token",
        object_id=token.public_id,
        object_label=token.name,
        promoter_key=token.promoter.key,
        after={
            "hint": token.hint,
            "verbs": token.verbs,
            "event": token.event_key,
            "expires_at": token.expires_at,
            "revoked_at": token.revoked_at,
        },
    )
