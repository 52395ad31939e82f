"""What lower rooms' pages show of programmes."""

from moussem.core.actor import Actor
from moussem.directory.domain.queries.cited import marks_of
from moussem.directory.models import Organisation
from moussem.events.models import Event
from moussem.programmes.domain.queries.pages import AwardView, award_views, loaded_applications
from moussem.programmes.models import Application, Award

MOST = 20


def awards_at(actor: Actor, event: Event) -> list[AwardView]:
    """The awards given at a gathering, each with its sources."""
    rows = Award.objects.visible_to(actor).filter(event=event).select_related("organisation", "person", "programme")
    found = list(rows.order_by("programme", "position", "pk")[:60])
    return award_views(found, marks_of(actor, [row.public_id for row in found]))


def applied_by(actor: Actor, organisation: Organisation) -> list[Application]:
    """The newest applications of an organisation, for the staff of the promoter whose calls they answer."""
    if not actor.roles or actor.promoter_pk is None:
        return []
    rows = loaded_applications(actor).filter(organisation=organisation, promoter=actor.promoter_pk)
    return list(rows.order_by("-public_id")[:MOST])
