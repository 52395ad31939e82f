"""The season, played once for a whole file of tests that read it, and taken back afterwards."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from moussem.demo.domain.season import found_commons, play_season, season_actor

PLAYED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def season(django_db_setup, django_db_blocker):
    """What playing the season answered; its rows are there for every test of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        commons = found_commons(at=PLAYED_AT)
        yield play_season(by=season_actor(commons), at=PLAYED_AT)
        transaction.set_rollback(True)


@pytest.fixture
def at():
    """When it happens."""
    return PLAYED_AT
