"""The product's addresses and two bare views through the same middleware: one select; one select and one insert."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from moussem.accounts.models import Promoter
from moussem.config.urls import urlpatterns as product
from moussem.core.doors import FORM, Audience, anyone, door
from moussem.core.models import Submission
from moussem.core.submissions import new_nonce


@door(audience=Audience.PUBLIC, permission=anyone)
def bare(request: HttpRequest) -> HttpResponse:
    """The least that a view with a database does."""
    name = Promoter.objects.values_list("name", flat=True).first()
    return HttpResponse(name or "", content_type="text/plain")


@door(audience=Audience.PUBLIC, permission=anyone, methods=FORM)
def bare_write(request: HttpRequest) -> HttpResponse:
    """The least that a view does which writes: one select, one insert."""
    name = Promoter.objects.values_list("name", flat=True).first()
    Submission.objects.create(owner="benchmark", key=new_nonce(), digest="")
    return HttpResponse(name or "", content_type="text/plain")


urlpatterns = [path("bare/", bare, name="bare"), path("bare/write/", bare_write, name="bare-write"), *product]
