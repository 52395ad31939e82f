"""The application's registration with Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Organisations, people, places and parks."""

    name = "moussem.directory"
    label = "directory"
