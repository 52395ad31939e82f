"""The application's registration with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The installation's own commands."""

    name = "moussem.config"
    label = "config"
