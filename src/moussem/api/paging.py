"""Pages of a list by cursor: the next page begins after the last row, however many rows were added meanwhile."""

import base64
import binascii
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema

from moussem.api.answers import Refused
from moussem.core.actor import Actor
from moussem.evidence.domain.queries.narrowing import first_about

MOST = 200
USUAL = 50


class Page(Schema):
    """What every list takes: how many, and after which row."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many items, at most 200.")
    cursor: str = Field("", description="`next` of the page before; empty for the first one.")
    language: str = Field("", description="fr or en; otherwise the Accept-Language header decides.")


def list_rows(
    request: HttpRequest,
    rows: "QuerySet[Any]",
    page: Page,
    show: Callable[[Any, Actor], dict[str, Any]],
    *,
    load: Callable[[Sequence[Any], Actor], None] | None = None,
    about: Sequence[int] | None = None,
    role: str | None = None,
) -> dict[str, Any]:
    """One page of rows in the order they were made: `items` and `next` (null on the last page). `load` gives the rows
    of the page what no queryset can; `about` narrows figures to those about any of these subjects (inner keys), in
    any role or in `role`.

    Raises `Refused` for a name in the query that is no filter of this list, and for a cursor that is none of ours.
    """
    _refuse_unknown(request, page)
    if page.cursor:
        rows = rows.filter(public_id__gt=_key_of(page.cursor))
    if about is not None:
        rows = first_about(rows, about, page.limit + 1, role=role)
    found = list(rows.order_by("public_id")[: page.limit + 1])
    more = len(found) > page.limit
    found = found[: page.limit]
    actor = request.actor  # type: ignore[attr-defined]
    if load is not None:
        load(found, actor)
    return {"items": [show(row, actor) for row in found], "next": _cursor_of(found[-1].public_id) if more else None}


def _refuse_unknown(request: HttpRequest, page: Page) -> None:
    known = set(type(page).model_fields)
    unknown = sorted(set(request.GET) - known)
    if unknown:
        sentence = _("There is no filter called %(unknown)s here. There are: %(known)s.")
        raise Refused("UnknownFilter", sentence % {"unknown": ", ".join(unknown), "known": ", ".join(sorted(known))})


def _cursor_of(key: uuid.UUID) -> str:
    return base64.urlsafe_b64encode(key.bytes).decode().rstrip("=")


def _key_of(cursor: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=base64.urlsafe_b64decode(cursor + "=="))
    except (ValueError, binascii.Error):
        sentence = _("This cursor is not one of ours. Begin again without it.")
        raise Refused("UnknownCursor", sentence) from None
