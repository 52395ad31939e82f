"""Who may read what a promoter counts."""

from moussem.accounts.permissions import is_staff
from moussem.core.actor import Actor


def can_see_counts(actor: Actor) -> bool:
    """Whether the actor may read the promoter's own counts: its staff."""
    return is_staff(actor)
