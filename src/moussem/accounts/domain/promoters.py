"""Founding and closing promoters, and who holds which role there."""

from datetime import datetime

from django.db import IntegrityError, transaction

from moussem.accounts.domain.refusals import require
from moussem.accounts.enums import PromoterKind, Role
from moussem.accounts.models import Promoter, RoleGrant, User
from moussem.accounts.permissions import can_administer, can_found
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor


class SlugTaken(Exception):
    """Another promoter already has this short name, or the commons exists."""


class RoleHeld(Exception):
    """The user already holds this role at this promoter."""


class RoleEnded(Exception):
    """The role ended already."""


class LastAdministrator(Exception):
    """The promoter would be left without an administrator."""


class AccountInactive(Exception):
    """The account is deactivated: it can be given nothing."""


@transaction.atomic
def create_promoter(*, slug: str, name: str, by: Actor, at: datetime, kind: str = PromoterKind.PROMOTER) -> Promoter:
    """Found a promoter; raises `SlugTaken` for a short name in use, and for a second commons."""
    require(can_found(by), "found a promoter")
    try:
        with transaction.atomic():
            promoter = Promoter.objects.create(slug=slug, name=name, kind=kind)
    except IntegrityError as taken:
        raise SlugTaken(slug) from taken
    write_entry(
        by=by,
        at=at,
        verb="create_promoter",
        object_kind="promoter",
        object_id=promoter.public_id,
        object_label=name,
        promoter_key=promoter.key,
        after={"slug": slug, "name": name, "kind": str(kind)},
    )
    return promoter


@transaction.atomic
def grant_role(*, user: User, promoter: Promoter, role: str, by: Actor, at: datetime) -> RoleGrant:
    """Let `user` work at `promoter` as `role`; raises `RoleHeld` or `AccountInactive`."""
    require(can_administer(by, promoter.pk), "grant a role")
    if not user.is_active:
        raise AccountInactive(user.public_id)
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(user=user, promoter=promoter, role=Role(role), granted_at=at)
    except IntegrityError as held:
        raise RoleHeld(role) from held
    _tell(grant, "grant_role", by, at)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: Actor, at: datetime) -> None:
    """End a role from now on; raises `RoleEnded`, and `LastAdministrator` rather than orphan a promoter."""
    require(can_administer(by, grant.promoter_id), "end a role")
    Promoter.objects.select_for_update().get(pk=grant.promoter_id)
    if grant.role == Role.PROMOTER_ADMINISTRATOR and not _other_administrators(grant):
        raise LastAdministrator(grant.promoter.slug)
    close_grant(grant=grant, by=by, at=at)


def close_grant(*, grant: RoleGrant, by: Actor, at: datetime) -> None:
    """Close one grant inside the caller's transaction, whoever is left; raises `RoleEnded`."""
    if not RoleGrant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=at):
        raise RoleEnded(grant.public_id)
    grant.ended_at = at
    _tell(grant, "end_role", by, at)


def _other_administrators(grant: RoleGrant) -> bool:
    held = RoleGrant.objects.filter(promoter=grant.promoter_id, role=grant.role, ended_at=None, user__is_active=True)
    return held.exclude(pk=grant.pk).exists()


def _tell(grant: RoleGrant, verb: str, by: Actor, at: datetime) -> None:
    write_entry(
        by=by,
        at=at,
        verb=verb,
        object_kind="user",
        object_id=grant.user.public_id,
        object_label=str(grant.user),
        promoter_key=grant.promoter.key,
        after={"role": str(grant.role), "ended_at": grant.ended_at},
    )
