"""What the API answers when it cannot do what was asked: a name for programs, a sentence for people."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from moussem.api.callers import TokenRefused
from moussem.core.submissions import KeyReused


class Refused(Exception):
    """A request that was understood and is not done: `name` of the refusal, and the sentence with the next step."""

    def __init__(self, name: str, sentence: str, status: int = 422) -> None:
        """Keep what to answer."""
        super().__init__(name)
        self.name, self.sentence, self.status = name, sentence, status


def hold_answers(api: NinjaAPI) -> None:
    """Teach the API its refusals; each has the same shape, whatever went wrong."""

    def answer(request: HttpRequest, status: int, name: str, sentence: str, **more: Any) -> HttpResponse:
        return api.create_response(request, {"error": name, "sentence": sentence, **more}, status=status)

    @api.exception_handler(Http404)
    def unknown(request: HttpRequest, refusal: Http404) -> HttpResponse:
        return answer(request, 404, "NotFound", _("There is nothing here, or nothing that you may see."))

    @api.exception_handler(TokenRefused)
    def unknown_token(request: HttpRequest, refusal: TokenRefused) -> HttpResponse:
        return _with_challenge(
            answer(
                request, 401, "TokenRefused", _("This token is unknown, has expired or was revoked. Ask for another.")
            )
        )

    @api.exception_handler(PermissionDenied)
    def not_allowed(request: HttpRequest, refusal: PermissionDenied) -> HttpResponse:
        if request.actor.is_anonymous:  # type: ignore[attr-defined]
            sentence = _("Writing needs a token with the right to write.")
            return _with_challenge(answer(request, 401, "TokenNeeded", sentence))
        return answer(request, 403, "NotAllowed", _("This token does not open this."))

    @api.exception_handler(ValidationError)
    def not_understood(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
        faults = [{"field": ".".join(str(part) for part in f["loc"]), "words": f["msg"]} for f in refusal.errors]
        return answer(request, 422, "NotUnderstood", _("Something in the request is not understood."), fields=faults)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
        return answer(request, refusal.status, refusal.name, refusal.sentence)

    @api.exception_handler(KeyReused)
    def key_reused(request: HttpRequest, refusal: KeyReused) -> HttpResponse:
        return answer(request, 409, "KeyReused", _("This Idempotency-Key was used before, for another request."))

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, refusal: HttpError) -> HttpResponse:
        return answer(request, refusal.status_code, "NotUnderstood", _("Something in the request is not understood."))


def _with_challenge(response: HttpResponse) -> HttpResponse:
    response["WWW-Authenticate"] = "Bearer"
    return response
