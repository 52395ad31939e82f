"""Figures and statements as a page shows them."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from moussem.core.actor import ANONYMOUS
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.figures import Teller
from moussem.evidence.domain.queries.lines import figure_lines, statement_lines
from moussem.evidence.enums import MEASURE_LABELS, Kind, SubjectKind
from moussem.evidence.models import Figure
from tests.evidence import rows

pytestmark = pytest.mark.django_db


def line_of(figure, **asked):
    return figure_lines([Figure.objects.get(pk=figure.pk)], ANONYMOUS, **asked)[0]


def test_a_line_carries_value_bound_kind_and_who_said_it():
    head = rows.subject("Moulay Zine El Oudghiri", SubjectKind.PERSON)
    line = line_of(rows.figure(value=1000, bound=Bound.OVER, teller=Teller(person=head)))
    assert (line.value, line.bound, line.kind, line.unit) == (Decimal(1000), "over", "announced", "jobs")
    assert line.stated_by == "Moulay Zine El Oudghiri"


def test_a_figure_without_a_number_has_no_value_and_is_not_zero():
    assert line_of(rows.figure(value=None)).value is None


def test_hectares_come_back_as_they_were_written():
    park = rows.subject("Fès Shore", SubjectKind.PARK)
    line = line_of(rows.figure(park, value=225000, measure=Measure.LAND_AREA, unit=Unit.HA, kind=Kind.REPORTED))
    assert line.value == Decimal("22.5")


def test_a_line_names_its_holder_and_place_but_not_the_page_it_stands_on():
    saccom, oujda = rows.subject("Saccom"), rows.subject("Oujda", SubjectKind.PLACE)
    figure = rows.figure(saccom, place=oujda)
    assert line_of(figure).label.endswith("· Saccom · Oujda")
    assert line_of(figure, about=[oujda.pk]).label.endswith("· Saccom")


def test_a_joint_figure_names_all_its_holders_apart_from_its_label():
    saccom, eca = rows.subject("Saccom"), rows.subject("Eca")
    figure = rows.figure(saccom, eca)
    assert line_of(figure).joint_with == ("Saccom", "Eca")
    assert line_of(figure, about=[saccom.pk]).joint_with == ("Eca",)
    assert "Eca" not in line_of(figure).label


def test_a_mark_leads_to_the_place_on_the_page_of_a_published_document():
    with override("fr"):
        mark = line_of(rows.figure()).sources[0]
    assert mark.quote == "plus de 1.000 emplois"
    assert mark.document_url.startswith("/fr/documents/")
    assert "#citation-" in mark.document_url


def test_the_card_of_a_closed_document_is_shown_but_does_not_lead_to_it():
    rows.document(publish=False)
    mark = line_of(rows.figure()).sources[0]
    assert mark.title == "Offshoring à Oujda"
    assert mark.document_url == ""


def test_what_was_found_elsewhere_is_marked():
    rows.document(found_elsewhere=("publisher",))
    assert line_of(rows.figure()).sources[0].found_elsewhere


def test_a_statement_is_shown_in_our_words_with_its_source():
    line = statement_lines([rows.statement(words="Saccom ouvre à Oujda")], ANONYMOUS)[0]
    assert line.words == "Saccom ouvre à Oujda"
    assert len(line.sources) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_lines_ask_the_database_five_times_for_one_figure_and_for_three(count, django_assert_num_queries):
    head = rows.subject("Karim Bernoussi", SubjectKind.PERSON)
    firm = rows.subject("Intelcia")
    for number in range(count):
        rows.figure(firm, value=800 + number, teller=Teller(person=head, organisation=firm))
    with django_assert_num_queries(5):
        assert len(figure_lines(Figure.objects.visible_to(ANONYMOUS), ANONYMOUS)) == count


def test_every_measure_has_a_name():
    assert set(MEASURE_LABELS) == set(Measure)
