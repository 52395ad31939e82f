"""Addresses of projects and returns: below the promoter, for the public, for operators, and below a personal link."""

from django.urls import path

from moussem.projects.views import desk, opening, operator, public, returns

urlpatterns = [
    path("own/returns/", operator.own, name="returns-list"),
    path("own/returns/<uuid:headcount_return>/", operator.own_return, name="returns-own"),
    path("l/<str:address>/headcount/", operator.declare, name="link-headcount"),
]

public_patterns = ([path("projects/<uuid:project>/", public.project, name="projects-page")], "projects")

_PROJECT = "projects/<uuid:project>/"
_RETURN = "returns/<uuid:headcount_return>/"
desk_patterns = (
    [
        path("projects/", desk.projects, name="projects-list"),
        path("projects/new/", opening.new_project, name="projects-new"),
        path(_PROJECT, desk.project, name="projects-page"),
        path(f"{_PROJECT}correct/", desk.correct, name="projects-correct"),
        path(f"{_PROJECT}promises/new/", desk.promise, name="projects-promise"),
        path(f"{_PROJECT}forward/", desk.forward, name="projects-forward"),
        path(f"{_PROJECT}back/", desk.back, name="projects-back"),
        path(f"{_PROJECT}evidence/", desk.evidence, name="projects-evidence"),
        path(f"{_PROJECT}status/", desk.status, name="projects-status"),
        path(f"{_PROJECT}publish/", desk.publish, name="projects-publish"),
        path(f"{_PROJECT}returns/ask/", desk.ask, name="projects-ask"),
        path("passages/<uuid:passage>/confirm/", desk.confirm, name="projects-confirm"),
        path("passages/<uuid:passage>/refuse/", desk.refuse, name="projects-refuse"),
        path("returns/", returns.returns, name="returns-list"),
        path(_RETURN, returns.headcount_return, name="returns-page"),
        path(f"{_RETURN}check/", returns.check, name="returns-check"),
        path(f"{_RETURN}verify/", returns.verify, name="returns-verify"),
        path(f"{_RETURN}correct/", returns.correct, name="returns-correct"),
        path(f"{_RETURN}file/", returns.evidence_file, name="returns-file"),
    ],
    "projects_desk",
)
