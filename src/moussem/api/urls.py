"""The addresses of the API, version 1."""

from django.urls import path
from ninja import NinjaAPI

from moussem import __version__
from moussem.api import actions, documents, events, figure_writes, organisations, people, places, statements
from moussem.api.answers import hold_answers
from moussem.api.callers import know_caller

api = NinjaAPI(
    title="moussem",
    version=__version__,
    description=(
        "Organisations, people, places, parks, events, documents, figures and statements. Without a token: what is "
        "published. With a Bearer token: also the rows of its promoter. Not stated is null; numbers are text."
    ),
    auth=[know_caller],
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
hold_answers(api)
for resource in (actions, documents, events, figure_writes, organisations, people, places, statements):
    api.add_router("", resource.router)

urlpatterns = [path("api/v1/", api.urls)]
