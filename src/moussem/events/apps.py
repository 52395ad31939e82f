"""The application's registration with Django."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Gatherings as they were or will be held."""

    name = "moussem.events"
    label = "events"
