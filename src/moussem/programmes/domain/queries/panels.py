"""What lower rooms' pages show of programmes."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.directory.domain.queries.cited import marks_of
from moussem.directory.models import Organisation
from moussem.events.models import Event
from moussem.programmes.domain.queries.pages import AwardView, award_views, loaded_applications
from moussem.programmes.models import Application, Award

MOST = 20


@answered
def awards_at(actor: Actor, event: Event) -> Reading[list[AwardView]]:
    """The awards given at a gathering, each with its sources."""
    (found,) = yield [_awards_at(actor, [event.pk])]
    return award_views(found, (yield from marks_of.reading(actor, [row.public_id for row in found])))


@question
def _awards_at(actor: Actor, events: Collection[int]) -> "QuerySet[Any]":
    rows = Award.objects.visible_to(actor).filter(event__in=events)
    return rows.select_related("organisation", "person", "programme").order_by("programme", "position", "pk")[:60]


def applied_by(actor: Actor, organisation: Organisation) -> list[Application]:
    """The newest applications of an organisation, for the staff of the promoter whose calls they answer."""
    if not actor.roles or actor.promoter_pk is None:
        return []
    rows = loaded_applications(actor).filter(organisation=organisation, promoter=actor.promoter_pk)
    return list(rows.order_by("-public_id")[:MOST])
