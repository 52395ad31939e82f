"""Who may do what with accounts; and the predicates that other rooms build on."""

from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR, Role
from moussem.core.actor import Actor

EDITORS = (Role.PROMOTER_ADMINISTRATOR, Role.ORGANISER, Role.ACCOUNT_OWNER)


def is_staff(actor: Actor) -> bool:
    """Whether the actor works at its promoter in any role."""
    return actor.kind in ("user", "token") and bool(actor.roles) and actor.promoter_pk is not None


def works_at_desk(actor: Actor) -> bool:
    """Whether the actor works at its promoter, and not only judges for it: a juror comes from outside, and reads
    nothing of guests, projects or figures that are not public.
    """
    return is_staff(actor) and actor.roles != {Role.JUROR}


def is_editor(actor: Actor) -> bool:
    """Whether the actor may write the promoter's directory and evidence."""
    return actor.promoter_pk is not None and actor.has_role(*EDITORS)


def is_promoter_administrator(actor: Actor) -> bool:
    """Whether the actor administers its promoter: users, roles, tokens."""
    return actor.promoter_pk is not None and actor.has_role(Role.PROMOTER_ADMINISTRATOR)


def is_installation_administrator(actor: Actor) -> bool:
    """Whether the actor administers the installation: promoters and users, but no promoter's rows."""
    return actor.has_role(INSTALLATION_ADMINISTRATOR)


def can_administer(actor: Actor, promoter_pk: int) -> bool:
    """Whether the actor may say who works at this promoter: its administrator, the installation's, and background work
    of the promoter or of the installation.
    """
    if actor.kind == "task":
        return actor.promoter_pk in (None, promoter_pk)
    return is_installation_administrator(actor) or (actor.within(promoter_pk) and is_promoter_administrator(actor))


def can_found(actor: Actor) -> bool:
    """Whether the actor may found promoters and close accounts: the installation's administrator, and its own work."""
    return is_installation_administrator(actor) or (actor.kind == "task" and actor.promoter_pk is None)


def can_give_links(actor: Actor, promoter_pk: int) -> bool:
    """Whether the actor may make, renew and revoke personal links of this promoter: its editors and its own work."""
    if actor.kind == "task":
        return actor.promoter_pk in (None, promoter_pk)
    return actor.within(promoter_pk) and is_editor(actor)


def can_give_tokens(actor: Actor, promoter_pk: int) -> bool:
    """Whether the actor may make and revoke tokens of this promoter: its administrator and its own work. No token may
    make another.
    """
    return actor.kind != "token" and can_administer(actor, promoter_pk) and not is_installation_administrator(actor)
