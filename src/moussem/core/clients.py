"""Where a request comes from, as far as the installation counts its proxies, and the language it is answered in."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def client_address(request: HttpRequest) -> str:
    """The client's network address. With `MOUSSEM_PROXIES` = n, the nth from the end of X-Forwarded-For; whatever
    stands before it was written by the client and is not believed. Without proxies the header is ignored.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES < 1:
        return connected
    hops = [hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()]
    return hops[-settings.PROXIES] if len(hops) >= settings.PROXIES else connected


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def site_is_loopback() -> bool:
    """Whether the installation serves this machine only, by its site address."""
    return is_loopback(urlsplit(settings.SITE_URL).hostname or "")


def came_from_this_machine(request: HttpRequest) -> bool:
    """Whether nobody but this machine can have sent the request: connected over loopback, and passed on by nobody."""
    passed_on = any(header in request.META for header in FORWARDED)
    return not passed_on and is_loopback(str(request.META.get("REMOTE_ADDR", "")))


def speak(request: HttpRequest, language: str, *, to_guest: bool = False) -> None:
    """Answer in the language that the visitor chose by the switch; where none was chosen, in this one.

    `to_guest`: the page is said in the guests' languages, too, and its switch offers them.
    """
    offered = [code for code, _name in (settings.GUEST_LANGUAGES if to_guest else settings.LANGUAGES)]
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    spoken = next((code for code in (chosen, language) if code in offered), settings.LANGUAGE_CODE)
    translation.activate(spoken)
    request.LANGUAGE_CODE = spoken
    request.languages_offered = offered  # type: ignore[attr-defined]
