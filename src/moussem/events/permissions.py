"""Who may write events, and the minutes of club meetings."""

from moussem.accounts.permissions import is_editor, works_at_desk
from moussem.actions.permissions import can_see_actions
from moussem.core.actor import Actor


def can_see_desk(actor: Actor) -> bool:
    """Whether the actor may open the promoter's events desk."""
    return works_at_desk(actor)


def can_organise(actor: Actor) -> bool:
    """Whether the actor may add and correct events; background work of the promoter may, too."""
    return is_editor(actor) or (actor.kind == "task" and actor.promoter_pk is not None)


def can_see_minutes(actor: Actor) -> bool:
    """Whether the actor may read minutes: whoever reads the next steps that come from them."""
    return can_see_actions(actor)


def can_write_minutes(actor: Actor) -> bool:
    """Whether the actor may write, correct and approve minutes: whoever writes gatherings."""
    return can_organise(actor)
