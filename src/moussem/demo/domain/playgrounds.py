"""The playground: a promoter of invented examples in which the whole way is alive, opened, and begun anew."""

from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.demonstration import (
    create_outside_account,
    create_role_accounts,
    create_team_account,
    refuse_elsewhere,
)
from moussem.accounts.domain.promoters import create_promoter
from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.enums import PromoterKind, Role
from moussem.accounts.models import Promoter, User
from moussem.core.actor import Actor, task_actor
from moussem.demo.domain.purging import purge_playground
from moussem.demo.domain.story.playing import play_story
from moussem.directory.domain.representations import let_represent
from moussem.directory.models import Organisation

SLUG = "bac-a-sable"
NAME = "Bac à sable (exemples)"
TASK = "playground"
TEAM = "equipe"
SECOND = "seconde-personne"
TEAM_ROLES = (Role.PROMOTER_ADMINISTRATOR, Role.ORGANISER, Role.ACCOUNT_OWNER, Role.FUND_OFFICER)
OUTSIDE = {
    "operateur": ("Opérateur Alpha (exemple)", "Alpha (exemple)"),
    "concurrent": ("Opérateur Bêta (exemple)", "Bêta (exemple)"),
    "candidat": ("Candidat Delta (exemple)", "Delta (exemple)"),
}
"""Who acts for a firm of the playground: the account's name -> its label, the firm. The first two declare their staff,
the third is asked for more in its application."""
LABELS = {TEAM: "Équipe (exemple)", SECOND: "Seconde personne (exemple)"}


class NoPlayground(Exception):
    """No playground is open."""


def playground() -> Promoter | None:
    """The playground that is open; None where there is none."""
    return Promoter.objects.filter(kind=PromoterKind.PLAYGROUND).first()


@transaction.atomic
def open_playground(*, at: datetime) -> Promoter:
    """The playground with its accounts and its story, played relative to `at`; one that is open is left as it is.

    Raises `NotOnLoopback` outside a demonstration on this machine.
    """
    refuse_elsewhere()
    found = playground()
    if found is not None:
        return found
    by = task_actor(TASK)
    promoter = create_promoter(slug=SLUG, name=NAME, kind=PromoterKind.PLAYGROUND, by=by, at=at)
    create_role_accounts(promoter=promoter, by=by, at=at)
    users = {
        name: create_team_account(promoter=promoter, name=name, label=label, roles=TEAM_ROLES, by=by, at=at)
        for name, label in LABELS.items()
    }
    team = actor_of_user(users[TEAM], promoter)
    play_story(team=team, second=actor_of_user(users[SECOND], promoter), at=at)
    for name, (label, firm) in OUTSIDE.items():
        user = create_outside_account(promoter=promoter, name=name, label=label, by=by, at=at)
        let_represent(by=team, at=at, user=user, organisation=Organisation.objects.get(promoter=promoter, name=firm))
    return promoter


@transaction.atomic
def begin_anew(*, promoter: Promoter, by: Actor, at: datetime) -> Promoter:
    """Purge the playground and open a new one, by one of those who work in it.

    Raises `NotAPlayground`, and `NotOnLoopback` outside a demonstration.
    """
    refuse_elsewhere()
    purge_playground(promoter=promoter, by=by, at=at)
    return open_playground(at=at)


def member_of_playground(name: str) -> User:
    """The account called `name` (`TEAM`, `SECOND` or one of `OUTSIDE`); raises `NoPlayground` for any other, and where
    none is open.
    """
    if name not in {**LABELS, **OUTSIDE} or playground() is None:
        raise NoPlayground(name)
    return User.objects.get(email=f"{name}@{SLUG}.example")
