"""The product's addresses and the bare view: one select, no template, through the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from moussem.accounts.models import Promoter
from moussem.config.urls import urlpatterns as product
from moussem.core.doors import Audience, anyone, door


@door(audience=Audience.PUBLIC, permission=anyone)
def bare(request: HttpRequest) -> HttpResponse:
    """The least that a view with a database does."""
    name = Promoter.objects.values_list("name", flat=True).first()
    return HttpResponse(name or "", content_type="text/plain")


urlpatterns = [path("bare/", bare, name="bare"), *product]
