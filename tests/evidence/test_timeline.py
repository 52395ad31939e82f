"""A subject's figures and statements on one timeline."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.core.actor import ANONYMOUS
from moussem.core.timelines import Moment, merged
from moussem.evidence.domain.queries.territory import group_of
from moussem.evidence.domain.queries.timeline import figure_entries, statement_entries
from moussem.evidence.enums import Kind, StatementKind, SubjectKind, SubjectRole
from moussem.evidence.models import Figure, FigureSubject
from tests.evidence import rows

pytestmark = pytest.mark.django_db


def pages(actor, subjects, limit=2):
    """Every title of a timeline, page by page."""
    cursor, found = "", []
    while True:
        before = Moment.read(cursor) if cursor else None
        parts = [source(actor, subjects, before, limit + 1) for source in (figure_entries, statement_entries)]
        page = merged(parts, limit)
        found.append([event.title for event in page.events])
        cursor = page.older
        if not cursor:
            return found


def test_the_newest_stands_first_and_what_has_no_date_stands_last():
    firm = rows.subject()
    rows.statement(firm, words="sans date")
    rows.statement(firm, words="2019", period=rows.on(2019, 4, 18))
    rows.statement(firm, words="2020", period=rows.on(2020, 7, 10))
    rows.figure(firm, kind=Kind.REPORTED, period=rows.on(2020, 1, 31))
    assert pages(ANONYMOUS, [firm.pk], limit=10)[0][0] == "2020"
    assert pages(ANONYMOUS, [firm.pk], limit=10)[0][-2:] == ["2019", "sans date"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_any_length_show_each_entry_exactly_once(limit):
    firm = rows.subject()
    said = [f"{day}.{n}" for day in ("2020-07-10", "2019-04-18", "") for n in range(3)]
    for words in said:
        day = words.split(".")[0]
        rows.statement(firm, words=words, period=rows.on(*map(int, day.split("-"))) if day else None)
    for day in (10, 18):
        rows.figure(firm, kind=Kind.REPORTED, period=rows.on(2020, 7, day), value=day)
    found = [title for page in pages(ANONYMOUS, [firm.pk], limit=limit) for title in page]
    assert len(found) == 11
    assert sorted(title for title in found if title in said) == sorted(said)
    assert found == pages(ANONYMOUS, [firm.pk], limit=100)[0]


def test_a_promise_stands_where_it_was_made_not_where_it_ends():
    firm = rows.subject()
    figure = rows.figure(firm, stated_on=rows.on(2020, 7, 10), horizon=rows.on(2022, 12, 31))
    entry = figure_entries(ANONYMOUS, [firm.pk], None, 10)[0]
    assert entry.moment == Moment(rows.on(2020, 7, 10).start, figure.public_id)


def test_a_figure_tied_twice_to_its_subject_is_named_once():
    firm = rows.subject()
    figure = rows.figure(firm)
    FigureSubject.tie(figure, firm, SubjectRole.OTHER).save()
    assert len(figure_entries(ANONYMOUS, [firm.pk], None, 10)) == 1


def test_what_is_not_published_is_on_the_staff_timeline_only():
    firm = rows.subject()
    rows.figure(firm, publish=False)
    assert figure_entries(ANONYMOUS, [firm.pk], None, 10) == []
    assert len(figure_entries(rows.editor(), [firm.pk], None, 10)) == 1
    assert figure_entries(rows.editor(rows.promoter("rival")), [firm.pk], None, 10) == []


def test_two_subjects_that_are_one_share_a_timeline():
    one, other = rows.subject("Saccom"), rows.subject("SACCOM Maroc")
    rows.figure(one, value=1)
    rows.figure(other, value=2)
    assert len(figure_entries(ANONYMOUS, [one.pk, other.pk], None, 10)) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_timeline_asks_the_database_four_times_for_one_entry_of_each_and_for_three(count, django_assert_num_queries):
    firm = rows.subject()
    for number in range(count):
        rows.figure(firm, value=number + 1)
        rows.statement(firm)
    with django_assert_num_queries(4):
        pages(ANONYMOUS, [firm.pk], limit=10)


def many(firm, count):
    """As many figures of one subject as asked, without the ledger."""
    first = rows.figure(firm, kind=Kind.REPORTED, period=rows.on(2000, 1, 1))
    start = first.period_start.toordinal()
    copies = []
    for number in range(count):
        day = type(first.period_start).fromordinal(start + number)
        copies.append(
            Figure(
                promoter_id=first.promoter_id, measure="jobs", unit="jobs", kind="reported", value=number,
                period_start=day, period_end=day, period_precision="day", recorded_at=rows.NOW, published_at=rows.NOW,
            )
        )  # fmt: skip
    Figure.objects.bulk_create(copies)
    FigureSubject.objects.bulk_create(FigureSubject.tie(copy, firm, SubjectRole.HOLDER) for copy in copies)


def test_the_last_page_of_a_long_timeline_is_read_from_an_index_without_sorting():
    firm = rows.subject()
    many(firm, 300)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    middle = figure_entries(ANONYMOUS, [firm.pk], None, 150)[-1].moment
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(figure_entries(ANONYMOUS, [firm.pk], middle, 20)) == 20
    plan = plan_of(asked.captured_queries[0]["sql"])
    assert "figure_on_timeline" in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan
    assert "Sort" not in plan


def plan_of(statement):
    """How the database goes about it; PostgreSQL is told that the table is not as small as it is."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if connection.vendor == 'sqlite' else 'EXPLAIN'} {statement}")
        return " ".join(str(part) for row in cursor.fetchall() for part in row)


def test_what_is_said_of_an_act_is_left_to_the_act_on_the_pages_of_those_who_agree():
    firm, park = rows.subject(), rows.subject("Oujda Shore", SubjectKind.PARK)
    act = rows.subject("Pacte", SubjectKind.AGREEMENT)
    rows.statement(firm, park, act, words="un pacte", kind=StatementKind.AGREEMENT)
    rows.statement(firm, park, words="un centre ouvre")
    told = {
        one: [e.event.title for e in statement_entries(ANONYMOUS, group_of(one), None, 9)] for one in (firm, park, act)
    }
    assert told == {firm: ["un centre ouvre"], park: ["un centre ouvre", "un pacte"], act: ["un pacte"]}
