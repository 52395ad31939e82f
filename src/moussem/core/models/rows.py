"""The base of every row that has an address."""

from django.db import models

from moussem.core.ids import uuid7


class Row(models.Model):
    """A row with a public identifier (the only one ever shown) and a version (for edits side by side)."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Publishable(models.Model):
    """A row that is closed until somebody publishes it; `published_at` null means: not public."""

    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        """Whether the public may see it."""
        return self.published_at is not None
