"""The front door of the installation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from moussem.core.doors import Audience, anyone, door


@door(audience=Audience.PUBLIC, permission=anyone)
def front_door(request: HttpRequest) -> HttpResponse:
    """Leads to the documents, in the visitor's language: what everything else is made from."""
    return redirect("evidence:documents-list")
