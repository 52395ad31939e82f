"""The application's registration with Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The outbox and what keeps it honest."""

    name = "moussem.mail"
    label = "mail"
