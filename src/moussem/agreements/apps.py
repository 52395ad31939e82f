"""The application's registration with Django."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements, their parties and obligations."""

    name = "moussem.agreements"
    label = "agreements"
