"""Who may read what a promoter counts."""

from moussem.accounts.permissions import works_at_desk
from moussem.core.actor import Actor


def can_see_counts(actor: Actor) -> bool:
    """Whether the actor may read the promoter's own counts: its staff."""
    return works_at_desk(actor)
