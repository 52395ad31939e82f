"""The application's registration with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Documents, citations, figures and statements."""

    name = "moussem.evidence"
    label = "evidence"
