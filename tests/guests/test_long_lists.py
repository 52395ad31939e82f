"""A page of rows that lie in several parts: in one order, none twice and none left out, and as dear as its length."""

import pytest

from moussem.core.asking import read
from moussem.core.keyset import Parts
from moussem.guests.models import Invitation
from tests.factories.registering import an_open_form, registered


@pytest.fixture
def rows(editor, event):
    kind = an_open_form(editor, event)
    return [registered(kind, f"G{n}").pk for n in range(7)]


def walked(rows, *, newest_first):
    """The pages, two rows each, of the even and the odd rows together."""
    among = [Invitation.objects.filter(pk__in=rows[start::2]) for start in (0, 1)]
    pages, cursor = [], ""
    while not pages or cursor:
        parts = Parts(among, cursor, newest_first=newest_first, limit=2)
        page = parts.page(read(parts.firsts()), Invitation.objects.all())
        assert page.is_first == (not pages)
        pages.append([row.pk for row in page.rows])
        cursor = page.after
    return pages


def test_the_pages_of_several_parts_are_one_list(rows):
    assert walked(rows, newest_first=False) == [rows[0:2], rows[2:4], rows[4:6], rows[6:]]
    back = rows[::-1]
    assert walked(rows, newest_first=True) == [back[0:2], back[2:4], back[4:6], back[6:]]


def test_a_page_is_two_queries_however_many_parts_and_rows(rows, django_assert_num_queries):
    for among in (rows[:3], rows):
        parts = Parts([Invitation.objects.filter(pk=pk) for pk in among], limit=2)
        with django_assert_num_queries(2):
            assert len(parts.page(read(parts.firsts()), Invitation.objects.all()).rows) == 2


def test_a_mistyped_cursor_is_the_first_page(rows):
    parts = Parts([Invitation.objects.filter(pk__in=rows)], "nowhere", newest_first=False, limit=2)
    assert [row.pk for row in parts.page(read(parts.firsts()), Invitation.objects.all()).rows] == rows[:2]
