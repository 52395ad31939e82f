"""One's own account: language, password, second factor, sessions, and where one works."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from moussem.accounts.domain.queries.staff import promoters_of
from moussem.accounts.domain.users import choose_language
from moussem.accounts.interfaces.forms import LanguageForm
from moussem.core.doors import Audience, door, signed_in


@door(audience=Audience.ACCOUNT, permission=signed_in)
def account(request: HttpRequest) -> HttpResponse:
    """The account's page."""
    form = LanguageForm(initial={"language": request.user.language or request.LANGUAGE_CODE})
    return render(request, "accounts/public/account.html", {"form": form, "promoters": promoters_of(request.user)})


@door(audience=Audience.ACCOUNT, permission=signed_in, methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the interface, kept with the account and on this device."""
    form = LanguageForm(request.POST)
    response = redirect("account")
    if not form.is_valid():
        messages.error(request, _("Choose one of the languages of the list."))
        return response
    chosen = form.cleaned_data["language"]
    choose_language(user=request.user, language=chosen, by=request.actor, at=timezone.now())
    with override(chosen):
        messages.success(request, _("The interface speaks your language now."))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response
