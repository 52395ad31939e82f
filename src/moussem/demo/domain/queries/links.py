"""Whose link one follows in the playground, and the page of the desk from which it is followed."""

from dataclasses import dataclass
from uuid import UUID

from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Link
from moussem.core.actor import Actor


@dataclass(frozen=True, slots=True)
class PlayedLink:
    """A link of the playground: for whom it is ("": not said), and what it is about (None: something else)."""

    label: str
    slug: str
    event: UUID | None
    headcount_return: UUID | None


def played_link(actor: Actor) -> PlayedLink | None:
    """The link by which somebody came into the playground; None for anybody else's link."""
    if actor.kind != "link":
        return None
    rows = Link.objects.filter(public_id=actor.id, promoter__kind=PromoterKind.PLAYGROUND).values_list(
        "person_label", "promoter__slug", "invitation__event__public_id", "headcount_return__public_id"
    )
    found = rows.first()
    return PlayedLink(*found) if found else None
