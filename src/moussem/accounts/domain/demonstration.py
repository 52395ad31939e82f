"""The demonstration's accounts: one per role, named by function, without a password, on this machine only."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from moussem.accounts.domain.promoters import grant_role
from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR, INSTALLATION_ADMINISTRATOR_LABEL, Role
from moussem.accounts.models import Promoter, RoleGrant, User
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.clients import site_is_loopback

DOMAIN = "example"


class NotOnLoopback(Exception):
    """Role accounts exist in a demonstration on this machine only, and this installation is none."""


class NoRoleAccount(Exception):
    """No account of the demonstration has this identifier."""


@transaction.atomic
def create_role_accounts(*, promoter: Promoter, by: Actor, at: datetime) -> list[User]:
    """One account per role at `promoter`, and the installation's administrator; those that exist are left as they are.

    Raises `NotOnLoopback`.
    """
    refuse_elsewhere()
    with override("fr"):
        return [_administrator(by, at)] + [_of_role(promoter, role, by, at) for role in Role]


@transaction.atomic
def create_team_account(
    *, promoter: Promoter, name: str, label: str, roles: Iterable[Role], by: Actor, at: datetime
) -> User:
    """One account that holds several roles at `promoter`, as in a small team; raises `NotOnLoopback`."""
    refuse_elsewhere()
    user, made = _account(f"{name}@{promoter.slug}.{DOMAIN}", label)
    if made:
        _tell(user, by, at, promoter.key)
    held = set(RoleGrant.objects.filter(user=user, promoter=promoter, ended_at=None).values_list("role", flat=True))
    for role in roles:
        if role not in held:
            grant_role(user=user, promoter=promoter, role=role, by=by, at=at)
    return user


@transaction.atomic
def create_outside_account(*, promoter: Promoter, name: str, label: str, by: Actor, at: datetime) -> User:
    """One account without a role, for somebody who acts for an organisation beside `promoter`; one that exists is left
    as it is. Raises `NotOnLoopback`.
    """
    refuse_elsewhere()
    user, made = _account(f"{name}@{promoter.slug}.{DOMAIN}", label)
    if made:
        _tell(user, by, at, promoter.key)
    return user


def role_account(*, key: UUID) -> User:
    """The account behind a button of the log-in page; raises `NotOnLoopback`, and `NoRoleAccount` for any other."""
    refuse_elsewhere()
    found = User.objects.filter(public_id=key, email__endswith=f".{DOMAIN}", is_active=True).first()
    if found is None or found.has_usable_password():
        raise NoRoleAccount(key)
    return found


def refuse_elsewhere() -> None:
    """Raise `NotOnLoopback` unless this is a demonstration whose site address is this machine."""
    if not (settings.DEMONSTRATION and site_is_loopback()):
        raise NotOnLoopback(settings.SITE_URL)


def _administrator(by: Actor, at: datetime) -> User:
    email = f"{_dashed(INSTALLATION_ADMINISTRATOR)}@moussem.{DOMAIN}"
    user, made = _account(email, str(INSTALLATION_ADMINISTRATOR_LABEL), is_installation_administrator=True)
    if made:
        _tell(user, by, at, "")
    return user


def _of_role(promoter: Promoter, role: Role, by: Actor, at: datetime) -> User:
    user, made = _account(f"{_dashed(role)}@{promoter.slug}.{DOMAIN}", str(role.label))
    if made:
        _tell(user, by, at, promoter.key)
    if not RoleGrant.objects.filter(user=user, promoter=promoter, role=role, ended_at=None).exists():
        grant_role(user=user, promoter=promoter, role=role, by=by, at=at)
    return user


def _account(email: str, label: str, **fields: bool) -> tuple[User, bool]:
    """The account with this address, and whether it was made now. Its address counts as answered: it is invented, and
    nobody reads there.
    """
    found = User.objects.filter(email=email).first()
    if found:
        return found, False
    user = User.objects.create_user(email, label=label, language="fr", **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user, True


def _dashed(role: str) -> str:
    return str(role).replace("_", "-")


def _tell(user: User, by: Actor, at: datetime, promoter_key: str) -> None:
    write_entry(
        by=by,
        at=at,
        verb="create_user",
        object_kind="user",
        object_id=user.public_id,
        object_label=str(user),
        promoter_key=promoter_key,
        after={"email": user.email, "label": user.label},
    )
