"""Promoters, users with roles, links and tokens."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator

from moussem.accounts.domain.links import create_link
from moussem.accounts.domain.promoters import create_promoter, grant_role
from moussem.accounts.domain.tokens import create_token
from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Link, Promoter, Token, User
from moussem.core.actor import Actor, task_actor

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
INSTALLATION = task_actor("tests")
OBJECT = UUID("01890000-0000-7000-8000-000000000001")


def a_promoter(slug: str = "cri", name: str = "", *, kind: PromoterKind = PromoterKind.PROMOTER) -> Promoter:
    return create_promoter(slug=slug, name=name or slug.upper(), kind=kind, by=INSTALLATION, at=AT)


def a_user(email: str = "person@test.example", *, second_factor: bool = True, **fields: object) -> User:
    """A user; with a second factor set up, so that a desk opens."""
    user = User.objects.create_user(email, **fields)
    if second_factor:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "", "tests": True})
    return user


def staff(promoter: Promoter, role: str, *, email: str = "", second_factor: bool = True) -> User:
    """A user with one role at the promoter, whose desk opens to `client.force_login`."""
    user = a_user(email or f"{role}@{promoter.slug}.example", second_factor=second_factor, label=role)
    grant_role(user=user, promoter=promoter, role=role, by=INSTALLATION, at=AT)
    return user


def at_work(promoter: Promoter, *roles: str) -> Actor:
    """Somebody who works at the promoter, without a row."""
    return Actor(
        kind="user",
        id="tests",
        label="tests",
        promoter_pk=promoter.pk,
        promoter_key=promoter.key,
        roles=frozenset(roles),
    )


def a_link(promoter: Promoter, *, days: int = 30, at: datetime = AT, **fields: object) -> Link:
    words = {"purpose": "answer", "object_kind": "tests", "person_label": "A guest", "language": "fr", **fields}
    return create_link(
        promoter=promoter, object_key=OBJECT, expires_at=at + timedelta(days=days), by=INSTALLATION, at=at, **words
    )


def a_token(
    promoter: Promoter, user: User, *, days: int = 30, at: datetime = AT, **fields: object
) -> tuple[Token, str]:
    return create_token(
        user=user,
        promoter=promoter,
        expires_at=at + timedelta(days=days),
        by=INSTALLATION,
        at=at,
        **{"name": "tests", "verbs": ["read"], **fields},
    )
