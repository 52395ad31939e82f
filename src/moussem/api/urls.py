"""The addresses of the API, version 1."""

from django.urls import path, re_path

from moussem import __version__
from moussem.api import (
    actions,
    agreements,
    documents,
    events,
    figure_writes,
    guests,
    meetings,
    memberships,
    minutes,
    missions,
    organisations,
    people,
    places,
    programmes,
    projects,
    statements,
    targets,
)
from moussem.api.answers import hold_answers
from moussem.api.callers import know_caller
from moussem.api.description import DescribedAPI, describe, nowhere

api = DescribedAPI(
    title="moussem",
    version=__version__,
    description=(
        "Organisations, people, places, parks, events, agreements, projects, programmes, documents, figures and "
        "statements. Without a token: what is published. With a Bearer token: also the rows of its promoter. Not "
        "stated is null; numbers are text."
    ),
    auth=[know_caller],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
hold_answers(api)
RESOURCES = (
    actions,
    agreements,
    documents,
    events,
    figure_writes,
    meetings,
    memberships,
    minutes,
    missions,
    guests,
    organisations,
    people,
    places,
    programmes,
    projects,
    statements,
    targets,
)
for resource in RESOURCES:
    api.add_router("", resource.router)

_operations, _app, _space = api.urls
_patterns = [
    path("", nowhere(api), name="api-root"),
    path("openapi.json", describe(api), name="openapi-json"),
    *(pattern for pattern in _operations if pattern.name != "api-root"),
    re_path(r"^(?P<rest>[\s\S]+)\Z", nowhere(api), name="nowhere"),  # a line break in it included
]
urlpatterns = [path("api/v1/", (_patterns, _app, _space))]
