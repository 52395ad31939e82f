"""Which places lie in which, read by one recursive query on each database."""

import pytest

from moussem.evidence.domain.queries.narrowing import first_about
from moussem.evidence.domain.queries.territory import surroundings, territory
from moussem.evidence.domain.subjects import let_stand_for
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Figure, Subject
from tests.evidence import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def morocco():
    """A country, a region in it, two cities, and a park in each."""
    country = rows.subject("Maroc", SubjectKind.PLACE)
    region = rows.subject("Oriental", SubjectKind.PLACE, within=country)
    cities = [rows.subject(name, SubjectKind.PLACE, within=region) for name in ("Oujda", "Nador")]
    parks = [rows.subject(f"Parc {n}", SubjectKind.PARK, within=city) for n, city in enumerate(cities)]
    return [country, region, *cities, *parks]


def keys(*subjects):
    return sorted(subject.pk for subject in subjects)


def naive_territory(subject):
    """The same by one question a place."""
    found, ahead = {subject.pk}, [subject]
    while ahead:
        one = ahead.pop()
        for part in [*one.parts.exclude(kind=SubjectKind.PROJECT), *one.merged.exclude(kind=SubjectKind.PROJECT)]:
            if part.pk not in found:
                found.add(part.pk)
                ahead.append(part)
    return sorted(found)


def test_a_territory_holds_what_lies_in_it_however_deep_and_no_project(morocco):
    country, region, oujda, _nador, park, _ = morocco
    rows.subject("Un projet", SubjectKind.PROJECT, within=park)
    assert territory([country]) == keys(*morocco)
    assert territory([oujda]) == keys(oujda, park)
    assert territory([]) == []
    for place in morocco:
        assert territory([place]) == naive_territory(place)
    assert territory([oujda, region]) == territory([region])


def test_what_was_merged_into_a_place_lies_in_it_with_its_parts(morocco):
    _, _, oujda, *_ = morocco
    other = rows.subject("Ville d’Oujda", SubjectKind.PLACE)
    inside = rows.subject("Parc 9", SubjectKind.PARK, within=other)
    let_stand_for(by=rows.editor(), subject=other, canonical=oujda)
    other.refresh_from_db()
    assert set(keys(other, inside)) < set(territory([oujda]))
    assert territory([other]) == territory([oujda])


def test_a_circle_of_places_ends(morocco):
    country, _, oujda, *_ = morocco
    Subject.objects.filter(pk=country.pk).update(within=oujda)
    assert territory([oujda]) == keys(*morocco)
    assert surroundings([oujda.pk])[str(country.pk)] == (str(oujda.pk),)


def test_surroundings_lead_outwards_and_are_asked_for_only_where_no_row_at_hand_says_them(
    morocco, django_assert_num_queries
):
    country, region, oujda, _, park, _ = morocco
    outwards = {
        str(park.pk): (str(oujda.pk),), str(oujda.pk): (str(region.pk),), str(region.pk): (str(country.pk),)
    }  # fmt: skip
    with django_assert_num_queries(1):
        assert surroundings([park.pk]) == outwards
    with django_assert_num_queries(0):
        assert surroundings([park.pk], seen=morocco, outermost=[country.pk]) == outwards
    with django_assert_num_queries(1):  # what lies around the country is not known
        assert surroundings([park.pk], seen=morocco) == outwards
    with django_assert_num_queries(1):
        assert surroundings([park.pk], seen=[park, region], outermost=[country.pk]) == outwards


@pytest.mark.parametrize("limit", [1, 2, 3, 20])
def test_the_first_figures_of_a_territory_are_those_of_all_of_them(morocco, limit):
    _, _, oujda, _, park, _ = morocco
    for n in range(4):
        rows.figure(rows.subject(f"Entreprise {n}"), place=oujda if n % 2 else park, value=n + 1)
    rows.figure(park, place=oujda, value=9)  # about two places of the territory, once
    inside = territory([oujda])
    every = Figure.objects.filter(links__subject__in=inside).distinct().order_by("public_id")
    found = first_about(Figure.objects.all(), inside, limit).order_by("public_id")
    assert list(found) == list(every[:limit])
    assert list(first_about(Figure.objects.none(), inside, limit)) == []
