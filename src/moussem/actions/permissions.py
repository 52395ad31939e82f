"""Who may see and write next steps."""

from moussem.accounts.enums import Role
from moussem.accounts.permissions import EDITORS, is_staff
from moussem.core.actor import Actor

WORKING = (*EDITORS, Role.FUND_OFFICER)


def can_see_actions(actor: Actor) -> bool:
    """Whether the actor may read the promoter's next steps: its staff but its jurors, who come from outside."""
    return is_staff(actor) and actor.has_role(*WORKING, Role.OBSERVER)


def can_act(actor: Actor) -> bool:
    """Whether the actor may open and settle next steps: editors and fund officers, and the promoter's own work."""
    if actor.promoter_pk is None:
        return False
    return actor.kind == "task" or actor.has_role(*WORKING)
