"""What waits, from every room: counted together, by few questions, for the right people only."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.enums import Role
from moussem.core import navigation, waiting
from moussem.core.actor import ANONYMOUS
from tests.evidence import rows
from tests.factories.accounts import a_promoter, at_work

pytestmark = pytest.mark.django_db


def questions(ask):
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    return answer, len(queries)


def test_all_rooms_are_counted_by_one_question_and_their_first_rows_read_by_one_more():
    cri = a_promoter("cri")
    for _ in range(5):
        rows.figure(by=rows.editor(cri), publish=False)
    organiser = at_work(cri, Role.ORGANISER)

    counts, asked = questions(lambda: waiting.waiting_on_pages(organiser))
    assert (counts, asked) == ({"evidence_desk:figures-list": 5}, 1)
    found, asked = questions(lambda: waiting.waiting_for(organiser, "cri"))
    assert asked == 2
    (group,) = found[navigation.Verb.COUNT]
    assert (group.count, len(group.rows)) == (5, waiting.FEW)
    assert group.url == "/p/cri/figures/?published=no"
    assert group.rows[0].title
    assert group.rows[0].url.startswith("/p/cri/figures/")


def test_nothing_is_shown_to_whom_the_permission_does_not_let_in():
    assert waiting.sources_for(ANONYMOUS) == []
    assert questions(lambda: waiting.waiting_for(ANONYMOUS, "cri")) == ({}, 0)


def test_what_waits_at_another_promoter_is_not_counted():
    cri, other = a_promoter("cri"), a_promoter("other")
    rows.figure(by=rows.editor(other), publish=False)
    assert waiting.waiting_on_pages(at_work(cri, Role.ORGANISER)) == {}


def test_every_source_leads_to_a_page_of_the_navigation_under_its_verb_so_that_its_count_is_seen():
    shown = {(item.verb, item.url_name) for item in navigation._items}
    assert [s.label for s in waiting._sources if (s.verb, s.url_name) not in shown] == []


def test_the_earliest_date_comes_first():
    cri = a_promoter("cri")
    for _ in range(3):
        rows.figure(by=rows.editor(cri), publish=False)
    (group,) = waiting.waiting_for(at_work(cri, Role.ORGANISER), "cri")[navigation.Verb.COUNT]
    assert [row.on for row in group.rows] == sorted(row.on for row in group.rows)
