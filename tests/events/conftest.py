"""A promoter and somebody who works there."""

import pytest

from tests.factories.accounts import a_promoter, at_work


@pytest.fixture
def oriental(db):
    return a_promoter("oriental", "CRI de l’Oriental")


@pytest.fixture
def editor(oriental):
    return at_work(oriental, "account_owner")


@pytest.fixture
def rival(db):
    return at_work(a_promoter("rival"), "account_owner")
