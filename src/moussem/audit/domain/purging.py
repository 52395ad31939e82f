"""Taking away a whole chain: only with the promoter it belongs to, when a playground is purged."""

from moussem.audit.domain.heads import heads_path, kept_chains
from moussem.audit.models import ChainHead, Entry, Payload

PURGED = "purge_promoter"
"""The verb under which the installation's own chain tells that a promoter was purged; its object is the promoter."""


def drop_chain(promoter_key: str) -> int:
    """Delete the chain of `promoter_key`, inside the caller's transaction, and answer how many entries it had.

    The heads kept outside the database are taken away by `forget_heads`, once that transaction stands.
    """
    Payload.objects.filter(entry__promoter_key=promoter_key).delete()
    ChainHead.objects.filter(promoter_key=promoter_key).delete()
    count, _ = Entry.objects.filter(promoter_key=promoter_key).delete()
    return count


def forget_heads() -> None:
    """Take away the kept heads of chains whose promoter the installation's chain says was purged; idempotent, so that
    a machine stopped after the purge loses nothing but time.
    """
    kept = set(kept_chains())
    purged = Entry.objects.filter(promoter_key="", verb=PURGED, object_id__in=kept).values_list("object_id", flat=True)
    for key in purged:
        for path in (heads_path(key), heads_path(key).with_suffix(".lock")):
            path.unlink(missing_ok=True)
