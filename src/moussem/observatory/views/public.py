"""What everybody reads of the observatory: the first page, parks compared, indicators, and the dossier of a place."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from moussem.core.doors import Audience, anyone, door
from moussem.engines.values.promises import Status
from moussem.observatory.domain.queries import front as fronts
from moussem.observatory.domain.queries.dossier import dossier_of, subjects_seen
from moussem.observatory.domain.queries.indicators import indicators as indicators_listed
from moussem.observatory.domain.queries.stretches import Cursors

LISTS = ("promises", "plans", "counted")
"""The lists of a large dossier, as the address names where each begins."""
LONGEST = 60


@door(audience=Audience.PUBLIC, permission=anyone)
def front(request: HttpRequest) -> HttpResponse:
    """What moussem is, where one place stands, the texts behind it, and the parks."""
    seen = fronts.front(request.actor, place=settings.FRONT_PLACE, as_of=timezone.localdate())
    return render(request, "observatory/public/front.html", {"front": seen, "dossier": seen.dossier})


@door(audience=Audience.PUBLIC, permission=anyone)
def observatory(request: HttpRequest) -> HttpResponse:
    """Parks announced against later reported, contradictions, and every dossier."""
    return render(request, "observatory/public/observatory.html", {"seen": fronts.observatory()})


@door(audience=Audience.PUBLIC, permission=anyone)
def indicators(request: HttpRequest) -> HttpResponse:
    """The figures of whole countries, each with its perimeter, period, kind and source."""
    seen = indicators_listed(request.GET.get("measure", "")[:40])
    return render(request, "observatory/public/indicators.html", {"seen": seen})


@door(audience=Audience.PUBLIC, permission=anyone)
def dossier(request: HttpRequest, subject: UUID) -> HttpResponse:
    """The promises of one place or park and what became of them; `outcome` keeps one outcome.

    The lists of a large dossier begin where `promises`, `plans` and `counted` say.
    """
    outcome = request.GET.get("outcome", "")
    if outcome and outcome not in [status.value for status in Status]:
        raise Http404
    row = get_object_or_404(subjects_seen(request.actor), public_id=subject)
    begin = {name: request.GET.get(name, "")[:LONGEST] for name in LISTS}
    today = timezone.localdate()
    seen = dossier_of(row, request.actor, as_of=today, status=outcome, cursors=Cursors(**begin))
    older = {name: f"?{name}={getattr(seen.older, name)}#{name}" for name in LISTS if getattr(seen.older, name)}
    newest = {name: f"?#{name}" for name in LISTS if begin[name]}
    context = {"dossier": seen, "outcome": outcome, "older": older, "newest": newest}
    return render(request, "observatory/public/dossier.html", context)
