"""Entries that are written as one: as many, in their order, and none without its change."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from moussem.audit.domain import entries
from moussem.audit.domain.entries import told_together, write_entry
from moussem.audit.domain.marks import public_state
from moussem.audit.domain.sealing import seal_all
from moussem.audit.domain.verification import verify_all
from moussem.audit.models import Entry
from tests.audit.ledgers import AT, BY, ONE, OTHER

pytestmark = pytest.mark.django_db


def write(promoter_key=ONE, *, number=0):
    return write_entry(
        by=BY, at=AT, verb="record figure", object_kind="figure", object_id=f"figure-{number}", object_label="Emplois",
        promoter_key=promoter_key, after={"value": number},
    )  # fmt: skip


def told():
    return list(Entry.objects.order_by("pk").values_list("object_id", flat=True))


def test_what_is_told_together_is_two_statements_and_the_same_ledger():
    with told_together():
        for number in range(5):
            write(ONE, number=number)
        with CaptureQueriesContext(connection) as asked:
            write(OTHER, number=5)
        assert not asked.captured_queries
        assert told() == []
    assert told() == [f"figure-{number}" for number in range(6)]
    assert seal_all().joined == {ONE: 5, OTHER: 1}
    assert all(report.holds for report in verify_all())


def test_pages_that_may_show_any_of_it_are_old_at_once():
    before = public_state()
    with told_together():
        write()
        write(number=2)
    assert public_state() == before + 1


def raising(number):
    with told_together():
        write(number=number)
        raise OSError("full")


def test_what_is_raised_leaves_no_entry():
    with pytest.raises(OSError, match="full"):
        raising(1)
    assert told() == []


def undone_within():
    """An act of three, of which the second is undone and the others are not."""
    with told_together():
        write(number=1)
        with transaction.atomic():
            write(number=2)
            transaction.set_rollback(True)
        write(number=3)


def test_an_inner_change_that_is_undone_takes_its_entry_with_it_and_no_other():
    undone_within()
    assert told() == ["figure-1", "figure-3"]


def test_if_every_entry_waited_one_would_be_written_without_its_change(monkeypatch):
    """The negative control: the same, where nobody looks how deep an entry was told."""
    monkeypatch.setattr(entries, "_depth", lambda connection: 0)
    undone_within()
    assert told() == ["figure-1", "figure-2", "figure-3"]


def test_a_transaction_without_a_savepoint_of_its_own_waits_with_the_rest():
    with told_together():
        with transaction.atomic(savepoint=False):
            write(number=1)
        write(number=2)
        assert told() == []
    assert told() == ["figure-1", "figure-2"]


def test_one_within_another_is_written_when_it_ends_or_undone_apart():
    with told_together():
        write(number=1)
        with pytest.raises(OSError, match="full"):
            raising(2)
        with told_together():
            write(number=3)
        write(number=4)
    assert sorted(told()) == ["figure-1", "figure-3", "figure-4"]
