"""Searching by any part of a text: the index finds what reading every row finds, whatever happens to the rows."""

import random

import pytest
from django.apps import apps
from django.db import connection

from moussem.core.models.searched import SHORTEST, index_name
from moussem.core.searching import make_indexes
from moussem.directory.models import Organisation
from tests.factories.accounts import a_promoter, at_work
from tests.factories.directory import an_organisation

pytestmark = pytest.mark.django_db
PARTS = ("tel", "télé", '"', "_", "%", "a b", "in", "", "centre", "' OR 1", "*", "appel\\")


def found(part):
    return set(Organisation.objects.filter(folded__holds=part).values_list("pk", flat=True))


def read(part):
    return {pk for pk, text in Organisation.objects.values_list("pk", "folded") if part in text}


@pytest.fixture
def rows():
    by = at_work(a_promoter(), "account_owner")
    words = ("intelcia", "centre", "d'appel\\", 'dit "le plateau"', "100%", "a_b", "telecontact", "*")
    draw = random.Random(7)
    made = [an_organisation(by, " ".join(draw.sample(words, 3))) for _ in range(30)]
    for row in made[:10]:
        Organisation.objects.filter(pk=row.pk).update(folded="telephonie a b")
    return made


@pytest.mark.parametrize("part", PARTS)
def test_the_index_finds_what_reading_every_row_finds(rows, part):
    assert found(part) == read(part)


def test_a_changed_text_is_no_longer_found_by_the_old_one(rows):
    Organisation.objects.filter(pk=rows[0].pk).update(folded="quelque chose de neuf")
    assert rows[0].pk in found("de neuf")
    assert rows[0].pk not in found("telephonie")


def test_the_index_is_what_answers_and_not_every_row():
    lines = Organisation.objects.filter(folded__holds="telecontact").explain()
    where = index_name(Organisation, "folded")
    if connection.vendor == "sqlite":
        assert f"SCAN {where} VIRTUAL TABLE INDEX" in lines
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [where])
            assert "gin_trgm_ops" in cursor.fetchone()[0]


def test_an_index_that_was_lost_is_there_again_after_the_next_migration(rows):
    lost = index_name(Organisation, "folded")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP INDEX {lost}")
        else:
            for event in ("added", "removed", "changed"):
                cursor.execute(f"DROP TRIGGER {lost}__{event}")
    Organisation.objects.filter(pk=rows[0].pk).update(folded="quelque chose de neuf")
    assert (rows[0].pk in found("de neuf")) == (connection.vendor == "postgresql")
    connection.check_constraints()  # PostgreSQL makes no index while keys wait to be checked
    make_indexes(apps.get_app_config("directory"))
    assert rows[0].pk in found("de neuf")
    test_the_index_is_what_answers_and_not_every_row()


def test_a_part_of_two_characters_is_found_too(rows):
    assert SHORTEST == 3
    assert found("in") == read("in") != set()
