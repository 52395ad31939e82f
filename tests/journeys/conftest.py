"""The product on PostgreSQL, started once for a run; on SQLite it is the one that every test in Chromium shares. And
the whole demonstration inside this process, for those who need no browser.
"""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.doors.world import addresses_kept
from tests.journeys.peopled import play_everything
from tools.product import demonstration


@pytest.fixture(scope="session")
def product_on_postgres():
    """The address of the running demonstration on a private PostgreSQL."""
    with demonstration(on_postgres=True) as address:
        yield address


@pytest.fixture(scope="module")
def peopled(django_db_setup, django_db_blocker):
    """The demonstration with its playground and everybody in it; taken back after the file."""
    here = override_settings(DEMONSTRATION=True, SECOND_FACTOR_FORCED=False, SITE_URL="http://127.0.0.1:8000")
    with addresses_kept(), here, django_db_blocker.unblock(), transaction.atomic():
        yield play_everything()
        transaction.set_rollback(True)
