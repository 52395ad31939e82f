"""A writer that is killed on the way leaves nothing; one that commits by parts leaves half a list."""

import random
import time

import pytest
from django.conf import settings

from moussem.core.queue import run_due_jobs
from moussem.directory.domain.imports.deciding import confirm_list
from moussem.directory.enums import ImportState
from moussem.directory.models import Affiliation, Organisation, Person
from moussem.evidence.models import Subject
from tests.core.databases import shared_database
from tests.core.stems import stem
from tests.core.working import ready_flag
from tests.directory.listing import a_list, fresh
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.sheets import a_workbook

pytestmark = pytest.mark.slow
ROWS = 4_000
TURNS = 5


def a_confirmed_list(by):
    rows = [(f"Guest {n}", f"Firm {n // 10}", "DSI", f"g{n}@x.example", "") for n in range(ROWS)]
    row = a_list(by, a_workbook(rows))
    assert row.counts == {"new": ROWS}
    return confirm_list(by=by, at=AT, imported=row)


@pytest.fixture
def database(transactional_db):
    """The test database at an address that other processes reach."""
    with shared_database() as address:
        yield address


@pytest.fixture
def writers(database):
    """What starts a writer on that database."""
    with stem("tests.directory.writing", database, settings.VAR) as grown:
        yield grown


def killed_on_the_way(mode, row, writers, chance):
    """Start a writer and kill -9 it after it told of some progress."""
    writer = writers.start(mode, str(row.public_id))
    flag, end = ready_flag(writer.pid), time.monotonic() + 60
    try:
        while not flag.exists():
            assert writer.poll() is None, "the writer ended by itself"
            assert time.monotonic() < end, "the writer writes nothing"
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.8))
        assert writer.poll() is None, "the writer was done before it was killed"
    finally:
        writer.kill()
        writer.wait()
        flag.unlink(missing_ok=True)
    return left(), fresh(row).state


def left():
    return sum(table.objects.count() for table in (Person, Organisation, Affiliation, Subject))


def test_a_writer_killed_on_the_way_leaves_nothing_and_the_next_one_writes_all(writers):
    by, chance = at_work(a_promoter("oriental"), "account_owner"), random.Random(7)
    row = a_confirmed_list(by)
    for _ in range(TURNS):
        assert killed_on_the_way("whole", row, writers, chance) == (0, ImportState.WRITING)
    run_due_jobs()
    assert fresh(row).state == ImportState.WRITTEN
    assert Person.objects.count() == ROWS
    assert Affiliation.objects.count() == ROWS


def test_the_control_a_writer_that_commits_by_parts_leaves_half_a_list(writers):
    by, chance = at_work(a_promoter("oriental"), "account_owner"), random.Random(7)
    rows, _state = killed_on_the_way("naive", a_confirmed_list(by), writers, chance)
    assert rows > 0
