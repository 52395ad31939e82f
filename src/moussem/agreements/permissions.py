"""Who may write and open agreements."""

from moussem.accounts.permissions import is_editor, works_at_desk
from moussem.core.actor import Actor


def can_see_desk(actor: Actor) -> bool:
    """Whether the actor may open the promoter's agreements."""
    return works_at_desk(actor)


def can_write(actor: Actor) -> bool:
    """Whether the actor may record, sign, end and publish agreements; background work of the promoter may, too."""
    return is_editor(actor) or (actor.kind == "task" and actor.promoter_pk is not None)
