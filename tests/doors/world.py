"""Two promoters with everybody who may knock, each at work at the first one, and rows of both."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import ResolverMatch, get_resolver
from django.utils.translation import get_language

from moussem.accounts.domain.promoters import create_promoter
from moussem.accounts.enums import PromoterKind, Role
from moussem.accounts.models import Promoter, User
from moussem.directory.models import Organisation, Representation
from moussem.programmes.models import Application
from tests.doors.rows import NOW, Graph
from tests.factories.accounts import INSTALLATION, a_promoter, a_token, a_user, staff

OWN, OTHER, PLAYGROUND, ELSEWHERE = "alpha", "beta", "gamma", "no-such-promoter"
# Columns of the table, in order. The first thirteen are at the first promoter; `other` administers the second one.
ROLES = (
    "anonymous",
    "guest",
    "operator",
    "rival",
    "applicant",
    "installation",
    *Role.values,
    "other",
    "token",
    "writing_token",
    "event_token",
    "other_token",
)

# Who reads no word of a playground, in which none of them is; a guest's link and the installation's lists are apart.
OUTSIDE_THE_PLAYGROUND = tuple(role for role in ROLES if role not in ("installation", "guest"))


class Knocker(RequestFactory):
    """One who asks: a request goes through every middleware, as with `Client`, and its answer is all that is kept.

    The chain of middleware is built once for everybody, and no page's contexts are copied.
    """

    handler = ClientHandler(enforce_csrf_checks=False)

    def request(self, **environ: Any) -> HttpResponse:
        """The answer; a fault of the product is a 500."""
        return self.handler(self._base_environ(**environ))


@contextmanager
def addresses_kept() -> Iterator[None]:
    """Which view an address leads to is looked up once for everybody who asks at it with any method: it depends on the
    address and the language alone, and going through some three hundred patterns is a seventh of a request.
    """
    resolver = get_resolver()
    look_up = resolver.resolve

    @lru_cache(maxsize=20_000)
    def kept(path: str, language: str) -> ResolverMatch:
        return look_up(path)

    def resolve(path: str) -> ResolverMatch:
        known = kept(str(path), get_language())
        found = object.__new__(ResolverMatch)  # each request its own: what middleware is handed may be changed
        found.__dict__ |= known.__dict__ | {"kwargs": dict(known.kwargs)}
        return found

    resolver.resolve = resolve
    try:
        yield
    finally:
        del resolver.resolve


@dataclass
class World:
    """Promoters, their rows (closed and published), and a way in for each role; `playing`: the published rows of a
    playground, in which none of them is.
    """

    own: Promoter
    other: Promoter
    closed: dict[str, Graph]
    published: dict[str, Graph]
    users: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, Any] = field(default_factory=dict)
    playing: Graph | None = None

    def knocker(self, role: str) -> Knocker:
        """Somebody of this role, logged in where the role logs in, who keeps nothing of earlier answers."""
        headers = {"authorization": f"Bearer {self.tokens[role]}"} if role in self.tokens else {}
        knocker = Knocker(headers=headers)
        if role in self.cookies:
            knocker.cookies["sessionid"] = self.cookies[role]
        return knocker


def build_world() -> World:
    """Build it in the caller's transaction."""
    own, other = a_promoter(OWN, "Alpha"), a_promoter(OTHER, "Beta")
    closed = {p.slug: Graph(p, f"qz{p.slug[0]}", published=False) for p in (own, other)}
    published = {p.slug: Graph(p, f"op{p.slug[0]}", published=True) for p in (own, other)}
    world = World(own, other, closed, published, playing=Graph(_playground(), "pg", published=True))
    for role in Role.values:
        world.users[role] = staff(own, role)
    world.users["other"] = staff(other, Role.PROMOTER_ADMINISTRATOR)
    world.users["installation"] = a_user("installation@tests.example", is_installation_administrator=True)
    world.users["operator"] = _representative(own, closed[OWN].row(Organisation), "operator")
    world.users["rival"] = _representative(own, published[OWN].row(Organisation), "rival")
    world.users["applicant"] = _representative(own, closed[OWN].row(Application).organisation, "applicant")
    event = closed[OWN].promoter.public_id
    lender, stranger = world.users[Role.PROMOTER_ADMINISTRATOR], world.users["other"]
    world.tokens = {
        "token": a_token(own, lender, days=9999)[1],
        "writing_token": a_token(own, lender, days=9999, verbs=["read", "write"])[1],
        "event_token": a_token(own, lender, days=9999, event_key=event)[1],
        "other_token": a_token(other, stranger, days=9999)[1],
    }
    for role, user in world.users.items():
        client = Client()
        client.force_login(user)
        world.cookies[role] = client.cookies["sessionid"].value
    return world


def _playground() -> Promoter:
    return create_promoter(slug=PLAYGROUND, name="Gamma", kind=PromoterKind.PLAYGROUND, by=INSTALLATION, at=NOW)


def _representative(promoter: Promoter, organisation: Organisation, name: str) -> User:
    user = a_user(f"{name}@tests.example", label=name)
    Representation.objects.create(promoter=promoter, user=user, organisation=organisation, since=NOW)
    return user
