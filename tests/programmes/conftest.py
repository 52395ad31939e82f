"""The fund of a promoter, its officer, and two firms that compete for it."""

import pytest

from moussem.accounts.domain.queries.actors import actor_of_user
from tests.demo.conftest import season  # noqa: F401
from tests.factories.accounts import a_promoter, a_user, at_work, staff
from tests.factories.directory import an_organisation
from tests.factories.programmes import a_call, acts_for


@pytest.fixture
def oriental(db):
    return a_promoter("oriental", "CRI de l’Oriental")


@pytest.fixture
def editor(oriental):
    return at_work(oriental, "account_owner")


@pytest.fixture
def officer(oriental):
    return at_work(oriental, "fund_officer")


@pytest.fixture
def call(officer):
    return a_call(officer)


@pytest.fixture
def firm(editor):
    return an_organisation(editor, "Saccom", publish=False)


@pytest.fixture
def rival_firm(editor):
    return an_organisation(editor, "Notoriety", publish=False)


@pytest.fixture
def applicant_user(firm):
    user = a_user("applicant@saccom.example", label="applicant", language="en")
    acts_for(user, firm)
    return user


@pytest.fixture
def applicant(applicant_user):
    return actor_of_user(applicant_user, None)


@pytest.fixture
def rival_user(rival_firm):
    user = a_user("rival@notoriety.example", label="rival")
    acts_for(user, rival_firm)
    return user


@pytest.fixture
def desk(client, oriental):
    """A client that works at the promoter as its fund officer."""
    client.force_login(staff(oriental, "fund_officer"))
    return client
