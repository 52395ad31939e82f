"""Who runs programmes, who decides, who may apply. Jurors see nothing of the money."""

from moussem.accounts.enums import Role
from moussem.accounts.permissions import is_editor, works_at_desk
from moussem.core.actor import Actor

_RUNNING = (Role.FUND_OFFICER, Role.PROMOTER_ADMINISTRATOR)


def can_see_desk(actor: Actor) -> bool:
    """Whether the actor may open the promoter's desk of programmes: its staff, except those who are jurors only."""
    return works_at_desk(actor)


def can_run(actor: Actor) -> bool:
    """Whether the actor may write programmes, rules, calls, and applications for those who hand them in on paper:
    fund officers and the promoter's administrator; its background work may, too.
    """
    return actor.promoter_pk is not None and (actor.has_role(*_RUNNING) or actor.kind == "task")


def can_give_awards(actor: Actor) -> bool:
    """Whether the actor may record who got a prize: those who run programmes, and those who run gatherings."""
    return can_run(actor) or is_editor(actor)


def can_decide(actor: Actor) -> bool:
    """Whether the actor may decide applications: a fund officer in person, never a token or background work."""
    return actor.kind == "user" and actor.promoter_pk is not None and actor.has_role(Role.FUND_OFFICER)


def can_apply(actor: Actor) -> bool:
    """Whether the actor acts for an organisation, and so may apply in its name."""
    return actor.kind == "user" and bool(actor.organisation_pks)


def has_applied(actor: Actor, organisation_pk: int) -> bool:
    """Whether the actor acts for the organisation with this key, in whose name an application stands."""
    return can_apply(actor) and organisation_pk in actor.organisation_pks
