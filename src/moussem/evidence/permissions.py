"""Who may write, publish and verify evidence."""

from moussem.accounts.permissions import is_editor, works_at_desk
from moussem.core.actor import Actor


def can_see_desk(actor: Actor) -> bool:
    """Whether the actor may open the promoter's evidence desk."""
    return works_at_desk(actor)


def can_record(actor: Actor) -> bool:
    """Whether the actor may record documents, figures and statements; background work of the promoter may, too."""
    return is_editor(actor) or (actor.kind == "task" and actor.promoter_pk is not None)


def can_publish(actor: Actor) -> bool:
    """Whether the actor may open evidence to the public: an act of the promoter."""
    return can_record(actor)
