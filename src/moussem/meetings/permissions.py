"""Who may see, arrange and answer meetings."""

from moussem.accounts.enums import Role
from moussem.accounts.permissions import EDITORS, is_editor, is_staff
from moussem.core.actor import Actor


def can_see_meetings(actor: Actor) -> bool:
    """Whether the actor may read the promoter's meetings; who meets whom is no juror's and no officer's business."""
    return is_staff(actor) and actor.has_role(*EDITORS, Role.OBSERVER)


def can_arrange(actor: Actor) -> bool:
    """Whether the actor may ask, place, move and cancel meetings: editors, and the promoter's own work."""
    return is_editor(actor) or (actor.kind == "task" and actor.promoter_pk is not None)
