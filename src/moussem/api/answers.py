"""What the API answers when it cannot do what was asked: a name for programs, a sentence for people."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from moussem.api.callers import LanguageUnknown, TokenRefused
from moussem.core.submissions import KeyReused


class Refused(Exception):
    """A request that was understood and is not done: `name` of the refusal, and the sentence with the next step."""

    def __init__(self, name: str, sentence: str, status: int = 422) -> None:
        """Keep what to answer."""
        super().__init__(name)
        self.name, self.sentence, self.status = name, sentence, status


def hold_answers(api: NinjaAPI) -> None:
    """Teach the API its refusals; each has the same shape, whatever went wrong."""
    for refusal, status, name, sentence in _REFUSALS:
        api.add_exception_handler(refusal, partial(_answer, api, status, name, sentence))
    api.add_exception_handler(PermissionDenied, partial(_not_allowed, api))
    api.add_exception_handler(ValidationError, partial(_not_understood, api))
    api.add_exception_handler(Refused, partial(_refused, api))
    api.add_exception_handler(HttpError, partial(_other, api))


_REFUSALS = (
    (Http404, 404, "NotFound", gettext_lazy("There is nothing here, or nothing that you may see.")),
    (
        TokenRefused,
        401,
        "TokenRefused",
        gettext_lazy("This token is unknown, has expired or was revoked. Ask for another."),
    ),
    (LanguageUnknown, 422, "LanguageUnknown", gettext_lazy("The language is fr or en. Correct it or leave it out.")),
    (KeyReused, 409, "KeyReused", gettext_lazy("This Idempotency-Key was used before, for another request.")),
)


def _answer(
    api: NinjaAPI, status: int, name: str, sentence: Any, request: HttpRequest, refusal: Exception, **more: Any
) -> HttpResponse:
    response = api.create_response(request, {"error": name, "sentence": str(sentence), **more}, status=status)
    return _with_challenge(response) if status == 401 else response


def _not_allowed(api: NinjaAPI, request: HttpRequest, refusal: PermissionDenied) -> HttpResponse:
    if request.actor.is_anonymous:  # type: ignore[attr-defined]
        sentence = _("Writing needs a token with the right to write.")
        return _answer(api, 401, "TokenNeeded", sentence, request, refusal)
    return _answer(api, 403, "NotAllowed", _("This token does not open this."), request, refusal)


def _not_understood(api: NinjaAPI, request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    faults = [{"field": ".".join(str(part) for part in f["loc"]), "words": f["msg"]} for f in refusal.errors]
    sentence = _("Something in the request is not understood.")
    return _answer(api, 422, "NotUnderstood", sentence, request, refusal, fields=faults)


def _refused(api: NinjaAPI, request: HttpRequest, refusal: Refused) -> HttpResponse:
    return _answer(api, refusal.status, refusal.name, refusal.sentence, request, refusal)


def _other(api: NinjaAPI, request: HttpRequest, refusal: HttpError) -> HttpResponse:
    sentence = _("Something in the request is not understood.")
    return _answer(api, refusal.status_code, "NotUnderstood", sentence, request, refusal)


def _with_challenge(response: HttpResponse) -> HttpResponse:
    response["WWW-Authenticate"] = "Bearer"
    return response
