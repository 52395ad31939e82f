"""Ledger rows. Actor and object are kind, id and label, never foreign keys, so that the ledger outlives what it
tells of.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from moussem.core.actor import Actor
from moussem.core.ids import uuid7


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries as an actor may read them."""

    def visible_to(self, actor: Actor) -> Self:
        """The chain of the promoter where the actor holds a role; outside any promoter, the installation's own chain
        for those who administer it.
        """
        if not actor.roles or actor.kind not in ("user", "token"):
            return self.none()
        return self.filter(promoter_key=actor.promoter_key)

    def unsealed(self) -> Self:
        """Entries that no worker has joined to their chain yet."""
        return self.filter(position__isnull=True)


class Entry(models.Model):
    """One act: who, what, on which object, when it happened and when it was recorded.

    `promoter_key` is "" for acts on the installation itself. `position` and `seal` are null until the worker has
    joined the entry to its promoter's chain. `digest` is the salted SHA-256 of the payload, so that the chain still
    holds when the payload has been erased.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    promoter_key = models.CharField(max_length=36, blank=True)
    verb = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_label = models.CharField(max_length=200, blank=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    object_label = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    digest = models.CharField(max_length=64)
    position = models.PositiveBigIntegerField(null=True)
    seal = models.CharField(max_length=64, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("promoter_key", "position"),
                condition=Q(position__isnull=False),
                name="entry_position_once",
            ),
        )
        indexes = (
            models.Index(fields=("object_kind", "object_id", "-id"), name="entry_object"),
            models.Index(fields=("promoter_key", "-id"), name="entry_newest"),
            models.Index(fields=("promoter_key", "id"), name="entry_unsealed", condition=Q(position__isnull=True)),
        )


class Payload(models.Model):
    """What an entry's object was before and after; can be erased by a ledgered act and then reads *erased*."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="payload", primary_key=True)
    salt = models.CharField(max_length=32, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)


class ChainHead(models.Model):
    """The kept end of a promoter's chain: how many entries are sealed and the last seal, itself under the seal key.

    `verified_at` and `faults` tell of the last walk over the chain (null: never walked); they are no part of it.
    """

    promoter_key = models.CharField(max_length=36, primary_key=True)
    count = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True)
    faults = models.PositiveIntegerField(null=True)
