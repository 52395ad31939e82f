"""Which templates a promoter may start a gathering from."""

from collections.abc import Sequence
from dataclasses import dataclass

from moussem.core.actor import Actor
from moussem.events.domain.built_in import ready_made
from moussem.events.domain.outlines import TemplateFacts, outline_of
from moussem.events.enums import EventKind
from moussem.events.models import Template


@dataclass(frozen=True, slots=True)
class Offer:
    """A template that may be chosen: by its key, which is the code of a ready-made one or the identifier of an own
    one. `row` is the own one; None: ready-made. `is_replaced`: an own copy stands in its place.
    """

    key: str
    facts: TemplateFacts
    row: Template | None = None
    is_replaced: bool = False

    @property
    def code(self) -> EventKind:
        """The ready-made one that it is, or was copied from."""
        return EventKind(self.row.code) if self.row else self.facts.kind


def offered(actor: Actor) -> Sequence[Offer]:
    """The promoter's own templates, oldest first, then the ready-made ones in the order of the kinds."""
    rows = Template.objects.visible_to(actor).filter(promoter=actor.promoter_pk, withdrawn_at=None).order_by("pk")
    own = [Offer(str(row.public_id), facts_of(row), row) for row in rows]
    copied = {offer.code for offer in own}
    made = [Offer(kind.value, facts, is_replaced=kind in copied) for kind, facts in ready_made().items()]
    return [*own, *made]


def facts_of(row: Template) -> TemplateFacts:
    """What an own template says."""
    return TemplateFacts(row.name, EventKind(row.kind), outline_of(row.outline))


def offer_called(offers: Sequence[Offer], key: str) -> Offer | None:
    """The offer with this key; None where there is none."""
    return next((offer for offer in offers if offer.key == key), None)
