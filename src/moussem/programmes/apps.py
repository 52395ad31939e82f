"""The application's registration with Django."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Funds, intakes and awards: calls, applications, determinations."""

    name = "moussem.programmes"
    label = "programmes"
