"""The core as a Django application."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the start-up checks that keep a view without a declared permission from starting."""

    name = "moussem.core"
    label = "core"

    def ready(self) -> None:
        """Load the system checks and the runners of every app."""
        from django.utils.module_loading import autodiscover_modules

        from moussem.core import checks  # noqa: F401

        autodiscover_modules("tasks", "receivers", "navigation_items", "panels")
