"""Who is calling: a Bearer token's actor, or the public. A browser's session is not looked at here."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone, translation

from moussem.accounts.domain.queries.actors import actor_of_token
from moussem.accounts.enums import TokenVerb
from moussem.core.actor import ANONYMOUS, Actor
from moussem.evidence.permissions import can_publish, can_record


class TokenRefused(Exception):
    """The Bearer token is unknown, expired, revoked, or does not open this."""


class LanguageUnknown(Exception):
    """`?language=` names none that the product speaks."""


def know_caller(request: HttpRequest) -> Actor:
    """Set `request.actor` and the language of the answer; raises `TokenRefused` for a token that does not stand,
    `LanguageUnknown`.

    `?language=` decides over the Accept-Language header. A token without the verb *read* opens nothing.
    """
    wanted = request.GET.get("language", "")
    if wanted and wanted not in dict(settings.LANGUAGES):
        raise LanguageUnknown(wanted)
    if wanted:
        translation.activate(wanted)
    actor = _actor_of(request.headers.get("Authorization", ""))
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def know_writer(request: HttpRequest) -> Actor:
    """The caller of a write, before its body is read; raises `PermissionDenied` without a token."""
    actor = know_caller(request)
    if actor.is_anonymous:
        raise PermissionDenied
    return actor


def _actor_of(header: str) -> Actor:
    if not header:
        return ANONYMOUS
    scheme, _, secret = header.partition(" ")
    actor = actor_of_token(secret.strip(), at=timezone.now()) if scheme.lower() == "bearer" else None
    if actor is None or TokenVerb.READ not in actor.verbs:
        raise TokenRefused
    return actor


def can_record_by_token(actor: Actor) -> bool:
    """Whether the caller's token may write, and its owner may record evidence; a token for one event may not."""
    return TokenVerb.WRITE in actor.verbs and not actor.event_key and can_record(actor)


def can_publish_by_token(actor: Actor) -> bool:
    """Whether the caller's token may write, and its owner may publish evidence; a token for one event may not."""
    return TokenVerb.WRITE in actor.verbs and not actor.event_key and can_publish(actor)
