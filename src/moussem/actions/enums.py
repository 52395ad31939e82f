"""The words of actions."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ActionState(models.TextChoices):
    """Where a next step stands."""

    OPEN = "open", pgettext_lazy("action", "To do")
    DONE = "done", pgettext_lazy("action", "Done")
    DROPPED = "dropped", pgettext_lazy("action", "Dropped")
