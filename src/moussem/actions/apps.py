"""The application's registration with Django."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Next steps: what, owner, due date, about whom."""

    name = "moussem.actions"
    label = "actions"
