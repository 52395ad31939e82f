"""The product's addresses with a page that has one of each fault, for the crawler to find."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from moussem.accounts.models import Promoter
from moussem.config.urls import urlpatterns as product
from moussem.core.doors import Audience, anyone, door

PAGE = """<!doctype html><html lang="fr"><head><title>Planted</title></head><body><main><h1>Planted</h1>
<p>On a promis 3 000 emplois ici.</p><a href="/planted/nowhere/">nowhere</a><a href="/planted/broken/">broken</a>
<a href="/planted/elsewhere/">elsewhere</a><a href="/planted/asks/12/">twelve</a>
<a href="/planted/asks/13/">thirteen</a><a href="/planted/#gone">gone</a></main></body></html>"""

SOUND = """<!doctype html><html lang="fr"><head><title>Sound</title></head><body>
<main><h1>Sound</h1></main></body></html>"""


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


@door(audience=Audience.PUBLIC, permission=anyone)
def asks(request: HttpRequest, times: int) -> HttpResponse:
    """A sound page that asks the database so many times."""
    for _ in range(times):
        Promoter.objects.exists()
    return HttpResponse(SOUND)


urlpatterns = [
    path("planted/asks/<int:times>/", asks),
    path("planted/", planted),
    path("planted/broken/", broken),
    path("planted/elsewhere/", elsewhere),
    *product,
]
