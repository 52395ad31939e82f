"""Very many rows at once are the rows that one at a time would have been."""

import pytest
from django.db import IntegrityError, connection, transaction

from moussem.core.bulk import insert_many
from moussem.core.ids import uuid7
from moussem.core.models import Submission
from moussem.directory.models import Person
from moussem.evidence.models import Subject
from tests.factories.accounts import a_promoter
from tests.factories.directory import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def promoter():
    return a_promoter("oriental")


def subjects(promoter, keys):
    each = {"public_id": keys, "label": [{"fr": "Été « 1 »\t\\N"}] * len(keys), "address": ["a\nb"] * len(keys)}
    return insert_many(Subject, len(keys), each, {"promoter_id": promoter.pk, "kind": "person"})


def plain(row):
    return {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in ("id", "public_id")
    }


def test_a_row_is_the_same_as_one_created_alone(promoter):
    key = uuid7()
    (pk,) = subjects(promoter, [key])
    alone = Subject.objects.create(
        public_id=uuid7(), promoter=promoter, kind="person", label={"fr": "Été « 1 »\t\\N"}, address="a\nb"
    )
    many = Subject.objects.get(public_id=key)
    alone.refresh_from_db()
    assert many.pk == pk
    assert plain(many) == plain(alone)


def test_keys_rise_and_the_next_row_gets_another(promoter):
    keys = [uuid7() for _ in range(50)]
    made = subjects(promoter, keys)
    assert made == sorted(made)
    assert list(Subject.objects.filter(pk__in=made).order_by("pk").values_list("public_id", flat=True)) == keys
    one = Subject.objects.create(promoter=promoter, kind="person")
    assert one.pk > made[-1]
    assert subjects(promoter, [uuid7()])[0] > one.pk
    assert subjects(promoter, []) == []


def test_keys_of_deleted_rows_are_not_given_again(promoter):
    made = subjects(promoter, [uuid7(), uuid7()])
    Subject.objects.filter(pk=made[-1]).delete()
    assert subjects(promoter, [uuid7()])[0] > made[-1]


def test_rows_are_found_by_their_parts_and_the_databases_default_is_the_databases(promoter):
    from moussem.core.actor import task_actor

    by = task_actor("tests", promoter_pk=promoter.pk, promoter_key=promoter.key)
    a_person(by, "Amal Idrissi", publish=False)
    keys = [uuid7()]
    each = {"public_id": keys, "subject_id": subjects(promoter, keys), "name": ["Brahim"], "folded": ["brahim naciri"]}
    insert_many(Person, 1, each, {"promoter_id": promoter.pk})
    assert Person.objects.get(folded__holds="him nac").name == "Brahim"
    insert_many(Submission, 2, {"key": ["a", "b"]}, {"owner": "x", "digest": "y"})
    assert Submission.objects.filter(created_at__isnull=False).count() == 2


def test_the_databases_constraints_hold(promoter):
    key = uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        subjects(promoter, [key, key])
    every = {"promoter_id": 10**6, "kind": "person"}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(Subject, 1, {"public_id": [key]}, every) and connection.check_constraints()
    assert not Subject.objects.filter(public_id=key).exists()
