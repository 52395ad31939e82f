"""Addresses of evidence: public ones below the language, desk ones below the promoter."""

from django.urls import path

from moussem.evidence.views import corrections, desk, library, public

public_patterns = (
    [
        path("documents/", public.documents, name="documents-list"),
        path("documents/<uuid:document>/", public.document, name="documents-page"),
        path("figures/<uuid:figure>/", public.figure, name="figures-page"),
        path("statements/<uuid:statement>/", public.statement, name="statements-page"),
        path("subjects/<uuid:subject>/", public.subject, name="subjects-page"),
    ],
    "evidence",
)

desk_patterns = (
    [
        path("figures/", desk.figures, name="figures-list"),
        path("figures/new/", desk.record_figure, name="figures-record"),
        path("figures/<uuid:figure>/", desk.figure, name="figures-page"),
        path("figures/<uuid:figure>/correct/", desk.replace_figure, name="figures-replace"),
        path("figures/<uuid:figure>/publish/", desk.publish_one_figure, name="figures-publish"),
        path("statements/", desk.statements, name="statements-list"),
        path("statements/new/", desk.record_statement, name="statements-record"),
        path("statements/<uuid:statement>/", desk.statement, name="statements-page"),
        path("statements/<uuid:statement>/publish/", desk.publish_one_statement, name="statements-publish"),
        path("statements/<uuid:statement>/correct/", corrections.statement, name="statements-correct"),
        path("documents/<uuid:document>/correct/", corrections.document, name="documents-correct"),
        path("documents/<uuid:document>/passages/", corrections.passage, name="documents-passage"),
        path("documents/<uuid:document>/silences/", corrections.silence, name="documents-silence"),
        path("documents/", library.documents, name="documents-list"),
        path("documents/new/", library.add, name="documents-add"),
        path("documents/<uuid:document>/", library.document, name="documents-page"),
        path("documents/<uuid:document>/publish/", library.publish, name="documents-publish"),
    ],
    "evidence_desk",
)
