"""One effect per submit: a form sent twice, or an API write repeated, acts once and answers the same.

The key is written in the transaction of the effect. A second request with it waits for the first one to commit and
then answers what that answered; where the first one failed, the second one is the first.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from moussem.core.actor import ANONYMOUS, Actor
from moussem.core.ids import uuid7
from moussem.core.models import Submission

NONCE = "nonce"
UNSAID = frozenset({NONCE, "csrfmiddlewaretoken"})


class KeyReused(Exception):
    """The key was used before, for another request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered: status, and a body that JSON can hold. `replayed`: by an earlier request."""

    status: int
    body: Any = None
    replayed: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether it tells of an effect (2xx, 3xx); a refusal is not kept, and may be corrected under the same key."""
        return 200 <= self.status < 400


def new_nonce() -> str:
    """A nonce for one form, never given twice."""
    return str(uuid7())


def answer_once(*, actor: Actor, key: str, digest: str, produce: Callable[[], Answer]) -> Answer:
    """The answer of `produce`, which is called in a transaction and at most once successfully per actor and key.

    Raises `KeyReused` where the key came before with another `digest`. What `produce` raises undoes everything.
    """
    owner = f"{actor.kind}:{actor.id}"[:120]
    try:
        with transaction.atomic():
            return _first_answer(owner, key[:120], digest, produce)
    except _UsedBefore:
        earlier = Submission.objects.get(owner=owner, key=key[:120])
    if earlier.digest != digest:
        raise KeyReused(key)
    return Answer(earlier.status or 500, earlier.answer, replayed=True)


def digest_of(address: str, parts: Iterable[tuple[str, str]]) -> str:
    """The SHA-256 of what was sent to `address`, so that the same key with other words is noticed."""
    said = hashlib.sha256(address.encode())
    for name, value in parts:
        said.update(f"\x00{len(name)}:{name}{len(value)}:{value}".encode())
    return said.hexdigest()


def digest_of_body(request: HttpRequest) -> str:
    """The digest of an API request: method, address and the bytes of its body."""
    address = f"{request.method} {request.get_full_path()}"
    return digest_of(address, [("body", hashlib.sha256(request.body).hexdigest())])


def once(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a form's view act once per nonce: its POST must carry the `{% nonce %}` of the form.

    Success is a redirect, which the same submission gets again without a second effect; anything else means that
    nothing was saved. A missing nonce is 400; the same nonce with other words is 409, both with a sentence.
    """

    @wraps(view)
    def acting_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = request.POST.get(NONCE, "")
        if not key or len(key) > 120:
            return _refused(
                request, 400, _("This form is incomplete. Open the page again and send the form once more.")
            )
        return _post_once(request, key, lambda: view(request, *args, **kwargs))

    return acting_once


class _UsedBefore(Exception):
    """Somebody has committed this key."""


_USE = (
    "INSERT INTO core_submission (owner, key, digest) VALUES (%s, %s, %s) ON CONFLICT (owner, key) DO NOTHING"
    " RETURNING id"
)
"""Waits for whoever uses the same key now; nothing comes back where they have committed."""


def _first_answer(owner: str, key: str, digest: str, produce: Callable[[], Answer]) -> Answer:
    with connection.cursor() as cursor:
        cursor.execute(_USE, [owner, key, digest])
        used = cursor.fetchone()
    if used is None:
        raise _UsedBefore
    answer = produce()
    rows = Submission.objects.filter(pk=used[0])
    if answer.is_kept:
        rows.update(status=answer.status, answer=answer.body)
    else:
        rows.delete()
    return answer


def _post_once(request: HttpRequest, key: str, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    said = [
        (name, value) for name in sorted(request.POST) if name not in UNSAID for value in request.POST.getlist(name)
    ]
    said += [
        (f"{name}.{n}", f"{file.name}:{file.size}")
        for name in sorted(request.FILES)
        for n, file in enumerate(request.FILES.getlist(name))
    ]
    responses: list[HttpResponseBase] = []

    def produce() -> Answer:
        response = act()
        responses.append(response)
        moved = isinstance(response, HttpResponseRedirect)
        return Answer(response.status_code, response.url) if moved else Answer(422)

    actor: Actor = getattr(request, "actor", ANONYMOUS)
    try:
        answer = answer_once(actor=actor, key=key, digest=digest_of(request.path, said), produce=produce)
    except KeyReused:
        sentence = _("This form was already sent with other words. Nothing was changed now: open the page again.")
        return _refused(request, 409, sentence)
    return responses[0] if responses else HttpResponseRedirect(answer.body)


def _refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return render(request, "core/submissions/refused.html", {"sentence": sentence}, status=status)
