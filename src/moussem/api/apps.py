"""The application's registration with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The programmable door of the product."""

    name = "moussem.api"
    label = "api"
