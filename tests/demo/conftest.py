"""The season and the playground, played once for a whole file of tests that read it, and taken back afterwards."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from moussem.demo.domain.playgrounds import open_playground
from moussem.demo.domain.season import found_commons, play_season, season_actor

DEMONSTRATION = {"DEMONSTRATION": True, "SECOND_FACTOR_FORCED": False, "SITE_URL": "http://127.0.0.1:8000"}
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


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker):
    """The playground, opened today once for a whole file of tests that come into it, in a demonstration."""
    with django_db_blocker.unblock(), override_settings(**DEMONSTRATION), transaction.atomic():
        yield open_playground(at=timezone.now())
        transaction.set_rollback(True)
