"""What stands at an address that the product does not have."""

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from moussem.accounts.domain.queries.actors import actor_of_user


def nowhere(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of an address that does not exist; whoever is signed in still reads their name in its bar."""
    if request.user.is_authenticated and request.actor.is_anonymous:
        request.actor = actor_of_user(request.user, request.promoter)
    return page_not_found(request, exception)
