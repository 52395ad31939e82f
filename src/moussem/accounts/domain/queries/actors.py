"""From a user, a token or a link to the actor it is in this request."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Value

from moussem.accounts.domain.tokens import token_digest
from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR
from moussem.accounts.models import Link, Promoter, RoleGrant, Token, User
from moussem.core.actor import Actor, Represented


def actor_of_user(
    user: User, promoter: Promoter | None, *, roles: frozenset[str] | None = None, may_represent: bool = True
) -> Actor:
    """The actor that `user` is at `promoter` (None: outside any desk), with the roles held there and whom it
    represents. `roles` and `may_represent` are given where they were read already.
    """
    represented = _represented(user) if may_represent else Represented()
    if roles is None and promoter is not None:
        roles = _roles(user, promoter)
    elif roles is None:
        roles = frozenset({INSTALLATION_ADMINISTRATOR} if user.is_installation_administrator else ())
    return Actor(
        kind="user",
        id=str(user.public_id),
        label=str(user),
        promoter_pk=promoter.pk if promoter else None,
        promoter_key=promoter.key if promoter else "",
        roles=roles,
        organisation_pks=represented.organisation_pks,
        promoter_slug=promoter.slug if promoter and roles else "",
        at_pks=represented.promoter_pks | (_worked_at(user) if promoter is None else frozenset()),
    )


@dataclass(frozen=True, slots=True)
class AtDesk:
    """Who a user is at the desk of an address. `promoter` None: the user holds no role there, or there is no such desk;
    the actor then has none, wherever else it holds some.
    """

    promoter: Promoter | None
    actor: Actor
    has_second_factor: bool = False


def grants_at(user_key: str, slug: str) -> list[RoleGrant]:
    """The roles that the user of a session (its inner key) holds at the desk of an address; none where there is no
    such desk. Their promoter, their user, `has_second_factor` and `represents` come with them: one query.
    """
    grants = RoleGrant.objects.filter(user=user_key, promoter__slug=slug, promoter__closed_at=None, ended_at=None)
    resolver = _resolver()
    return list(
        grants.select_related("promoter", "user").annotate(
            has_second_factor=Exists(Authenticator.objects.filter(user=OuterRef("user"))),
            represents=Exists(resolver.representations_of(OuterRef("user"))) if resolver else Value(False),
        )
    )


def at_desk(user: User, held: Sequence[RoleGrant]) -> AtDesk:
    """The desk at an address as `user`, who holds these roles there (`grants_at`), finds it."""
    promoter = held[0].promoter if held else None
    may_represent = held[0].represents if held else True
    roles = frozenset(grant.role for grant in held)
    actor = actor_of_user(user, promoter, roles=roles, may_represent=may_represent)
    return AtDesk(promoter, actor, bool(held) and held[0].has_second_factor)


_at_hand: ContextVar[User | None] = ContextVar("user_at_hand", default=None)


@contextmanager
def at_hand(user: User | None) -> Iterator[None]:
    """While the block runs, who asks for this user's row is given this one, just read, instead of reading it again."""
    before = _at_hand.set(user)
    try:
        yield
    finally:
        _at_hand.reset(before)


def user_at_hand(key: int) -> User | None:
    """The row of the user with this inner key, where it is at hand (see `at_hand`)."""
    user = _at_hand.get()
    return user if user is not None and user.pk == key else None


def actor_of_token(secret: str, *, at: datetime) -> Actor | None:
    """The actor that a Bearer token is at this time: its owner's present roles at the token's promoter, no more.

    None for a token that is unknown, expired or revoked, whose owner is deactivated or works there no more, and for a
    promoter that closed.
    """
    found = Token.objects.select_related("user", "promoter").filter(digest=token_digest(secret)).first()
    if found is None or not found.stands(at) or not found.user.is_active or found.promoter.closed_at is not None:
        return None
    roles = _roles(found.user, found.promoter)
    if not roles:
        return None
    return Actor(
        kind="token",
        id=str(found.public_id),
        label=f"{found.user} ({found.name})",
        promoter_pk=found.promoter.pk,
        promoter_key=found.promoter.key,
        roles=roles,
        purpose="api",
        event_key=str(found.event_key) if found.event_key else "",
        verbs=frozenset(found.verbs),
    )


def actor_of_link(link: Link) -> Actor:
    """The actor that the person with a link is: no role, one purpose."""
    return Actor(
        kind="link",
        id=str(link.public_id),
        label=link.person_label,
        promoter_pk=link.promoter_id,
        promoter_key=link.promoter.key,
        purpose=link.purpose,
    )


def _roles(user: User, promoter: Promoter) -> frozenset[str]:
    held = RoleGrant.objects.filter(user=user, promoter=promoter, ended_at=None)
    return frozenset(held.values_list("role", flat=True))


def _worked_at(user: User) -> frozenset[int]:
    """The promoters at which the user holds a role."""
    return frozenset(RoleGrant.objects.filter(user=user, ended_at=None).values_list("promoter_id", flat=True))


def _represented(user: User) -> Represented:
    resolver = _resolver()
    return resolver.represented_by(user) if resolver else Represented()


def _resolver() -> Any:
    """The module of a higher app that knows who represents whom; None where the installation has none."""
    name = getattr(settings, "REPRESENTATION_RESOLVER", "")
    return import_module(name) if name else None
