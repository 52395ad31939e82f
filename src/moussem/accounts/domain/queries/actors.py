"""From a user to the actor it is in this request."""

from django.conf import settings
from django.utils.module_loading import import_string

from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR
from moussem.accounts.models import Promoter, RoleGrant, User
from moussem.core.actor import Actor


def actor_of_user(user: User, promoter: Promoter | None) -> Actor:
    """The actor that `user` is at `promoter` (None: outside any desk), with the roles held there and whom it
    represents.
    """
    roles: set[str] = set()
    if promoter is not None:
        held = RoleGrant.objects.filter(user=user, promoter=promoter, ended_at=None)
        roles.update(held.values_list("role", flat=True))
    elif user.is_installation_administrator:
        roles.add(INSTALLATION_ADMINISTRATOR)
    return Actor(
        kind="user",
        id=str(user.public_id),
        label=str(user),
        promoter_pk=promoter.pk if promoter else None,
        promoter_key=promoter.key if promoter else "",
        roles=frozenset(roles),
        organisation_pks=_represented(user),
    )


def _represented(user: User) -> frozenset[int]:
    resolver = getattr(settings, "REPRESENTATION_RESOLVER", "")
    return import_string(resolver)(user) if resolver else frozenset()
