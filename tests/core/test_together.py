"""One query for many small readings: each keeps its order and its limit."""

import pytest

from moussem.accounts.models import Promoter
from moussem.core.together import AT_ONCE, counted, for_each, together

pytestmark = pytest.mark.django_db
STANDING_FOR = "some kind"


@pytest.fixture
def promoters():
    """Three of one kind and two of another, named out of their order."""
    for kind, names in (("promoter", "cab"), ("playground", "ed")):
        for name in names:
            Promoter.objects.create(slug=name, name=name.upper(), kind=kind)


def of_kind(limit):
    rows = Promoter.objects.filter(kind=STANDING_FOR).order_by("-slug")
    return rows.values_list("slug", "name")[:limit]


@pytest.mark.usefixtures("promoters")
def test_each_reading_keeps_its_order_and_its_limit(django_assert_num_queries):
    asked = [{STANDING_FOR: kind} for kind in ("playground", "promoter", "nothing", "playground")]
    with django_assert_num_queries(1):
        found = for_each(of_kind(2), asked)
    assert found == [[("e", "E"), ("d", "D")], [("c", "C"), ("b", "B")], [], [("e", "E"), ("d", "D")]]
    assert found == [
        list(Promoter.objects.filter(kind=a[STANDING_FOR]).order_by("-slug").values_list("slug", "name")[:2])
        for a in asked
    ]


@pytest.mark.usefixtures("promoters")
def test_more_readings_than_a_database_takes_at_once_are_several_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        found = for_each(of_kind(1), [{STANDING_FOR: "promoter"}] * (2 * AT_ONCE + 1))
    assert found == [[("c", "C")]] * (2 * AT_ONCE + 1)


def test_what_can_find_nothing_is_not_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert for_each(Promoter.objects.filter(pk__in=[]).values_list("slug"), [{1: 2}, {1: 3}]) == [[], []]
        assert for_each(of_kind(1), []) == []


@pytest.mark.usefixtures("promoters")
def test_counts_of_several_rooms_are_one_query(django_assert_num_queries):
    kinds = ("promoter", "playground", "nothing")
    parts = [counted(n, Promoter.objects.filter(kind=kind)) for n, kind in enumerate(kinds)]
    with django_assert_num_queries(1):
        assert {part: count for part, count in together(parts) if count} == {0: 3, 1: 2}
    assert together([]) == ()
