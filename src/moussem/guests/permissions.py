"""Who may target, invite, answer and keep the door."""

from moussem.accounts.enums import Role
from moussem.accounts.permissions import is_editor, works_at_desk
from moussem.core.actor import Actor


def can_see_desk(actor: Actor) -> bool:
    """Whether the actor may open the promoter's pages of guests."""
    return works_at_desk(actor)


def can_invite(actor: Actor) -> bool:
    """Whether the actor may target and invite, note answers and keep the door; the promoter's own work may, too."""
    return is_editor(actor) or (actor.kind == "task" and actor.promoter_pk is not None)


def can_see_scores(actor: Actor) -> bool:
    """Whether the actor may read criteria, scores and reasons of target lists: the team that invites, and the
    promoter's own work. Officers, jurors and observers read nothing of them; the person concerned does, by their link.
    """
    return can_invite(actor)


def can_answer(actor: Actor, link_key: str) -> bool:
    """Whether the actor may answer the invitation with this link ("": none): whoever holds it, and who may invite."""
    return can_invite(actor) or (actor.kind == "link" and bool(link_key) and actor.id == link_key)


def can_take_link(actor: Actor, owner_key: str) -> bool:
    """Whether the actor may copy a guest's personal link, which answers in the guest's name: the account owner and the
    administrator; where nobody looks after the guest ("") every editor.
    """
    if actor.has_role(Role.PROMOTER_ADMINISTRATOR):
        return True
    return is_editor(actor) and owner_key in ("", actor.id)


def can_register(actor: Actor, *, is_public: bool) -> bool:
    """Whether the actor may register for an event by its open form: whoever can read its page, and who may invite."""
    return is_public or can_invite(actor)
