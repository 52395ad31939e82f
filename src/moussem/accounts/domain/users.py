"""Inviting and deactivating users. Nobody signs up alone: staff are invited by an administrator."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.promoters import close_grant, create_promoter, grant_role
from moussem.accounts.domain.refusals import require
from moussem.accounts.domain.tokens import close_token
from moussem.accounts.enums import Role
from moussem.accounts.models import Promoter, RoleGrant, Token, User
from moussem.accounts.news import USER_INVITED
from moussem.accounts.permissions import can_administer, can_found
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.news import publish


class AlreadyInactive(Exception):
    """The account was deactivated before."""


class WorksElsewhere(Exception):
    """The account is not this promoter's alone: only its roles here can be ended."""


class OwnAccount(Exception):
    """Nobody deactivates their own account."""


class UnknownLanguage(Exception):
    """The interface does not speak this language."""


@transaction.atomic
def invite_user(
    *, email: str, label: str, role: str, promoter: Promoter, by: Actor, at: datetime, language: str = ""
) -> User:
    """Give the person with this e-mail `role` at `promoter`; an account without a password is made where there is none.

    The person sets a password by the address sent to them. Raises `RoleHeld` where nothing would change, and
    `AccountInactive` for a deactivated account.
    """
    require(can_administer(by, promoter.pk), "invite a user")
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email, label=label, language=language)
        _tell(user, "create_user", by, at, promoter, after={"email": user.email, "label": label})
    grant = grant_role(user=user, promoter=promoter, role=role, by=by, at=at)
    publish(
        USER_INVITED,
        key=str(grant.public_id),
        promoter_key=promoter.key,
        user=str(user.public_id),
        promoter=promoter.key,
        role=str(grant.role),
    )
    return user


@transaction.atomic
def found_promoter(
    *, slug: str, name: str, kind: str, administrator_email: str, administrator_label: str, by: Actor, at: datetime
) -> Promoter:
    """Found a promoter together with its first administrator; raises as `create_promoter` and `invite_user` do."""
    promoter = create_promoter(slug=slug, name=name, kind=kind, by=by, at=at)
    invite_user(
        email=administrator_email,
        label=administrator_label,
        role=Role.PROMOTER_ADMINISTRATOR,
        promoter=promoter,
        by=by,
        at=at,
    )
    return promoter


@transaction.atomic
def deactivate_user(*, user: User, by: Actor, at: datetime, promoter: Promoter | None = None) -> None:
    """Close the account: no login, its sessions and tokens are dead at once, its roles end.

    With `promoter`, on that promoter's behalf: raises `WorksElsewhere` if the account is not its alone. Raises
    `AlreadyInactive` and `OwnAccount`.
    """
    require(can_administer(by, promoter.pk) if promoter else can_found(by), "deactivate a user")
    if str(user.public_id) == by.id:
        raise OwnAccount(user.public_id)
    if promoter is not None and _works_elsewhere(user, promoter):
        raise WorksElsewhere(user.public_id)
    if not User.objects.filter(pk=user.pk, is_active=True).update(
        is_active=False, session_epoch=F("session_epoch") + 1, version=F("version") + 1
    ):
        raise AlreadyInactive(user.public_id)
    user.refresh_from_db()
    for grant in RoleGrant.objects.filter(user=user, ended_at=None).select_related("promoter", "user"):
        close_grant(grant=grant, by=by, at=at)
    for token in Token.objects.filter(user=user, revoked_at=None).select_related("promoter"):
        close_token(token=token, by=by, at=at)
    _tell(user, "deactivate_user", by, at, promoter, before={"is_active": True}, after={"is_active": False})


@transaction.atomic
def choose_language(*, user: User, language: str, by: Actor, at: datetime) -> None:
    """Let the interface speak `language` to the user from now on; raises `UnknownLanguage`."""
    require(by.kind == "user" and by.id == str(user.public_id), "choose another's language")
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguage(language)
    before = user.language
    User.objects.filter(pk=user.pk).update(language=language, version=F("version") + 1)
    user.refresh_from_db()
    _tell(user, "choose_language", by, at, None, before={"language": before}, after={"language": language})


def _works_elsewhere(user: User, promoter: Promoter) -> bool:
    elsewhere = RoleGrant.objects.filter(user=user).exclude(promoter=promoter).exists()
    return elsewhere or user.is_installation_administrator


def _tell(
    user: User,
    verb: str,
    by: Actor,
    at: datetime,
    promoter: Promoter | None,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    write_entry(
        by=by,
        at=at,
        verb=verb,
        object_kind="user",
        object_id=user.public_id,
        object_label=str(user),
        promoter_key=promoter.key if promoter else "",
        before=before,
        after=after,
    )
