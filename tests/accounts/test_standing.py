"""Who is asking is read by one query beside the session's, and what ends is over at the next request."""

from datetime import UTC, datetime
from functools import cache

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts import middleware
from moussem.accounts.domain.promoters import end_role, grant_role
from moussem.accounts.enums import Role
from moussem.accounts.models import Promoter, RoleGrant, User
from moussem.directory.domain.representations import end_representation, let_represent
from tests.factories.accounts import INSTALLATION, a_promoter, at_work, staff
from tests.factories.directory import an_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)
DESK, OWN = "/p/cri/organisations/", "/own/returns/"


@pytest.fixture
def promoter():
    return a_promoter()


@pytest.fixture
def colleague(promoter):
    """An organiser who also acts for an organisation, with a second factor."""
    user = staff(promoter, Role.ORGANISER)
    row = an_organisation(at_work(promoter, Role.ACCOUNT_OWNER))
    let_represent(by=at_work(promoter, Role.PROMOTER_ADMINISTRATOR), at=AT, user=user, organisation=row)
    return user


def the_password_changes(user):
    user.set_password("another that is long enough")
    user.save()


def the_session_is_ended(user):
    Session.objects.all().delete()


def the_account_is_closed(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def every_session_is_ended(user):
    User.objects.filter(pk=user.pk).update(session_epoch=2)


def the_role_ends(user):
    grant_role(user=staff(a_promoter("other"), Role.OBSERVER), promoter=Promoter.objects.get(slug="cri"),
               role=Role.PROMOTER_ADMINISTRATOR, by=INSTALLATION, at=AT)  # fmt: skip
    end_role(grant=RoleGrant.objects.get(user=user), by=INSTALLATION, at=AT)


def the_promoter_closes(user):
    Promoter.objects.filter(slug="cri").update(closed_at=AT)


def it_acts_for_nobody_any_more(user):
    administrator = at_work(Promoter.objects.get(slug="cri"), Role.PROMOTER_ADMINISTRATOR)
    end_representation(by=administrator, at=AT, representation=user.representations.get())


def the_second_factor_is_taken_off(user):
    user.authenticator_set.all().delete()


ENDS = {
    the_password_changes: {DESK: 302, OWN: 302},
    the_session_is_ended: {DESK: 302, OWN: 302},
    the_account_is_closed: {DESK: 302, OWN: 302},
    every_session_is_ended: {DESK: 302, OWN: 302},
    the_role_ends: {DESK: 404},
    the_promoter_closes: {DESK: 404},
    it_acts_for_nobody_any_more: {OWN: 403},
    the_second_factor_is_taken_off: {DESK: 302},
}


def answers_after(client, user, ends):
    """What pages that opened answer once something ended."""
    client.force_login(user)
    assert [client.get(address).status_code for address in ENDS[ends]] == [200] * len(ENDS[ends])
    ends(user)
    return {address: client.get(address).status_code for address in ENDS[ends]}


@pytest.mark.parametrize("ends", ENDS, ids=lambda ends: ends.__name__)
def test_what_ends_is_over_at_the_next_request(client, colleague, ends):
    assert answers_after(client, colleague, ends) == ENDS[ends]


@pytest.mark.parametrize("ends", [e for e in ENDS if e is not the_session_is_ended], ids=lambda ends: ends.__name__)
def test_a_standing_that_is_kept_would_leave_them_in(client, colleague, ends, monkeypatch):
    monkeypatch.setattr(middleware, "standing_of", cache(middleware.standing_of))
    assert answers_after(client, colleague, ends) != ENDS[ends]


def test_a_session_that_nobody_checks_would_outlive_its_password(client, colleague, monkeypatch):
    monkeypatch.setattr("django.contrib.auth.constant_time_compare", lambda one, other: True)
    assert answers_after(client, colleague, the_password_changes) != ENDS[the_password_changes]


@pytest.mark.parametrize("address", [DESK, "/fr/organisations/"])
def test_the_session_and_who_is_asking_are_two_queries(client, colleague, address):
    client.force_login(colleague)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    told = ('FROM "django_session"', 'FROM "accounts_user"', "accounts_rolegrant", "directory_representation")
    assert sum(any(words in query["sql"] for words in told) for query in asked) == 2
