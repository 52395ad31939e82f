"""Who may read the ledger."""

from moussem.core.actor import Actor


def can_read_ledger(actor: Actor) -> bool:
    """Whether the actor administers its promoter, and so may read the promoter's whole ledger."""
    return actor.promoter_pk is not None and actor.has_role("promoter_administrator")
