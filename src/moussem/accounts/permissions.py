"""Who may do what with accounts; and the predicates that other rooms build on."""

from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR, Role
from moussem.core.actor import Actor

EDITORS = (Role.PROMOTER_ADMINISTRATOR, Role.ORGANISER, Role.ACCOUNT_OWNER)


def is_staff(actor: Actor) -> bool:
    """Whether the actor works at its promoter in any role."""
    return actor.kind in ("user", "token") and bool(actor.roles) and actor.promoter_pk is not None


def is_editor(actor: Actor) -> bool:
    """Whether the actor may write the promoter's directory and evidence."""
    return actor.promoter_pk is not None and actor.has_role(*EDITORS)


def is_promoter_administrator(actor: Actor) -> bool:
    """Whether the actor administers its promoter: users, roles, tokens."""
    return actor.promoter_pk is not None and actor.has_role(Role.PROMOTER_ADMINISTRATOR)


def is_installation_administrator(actor: Actor) -> bool:
    """Whether the actor administers the installation: promoters and users, but no promoter's rows."""
    return actor.has_role(INSTALLATION_ADMINISTRATOR)
