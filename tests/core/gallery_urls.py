"""Addresses of the gallery, for tests only."""

from pathlib import Path

from django.contrib import messages
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import translation
from django.views.i18n import set_language

from moussem.core.doors import Audience, anyone, door
from tests.core.gallery import gallery

TEMPLATE = Path(__file__).parent / "templates" / "gallery.html"


@door(audience=Audience.PUBLIC, permission=anyone)
def show(request, language, base):
    translation.activate(language)
    messages.success(request, "14 rappels partiront à 9 h 50.")
    messages.warning(request, "Deux lignes du fichier désignent peut-être la même personne.")
    context = gallery() | {"base": f"core/{base}.html"}
    template = engines["django"].from_string(TEMPLATE.read_text(encoding="utf-8"))
    return HttpResponse(template.render(context, request))


urlpatterns = [
    path("<str:language>/gallery/<str:base>/", show),
    path("language/", set_language, name="set_language"),
    *staticfiles_urlpatterns(),
]
