"""The world of two promoters, built once for each worker and never committed."""

import gc
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.doors.world import World, addresses_kept, build_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    with addresses_kept(), django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        gc.freeze()  # what lives as long as the survey is not looked through again for each page
        yield world
        transaction.set_rollback(True)
