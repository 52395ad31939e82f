"""The front door of the installation, and what stands at an address that it does not have."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.defaults import page_not_found

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.core.doors import Audience, anyone, door


@door(audience=Audience.PUBLIC, permission=anyone)
def front_door(request: HttpRequest) -> HttpResponse:
    """Leads to the first page in the visitor's language."""
    return redirect("observatory:front")


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of an address that does not exist; whoever is signed in still reads their name in its bar."""
    if request.user.is_authenticated and request.actor.is_anonymous:
        request.actor = actor_of_user(request.user, request.promoter)
    return page_not_found(request, exception)
