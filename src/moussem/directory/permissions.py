"""Who may write the directory, see contacts, and decide what is one."""

from moussem.accounts.enums import Role
from moussem.accounts.permissions import is_editor, works_at_desk
from moussem.core.actor import Actor


def can_see_desk(actor: Actor) -> bool:
    """Whether the actor may open the promoter's directory desk."""
    return works_at_desk(actor)


def can_write(actor: Actor) -> bool:
    """Whether the actor may add and correct organisations, people, places and parks; its own background work may,
    too.
    """
    return is_editor(actor) or (actor.kind == "task" and actor.promoter_pk is not None)


def can_decide_matches(actor: Actor) -> bool:
    """Whether the actor may say that two rows are one: a person only, never background work."""
    return is_editor(actor) and actor.kind == "user"


def can_see_contacts(actor: Actor, owner_public_id: str) -> bool:
    """Whether the actor may see a person's contact details: their account owner, the promoter's administrator, and its
    background work (a colleague whom a guest names by the personal link).
    """
    if actor.kind == "task":
        return actor.promoter_pk is not None
    return actor.has_role(Role.PROMOTER_ADMINISTRATOR) or (actor.kind == "user" and actor.id == owner_public_id)
