"""Addresses of evidence: public ones below the language, desk ones below the promoter."""

from django.urls import path

from moussem.evidence.views import public

public_patterns = (
    [
        path("documents/", public.documents, name="documents-list"),
        path("documents/<uuid:document>/", public.document, name="documents-page"),
        path("figures/<uuid:figure>/", public.figure, name="figures-page"),
        path("statements/<uuid:statement>/", public.statement, name="statements-page"),
    ],
    "evidence",
)
