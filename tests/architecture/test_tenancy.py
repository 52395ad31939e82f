"""Every table above accounts belongs to a promoter; proven on a planted model."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from moussem.accounts.models import Promoter
from tests.architecture.rules.tree import is_above


def tables_without_a_promoter(tables: Iterable[type[models.Model]]) -> list[str]:
    """The models above accounts whose `promoter` is missing, nullable or no promoter.

    A part without an address of its own (no `public_id`), which is deleted with one tenant row, belongs where that
    row does; so do the join tables that Django makes.
    """
    return [
        table._meta.label
        for table in tables
        if is_above(table._meta.app_label, "accounts") and not table._meta.auto_created
        if not _belongs(table) and not _is_part(table)
    ]


def _keys(table: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in table._meta.get_fields() if isinstance(field, models.ForeignKey)]


def _belongs(table: type[models.Model]) -> bool:
    return any(
        key.name == "promoter" and not key.null and key.related_model._meta.label == "accounts.Promoter"
        for key in _keys(table)
    )


def _is_part(table: type[models.Model]) -> bool:
    if any(field.name == "public_id" for field in table._meta.get_fields()):
        return False
    owners = [key for key in _keys(table) if key.remote_field.on_delete is models.CASCADE and not key.null]
    return any(_belongs(key.related_model) for key in owners)


def test_every_tenant_table_has_a_promoter():
    tables = [table for table in apps.get_models() if table.__module__.startswith("moussem.")]
    assert tables_without_a_promoter(tables) == []


@isolate_apps("moussem.accounts", "moussem.events")
def test_a_tenant_table_without_promoter_is_found():
    class Draw(models.Model):
        class Meta:
            app_label = "events"

    class Loose(models.Model):
        promoter = models.ForeignKey(Promoter, null=True, on_delete=models.PROTECT)

        class Meta:
            app_label = "events"

    class Elsewhere(models.Model):
        promoter = models.ForeignKey(Draw, on_delete=models.PROTECT)

        class Meta:
            app_label = "events"

    class Owned(models.Model):
        promoter = models.ForeignKey(Promoter, on_delete=models.PROTECT)

        class Meta:
            app_label = "events"

    class Part(models.Model):
        owner = models.ForeignKey(Owned, on_delete=models.CASCADE)

        class Meta:
            app_label = "events"

    class Addressed(models.Model):
        public_id = models.UUIDField()
        owner = models.ForeignKey(Owned, on_delete=models.CASCADE)

        class Meta:
            app_label = "events"

    found = tables_without_a_promoter([Draw, Loose, Elsewhere, Owned, Part, Addressed])
    assert found == ["events.Draw", "events.Loose", "events.Elsewhere", "events.Addressed"]
