"""What every place and park comes to, held by a table: the same on both databases, on the page and from the functions.

`totals.csv` is read by a person when it changes: a wrong sum of a dossier is a wrong row there. A failing test prints
the rows that differ.
"""

import csv
from html import unescape
from pathlib import Path

import pytest
from django.utils.translation import override

from moussem.core.actor import ANONYMOUS
from moussem.directory.models import Park, Place
from moussem.observatory.domain.queries.dossier import dossier_of
from tests.observatory.conftest import TODAY

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("totals.csv")
COLUMNS = ("place", "measure", "kind", "bound", "value", "value_max", "unit", "words")


def rows_of(thing):
    """The sums of one dossier, a line each; one line without a sum where there is none. `words` are those of every
    worked total of the measure and kind: two perimeters are two totals, never one.
    """
    with override("en"):
        dossier = dossier_of(thing.subject, ANONYMOUS, as_of=TODAY)
    place = dossier.place.label
    worked = {}
    for line in dossier.whole:
        worked.setdefault((line.label, line.kind), []).append(line.words)
    lines = [
        (
            place, row.label, column.kind, figure.bound, str(figure.value), str(figure.value_max or ""), figure.unit,
            " | ".join(worked.get((row.label, column.kind), ())),
        )
        for row in dossier.rows for column in row.columns for figure in column.figures
    ]  # fmt: skip
    return lines or [(place, "", "", "", "", "", "", "")]


def things():
    return [*Place.objects.select_related("subject__within").order_by("pk"),
            *Park.objects.select_related("subject__within").order_by("pk")]  # fmt: skip


def expected():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return sorted(tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file))


def test_every_sum_of_every_place_and_park_is_the_one_of_the_table(season):
    found = sorted(row for thing in things() for row in rows_of(thing))
    assert [row for row in found if row not in expected()] == []
    assert found == expected()


def test_the_table_names_every_place_and_park_once_more_than_its_sums(season):
    with override("en"):
        assert {row[0] for row in expected()} == {str(thing.subject.label["en"]) for thing in things()}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_region_city_and_park_opens_the_same_page_with_its_own_sums(client, season, language):
    heads = set()
    for thing in things():
        answer = client.get(f"/{language}/dossiers/{thing.public_id}/")
        assert answer.status_code == 200
        assert "observatory/public/dossier.html" in {template.name for template in answer.templates}
        page = unescape(answer.content.decode())
        with override(language):
            dossier = dossier_of(thing.subject, ANONYMOUS, as_of=TODAY)
        assert all(line.words in page for line in dossier.whole)
        assert dossier.place.label in page
        heads.add(dossier.place.label)
    assert len(heads) > 30


def test_no_sum_of_a_place_adds_a_planned_number_to_an_announced_one(season):
    for thing in things():
        dossier = dossier_of(thing.subject, ANONYMOUS, as_of=TODAY)
        assert all(line.kind != "planned" for line in dossier.whole)
        assert all(figure.kind == line.kind for line in dossier.whole for figure in line.included)
