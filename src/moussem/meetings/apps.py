"""The application's registration with Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Requests, slots, tables, meetings and what both sides say of them."""

    name = "moussem.meetings"
    label = "meetings"
