"""Promoters: the tenants. Everything private belongs to exactly one."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from moussem.accounts.enums import INSTALLATION_ADMINISTRATOR, PromoterKind, Role
from moussem.core.actor import Actor
from moussem.core.models import Publishable, Row

# Every query of a public page holds it: written out, it costs a third of a query set that is put together each time.
_PLAYGROUNDS = "SELECT id FROM accounts_promoter WHERE kind = %s"


def _playgrounds() -> RawSQL:
    return RawSQL(_PLAYGROUNDS, (PromoterKind.PLAYGROUND.value,))  # noqa: S611  # no word of a caller's is in it


class PromoterQuerySet(models.QuerySet["Promoter"]):
    """Promoters as an actor may see them."""

    def visible_to(self, actor: Actor) -> Self:
        """The commons, and the promoter the actor works for; every one for the installation's administrator."""
        if actor.has_role(INSTALLATION_ADMINISTRATOR):
            return self.all()
        return self.filter(Q(kind=PromoterKind.COMMONS) | Q(pk=actor.promoter_pk or 0))


class Promoter(Row):
    """The agency, federation, park developer or association whose staff work here; or the commons, or a playground."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=PromoterKind, default=PromoterKind.PROMOTER)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PromoterQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind",), condition=Q(kind="commons"), name="promoter_one_commons"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name; the commons is nobody's and is called so in the reader's language."""
        return str(PromoterKind.COMMONS.label) if self.kind == PromoterKind.COMMONS else self.name

    @property
    def key(self) -> str:
        """The public identifier as text, as the ledger and the job rows keep it."""
        return str(self.public_id)


class TenantQuerySet(models.QuerySet[Any]):
    """Rows of promoters: one's own, and what anybody published."""

    def visible_to(self, actor: Actor) -> Self:
        """The actor's own promoter's rows, for its staff; and the published ones, for everybody.

        A playground's rows, published or not, only for those who came in there: nobody else meets its examples among
        what is real.
        """
        return self.filter(self.sight(actor), self.met_by(actor))

    def met_by(self, actor: Actor, through: str = "promoter") -> Q:
        """The condition that a row is no playground's, or of one in which the actor is; `through` leads to its
        promoter.
        """
        inside = actor.at_pks if actor.promoter_pk is None else actor.at_pks | {actor.promoter_pk}
        real = ~Q(**{f"{through}__in": _playgrounds()})
        return real | Q(**{f"{through}__in": inside}) if inside else real

    def sight(self, actor: Actor) -> Q:
        """The condition behind `visible_to`; a model narrows or widens it here, once."""
        if not self._publishable():
            return self.own(actor)
        published = Q(published_at__isnull=False)
        return self.own(actor) | published if self.has_own(actor) else published

    def own(self, actor: Actor) -> Q:
        """The rows of the actor's promoter, for its staff and its background work; nobody's for everybody else."""
        own = Q(promoter=actor.promoter_pk) if self.has_own(actor) else Q(pk__in=())
        return own & self.of_event(actor.event_key) if actor.event_key else own

    def has_own(self, actor: Actor) -> bool:
        """Whether the actor works at a promoter, as its staff or in its background work. A juror comes from outside."""
        return bool(actor.promoter_pk and (actor.roles - {Role.JUROR} or actor.kind == "task"))

    def of_event(self, event_key: str) -> Q:
        """The rows that an actor limited to one event may see; none, where a model does not say which belong to it."""
        return Q(pk__in=())

    def _publishable(self) -> bool:
        return issubclass(self.model, Publishable)

    def for_keys(self, keys: Iterable[Any]) -> Self:
        """The rows with these public identifiers."""
        return self.filter(public_id__in=list(keys))


class TenantRow(Row):
    """A row that belongs to one promoter; the base of every table above accounts."""

    promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True


class RoleGrant(TenantRow):
    """A user's role at a promoter, from one day until it ends (`ended_at` null: it holds)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=24, choices=Role)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "promoter", "role"), condition=Q(ended_at__isnull=True), name="role_held_once"
            ),
        )
