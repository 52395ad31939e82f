"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Today: what waits for a person."""

    name = "moussem.desk"
    label = "desk"
