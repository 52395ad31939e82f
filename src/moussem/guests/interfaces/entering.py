"""Coming in by a guest's personal link."""

from django.http import HttpRequest
from django.utils import timezone

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.accounts.domain.visits import enter_by_link
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Link
from moussem.core.clients import client_address, speak


def enter_as_guest(request: HttpRequest, address: str) -> Link:
    """Come in by the link, in the guest's language; what refuses it is answered by the middleware."""
    link = enter_by_link(
        address=address, knocker=client_address(request), at=timezone.now(), purpose=LinkPurpose.ANSWER
    )
    speak(request, link.language, to_guest=True)
    request.actor = actor_of_link(link)  # type: ignore[attr-defined]
    return link
