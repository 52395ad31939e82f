"""Lists: pages by cursor, exact filters, limits, and what each costs."""

from dataclasses import replace

import pytest

from moussem.agreements.domain.agreements import cite_agreement, publish_agreement
from moussem.engines.values.kinds import Bound, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.enums import Kind, StatementKind, SubjectKind, SubjectRole
from moussem.evidence.models import Figure
from moussem.programmes.domain.programmes import AwardFacts, give_award
from moussem.projects.domain.projects import publish_project
from tests.evidence import rows
from tests.factories.accounts import AT
from tests.factories.agreements import an_agreement
from tests.factories.directory import a_park, a_person, a_place, an_event, an_organisation
from tests.factories.programmes import a_programme, rules
from tests.factories.projects import a_project

pytestmark = pytest.mark.django_db
LISTS = ("documents", "organisations", "people", "places", "parks", "events", "figures", "statements")


def ids(body):
    return [item["id"] for item in body["items"]]


@pytest.mark.parametrize("resource", LISTS)
def test_an_empty_list_has_no_next_page(ask, resource):
    assert ask(resource) == (200, {"items": [], "next": None})


@pytest.mark.parametrize("resource", LISTS)
def test_an_unknown_filter_is_refused_by_name_and_the_known_ones_are_named(ask, resource):
    status, body = ask(f"{resource}?colour=blue&limit=1")
    assert (status, body["error"]) == (422, "UnknownFilter")
    assert "colour" in body["sentence"]
    assert "cursor" in body["sentence"]


@pytest.mark.parametrize(("limit", "status"), [("0", 422), ("1", 200), ("200", 200), ("201", 422), ("many", 422)])
def test_a_page_has_one_to_two_hundred_items(ask, limit, status):
    answered, body = ask(f"figures?limit={limit}")
    assert answered == status
    assert status == 200 or body["fields"][0]["field"].endswith("limit")


@pytest.mark.parametrize("cursor", ["x", "AAAA", "%00", "é", "A" * 500])
def test_a_cursor_that_is_none_of_ours_is_refused(ask, cursor):
    status, body = ask(f"figures?cursor={cursor}")
    assert (status, body["error"]) == (422, "UnknownCursor")


def test_pages_by_cursor_show_each_row_once_although_rows_are_added_meanwhile(ask, editor):
    made = [str(rows.figure(by=editor, value=n).public_id) for n in range(1, 6)]
    _, first = ask("figures?limit=2")
    made.append(str(rows.figure(by=editor, value=6).public_id))
    _, second = ask(f"figures?limit=2&cursor={first['next']}")
    _, third = ask(f"figures?limit=2&cursor={second['next']}")
    assert ids(first) + ids(second) + ids(third) == made
    assert third["next"] is None


def test_a_page_that_is_just_full_has_no_next(ask, editor):
    rows.figure(by=editor)
    rows.figure(by=editor)
    assert ask("figures?limit=2")[1]["next"] is None
    assert ask("figures?limit=1")[1]["next"] is not None


@pytest.fixture
def told(editor):
    """One figure of which each part differs from the other figure's."""
    place = rows.subject("Oujda", SubjectKind.PLACE, by=editor)
    region = rows.subject("L’Oriental", SubjectKind.PLACE, by=editor)
    type(place).objects.filter(pk=place.pk).update(within=region)
    person = rows.subject("Karim Bernoussi", SubjectKind.PERSON, by=editor)
    holder = rows.subject("Intelcia", by=editor)
    document = rows.document("intelcia", by=editor)
    figure = rows.record_figure(
        by=editor,
        at=rows.NOW,
        facts=rows.facts(
            value=800, bound=Bound.AT_MOST, kind=Kind.ANNOUNCED, scope=Scope.DIRECT, perimeter="groupe",
            period=rows.on(2020, 7, 10), stated_on=rows.on(2020, 7, 11),
            horizon=rows.on(2020, 8, 31), teller=rows_teller(person),
        ),
        subjects=[(SubjectRole.HOLDER, holder), (SubjectRole.PLACE, place)],
        citations=[rows.citation(by=editor, of=document)],
    )  # fmt: skip
    rows.publish_figure(by=editor, at=rows.NOW, figure=figure)
    other = rows.figure(
        rows.subject("Altran", by=editor), by=editor, measure=Measure.EMPLOYEES, unit=Unit.PEOPLE, kind=Kind.REPORTED,
        period=rows.on(2013, 1, 1), stated_on=rows.on(2013, 1, 2),
    )  # fmt: skip
    return {"figure": figure, "other": other, "place": place, "region": region, "holder": holder, "person": person,
            "document": document}  # fmt: skip


def rows_teller(person):
    from moussem.evidence.domain.figures import Teller

    return Teller(person=person)


@pytest.mark.parametrize(
    "query",
    [
        "measure=jobs", "kind=announced", "bound=at_most", "unit=jobs", "scope=direct", "perimeter=groupe",
        "holder={holder}", "subject={holder}", "subject={place}&role=place", "role=place", "place={place}",
        "within={region}", "document={document}", "stated_by={person}", "stated_since=2020-07-11",
        "period_from=2020-07-10", "horizon_from=2020-08-31", "horizon_to=2020-08-31",
        "measure=jobs&kind=announced&holder={holder}",
    ],
)  # fmt: skip
def test_each_filter_of_figures_finds_what_it_names_and_leaves_out_the_rest(ask, told, query):
    keys = {name: row.public_id for name, row in told.items()}
    status, body = ask("figures?" + query.format(**keys))
    assert status == 200
    assert ids(body) == [str(told["figure"].public_id)]


@pytest.mark.parametrize(
    "query",
    [
        "subject={holder}&role=place", "stated_since=2020-07-12", "period_from=2020-07-11", "horizon_from=2020-09-01",
        "measure=jobs&kind=reported", "place={holder}", "within={holder}&kind=reported", "document={figure}",
    ],
)  # fmt: skip
def test_filters_narrow_together_and_bounds_are_included(ask, told, query):
    keys = {name: row.public_id for name, row in told.items()}
    assert ids(ask("figures?" + query.format(**keys))[1]) == []


@pytest.mark.parametrize("query", ["measure=jobsx", "kind=promised", "bound=exactly", "unit=jobsx", "holder=1",
                                   "stated_since=yesterday", "role=owner", "replaced=perhaps",
                                   "perimeter=%00"])  # fmt: skip
def test_a_value_that_no_filter_knows_is_refused_with_its_field(ask, query):
    status, body = ask(f"figures?{query}")
    assert (status, body["error"]) == (422, "NotUnderstood")
    assert query.split("=")[0] in body["fields"][0]["field"]


def test_a_corrected_figure_is_left_out_unless_asked_for(ask, editor):
    old = rows.figure(by=editor)
    from moussem.evidence.domain.figures import replace_figure

    new = replace_figure(by=editor, at=rows.NOW, figure=old, facts=rows.facts(value=900), reason="typing")
    assert ids(ask("figures")[1]) == [str(new.public_id)]
    assert len(ask("figures?replaced=true")[1]["items"]) == 2
    assert ask(f"figures/{old.public_id}")[1]["replaced_by"] == str(new.public_id)


def test_a_name_is_found_whatever_its_accents_and_among_other_names(ask, editor):
    firm = an_organisation(editor, "Société Générale", acronym="SG", aliases=("La Générale",))
    an_organisation(editor, "Saccom")
    for name in ("societe generale", "sg", "LA GENERALE"):
        assert ids(ask(f"organisations?name={name}")[1]) == [str(firm.public_id)]
    assert ids(ask("organisations?name=General")[1]) == []


def _fill(resource, editor, n):
    make = {
        "documents": lambda: rows.document(f"text-{n}", by=editor),
        "organisations": lambda: an_organisation(editor, f"Firm {n}", aliases=(f"F{n}",)),
        "people": lambda: a_person(editor, f"Person {n}"),
        "places": lambda: a_place(editor, f"City {n}"),
        "parks": lambda: a_park(editor, f"Park {n}"),
        "events": lambda: an_event(editor, f"Show {n}"),
        "figures": lambda: rows.figure(by=editor, value=n),
        "statements": lambda: rows.statement(by=editor, kind=StatementKind.OPENING),
    }
    return make[resource]()


QUERIES = {
    "documents": 1, "organisations": 6, "people": 3, "places": 1, "parks": 1, "events": 5, "figures": 4,
    "statements": 4,
}  # fmt: skip


@pytest.mark.parametrize("resource", LISTS)
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    client, editor, resource, django_assert_num_queries
):
    _fill(resource, editor, 1)
    with django_assert_num_queries(QUERIES[resource]):
        assert len(client.get(f"/api/v1/{resource}").json()["items"]) == 1
    _fill(resource, editor, 2)
    _fill(resource, editor, 3)
    with django_assert_num_queries(QUERIES[resource]):
        assert len(client.get(f"/api/v1/{resource}").json()["items"]) == 3


def _open_programme(editor, n):
    editor = replace(editor, roles=frozenset({"fund_officer", *editor.roles}))
    programme = a_programme(editor, f"Fonds {n}")
    rules(editor, programme)
    return give_award(by=editor, at=AT, programme=programme, facts=AwardFacts({"fr": "Prix"}, words={"fr": "Trois"}))


def _open_agreement(editor, n):
    row = an_agreement(editor, f"Convention {n}", signed=True)
    cite_agreement(by=editor, at=AT, agreement=row, citation=rows.citation(by=editor))
    return publish_agreement(by=editor, at=AT, agreement=row)


SOURCED = {
    "agreements": (4, _open_agreement),
    "projects": (2, lambda by, n: publish_project(by=by, at=AT, project=a_project(by, f"Site {n}"))),
    "programmes": (5, _open_programme),
}
"""Lists whose items carry their citations: how often they ask, and what makes one."""


@pytest.mark.parametrize("resource", SOURCED)
def test_a_list_with_citations_asks_as_often_for_three_rows_as_for_one(
    client, editor, resource, django_assert_num_queries
):
    queries, make = SOURCED[resource]
    for wanted in (1, 3):
        while len(client.get(f"/api/v1/{resource}").json()["items"]) < wanted:
            make(editor, len(client.get(f"/api/v1/{resource}").json()["items"]))
        with django_assert_num_queries(queries):
            assert len(client.get(f"/api/v1/{resource}").json()["items"]) == wanted


def test_numbers_are_exact_text_in_their_unit(ask, editor):
    for value, unit, measure, text in (
        (123_456_789_012_345_678, Unit.MAD, Measure.ENVELOPE, "1234567890123456.78"),
        (5_500_000_000, Unit.MAD, Measure.ENVELOPE, "55000000"),
        (0, Unit.JOBS, Measure.JOBS, "0"),
        (35_000, Unit.PERCENT, Measure.BENEFIT_RATE, "3.5"),
    ):
        figure = rows.figure(by=editor, value=value, unit=unit, measure=measure, kind=Kind.REPORTED)
        assert ask(f"figures/{figure.public_id}")[1]["value"] == text
    assert Figure.objects.count() == 4
