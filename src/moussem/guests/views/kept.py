"""What is kept about a guest and why, as they read it by their personal link; and their objection."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moussem.accounts.models import Link
from moussem.core.doors import Audience, anyone, door
from moussem.core.submissions import once
from moussem.guests.domain.objections import object_to_list
from moussem.guests.domain.queries.kept import kept_by_link
from moussem.guests.interfaces.criteria_forms import ObjectionForm
from moussem.guests.interfaces.entering import enter_as_guest
from moussem.guests.interfaces.reasons import reasons_of


@door(audience=Audience.GUEST, permission=anyone)
@never_cache
def kept(request: HttpRequest, address: str) -> HttpResponse:
    """Everything that is kept about the guest for this gathering, with the reasons in words."""
    return _shown(request, enter_as_guest(request, address), address, ObjectionForm())


def _shown(request: HttpRequest, link: Link, address: str, form: ObjectionForm) -> HttpResponse:
    found = kept_by_link(request.actor, link)
    if found is None:
        raise Http404
    context = {
        "link": link, "address": address, "kept": found, "target": found.target, "event": found.target.event,
        "reasons": reasons_of(found.standing), "form": form,
    }  # fmt: skip
    return render(request, "guests/guest/kept.html", context, status=422 if form.is_bound else 200)


@door(audience=Audience.GUEST, permission=anyone, methods=("POST",))
@never_cache
def objects(request: HttpRequest, address: str) -> HttpResponse:
    """Take the guest off the promoter's lists, for good unless they say otherwise."""
    return _objected(request, enter_as_guest(request, address), address)


@once
def _objected(request: HttpRequest, link: Link, address: str) -> HttpResponse:
    found = kept_by_link(request.actor, link)
    if found is None:
        raise Http404
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _shown(request, link, address, form)
    words = form.cleaned_data["words"]
    object_to_list(by=request.actor, at=timezone.now(), target=found.target, words=words)
    messages.success(request, _("You are off our lists. What was judged about you is erased."))
    return redirect("guests:kept", address=address)
