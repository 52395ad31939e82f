"""The ledger as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger of everything that was changed."""

    name = "moussem.audit"
    label = "audit"
