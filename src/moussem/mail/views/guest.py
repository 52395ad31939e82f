"""Refusing further mail, by the link that each mail carries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from moussem.core.actor import Actor
from moussem.core.clients import speak
from moussem.core.doors import FORM, Audience, anyone, door
from moussem.mail.domain.stops import StopUnknown, message_of_stop, refuse_mail
from moussem.mail.models import Message


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the address is the authority
@door(audience=Audience.GUEST, permission=anyone, methods=FORM)
def stop(request: HttpRequest, address: str) -> HttpResponse:
    """Ask, and on POST write no more to the recipient from this promoter. GET changes nothing: scanners open links."""
    try:
        message = message_of_stop(address)
    except StopUnknown:
        raise Http404 from None
    if request.method == "POST":
        refuse_mail(message=message, by=_recipient(message), at=timezone.now())
    speak(request, message.language, to_guest=True)
    return render(request, "mail/guest/stop.html", {"message": message, "is_done": request.method == "POST"})


def _recipient(message: Message) -> Actor:
    promoter = message.promoter
    return Actor("link", str(message.public_id), "", promoter.pk, promoter.key, purpose="consent")
