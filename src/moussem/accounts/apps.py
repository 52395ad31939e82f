"""Accounts as a Django application."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, promoters, roles, links and tokens."""

    name = "moussem.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Know from the start which library the log-in needs."""
        import_module("moussem.accounts.adapters")
