"""What programmes add to the pages of lower rooms: awards of a gathering, programmes of an organisation."""

from typing import Any

from moussem.core import panels, threads, timelines
from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered
from moussem.core.navigation import Verb
from moussem.directory.models import Organisation
from moussem.events.models import Event
from moussem.programmes.domain.queries.panels import applied_by, awards_at
from moussem.programmes.domain.queries.timeline import (
    application_entries,
    award_entries,
    funded,
    programme_entries,
)
from moussem.programmes.permissions import can_see_desk
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import Project

timelines.register(application_entries)
timelines.register(award_entries)
timelines.register(programme_entries)
threads.register(Verb.FUND, funded)


@answered
def _awards(actor: Actor, event: Event) -> Reading[dict[str, Any] | None]:
    awards = yield from awards_at.reading(actor, event)
    return {"awards": awards} if awards else None


def _applications(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    found = applied_by(actor, organisation)
    return {"applications": found} if found else None


def _came_from(actor: Actor, project: Project) -> dict[str, Any] | None:
    """The way back to the application that opened a project; asks the database nothing."""
    if project.origin != ProjectOrigin.APPLICATION or not (can_see_desk(actor) and actor.within(project.promoter_id)):
        return None
    return {"promoter": project.promoter.slug, "application": project.origin_key}


panels.register(panels.Panel("projects.project", "programmes/pieces/came_from_panel.html", _came_from, order=20))
panels.register(panels.Panel("events.event", "programmes/pieces/awards_panel.html", _awards, order=60))
panels.register(
    panels.Panel("directory.organisation", "programmes/pieces/applications_panel.html", _applications, order=60)
)
