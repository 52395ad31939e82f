"""The product's addresses with a page that has one of each fault, for the crawler to find."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from moussem.config.urls import urlpatterns as product
from moussem.core.doors import Audience, anyone, door

PAGE = """<!doctype html><html lang="fr"><head><title>Planted</title></head><body><main><h1>Planted</h1>
<p>On a promis 3 000 emplois ici.</p><a href="/planted/nowhere/">nowhere</a><a href="/planted/broken/">broken</a>
<a href="/planted/elsewhere/">elsewhere</a><a href="/planted/#gone">gone</a></main></body></html>"""


@door(audience=Audience.PUBLIC, permission=anyone)
def planted(request: HttpRequest) -> HttpResponse:
    """A page with an uncited number and links that lead nowhere."""
    return HttpResponse(PAGE)


@door(audience=Audience.PUBLIC, permission=anyone)
def broken(request: HttpRequest) -> HttpResponse:
    """A page that fails."""
    raise RuntimeError("planted")


@door(audience=Audience.PUBLIC, permission=anyone)
def elsewhere(request: HttpRequest) -> HttpResponse:
    """A page that leads on though nobody stated it."""
    return HttpResponse(status=302, headers={"Location": "/planted/"})


urlpatterns = [
    path("planted/", planted),
    path("planted/broken/", broken),
    path("planted/elsewhere/", elsewhere),
    *product,
]
