"""What programmes add to the pages of lower rooms: awards of a gathering, programmes of an organisation."""

from typing import Any

from moussem.core import panels, threads, timelines
from moussem.core.actor import Actor
from moussem.core.navigation import Verb
from moussem.directory.models import Organisation
from moussem.events.models import Event
from moussem.programmes.domain.queries.panels import applied_by, applied_for, awards_at
from moussem.programmes.domain.queries.timeline import (
    application_entries,
    award_entries,
    funded,
    programme_entries,
)
from moussem.projects.models import Project

timelines.register(application_entries)
timelines.register(award_entries)
timelines.register(programme_entries)
threads.register(Verb.FUND, funded)


def _awards(actor: Actor, event: Event) -> dict[str, Any] | None:
    awards = awards_at(actor, event)
    return {"awards": awards} if awards else None


def _applications(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    found = applied_by(actor, organisation)
    return {"applications": found} if found else None


def _applied_for(actor: Actor, project: Project) -> dict[str, Any] | None:
    found = applied_for(actor, project) if actor.roles else []
    return {"applications": found} if found else None


panels.register(panels.Panel("projects.project", "programmes/pieces/applications_panel.html", _applied_for, order=20))
panels.register(panels.Panel("events.event", "programmes/pieces/awards_panel.html", _awards, order=60))
panels.register(
    panels.Panel("directory.organisation", "programmes/pieces/applications_panel.html", _applications, order=60)
)
