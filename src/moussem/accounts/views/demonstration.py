"""The demonstration's log-in: one button per role and no password, on this machine only."""

from uuid import UUID

from allauth.account.signals import user_logged_in
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from moussem.accounts.domain.demonstration import NoRoleAccount, NotOnLoopback, refuse_elsewhere, role_account
from moussem.accounts.interfaces.landing import landing_of
from moussem.core.clients import came_from_this_machine
from moussem.core.doors import FORM, Audience, anyone, door


@door(audience=Audience.ACCOUNT, permission=anyone, methods=FORM)
@never_cache
def demonstration(request: HttpRequest) -> HttpResponse:
    """Show the buttons, or log in as the account of one; outside the demonstration this page does not exist."""
    try:
        if not came_from_this_machine(request):
            raise Http404
        if request.method != "POST":
            refuse_elsewhere()
            return render(request, "accounts/public/demonstration.html")
        user = role_account(key=UUID(request.POST.get("account", "")))
    except (NotOnLoopback, NoRoleAccount, ValueError):
        raise Http404 from None
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    user_logged_in.send(sender=type(user), request=request, user=user)  # so that the session is listed with the others
    response = redirect(landing_of(user))
    if user.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    return response
