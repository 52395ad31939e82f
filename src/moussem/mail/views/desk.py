"""The outbox for staff: how each message stands; in the demonstration also what it said."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from moussem.core.doors import Audience, door
from moussem.mail.domain.queries.outbox import copy_of, outbox_page
from moussem.mail.models import Message
from moussem.mail.permissions import can_read_outbox


@door(audience=Audience.STAFF, permission=can_read_outbox)
def outbox(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's messages, newest first."""
    page = outbox_page(request.actor, before=_cursor(request.GET.get("before", "")))
    address = reverse("mail:outbox", args=[promoter])
    context = {
        "page": page,
        "is_demonstration": settings.DEMONSTRATION,
        "newer_url": address if "before" in request.GET else "",
        "older_url": f"{address}?before={page.older}" if page.older else "",
    }
    return render(request, "mail/desk/outbox.html", context)


@door(audience=Audience.STAFF, permission=can_read_outbox)
def message(request: HttpRequest, promoter: str, message: UUID) -> HttpResponse:
    """One message: its states, and in the demonstration the mail as it would have been sent, its HTML as source."""
    row = get_object_or_404(Message.objects.visible_to(request.actor), public_id=message)
    copy = copy_of(row) if settings.DEMONSTRATION else None
    return render(request, "mail/desk/message.html", {"message": row, "copy": copy})


def _cursor(said: str) -> UUID | None:
    if not said:
        return None
    try:
        return UUID(said)
    except ValueError:
        raise Http404 from None
