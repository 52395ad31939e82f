"""Which rows a promoter's rows may point to: its own, and what anybody published."""

from typing import Any

from moussem.accounts.domain.refusals import ForeignRow
from moussem.accounts.enums import PromoterKind
from moussem.core.actor import Actor


def require_in_reach(*rows: Any, by: Actor) -> None:
    """Raise `ForeignRow` unless every row given is the actor's promoter's own or published, and no playground's but its
    own (None rows pass).
    """
    for row in rows:
        if row is None or by.within(row.promoter_id):
            continue
        if not row.is_published or row.promoter.kind == PromoterKind.PLAYGROUND:
            raise ForeignRow(f"{row._meta.label} {row.public_id}")
