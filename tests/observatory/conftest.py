"""The season, played once for a whole file of tests that read it, and taken back afterwards."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from moussem.demo.domain.season import found_commons, play_season, season_actor
from moussem.directory.models import Park, Place

PLAYED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def season(django_db_setup, django_db_blocker):
    """The five texts and the tables; their rows are there for every test of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        commons = found_commons(at=PLAYED_AT)
        play_season(by=season_actor(commons), at=PLAYED_AT)
        yield commons
        transaction.set_rollback(True)


@pytest.fixture
def oujda(season, db):
    """The subject of the city."""
    return Place.objects.select_related("subject__within").get(name__fr="Oujda").subject


@pytest.fixture
def oujda_shore(season, db):
    """The subject of the park."""
    return Park.objects.select_related("subject__within").get(name="Oujda Shore").subject
