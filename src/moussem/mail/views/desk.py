"""The outbox for staff: how each message stands; in the demonstration also what it said."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import Audience, door
from moussem.core.submissions import once
from moussem.mail.domain.queries.outbox import copy_of, outbox_page
from moussem.mail.domain.returns import NotSent, record_bounce
from moussem.mail.enums import MessageState
from moussem.mail.models import Message
from moussem.mail.permissions import can_note_return, can_read_outbox


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
    may_return = row.state == MessageState.SENT and can_note_return(request.actor)
    return render(request, "mail/desk/message.html", {"message": row, "copy": copy, "may_return": may_return})


@door(audience=Audience.STAFF, permission=can_note_return, methods=("POST",))
@once
def returned(request: HttpRequest, promoter: str, message: UUID) -> HttpResponse:
    """Note that this mail came back: the address does not exist, or it was lost this once."""
    row = get_object_or_404(Message.objects.visible_to(request.actor).select_related("promoter"), public_id=message)
    for_good = request.POST.get("for_good") == "yes"
    words = _("Noted by %(who)s") % {"who": request.actor.label}
    try:
        record_bounce(by=request.actor, at=timezone.now(), message=row, words=words, for_good=for_good)
    except NotSent:
        messages.warning(request, _("This mail has not left: it cannot have come back."))
    else:
        gone = _("Noted. Nothing more is written to this address.")
        messages.success(request, gone if for_good else _("Noted. The address stays good for the next mail."))
    return redirect("mail:message", promoter, row.public_id)


def _cursor(said: str) -> UUID | None:
    if not said:
        return None
    try:
        return UUID(said)
    except ValueError:
        raise Http404 from None
