"""What a promoter's staff reads of what it counts."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from moussem.core.doors import Audience, door
from moussem.events.models import Event
from moussem.observatory.domain.queries.counts import GROUPING_LABELS, Grouping
from moussem.observatory.domain.queries.counts import counts as counts_by
from moussem.observatory.domain.queries.event_return import return_of
from moussem.observatory.permissions import can_see_counts


@door(audience=Audience.STAFF, permission=can_see_counts)
def counts(request: HttpRequest, promoter: str) -> HttpResponse:
    """Announced, contracted, declared and verified side by side; `by` says what the rows are."""
    try:
        grouping = Grouping(request.GET.get("by", Grouping.PROJECT))
    except ValueError:
        raise Http404 from None
    tabs = [{"label": label, "url": f"?by={one}", "current": one is grouping} for one, label in GROUPING_LABELS.items()]
    return render(
        request, "observatory/desk/counts.html", {"counts": counts_by(request.actor, grouping), "groupings": tabs}
    )


@door(audience=Audience.STAFF, permission=can_see_counts)
def event_return(request: HttpRequest, promoter: str, event: UUID) -> HttpResponse:
    """The return of one of the promoter's events."""
    rows = Event.objects.visible_to(request.actor).select_related("subject")
    row = get_object_or_404(rows, public_id=event, promoter=request.actor.promoter_pk)
    return render(request, "observatory/desk/return.html", {"seen": return_of(row, request.actor)})
