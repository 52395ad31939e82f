"""Who works where."""

from collections import defaultdict
from dataclasses import dataclass

from moussem.accounts.enums import (
    INSTALLATION_ADMINISTRATOR_LABEL,
    INSTALLATION_ADMINISTRATOR_MEANING,
    ROLE_MEANINGS,
    Role,
)
from moussem.accounts.models import Promoter, RoleGrant, User
from moussem.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Colleague:
    """A user of a promoter with the roles held there now; without any, one who left."""

    user: User
    grants: tuple[RoleGrant, ...]

    @property
    def role_labels(self) -> list[str]:
        """The roles as a person reads them."""
        return [str(Role(grant.role).label) for grant in self.grants]


@dataclass(frozen=True, slots=True)
class RoleButton:
    """One button of the demonstration's log-in page."""

    user: User
    role: str
    meaning: str


def colleagues(actor: Actor) -> list[Colleague]:
    """Everybody who works or worked at the actor's promoter, by name; two queries however many they are."""
    held: dict[int, list[RoleGrant]] = defaultdict(list)
    for grant in RoleGrant.objects.visible_to(actor).filter(ended_at=None).order_by("role"):
        held[grant.user_id].append(grant)
    users = User.objects.visible_to(actor).order_by("label", "email")
    return [Colleague(user, tuple(held[user.pk])) for user in users]


def promoters_of(user: User) -> list[tuple[Promoter, list[str]]]:
    """The open promoters where the user holds a role, by name, each with the labels of the roles."""
    labels: dict[Promoter, list[str]] = {}
    held = RoleGrant.objects.filter(user=user, ended_at=None, promoter__closed_at=None)
    for grant in held.select_related("promoter").order_by("promoter__name", "role"):
        labels.setdefault(grant.promoter, []).append(str(Role(grant.role).label))
    return list(labels.items())


def role_buttons() -> list[tuple[str, list[RoleButton]]]:
    """The demonstration's accounts: the installation's administrator under "", then those of each promoter, by role."""
    demonstration = {"user__email__endswith": ".example", "user__is_active": True, "ended_at": None}
    groups: dict[str, list[RoleButton]] = {"": []}
    for user in User.objects.filter(is_installation_administrator=True, is_active=True, email__endswith=".example"):
        groups[""].append(
            RoleButton(user, str(INSTALLATION_ADMINISTRATOR_LABEL), str(INSTALLATION_ADMINISTRATOR_MEANING))
        )
    for grant in RoleGrant.objects.filter(**demonstration).select_related("user", "promoter").order_by("pk"):
        role = Role(grant.role)
        buttons = groups.setdefault(grant.promoter.shown_name, [])
        buttons.append(RoleButton(grant.user, str(role.label), str(ROLE_MEANINGS[role])))
    return [(name, buttons) for name, buttons in groups.items() if buttons]
