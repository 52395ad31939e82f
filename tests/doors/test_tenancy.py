"""Promoters and rivals see nothing of each other: each text of the other promoter's closed rows is a canary."""

import pytest
from django.apps import apps

from moussem.accounts.models import TenantRow
from tests.doors.knocking import addresses, canaries_seen, route_key
from tests.doors.world import OTHER, OWN, ROLES

pytestmark = pytest.mark.django_db
ADDRESSES = addresses()
STRANGERS = [role for role in ROLES if role not in ("other", "other_token")]
# The installation's administrator names accounts, whatever their promoter.
NAMED_BY_THE_INSTALLATION = {"accounts.User.email", "accounts.User.label"}
# Who holds a personal link reads what it was made for.
READ_BY_LINK = {"link": {"accounts.Link.person_label"}, "mail:stop": {"mail.Message.address"}}
# What a promoter's own administrator finds on its pages today; a new page adds its columns here.
SHOWN_TO_ITS_OWN_TOKEN = {
    "directory.Organisation.name",
    "directory.Park.name",
    "directory.Person.name",
    "directory.Place.name",
    "events.Event.title",
    "evidence.Document.title",
    "evidence.Statement.words",
}
SHOWN_TO_ITS_OWN = {"accounts.Token.name", "accounts.User.email", "accounts.User.label", "mail.Message.subject"}


def test_every_table_of_promoters_has_a_canary_row_in_each_promoter(world):
    tables = {model for model in apps.get_models() if issubclass(model, TenantRow)}
    assert len(tables) > 20
    for graph in (*world.closed.values(), *world.published.values()):
        assert tables <= graph.rows.keys()
    words = [set(graph.canaries) for graph in (*world.closed.values(), *world.published.values())]
    assert len(set.union(*words)) == sum(map(len, words))
    columns = set(world.closed[OTHER].canaries.values())
    assert {"directory.Organisation.name", "directory.Person.phone", "evidence.Figure.note"} <= columns


@pytest.mark.slow
@pytest.mark.parametrize("route", ADDRESSES, ids=route_key)
def test_nobody_of_one_promoter_reads_a_closed_word_of_the_other(world, route):
    for role in STRANGERS:
        seen = canaries_seen(route, world, role, world.closed[OTHER])
        allowed = NAMED_BY_THE_INSTALLATION if role == "installation" else set()
        assert seen <= allowed | READ_BY_LINK.get(route.name, set()), (role, seen)
    for role in ("other", "other_token"):
        seen = canaries_seen(route, world, role, world.closed[OWN])
        assert seen <= READ_BY_LINK.get(route.name, set()), (role, seen)


@pytest.mark.slow
@pytest.mark.parametrize("route", ADDRESSES, ids=route_key)
def test_the_public_the_guest_and_the_operator_read_no_closed_word_at_all(world, route):
    for role in ("anonymous", "guest", "operator", "rival"):
        seen = canaries_seen(route, world, role, world.closed[OWN])
        assert seen <= READ_BY_LINK.get(route.name, set()), (role, seen)


@pytest.mark.slow
def test_a_promoters_own_administrator_reads_its_words(world):
    for role, shown in (("other", SHOWN_TO_ITS_OWN), ("other_token", SHOWN_TO_ITS_OWN_TOKEN)):
        seen = set().union(*(canaries_seen(route, world, role, world.closed[OTHER]) for route in ADDRESSES))
        assert shown <= seen, (role, shown - seen)
