"""Who may write projects, be the second person, and declare for an organisation."""

from moussem.accounts.permissions import is_editor, works_at_desk
from moussem.core.actor import Actor


def can_see_desk(actor: Actor) -> bool:
    """Whether the actor may open the promoter's projects and returns."""
    return works_at_desk(actor)


def can_write(actor: Actor) -> bool:
    """Whether the actor may open and move projects and ask for returns; background work of the promoter may, too."""
    return is_editor(actor) or (actor.kind == "task" and actor.promoter_pk is not None)


def can_be_second(actor: Actor) -> bool:
    """Whether the actor may confirm, check or verify what another person wrote: a person only, never a program."""
    return is_editor(actor) and actor.kind == "user"


def represents(actor: Actor) -> bool:
    """Whether the actor is a user who acts for an organisation."""
    return actor.kind == "user" and bool(actor.organisation_pks)
