"""Who is asking: every request gets its actor before any view runs."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from moussem.accounts.domain.links import LinkClosed, LinkExpired, LinkReplaced, LinkUnknown
from moussem.accounts.domain.queries.actors import at_hand, standing_of
from moussem.accounts.domain.visits import KnockedTooOften
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import User
from moussem.core.actor import ANONYMOUS
from moussem.core.clients import speak
from moussem.core.doors import Audience

GUESTS_REFERRER_POLICY = "strict-origin"


class ActorMiddleware:
    """Sets `request.actor` from the session's user, and `request.promoter` where the user holds a role at the desk of
    the address.

    Links and tokens set their own actor in the views that take them. A promoter that does not exist, or where the
    user holds no role, is None and gives an actor without roles: the door then answers 404.
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
        """Resolve the actor once the address is known, since the promoter is part of it.

        A method that the address does not take is refused by its door whoever asks: nobody is looked up for it.
        """
        declared = getattr(view, "door", None)
        if declared and request.method not in declared.methods:
            return
        key = request.session.get(SESSION_KEY)
        standing = standing_of(User._meta.pk.to_python(key)) if key else None
        with at_hand(standing.user if standing else None):
            if standing is None or not request.user.is_authenticated:
                return
        request.has_second_factor = standing.has_second_factor
        if "promoter" in kwargs:
            request.promoter, request.actor = standing.at_desk(kwargs["promoter"])
        else:
            request.actor = standing.elsewhere()


class GuestAddressMiddleware:
    """Keeps the address of a guest's page, which is what opens it, out of every `Referer`: other pages of this house
    included.

    Not `no-referrer`: with it a browser sends `Origin: null` on the page's own forms, which the check against forged
    posts refuses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a refusal at a guest's address is held as its page is."""
        response = self.get_response(request)
        declared = getattr(request.resolver_match.func, "door", None) if request.resolver_match else None
        if declared and declared.audience is Audience.GUEST:
            response["Referrer-Policy"] = GUESTS_REFERRER_POLICY
        return response


class SecondFactorMiddleware:
    """Sends whoever holds a role to set up a second factor before anything else.

    The setting `SECOND_FACTOR_FORCED` is off in the demonstration only. It asks where roles count: on desks and on the
    installation's pages. Elsewhere a role brings no right.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Let through, or send to the page of second factors."""
        forced = settings.SECOND_FACTOR_FORCED and request.actor.kind == "user" and bool(request.actor.roles)
        if not forced or request.has_second_factor:
            return None
        messages.warning(request, _("Your role asks for a second factor. Set one up to go on."))
        return redirect("mfa_index")


class LinkMiddleware:
    """Answers a link that opens nothing, whichever room's page or form it was used for: 404 where it is unknown, 410
    with the reason in the guest's language where it is closed, 429 where too many were tried.
    """

    why = {LinkExpired: "expired", LinkReplaced: "replaced"}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        """The sentence for a refused link; None for anything else."""
        if isinstance(refusal, KnockedTooOften):
            return render(request, "accounts/guest/too_many.html", status=429)
        if isinstance(refusal, LinkUnknown):
            raise Http404 from None
        if not isinstance(refusal, LinkClosed):
            return None
        speak(request, refusal.link.language, to_guest=refusal.link.purpose == LinkPurpose.ANSWER)
        context = {"link": refusal.link, "why": self.why.get(type(refusal), "revoked")}
        return render(request, "accounts/guest/closed.html", context, status=410)
