"""A promoter, its rival, and who works at each."""

import pytest

from tests.factories.accounts import a_promoter, at_work, staff


@pytest.fixture
def oriental(db):
    return a_promoter("oriental", "CRI de l’Oriental")


@pytest.fixture
def editor(oriental):
    return at_work(oriental, "account_owner")


@pytest.fixture
def rival(db):
    return at_work(a_promoter("rival"), "account_owner")


@pytest.fixture
def desk(client, oriental):
    """A client that works at the promoter as its account owner."""
    client.force_login(staff(oriental, "account_owner"))
    return client
