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
from django.db.models import Exists, OuterRef, QuerySet

from moussem.accounts.domain.tokens import token_digest
from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR
from moussem.accounts.models import Link, Promoter, RoleGrant, Token, User
from moussem.core.actor import Actor, Represented
from moussem.core.asking import question, read


def actor_of_user(
    user: User,
    promoter: Promoter | None,
    *,
    roles: frozenset[str] | None = None,
    represented: Represented | None = None,
    worked_at: frozenset[int] | None = None,
) -> Actor:
    """The actor that `user` is at `promoter` (None: outside any desk), with the roles held there and whom it
    represents. What was read already is given: `roles`, `represented`, and the promoters `worked_at`.
    """
    represented = _represented(user) if represented is None else represented
    if roles is None and promoter is not None:
        roles = _roles(user, promoter)
    elif roles is None:
        roles = frozenset({INSTALLATION_ADMINISTRATOR} if user.is_installation_administrator else ())
    if worked_at is None:
        worked_at = _worked_at(user) if promoter is None else frozenset()
    return Actor(
        kind="user",
        id=str(user.public_id),
        label=str(user),
        promoter_pk=promoter.pk if promoter else None,
        promoter_key=promoter.key if promoter else "",
        roles=roles,
        organisation_pks=represented.organisation_pks,
        promoter_slug=promoter.slug if promoter and roles else "",
        at_pks=represented.promoter_pks | worked_at,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What one query tells of the user of a session: the row itself, the roles held now (each with its promoter, closed
    ones too), whom the user represents, and whether there is a second factor.
    """

    user: User
    grants: tuple[RoleGrant, ...]
    represented: Represented
    has_second_factor: bool

    def at_desk(self, slug: str) -> tuple[Promoter | None, Actor]:
        """The promoter of a desk's address and who the user is there. None: the user holds no role there, or there is
        no such desk; the actor then has none, wherever else it holds some.
        """
        held = [grant for grant in self.grants if grant.promoter.slug == slug and grant.promoter.closed_at is None]
        promoter = held[0].promoter if held else None
        roles = frozenset(grant.role for grant in held)
        worked_at = frozenset() if promoter else self.worked_at
        actor = actor_of_user(self.user, promoter, roles=roles, represented=self.represented, worked_at=worked_at)
        return promoter, actor

    def elsewhere(self) -> Actor:
        """Who the user is outside any desk."""
        return actor_of_user(self.user, None, represented=self.represented, worked_at=self.worked_at)

    @property
    def worked_at(self) -> frozenset[int]:
        """The inner keys of the promoters where the user holds a role."""
        return frozenset(grant.promoter_id for grant in self.grants)


def standing_of(key: int) -> Standing | None:
    """How the user of a session (with this inner key) stands now, by one query, written once for everybody; None where
    there is no such user. Whether the session is still that user's is not asked here.
    """
    resolver = _resolver()
    asked = [_user_row((key,)), _grants_now((key,))]
    users, grants, *represented = read([*asked, resolver.represented_rows((key,))] if resolver else asked)
    if not users:
        return None
    acts_for = resolver.represented_in(*represented) if resolver else Represented()
    return Standing(users[0], tuple(grants), acts_for, users[0].has_second_factor)


@question
def _user_row(keys: Sequence[int]) -> "QuerySet[User]":
    second_factor = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    return User.objects.filter(pk__in=keys).annotate(has_second_factor=second_factor)


@question
def _grants_now(keys: Sequence[int]) -> "QuerySet[RoleGrant]":
    return RoleGrant.objects.filter(user__in=keys, ended_at=None).select_related("promoter").order_by("pk")


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
