"""What the demonstration adds to the pages of lower rooms: the tables beside the documents, the way into the
playground, and the strip that says that one stands in it.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from moussem.accounts.domain.demonstration import NotOnLoopback, refuse_elsewhere
from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Promoter
from moussem.core.actor import Actor
from moussem.core.panels import Panel, register
from moussem.demo.domain.playgrounds import LABELS
from moussem.demo.domain.queries.links import PlayedLink, played_link
from moussem.demo.domain.queries.tables import season_is_among, table_lines

TABLES = "demo/pieces/tables_panel.html"


def _tables(actor: Actor, listed: Any) -> dict[str, Any] | None:
    """How many rows were loaded and refused; nothing where the season is not among the documents."""
    if not season_is_among(row.document for row in listed.texts):
        return None
    lines = table_lines()
    return {"loaded": sum(one.loaded for one in lines), "refused": sum(one.refused for one in lines)}


def invitation(actor: Actor, row: Any) -> dict[str, Any] | None:
    """The button into the playground, in a demonstration on this machine."""
    try:
        refuse_elsewhere()
    except NotOnLoopback:
        return None
    return {}


def strip(actor: Actor, promoter: Promoter) -> dict[str, Any] | None:
    """Who one is in the playground, and who else one may be; nothing at any other promoter."""
    if promoter.kind != PromoterKind.PLAYGROUND:
        return None
    return {"label": actor.label, "others": {n: label for n, label in LABELS.items() if label != actor.label}}


def link_strip(actor: Actor, row: Any) -> dict[str, Any] | None:
    """For whom one answers in the playground, and the way back to the desk; nothing on anybody else's link."""
    played = played_link(actor) if settings.DEMONSTRATION else None
    return {"label": played.label, "url": _desk_behind(played)} if played else None


def _desk_behind(played: PlayedLink) -> str:
    if played.event:
        return reverse("guests_desk:guests", args=[played.slug, played.event])
    if played.headcount_return:
        return reverse("projects_desk:returns-page", args=[played.slug, played.headcount_return])
    return reverse("desk:today", args=[played.slug])


register(Panel("evidence.documents", TABLES, _tables, order=10))
register(Panel("core.front", "demo/playground.html", invitation, order=10))
register(Panel("core.desk", "demo/strip.html", strip, order=10))
register(Panel("core.guest", "demo/link_strip.html", link_strip, order=10))
