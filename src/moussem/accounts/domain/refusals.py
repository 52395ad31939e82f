"""Refusals that every room's verbs share."""

from typing import Any

from moussem.core.actor import Actor


class NotAllowed(Exception):
    """The actor may not do this. The door should have stopped it: a page never shows the verb to whom it is refused."""


class ForeignRow(Exception):
    """A row of another promoter was handed to a verb."""


def require(allowed: bool, what: str) -> None:
    """Raise `NotAllowed(what)` unless allowed."""
    if not allowed:
        raise NotAllowed(what)


def require_own(*rows: Any, by: Actor) -> None:
    """Raise `ForeignRow` unless the actor works for the promoter of every row given (None rows are passed over)."""
    for row in rows:
        if row is not None and not by.within(row.promoter_id):
            raise ForeignRow(f"{row._meta.label} {row.public_id}")
