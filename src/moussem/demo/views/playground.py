"""Entering the playground, changing places in it, beginning it anew: on this machine only, each by one button."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from moussem.accounts.domain.demonstration import NotOnLoopback
from moussem.accounts.permissions import is_staff
from moussem.core.clients import came_from_this_machine
from moussem.core.doors import Audience, anyone, door
from moussem.demo.domain.playgrounds import (
    SLUG,
    TEAM,
    NoPlayground,
    begin_anew,
    member_of_playground,
    open_playground,
)
from moussem.demo.domain.purging import NotAPlayground


@door(audience=Audience.ACCOUNT, permission=anyone, methods=("POST",))
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Open the playground if it is not, and enter it as its team."""
    _on_this_machine(request)
    try:
        open_playground(at=timezone.now())
    except NotOnLoopback:
        raise Http404 from None
    return _become(request, TEAM, "")


@door(audience=Audience.STAFF, permission=is_staff, methods=("POST",))
@never_cache
def become(request: HttpRequest, promoter: str) -> HttpResponse:
    """Go on as another account of the playground, on the same page."""
    _on_this_machine(request)
    if promoter != SLUG:
        raise Http404
    return _become(request, request.POST.get("account", ""), request.POST.get("next", ""))


@door(audience=Audience.STAFF, permission=is_staff, methods=("POST",))
@never_cache
def anew(request: HttpRequest, promoter: str) -> HttpResponse:
    """Begin the playground anew: everything done in it is gone, its examples are back."""
    _on_this_machine(request)
    try:
        begin_anew(promoter=request.promoter, by=request.actor, at=timezone.now())
    except (NotAPlayground, NotOnLoopback):
        raise Http404 from None
    return redirect("desk:today", promoter=SLUG)


def _on_this_machine(request: HttpRequest) -> None:
    if not came_from_this_machine(request):
        raise Http404


def _become(request: HttpRequest, name: str, then: str) -> HttpResponse:
    try:
        user = member_of_playground(name)
    except NoPlayground:
        raise Http404 from None
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    if then.startswith(f"/p/{SLUG}/") and url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        return redirect(then)
    return redirect("desk:today", promoter=SLUG)
