"""Tokens for the API: a promoter's administrator makes and revokes them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moussem.accounts.domain.tokens import NoRoleHere, TokenRevoked, create_own_token, revoke_token
from moussem.accounts.interfaces.forms import TokenForm
from moussem.accounts.models import Token
from moussem.accounts.permissions import is_promoter_administrator
from moussem.core.doors import FORM, Audience, door


@door(audience=Audience.ADMINISTRATOR, permission=is_promoter_administrator, methods=FORM)
@never_cache
def tokens(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's tokens; a new one is shown once, on the answer to the form, and never again."""
    form = TokenForm(request.POST or None)
    at = timezone.now()
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = create_own_token(promoter=request.promoter, by=request.actor, at=at, **form.terms(at))
        except NoRoleHere:
            form.add_error(None, _("A token lends your roles here, and you hold none."))
        else:
            form = TokenForm()
    held = Token.objects.visible_to(request.actor).select_related("user").order_by("-pk")
    lines = [{"token": token, "stands": token.stands(at)} for token in held]
    return render(request, "accounts/desk/tokens.html", {"form": form, "lines": lines, "secret": secret})


@door(audience=Audience.ADMINISTRATOR, permission=is_promoter_administrator, methods=("POST",))
def revoke(request: HttpRequest, promoter: str, token: UUID) -> HttpResponse:
    """Take a token back at once."""
    found = get_object_or_404(Token.objects.visible_to(request.actor).select_related("promoter"), public_id=token)
    try:
        revoke_token(token=found, by=request.actor, at=timezone.now())
    except TokenRevoked:
        messages.error(request, _("This token was revoked before."))
    else:
        messages.success(request, _("The token “%(name)s” is revoked.") % {"name": found.name})
    return redirect("tokens-list", promoter=promoter)
