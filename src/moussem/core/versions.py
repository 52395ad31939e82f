"""Two people editing one row: the second is told, with both versions, and nothing is lost."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F


class ChangedMeanwhile(Exception):
    """Somebody else saved the row since it was read.

    `current` is the row as it stands now, `attempted` the fields that were to be saved.
    """

    def __init__(self, current: models.Model, attempted: Mapping[str, Any]) -> None:
        """Keep both versions, so that the form can show them side by side."""
        super().__init__(f"{current._meta.label} {current.pk} was changed meanwhile")
        self.current = current
        self.attempted = dict(attempted)


def save_version(row: models.Model, *, read_version: int, **changes: Any) -> None:
    """Save `changes` on `row` if its version is still `read_version`; raise `ChangedMeanwhile` otherwise.

    One UPDATE with the version in its WHERE clause: safe on both databases without a lock.
    """
    manager = type(row)._default_manager
    saved = manager.filter(pk=row.pk, version=read_version).update(**changes, version=F("version") + 1)
    if not saved:
        raise ChangedMeanwhile(manager.get(pk=row.pk), changes)
    row.refresh_from_db()
