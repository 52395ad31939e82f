"""Nobody enters where they do not belong: every route, every role, every method, own and others' rows.

The answers are in `matrix.csv`, which a person reviews. To add a route: `tools/doors`, read the lines that it prints,
correct the product where one is wrong, and paste the others. Each text of a closed row is a canary: nobody of one
promoter reads one of the other's.
"""

import pytest
from django.apps import apps

from moussem.accounts.models import TenantRow
from tests.doors.knocking import (
    addresses,
    canaries_seen,
    expected,
    foreign_rows_seen,
    knock,
    lines_to_review,
    places,
    route_key,
    statuses,
    survey,
)
from tests.doors.world import OTHER, OUTSIDE_THE_PLAYGROUND, OWN, ROLES

pytestmark = pytest.mark.django_db
ADDRESSES = addresses()
TABLE = expected()
AT_THE_OTHER = ("other", "other_token")
WITHOUT_A_DESK = ("anonymous", "guest", "operator", "rival", "applicant")
# The installation's administrator names accounts, whatever their promoter.
NAMED_BY_THE_INSTALLATION = {"accounts.User.email", "accounts.User.label"}
# Who holds a personal link reads what it was made for.
READ_BY_INVITATION = {
    "accounts.Link.person_label",
    "directory.Person.name",
    "events.Event.name",
    "events.Event.theme",
    "events.Space.name",
    "guests.Target.reasons",
}
GUESTS_ACTS = ("whom", "ask", "accept", "decline", "withdraw", "outcome")
READ_BY_LINK = {
    "guests:answer": READ_BY_INVITATION,
    "guests:appointment": READ_BY_INVITATION,
    **{
        f"meetings:guest-{act}": READ_BY_INVITATION
        for act in ("whom", "ask", "accept", "decline", "withdraw", "outcome")
    },
    "link": READ_BY_INVITATION,
    "mail:stop": {"mail.Message.address"},
}
# Who acts for an organisation that applied reads its applications, with what they answer.
_APPLIED = {"directory.Organisation.name", "programmes.Application.title", "programmes.Call.name"}
_DECIDED = {"programmes.Application.more_words", "programmes.Determination.words", "programmes.Programme.name"}
# Who acts for one that was asked for its headcount reads that.
_RETURNED = {
    "directory.Organisation.name",
    "directory.Park.name",
    "directory.Place.name",
    "projects.HeadcountReturn.evidence_words",
    "projects.Project.name",
}
READ_IN_ITS_NAME = {
    "operator": {"returns-list": _RETURNED, "returns-own": _RETURNED},
    "applicant": {
        "programmes:applications-list": _APPLIED,
        "programmes:applications-page": _APPLIED | _DECIDED,
        "programmes:applications-correct": _APPLIED,
    },
}
# What each finds of its own promoter; that a page shows nothing at all would make the rest worthless.
SHOWN_TO_ITS_OWN = {
    "other": {"accounts.Token.name", "accounts.User.email", "accounts.User.label", "mail.Message.subject"},
    "other_token": {
        "directory.Organisation.name",
        "directory.Park.name",
        "directory.Person.name",
        "directory.Place.name",
        "evidence.Document.title",
        "evidence.Statement.words",
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("route", ADDRESSES, ids=route_key)
def test_every_route_answers_as_reviewed_and_tells_nobody_of_others_rows(world, route):
    found = survey(route, world)
    _as_reviewed(route, statuses(found))
    assert foreign_rows_seen(found) == []
    by_link = READ_BY_LINK.get(route.name, set())
    for role in ROLES:
        stranger_to = world.closed[OWN if role in AT_THE_OTHER else OTHER]
        allowed = NAMED_BY_THE_INSTALLATION if role == "installation" else set()
        assert canaries_seen(found, role, stranger_to) <= allowed | by_link, role
    for role in OUTSIDE_THE_PLAYGROUND:
        assert canaries_seen(found, role, world.playing) == set(), role
    for role in WITHOUT_A_DESK:
        in_its_name = READ_IN_ITS_NAME.get(role, {}).get(route.name, set())
        assert canaries_seen(found, role, world.closed[OWN]) <= by_link | in_its_name, role


def _as_reviewed(route, seen):
    lines = "\n".join(lines_to_review(route, seen))
    absent = [key for key in seen if (route_key(route), *key) not in TABLE]
    assert not absent, f"No line in tests/doors/matrix.csv for {absent}. Review, then paste:\n{lines}"
    wrong = {
        (*key, role): (status, TABLE[(route_key(route), *key)][role])
        for key, by_role in seen.items()
        for role, status in by_role.items()
        if status != TABLE[(route_key(route), *key)][role]
    }
    assert not wrong, f"(place, method, role): (answered, expected)\n{wrong}\nAs answered now:\n{lines}"
    assert not any(status >= 500 for by_role in seen.values() for status in by_role.values())


@pytest.mark.parametrize("route", ADDRESSES, ids=route_key)
def test_every_route_has_its_lines_in_the_table(world, route):
    wanted = {(route_key(route), place.name, "GET") for place in places(route, world)}
    assert wanted <= TABLE.keys(), f"{wanted - TABLE.keys()}: `tools/doors {route_key(route)}` prints them for review"


def test_no_line_of_the_table_is_of_a_route_that_is_gone(world):
    known = {route_key(route) for route in ADDRESSES}
    assert {key[0] for key in TABLE} <= known


def test_no_line_of_the_table_expects_a_fault_of_ours():
    assert not any(status >= 500 for by_role in TABLE.values() for status in by_role.values())


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("route", [r for r in ADDRESSES if "HEAD" in r.methods], ids=route_key)
def test_a_head_is_answered_as_a_get(world, route):
    for place in places(route, world):
        for role in ("anonymous", "promoter_administrator"):
            get, head = (knock(world, role, method, place.path) for method in ("GET", "HEAD"))
            assert head.status_code == get.status_code, (place, role)
            assert not head.content


def test_every_table_of_promoters_has_a_canary_row_in_each_promoter(world):
    tables = {model for model in apps.get_models() if issubclass(model, TenantRow)}
    assert len(tables) > 20
    graphs = (*world.closed.values(), *world.published.values())
    for graph in graphs:
        assert tables <= graph.rows.keys()
    assert len(set().union(*(graph.canaries for graph in graphs))) == sum(len(graph.canaries) for graph in graphs)
    columns = set(world.closed[OTHER].canaries.values())
    assert {"directory.Organisation.name", "directory.Person.phone", "evidence.Figure.note"} <= columns


@pytest.mark.slow
@pytest.mark.parametrize("role", AT_THE_OTHER)
def test_who_works_at_a_promoter_reads_its_words(world, role):
    graph = world.closed[OTHER]
    paths = [place.path for route in ADDRESSES for place in places(route, world)]
    read = b"".join(knock(world, role, "GET", path).content for path in paths)
    seen = {column for word, column in graph.canaries.items() if word.encode() in read}
    assert seen >= SHOWN_TO_ITS_OWN[role], SHOWN_TO_ITS_OWN[role] - seen
