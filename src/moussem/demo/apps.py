"""The demonstration as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Carries the season's data files and the command that plays them; it has no tables."""

    name = "moussem.demo"
    label = "demo"
