"""What everybody may read of projects: those published, with the figures that are."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from moussem.core.doors import Audience, anyone, door
from moussem.core.panels import with_panels
from moussem.projects.domain.queries.projects import project_page, projects_seen


@door(audience=Audience.PUBLIC, permission=anyone)
def project(request: HttpRequest, project: uuid.UUID) -> HttpResponse:
    """One project: what was announced, contracted, declared and verified, side by side."""
    row = get_object_or_404(projects_seen(request.actor).filter(published_at__isnull=False), public_id=project)
    reading = project_page.reading(request.actor, row, as_of=timezone.localdate())
    page, panels = with_panels(reading, "projects.project", request.actor, row)
    return render(request, "projects/public/project.html", {"page": page, "panels": panels})
