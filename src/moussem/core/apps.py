"""The core as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Registers the start-up checks that keep a view without a declared permission from starting."""

    name = "moussem.core"
    label = "core"

    def ready(self) -> None:
        """Load the system checks and the runners of every app, and make the indexes of searches after migrations."""
        import_module("moussem.core.checks")
        post_migrate.connect(import_module("moussem.core.searching").make_indexes)
        autodiscover_modules("tasks", "receivers", "navigation_items", "panels")
