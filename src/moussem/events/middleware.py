"""Who has a page of an event already is told so before anybody is looked up."""

import re
from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from moussem.core.doors import READS
from moussem.events.domain.drawn_pages import is_still_drawn
from moussem.events.enums import KeptPage

_ADDRESSES = {KeptPage.EVENT: "events:events-page", KeptPage.AGENDA: "events:events-agenda"}
_A_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_A_TAG = re.compile(r'"([0-9a-f]{32})"')


class KeptPageMiddleware:
    """Answers 304 to who asks for a kept page of an event, brings its tag and nothing else: no cookie, no words of a
    query. One query tells whether the page still holds, the same as the view asks; whatever it does not answer passes
    on to the view.

    It stands below what writes the headers of every answer, and above sessions, languages and log-ins, which are most
    of what such an answer costs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """304 where the reader has the page as it is now."""
        tag = _A_TAG.fullmatch(request.META.get("HTTP_IF_NONE_MATCH", ""))
        if tag is None or request.method not in READS or _says_more(request):
            return self.get_response(request)
        return _not_modified(request, UUID(tag[1])) or self.get_response(request)


def _says_more(request: HttpRequest) -> bool:
    return bool(request.META.get("HTTP_COOKIE") or request.META.get("QUERY_STRING"))


def _not_modified(request: HttpRequest, drawn: UUID) -> HttpResponse | None:
    named = _A_KEY.search(request.path_info)
    around = (request.path_info[: named.start()], request.path_info[named.end() :]) if named else ("", "")
    page, language = _pages().get(around, (None, ""))
    if page is None:
        return None
    request.get_host()  # a host that is not ours is refused here as everywhere
    key = UUID(named[0])
    if not is_still_drawn(at=timezone.now(), event_key=key, page=page, language=language, key=drawn):
        return None
    headers = {"ETag": f'"{drawn.hex}"', "Cache-Control": "public, no-cache", "Vary": "Cookie"}
    return HttpResponseNotModified(headers=headers | {"Content-Language": language})


@lru_cache(maxsize=1)
def _pages() -> dict[tuple[str, str], tuple[KeptPage, str]]:
    """Page and language by what stands before and after the event's identifier in the address."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for page, name in _ADDRESSES.items():
                before, _key, after = reverse(name, args=[UUID(int=0)]).partition(str(UUID(int=0)))
                found[before, after] = (page, language)
    return found
