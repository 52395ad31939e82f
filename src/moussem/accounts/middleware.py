"""Who is asking: every request gets its actor before any view runs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.models import Promoter
from moussem.core.actor import ANONYMOUS


class ActorMiddleware:
    """Sets `request.actor` from the session's user, and `request.promoter` from the address of a desk page.

    Links and tokens set their own actor in the views that take them. A promoter that does not exist, or where the
    user holds
    no role, gives an actor without roles: the door then answers 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as its actor."""
        request.actor = ANONYMOUS
        request.promoter = None
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Resolve the actor once the address is known, since the promoter is part of it."""
        if "promoter" in kwargs:
            request.promoter = Promoter.objects.filter(slug=kwargs["promoter"], closed_at=None).first()
        if request.user.is_authenticated:
            request.actor = actor_of_user(request.user, request.promoter)
