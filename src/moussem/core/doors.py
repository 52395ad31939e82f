"""Doors: every view declares who it is for and which permission opens it, or the product does not start.

A predicate takes the actor and answers yes or no. What an actor may see *inside* is never decided here: rows come from
`visible_to(actor)`, and a foreign row is the same 404 as one that does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from moussem.core.actor import Actor

Predicate = Callable[[Actor], bool]
View = Callable[..., HttpResponseBase]


class Audience(StrEnum):
    """Whom a page or an operation is made for."""

    PUBLIC = "public"
    GUEST = "guest"
    OPERATOR = "operator"
    STAFF = "staff"
    ADMINISTRATOR = "administrator"
    API = "api"
    ACCOUNT = "account"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Door:
    """What a view declares: its audience, the predicate that opens it, and the predicate's name for the route table."""

    audience: Audience
    permission: Predicate
    methods: tuple[str, ...] = ("GET", "HEAD")

    @property
    def permission_name(self) -> str:
        """The predicate as `app.name`, as printed by `moussem routes`."""
        app = self.permission.__module__.removeprefix("moussem.").split(".")[0]
        return f"{app}.{self.permission.__name__}"


def anyone(actor: Actor) -> bool:
    """Open to everybody, the public included: what is seen inside is what is published."""
    return True


def signed_in(actor: Actor) -> bool:
    """Open to every user with an account, at whichever promoter."""
    return actor.kind == "user"


READS = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")


def door(*, audience: Audience, permission: Predicate, methods: tuple[str, ...] = READS) -> Callable[[View], View]:
    """Declare a view's door and hold it: the anonymous are sent to the login, others refused get 403, other methods
    405.

    Staff and administrator pages of a promoter where the actor holds no role answer 404, as if they did not exist.
    """
    declared = Door(audience, permission, methods)

    def hold(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if not permission(actor):
                return _refuse(request, declared, actor)
            return view(request, *args, **kwargs)

        opened.door = declared  # type: ignore[attr-defined]
        return opened

    return hold


def _refuse(request: HttpRequest, declared: Door, actor: Actor) -> HttpResponseBase:
    if declared.audience is Audience.API:
        raise PermissionDenied
    if actor.is_anonymous:
        return redirect_to_login(request.get_full_path())
    at_a_promoter = declared.audience in (Audience.STAFF, Audience.ADMINISTRATOR) and "promoter" in _kwargs(request)
    if at_a_promoter and not actor.roles:
        raise Http404
    raise PermissionDenied


def _kwargs(request: HttpRequest) -> dict[str, Any]:
    return request.resolver_match.kwargs if request.resolver_match else {}
