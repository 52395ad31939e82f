"""The ledger for those who administer a promoter."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from moussem.audit.domain.queries.entries import chain_state, ledger_page
from moussem.audit.interfaces.filters import LedgerFilter
from moussem.audit.permissions import can_read_ledger
from moussem.core.doors import Audience, door


@door(audience=Audience.STAFF, permission=can_read_ledger)
def ledger(request: HttpRequest, promoter: str) -> HttpResponse:
    """Who did what, newest first; of one object where asked; with the state of the chain."""
    asked = LedgerFilter(request.GET)
    if not asked.is_valid():
        raise Http404
    wanted = asked.cleaned_data
    page = ledger_page(request.actor, object_kind=wanted["kind"], object_id=wanted["object"], before=wanted["before"])
    address = reverse("audit:ledger", args=[promoter])
    same = {name: wanted[name] for name in ("kind", "object") if wanted[name]}
    context = {
        "page": page,
        "state": chain_state(request.actor),
        "asked": asked,
        "address": address,
        "is_narrowed": bool(same),
        "newer_url": f"{address}?{urlencode(same)}" if wanted["before"] else "",
        "older_url": f"{address}?{urlencode({**same, 'before': page.older})}" if page.older else "",
    }
    return render(request, "audit/desk/ledger.html", context)
