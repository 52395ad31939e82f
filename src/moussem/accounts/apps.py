"""Accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, promoters, roles, links and tokens."""

    name = "moussem.accounts"
    label = "accounts"
