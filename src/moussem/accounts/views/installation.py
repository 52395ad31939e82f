"""The installation: its promoters and accounts; no promoter's rows are seen from here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.accounts.domain.promoters import AccountInactive, SlugTaken
from moussem.accounts.domain.users import AlreadyInactive, OwnAccount, deactivate_user, found_promoter
from moussem.accounts.interfaces.forms import PromoterForm
from moussem.accounts.models import Promoter, User
from moussem.accounts.permissions import is_installation_administrator
from moussem.core.doors import FORM, Audience, door


@door(audience=Audience.ADMINISTRATOR, permission=is_installation_administrator)
def installation(request: HttpRequest) -> HttpResponse:
    """Every promoter and every account."""
    context = {
        "promoters": Promoter.objects.visible_to(request.actor).order_by("name"),
        "accounts": User.objects.visible_to(request.actor).order_by("label", "email"),
    }
    return render(request, "accounts/desk/installation.html", context)


@door(audience=Audience.ADMINISTRATOR, permission=is_installation_administrator, methods=FORM)
def found(request: HttpRequest) -> HttpResponse:
    """Found a promoter with its first administrator."""
    form = PromoterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            promoter = found_promoter(**form.cleaned_data, by=request.actor, at=timezone.now())
        except SlugTaken:
            form.add_error("slug", _("Another promoter has this short name. Choose another one."))
        except AccountInactive:
            form.add_error("administrator_email", _("This account was closed. Use another address."))
        else:
            messages.success(request, _("%(promoter)s was founded.") % {"promoter": promoter})
            return redirect("installation")
    context = {"form": form, "title": _("New promoter"), "submit_label": _("Found the promoter")}
    return render(request, "core/form.html", context)


@door(audience=Audience.ADMINISTRATOR, permission=is_installation_administrator, methods=("POST",))
def deactivate(request: HttpRequest, user: UUID) -> HttpResponse:
    """Close an account wherever it works."""
    account = get_object_or_404(User.objects.visible_to(request.actor), public_id=user)
    try:
        deactivate_user(user=account, by=request.actor, at=timezone.now())
    except OwnAccount:
        messages.error(request, _("You cannot close your own account. Ask another administrator."))
    except AlreadyInactive:
        messages.error(request, _("This account was closed before."))
    else:
        messages.success(request, _("The account of %(person)s is closed.") % {"person": account})
    return redirect("installation")
