"""What waits, from every room: counted together, by few questions, for the right people only."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moussem.accounts.enums import Role
from moussem.core import navigation, waiting
from moussem.core.actor import ANONYMOUS
from moussem.evidence.models import Figure
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


def test_each_page_sees_what_waits_then_and_each_person_their_own_by_kept_queries():
    cri, other = a_promoter("cri"), a_promoter("other")
    organiser, neighbour = at_work(cri, Role.ORGANISER), at_work(other, Role.ORGANISER)
    seen = []
    for _ in range(2):
        rows.figure(by=rows.editor(cri), publish=False)
        seen.append((waiting.waiting_on_pages(organiser), waiting.waiting_on_pages(neighbour)))
    assert seen == [({"evidence_desk:figures-list": 1}, {}), ({"evidence_desk:figures-list": 2}, {})]


def written_without_looking(sources, actor, monkeypatch):
    """Put each source's query together where neither the database nor a clock answers."""

    def refuse(*_given, **_named):
        raise AssertionError("a kept query may not depend on it")

    monkeypatch.setattr(timezone, "now", refuse)
    monkeypatch.setattr(timezone, "localdate", refuse)
    with connection.execute_wrapper(refuse):
        for source in sources:
            str(source.rows(actor).query)


def test_a_source_asks_neither_the_database_nor_a_clock_before_it_is_counted(monkeypatch):
    everybody = at_work(a_promoter("cri"), *Role.values)
    assert len(waiting.sources_for(everybody)) > 15
    written_without_looking(waiting._sources, everybody, monkeypatch)


@pytest.mark.parametrize("careless", [
    lambda actor: Figure.objects.filter(recorded_at__lt=timezone.now()),
    lambda actor: Figure.objects.filter(pk__in=list(Figure.objects.values_list("pk", flat=True))),
])  # fmt: skip
def test_the_control_a_source_that_does_is_caught(careless, monkeypatch):
    by = at_work(a_promoter("cri"), Role.ORGANISER)
    source = replace(waiting._sources[0], rows=careless)
    with pytest.raises(AssertionError, match="a kept query"):
        written_without_looking([source], by, monkeypatch)


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
