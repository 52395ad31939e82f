"""The first migrations are folded: an empty database takes half the time of what Django writes."""

import pytest
from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.loader import MigrationLoader

from tools.folding import folded


def ours():
    found = MigrationLoader(None).disk_migrations.items()
    return [(app, one.operations) for (app, _name), one in found if one.__module__.startswith("moussem.")]


def shapes(operations):
    return [step.deconstruct() for step in operations]


@pytest.mark.parametrize(("app", "operations"), ours(), ids=lambda known: known if isinstance(known, str) else "")
def test_each_first_migration_is_folded(app, operations):
    assert shapes(folded(app, operations)) == shapes(operations), "make migrations"


def test_a_table_comes_after_those_it_points_at_with_its_indexes_and_constraints():
    """The control: as Django writes them, by name, in three steps more."""
    key = ("id", models.BigAutoField(primary_key=True))
    written = [
        CreateModel("Call", [key, ("code", models.CharField(max_length=3))], {}),
        CreateModel("Programme", [key, ("parent", models.ForeignKey("funds.Programme", models.PROTECT))], {}),
        AddField("call", "programme", models.ForeignKey("funds.Programme", models.PROTECT)),
        AddIndex("call", models.Index(fields=["code"], name="call_code")),
        AddConstraint("call", models.UniqueConstraint(fields=["programme", "code"], name="call_once")),
    ]
    first, second = folded("funds", written)
    assert (first.name, second.name) == ("Programme", "Call")
    assert [name for name, _field in second.fields] == ["id", "code", "programme"]
    assert [one.name for one in (*second.options["indexes"], *second.options["constraints"])] == [
        "call_code",
        "call_once",
    ]
    assert shapes(folded("funds", [first, second])) == shapes([first, second])
