"""The observatory as a Django application."""

from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    """Dossiers of places and parks, parks compared, indicators."""

    name = "moussem.observatory"
    label = "observatory"
