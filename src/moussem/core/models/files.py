"""The content-addressed store: a file is its SHA-256, kept once, served only through the row that owns it."""

from django.db import models
from django.db.models.functions import Now


class StoredFile(models.Model):
    """A file in the store. Whoever may see the row that points here may download it; nobody else."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(db_default=Now())
