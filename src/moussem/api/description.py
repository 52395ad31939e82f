"""The description of the API (OpenAPI): what each operation answers, refusals included, and how a caller is known; and
the answer where there is no operation.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from moussem.api.shapes import Refusal
from moussem.core.doors import Audience, anyone, door

BEARER = {"type": "http", "scheme": "bearer", "description": "A token of a promoter; without one, what is published."}
ONE_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 120},
    "description": "A new one for each write; the same again gets the first answer again.",
}
SAID = {
    400: "No Idempotency-Key, or a body that cannot be read.",
    401: "The token is unknown, expired or revoked, or is needed here.",
    403: "The token does not open this.",
    404: "There is nothing here, or nothing that the caller may see.",
    409: "The Idempotency-Key was used before, for another request.",
    422: "Something in the request is not understood, or is refused.",
}
EVERY_METHOD = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
LIST, ITEM, WRITE = (401, 422), (401, 404, 422), (400, 401, 403, 404, 409, 422)


class DescribedAPI(NinjaAPI):
    """The API with a description that also tells its refusals, its token and the key of each write."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """The description as served and as committed in `docs/reference/openapi.json`."""
        described = super().get_openapi_schema(*args, **kwargs)
        parts = described["components"]
        parts["securitySchemes"] = {"token": BEARER}
        parts["schemas"].setdefault("Refusal", Refusal.model_json_schema())
        for path, method, operation in _operations(described):
            writes = method != "get"
            _tell_refusals(operation, WRITE if writes else ITEM if "{" in path else LIST)
            operation["security"] = [{"token": []}] if writes else [{}, {"token": []}]
            if writes:
                operation["parameters"] = [*operation.get("parameters", []), ONE_KEY]
        return described


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _tell_refusals(operation: dict[str, Any], statuses: tuple[int, ...]) -> None:
    shape = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for status in statuses:
        operation["responses"][status] = {"description": SAID[status], "content": shape}


def describe(api: NinjaAPI) -> Any:
    """The view that serves the description of this API."""
    described = cache(api.get_openapi_schema)

    @door(audience=Audience.API, permission=anyone)
    def description(request: HttpRequest) -> JsonResponse:
        return JsonResponse(described())

    return description


def nowhere(api: NinjaAPI) -> Any:
    """The view of every address of the API where there is nothing: the same 404 as for a row that is not there."""

    @csrf_exempt
    @door(audience=Audience.API, permission=anyone, methods=EVERY_METHOD)
    def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
        return api.on_exception(request, Http404())

    return nothing_here
