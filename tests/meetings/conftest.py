"""A gathering with hours, tables and three guests."""

import pytest

from moussem.accounts.enums import Role
from tests.factories.accounts import a_promoter, at_work
from tests.factories.meetings import a_gathering, a_guest, hours


@pytest.fixture
def cri():
    return a_promoter("cri")


@pytest.fixture
def by(cri):
    return at_work(cri, Role.ORGANISER)


@pytest.fixture
def event(by):
    return a_gathering(by)


@pytest.fixture
def laid_out(by, event):
    hours(by, event)
    return event


@pytest.fixture
def amina(by, event):
    return a_guest(by, event, "Amina Exemple", firm="Alpha Exemple")


@pytest.fixture
def brahim(by, event):
    return a_guest(by, event, "Brahim Exemple", firm="Beta Exemple")


@pytest.fixture
def chloe(by, event):
    return a_guest(by, event, "Chloé Exemple", firm="Gamma Exemple")
