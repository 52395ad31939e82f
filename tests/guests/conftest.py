"""A promoter, somebody with an account who works there, and a gathering to come with two seats on site."""

from datetime import date

import pytest

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.engines.values import period as periods
from moussem.events.domain.events import EventFacts
from moussem.events.domain.planning import Wish, plan_event
from moussem.events.enums import EventKind, EventMode
from tests.factories.accounts import AT, a_promoter, at_work, staff


@pytest.fixture
def oriental(db):
    return a_promoter("oriental", "CRI de l’Oriental")


@pytest.fixture
def owner(oriental):
    return staff(oriental, "account_owner")


@pytest.fixture
def editor(oriental, owner):
    return actor_of_user(owner, oriental)


@pytest.fixture
def rival(db):
    return at_work(a_promoter("rival"), "account_owner")


@pytest.fixture
def event(editor):
    return a_gathering(editor)


WISHES = (Wish({"fr": "Dirigeants"}, 20),)


def a_gathering(by, *, seats_on_site=2, seats_online=None, wishes=WISHES, **known):
    facts = EventFacts(
        kind=EventKind.ONE_TO_FEW, name={"fr": "Rencontre", "en": "Meeting"},
        **({"period": periods.day(date(2090, 1, 10)), "mode": EventMode.BOTH} | known),
        seats_on_site=seats_on_site, seats_online=seats_online,
    )  # fmt: skip
    return plan_event(by=by, at=AT, facts=facts, wishes=wishes)
