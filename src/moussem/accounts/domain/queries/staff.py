"""Who works where."""

from collections import defaultdict
from dataclasses import dataclass

from moussem.accounts.enums import (
    INSTALLATION_ADMINISTRATOR_LABEL,
    INSTALLATION_ADMINISTRATOR_MEANING,
    REPRESENTATIVE_MEANING,
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
    """The demonstration's accounts: the installation's administrator under "", then those of each promoter, in order of
    making. One button an account: of several roles it names the account, and of none (an operator, an
    applicant) too. An account belongs to the promoter that its invented address names.
    """
    users = User.objects.filter(email__endswith=".example", is_active=True).order_by("pk")
    roles: dict[tuple[int, str], list[Role]] = defaultdict(list)
    for grant in RoleGrant.objects.filter(user__in=users, ended_at=None).select_related("promoter").order_by("pk"):
        roles[grant.user_id, grant.promoter.slug].append(Role(grant.role))
    groups = [("", [RoleButton(user, str(INSTALLATION_ADMINISTRATOR_LABEL), str(INSTALLATION_ADMINISTRATOR_MEANING))
                    for user in users if user.is_installation_administrator])]  # fmt: skip
    for promoter in Promoter.objects.filter(closed_at=None).order_by("pk"):
        own = [user for user in users if user.email.endswith(f"@{promoter.slug}.example")]
        groups.append((promoter.shown_name, [_button(user, roles[user.pk, promoter.slug]) for user in own]))
    return [(name, buttons) for name, buttons in groups if buttons]


def _button(user: User, roles: list[Role]) -> RoleButton:
    if len(roles) == 1:
        return RoleButton(user, str(roles[0].label), str(ROLE_MEANINGS[roles[0]]))
    meaning = ", ".join(str(role.label) for role in roles) or str(REPRESENTATIVE_MEANING)
    return RoleButton(user, user.label, meaning)
