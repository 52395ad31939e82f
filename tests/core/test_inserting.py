"""A row that is inserted by a kept statement is the row that `save` would have made."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from moussem.core.ids import uuid7
from moussem.core.inserting import FEW, insert_rows, inserted
from moussem.core.models import Job, Submission
from moussem.evidence.models import Subject
from tests.factories.accounts import AT, a_promoter

pytestmark = pytest.mark.django_db


def plain(row, *but):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in ("id", *but)}


def a_job(key, **known):
    return Job(name="bench", key=key, arguments={"message": "é « 1 »", "of": None}, **known)


def test_it_is_the_row_that_save_makes_with_what_the_database_gives():
    one, other = inserted(a_job("one")), a_job("other")
    other.save()
    own = ("public_id", "key", "run_after", "created_at")
    assert plain(one, *own) == plain(other, *own)
    assert (one.pk, one._state.adding, one._state.db) == (other.pk - 1, False, "default")
    assert plain(Job.objects.get(pk=one.pk)) == plain(one)


def test_what_is_said_stands_where_the_database_would_have_given_it():
    assert Job.objects.get(pk=inserted(a_job("one", run_after=AT)).pk).run_after == AT
    assert inserted(a_job("two")).run_after != AT


def test_a_key_that_is_known_is_kept_and_a_related_row_is_named_by_its_key():
    promoter, key = a_promoter("oriental"), uuid7()
    within = inserted(Subject(promoter=promoter, kind="place"))
    row = inserted(Subject(promoter=promoter, kind="person", public_id=key, label={"fr": "Été"}, within=within))
    again = Subject.objects.get(public_id=key)
    assert (again, again.within, again.label) == (row, within, {"fr": "Été"})


def test_many_are_one_statement_in_their_order_and_none_are_no_statement():
    with CaptureQueriesContext(connection) as asked:
        rows = insert_rows([a_job(f"job {n}") for n in range(FEW)])
        assert insert_rows([]) == []
    assert len(asked) == 1
    assert [row.key for row in Job.objects.order_by("pk")] == [row.key for row in rows]
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)


def test_what_the_database_refuses_is_refused_and_ends_the_transaction():
    inserted(Submission(owner="one", key="k", digest=""))
    with pytest.raises(IntegrityError), transaction.atomic():
        inserted(Submission(owner="one", key="k", digest=""))
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            inserted(Submission(owner="one", key="k", digest=""))
        assert transaction.get_rollback()
        transaction.set_rollback(True)
    assert Submission.objects.count() == 1


def test_very_many_are_the_same_rows():
    rows = insert_rows([a_job(f"job {n}") for n in range(FEW + 1)])
    assert [(row.pk, row.key) for row in Job.objects.order_by("pk")] == [(row.pk, row.key) for row in rows]
