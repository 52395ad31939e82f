"""The application's registration with Django."""

from django.apps import AppConfig


class GuestsConfig(AppConfig):
    """Target lists, invitations, registrations, presence."""

    name = "moussem.guests"
    label = "guests"
