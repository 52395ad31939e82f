"""Every address of the product: public pages by language, desks by promoter, accounts."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from moussem.agreements import urls as agreements
from moussem.config.views import front_door
from moussem.demo import urls as demo
from moussem.directory import urls as directory
from moussem.events import urls as events
from moussem.evidence import urls as evidence
from moussem.guests import urls as guests
from moussem.observatory import urls as observatory
from moussem.programmes import urls as programmes
from moussem.projects import urls as projects

handler404 = "moussem.config.refusals.nowhere"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front_door, name="front-door"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("", include("moussem.api.urls")),
    path("", include("moussem.accounts.urls")),
    path("", include("moussem.audit.urls")),
    path("", include("moussem.mail.urls")),
    path("", include("moussem.actions.urls")),
    path("", include("moussem.meetings.urls")),
    path("", include("moussem.desk.urls")),
    path("", include(demo.playground_patterns)),
    path("p/<slug:promoter>/", include(evidence.desk_patterns)),
    path("p/<slug:promoter>/", include(directory.desk_patterns)),
    path("p/<slug:promoter>/", include(events.desk_patterns)),
    path("p/<slug:promoter>/", include(observatory.desk_patterns)),
    path("p/<slug:promoter>/", include(agreements.desk_patterns)),
    path("", include(projects.urlpatterns)),
    path("p/<slug:promoter>/", include(projects.desk_patterns)),
    path("p/<slug:promoter>/", include(programmes.desk_patterns)),
    path("p/<slug:promoter>/", include(guests.desk_patterns)),
    path("l/<str:address>/", include(guests.link_patterns)),
    path("", include(guests.open_patterns)),
    *i18n_patterns(
        path("", include(observatory.public_patterns)),
        path("", include(evidence.public_patterns)),
        path("", include(directory.public_patterns)),
        path("", include(events.public_patterns)),
        path("", include(demo.public_patterns)),
        path("", include(agreements.public_patterns)),
        path("", include(projects.public_patterns)),
        path("", include(programmes.public_patterns)),
    ),
]
