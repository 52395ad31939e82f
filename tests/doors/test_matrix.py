"""Nobody enters where they do not belong: every route, every role, every method, own and others' rows.

The answers are in `matrix.csv`, which a person reviews. To add a route: run this file, read the lines that the failure
prints, correct the product where one is wrong, and paste them.
"""

import pytest

from tests.doors.knocking import (
    addresses,
    expected,
    foreign_rows_seen,
    knock,
    lines_to_review,
    observed,
    places,
    route_key,
)

pytestmark = pytest.mark.django_db
ADDRESSES = addresses()
TABLE = expected()


def _missing(route, seen):
    absent = [key for key in seen if (route_key(route), *key) not in TABLE]
    lines = "\n".join(lines_to_review(route, seen))
    return f"No line in tests/doors/matrix.csv for {absent}. Review, then paste:\n{lines}" if absent else ""


@pytest.mark.slow
@pytest.mark.parametrize("route", ADDRESSES, ids=route_key)
def test_every_route_answers_each_role_as_the_reviewed_table_says(world, route):
    seen = observed(route, world)
    assert not _missing(route, seen), _missing(route, seen)
    wrong = {
        (*key, role): (status, TABLE[(route_key(route), *key)][role])
        for key, statuses in seen.items()
        for role, status in statuses.items()
        if status != TABLE[(route_key(route), *key)][role]
    }
    assert not wrong, f"(place, method, role): (answered, expected)\n{wrong}\n" + "\n".join(
        lines_to_review(route, seen)
    )
    assert not any(status >= 500 for statuses in seen.values() for status in statuses.values())


@pytest.mark.parametrize("route", ADDRESSES, ids=route_key)
def test_every_route_has_its_lines_in_the_table(world, route):
    wanted = {(route_key(route), place.name, "GET") for place in places(route, world)}
    assert wanted <= TABLE.keys(), f"{wanted - TABLE.keys()}: run tests/doors/test_matrix.py for the lines to review"


@pytest.mark.slow
@pytest.mark.parametrize("route", ADDRESSES, ids=route_key)
def test_a_head_is_answered_as_a_get(world, route):
    for place in places(route, world):
        for role in ("anonymous", "observer", "promoter_administrator", "token"):
            get, head = (knock(world, role, method, place.path) for method in ("GET", "HEAD"))
            assert head.status_code == get.status_code, (place, role)
            assert not head.content


@pytest.mark.slow
@pytest.mark.parametrize("route", [r for r in ADDRESSES if "<" in r.pattern], ids=route_key)
def test_a_foreign_row_is_answered_like_one_that_does_not_exist(world, route):
    assert foreign_rows_seen(route, world) == []


def test_no_line_of_the_table_is_of_a_route_that_is_gone(world):
    known = {route_key(route) for route in ADDRESSES}
    assert {key[0] for key in TABLE} <= known
