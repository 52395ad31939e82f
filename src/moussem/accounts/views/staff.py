"""Who works at a promoter: its administrator invites, gives roles, ends them, closes accounts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.accounts.domain.promoters import (
    AccountInactive,
    LastAdministrator,
    RoleEnded,
    RoleHeld,
    end_role,
    grant_role,
)
from moussem.accounts.domain.queries.staff import colleagues
from moussem.accounts.domain.users import AlreadyInactive, OwnAccount, WorksElsewhere, deactivate_user, invite_user
from moussem.accounts.interfaces.forms import InviteForm, RoleForm
from moussem.accounts.models import RoleGrant, User
from moussem.accounts.permissions import is_promoter_administrator
from moussem.core.doors import FORM, Audience, door

ADMINISTRATORS = {"audience": Audience.ADMINISTRATOR, "permission": is_promoter_administrator}
POST = ("POST",)


def _colleague(request: HttpRequest, key: UUID) -> User:
    return get_object_or_404(User.objects.visible_to(request.actor), public_id=key)


@door(**ADMINISTRATORS)
def users(request: HttpRequest, promoter: str) -> HttpResponse:
    """Everybody who works or worked here, with their roles."""
    return render(request, "accounts/desk/users.html", {"colleagues": colleagues(request.actor)})


@door(**ADMINISTRATORS, methods=FORM)
def invite(request: HttpRequest, promoter: str) -> HttpResponse:
    """Invite somebody by e-mail, with one role."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = invite_user(**form.cleaned_data, promoter=request.promoter, by=request.actor, at=timezone.now())
        except RoleHeld:
            form.add_error("role", _("This person holds this role already. Choose another role."))
        except AccountInactive:
            form.add_error("email", _("This account was closed. Use another address."))
        else:
            messages.success(request, _("%(person)s was invited.") % {"person": user})
            return redirect("users-list", promoter=promoter)
    context = {
        "form": form,
        "title": _("Invite a colleague"),
        "lead": _("The person receives an address where they choose a password."),
        "submit_label": _("Invite"),
    }
    return render(request, "core/form.html", context)


@door(**ADMINISTRATORS)
def user(request: HttpRequest, promoter: str, user: UUID) -> HttpResponse:
    """One colleague: roles, and what can be changed."""
    found = _colleague(request, user)
    held = RoleGrant.objects.visible_to(request.actor).filter(user=found).order_by("ended_at", "granted_at")
    return render(request, "accounts/desk/user.html", {"colleague": found, "grants": held, "form": RoleForm()})


@door(**ADMINISTRATORS, methods=POST)
def grant(request: HttpRequest, promoter: str, user: UUID) -> HttpResponse:
    """Give a colleague one more role."""
    found = _colleague(request, user)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            grant_role(user=found, promoter=request.promoter, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except RoleHeld:
            messages.error(request, _("This person holds this role already. Choose another role."))
        except AccountInactive:
            messages.error(request, _("This account was closed: it can be given no role."))
    else:
        messages.error(request, _("Choose one of the roles of the list."))
    return redirect("users-user", promoter=promoter, user=user)


@door(**ADMINISTRATORS, methods=POST)
def end(request: HttpRequest, promoter: str, grant: UUID) -> HttpResponse:
    """End one role of a colleague."""
    found = get_object_or_404(
        RoleGrant.objects.visible_to(request.actor).select_related("user", "promoter"), public_id=grant
    )
    try:
        end_role(grant=found, by=request.actor, at=timezone.now())
    except LastAdministrator:
        messages.error(request, _("You are the last administrator here. Name another one first."))
    except RoleEnded:
        messages.error(request, _("This role ended already."))
    return redirect("users-user", promoter=promoter, user=found.user.public_id)


@door(**ADMINISTRATORS, methods=POST)
def deactivate(request: HttpRequest, promoter: str, user: UUID) -> HttpResponse:
    """Close a colleague's account, with its sessions and tokens."""
    found = _colleague(request, user)
    try:
        deactivate_user(user=found, promoter=request.promoter, by=request.actor, at=timezone.now())
    except OwnAccount:
        messages.error(request, _("You cannot close your own account. Ask another administrator."))
    except WorksElsewhere:
        messages.error(request, _("This account is not yours alone. End its roles here instead."))
    except AlreadyInactive:
        messages.error(request, _("This account was closed before."))
    else:
        messages.success(request, _("The account of %(person)s is closed.") % {"person": found})
    return redirect("users-user", promoter=promoter, user=user)
