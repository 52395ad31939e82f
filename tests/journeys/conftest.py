"""The product on PostgreSQL, started once for a run; on SQLite it is the one that every test in Chromium shares."""

import pytest

from tools.product import demonstration


@pytest.fixture(scope="session")
def product_on_postgres():
    """The address of the running demonstration on a private PostgreSQL."""
    with demonstration(on_postgres=True) as address:
        yield address
