"""Where projects and returns are reached from, and what waits there for a person."""

from django.utils.translation import gettext_lazy as _

from moussem.core import waiting
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.projects.domain.queries.projects import passages_waiting
from moussem.projects.domain.queries.returns import MISSING, missing_returns, returns_to_verify
from moussem.projects.permissions import can_be_second, can_see_desk, represents

PROJECTS, RETURNS = "projects_desk:projects-list", "projects_desk:returns-list"
ONE_RETURN = ("headcount_return", "public_id")
register(NavigationItem(Verb.LAND, _("Projects"), PROJECTS, can_see_desk, order=10))
register(NavigationItem(Verb.COUNT, _("Headcount"), RETURNS, can_see_desk, order=5))
register(NavigationItem(Verb.OWN, _("My returns"), "returns-list", represents, order=55))
waiting.register(
    waiting.WaitingSource(
        Verb.LAND,
        _("Projects that wait for a second person"),
        can_be_second,
        passages_waiting,
        title="project__name",
        texts=True,
        on="asked_at",
        url_name=PROJECTS,
        row_url="projects_desk:projects-page",
        row_key=("project", "project__public_id"),
    )
)
waiting.register(
    waiting.WaitingSource(
        Verb.COUNT,
        _("Headcount returns that are missing"),
        can_see_desk,
        missing_returns,
        title="establishment__organisation__name",
        on="due_on",
        url_name=RETURNS,
        query=f"state={MISSING}",
        row_url="projects_desk:returns-page",
        row_key=ONE_RETURN,
    )
)
waiting.register(
    waiting.WaitingSource(
        Verb.COUNT,
        _("Headcount returns to verify"),
        can_be_second,
        returns_to_verify,
        title="establishment__organisation__name",
        on="declared_at",
        url_name=RETURNS,
        query="state=declared",
        row_url="projects_desk:returns-page",
        row_key=ONE_RETURN,
    )
)
