"""What everybody may read of programmes: rules in words with their source, open calls, and what-if."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from moussem.core.doors import Audience, anyone, door
from moussem.programmes.domain.queries import pages
from moussem.programmes.enums import ProgrammeKind
from moussem.programmes.interfaces.facts import try_rules
from moussem.programmes.models import Call, Programme
from moussem.programmes.permissions import can_apply

LONGEST = 200


@door(audience=Audience.PUBLIC, permission=anyone)
def programmes(request: HttpRequest) -> HttpResponse:
    """Published programmes."""
    kind, after = (request.GET.get(name, "")[:LONGEST] for name in ("kind", "after"))
    page = pages.programmes(request.actor, kind=kind, after=after)
    calls = pages.open_calls(request.actor, at=timezone.now()) if page.is_first and not kind else []
    context = {"page": page, "kind": kind, "kinds": ProgrammeKind.choices, "calls": calls}
    return render(request, "programmes/public/programmes.html", context)


@door(audience=Audience.PUBLIC, permission=anyone)
def programme(request: HttpRequest, programme: uuid.UUID) -> HttpResponse:
    """One programme: giver, rules in words, envelope, calls, awards, and what its rules say of figures."""
    rows = Programme.objects.visible_to(request.actor).select_related("subject", "giver", "place", "event")
    row = get_object_or_404(rows, public_id=programme)
    page = pages.programme_page(request.actor, row, at=timezone.now())
    return render(request, "programmes/public/programme.html", {"page": page, **try_rules(request.GET, page.tried)})


@door(audience=Audience.PUBLIC, permission=anyone)
def call(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """One call: when it is open, under which rules, and what they say of figures."""
    rows = Call.objects.visible_to(request.actor).select_related("programme", "rule_set")
    row = get_object_or_404(rows, public_id=call)
    page = pages.call_page(request.actor, row, at=timezone.now())
    context = {"page": page, "may_apply": can_apply(request.actor), **try_rules(request.GET, row.rule_set)}
    return render(request, "programmes/public/call.html", context)
