"""Addresses of programmes: public ones and applicants' below the language, desk ones below the promoter."""

from django.urls import path

from moussem.programmes.views import desk, desk_applications, operator, public

public_patterns = (
    [
        path("programmes/", public.programmes, name="programmes-list"),
        path("programmes/<uuid:programme>/", public.programme, name="programmes-page"),
        path("calls/<uuid:call>/", public.call, name="programmes-call"),
        path("calls/<uuid:call>/apply/", operator.apply, name="applications-new"),
        path("applications/", operator.applications, name="applications-list"),
        path("applications/<uuid:application>/", operator.application, name="applications-page"),
        path("applications/<uuid:application>/correct/", operator.correct, name="applications-correct"),
        path("applications/<uuid:application>/submit/", operator.submit, name="applications-submit"),
        path("applications/<uuid:application>/withdraw/", operator.withdraw, name="applications-withdraw"),
    ],
    "programmes",
)

_PROGRAMME = "programmes/<uuid:programme>/"
_APPLICATION = "applications/<uuid:application>/"
desk_patterns = (
    [
        path("programmes/", desk.programmes, name="programmes-list"),
        path("programmes/new/", desk.new_programme, name="programmes-new"),
        path(_PROGRAMME, desk.programme, name="programmes-page"),
        path(f"{_PROGRAMME}correct/", desk.correct, name="programmes-correct"),
        path(f"{_PROGRAMME}publish/", desk.publish, name="programmes-publish"),
        path(f"{_PROGRAMME}rules/", desk.new_rules, name="programmes-rules"),
        path(f"{_PROGRAMME}calls/", desk.new_call, name="programmes-calls"),
        path(f"{_PROGRAMME}awards/", desk.new_award, name="programmes-awards"),
        path("calls/<uuid:call>/publish/", desk.publish_call_to_all, name="programmes-publish-call"),
        path("calls/<uuid:call>/applications/", desk_applications.enter, name="applications-new"),
        path("applications/", desk_applications.applications, name="applications-list"),
        path(_APPLICATION, desk_applications.application, name="applications-page"),
        path(f"{_APPLICATION}correct/", desk_applications.correct, name="applications-correct"),
        path(f"{_APPLICATION}submit/", desk_applications.submit, name="applications-submit"),
        path(f"{_APPLICATION}more/", desk_applications.more, name="applications-more"),
        path(f"{_APPLICATION}withdraw/", desk_applications.withdraw, name="applications-withdraw"),
        path(f"{_APPLICATION}project/", desk_applications.land, name="applications-land"),
        path(f"{_APPLICATION}decide/", desk_applications.decide, name="applications-decide"),
    ],
    "programmes_desk",
)
