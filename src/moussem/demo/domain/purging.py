"""Purging a playground: every row of its promoter, its jobs, its mails, its chain. Nothing of anybody else's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Promoter
from moussem.audit.domain.entries import write_entry
from moussem.audit.domain.purging import PURGED, drop_chain, forget_heads
from moussem.core.actor import Actor
from moussem.core.models import Job, NewsItem


class NotAPlayground(Exception):
    """Only a playground is ever purged."""


@transaction.atomic
def purge_playground(*, promoter: Promoter, by: Actor, at: datetime) -> int:
    """Delete a playground and all that belongs to it; answers how many rows. The installation's chain tells of it.

    The database's foreign keys are checked at the end of the transaction, so that a row of somebody else's that points
    into the playground refuses the purge as a whole. Raises `NotAPlayground`.
    """
    locked = Promoter.objects.select_for_update().get(pk=promoter.pk)
    if locked.kind != PromoterKind.PLAYGROUND:
        raise NotAPlayground(locked.slug)
    count = sum(rows._raw_delete(rows.db) for rows in _rows_of(locked))
    for model in (Job, NewsItem):
        count += model.objects.filter(promoter_key=locked.key).delete()[0]
    count += drop_chain(locked.key)
    write_entry(
        by=by, at=at, verb=PURGED, object_kind="promoter", object_id=locked.public_id, object_label=locked.name,
        promoter_key="", after={"rows": count},
    )  # fmt: skip
    own = Promoter.objects.filter(pk=locked.pk)
    count += own._raw_delete(own.db)
    transaction.on_commit(forget_heads)
    return count


def _rows_of(promoter: Promoter) -> Iterator[models.QuerySet[Any]]:
    """The promoter's rows, parts and joins first: they are found through their owners."""
    tables = [table for table in apps.get_models(include_auto_created=True) if _is_ours(table)]
    tenants = [table for table in tables if _has_promoter(table)]
    for table in tables:
        if table in tenants:
            continue
        owner = next((key.name for key in _keys(table) if key.related_model in tenants), None)
        if owner is not None:
            yield table._base_manager.filter(**{f"{owner}__promoter": promoter})
    for table in tenants:
        yield table._base_manager.filter(promoter=promoter)


def _is_ours(table: type[models.Model]) -> bool:
    return table.__module__.startswith("moussem.") and table is not Promoter and not table._meta.proxy


def _has_promoter(table: type[models.Model]) -> bool:
    return any(key.name == "promoter" and key.related_model is Promoter for key in _keys(table))


def _keys(table: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    return [field for field in table._meta.get_fields() if isinstance(field, models.ForeignKey)]
