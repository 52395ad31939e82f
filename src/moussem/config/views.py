"""The front door of the installation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from moussem.core.doors import Audience, anyone, door


@door(audience=Audience.PUBLIC, permission=anyone)
def front_door(request: HttpRequest) -> HttpResponse:
    """Leads to the first page in the visitor's language."""
    return redirect("observatory:front")
