"""Pages of things that no room has a page for: programmes that a text only speaks of."""

import pytest

from moussem.evidence.domain.documents import cite_record
from moussem.evidence.domain.queries.subjects import page_of
from moussem.evidence.enums import SubjectKind, SubjectRole
from moussem.evidence.models import Subject
from tests.evidence import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    row = rows.subject(
        "Fonds de la région", SubjectKind.PROGRAMME, within=rows.subject("L’Oriental", SubjectKind.PLACE)
    )
    Subject.objects.filter(pk=row.pk).update(address=page_of(row))
    row.refresh_from_db()
    return row


def opened(client, row, language="en"):
    answer = client.get(f"/{language}/subjects/{row.public_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_programme_has_a_page_with_its_place_and_what_the_sources_say(client, fund):
    rows.figure(fund, value=55)
    rows.statement(fund, words="Le fonds aide les centres d’appels")
    page = opened(client, fund)
    assert "Fonds de la région" in page
    assert f'href="/en/places/{fund.within.public_id}/"' in page
    assert "Le fonds aide" in page
    assert "/en/figures/" in page


def test_it_says_in_which_documents_the_thing_is_named(client, fund):
    cite_record(
        by=rows.editor(), citation=rows.citation("un fonds d’aide"), kind="programme", key=fund.public_id,
        label=fund.label,
    )  # fmt: skip
    assert "un fonds d’aide" in opened(client, fund)


def test_without_a_word_the_page_says_so(client, fund):
    assert "No published source says anything of it." in opened(client, fund)


def test_a_thing_with_a_page_of_its_own_leads_there(client):
    park = rows.subject("Oujda Shore", SubjectKind.PARK)
    answer = client.get(f"/en/subjects/{park.public_id}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/en/{park.address}")


def test_an_unpublished_thing_is_not_found(client):
    hidden = rows.subject("Fonds secret", SubjectKind.PROGRAMME, published=False)
    assert client.get(f"/en/subjects/{hidden.public_id}/").status_code == 404


def test_what_is_not_published_is_not_told_on_the_page(client, fund):
    rows.statement(fund, words="Tenu secret", publish=False)
    assert "Tenu secret" not in opened(client, fund)


def test_a_place_around_it_that_is_not_public_is_not_named(client):
    closed = rows.subject("Lieu fermé", SubjectKind.PLACE, published=False)
    row = rows.subject("Fonds", SubjectKind.PROGRAMME, within=closed)
    Subject.objects.filter(pk=row.pk).update(address="")
    assert "Lieu fermé" not in opened(client, row)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_facts_as_for_one(client, fund, count, django_assert_num_queries):
    for number in range(count):
        rows.figure(fund, value=100 + number)
    with django_assert_num_queries(4):
        opened(client, fund)


def test_a_figure_of_a_programme_links_to_its_page(client, fund):
    figure = rows.figure(fund, value=55)
    assert SubjectRole.HOLDER in {link.role for link in figure.links.all()}
    page = client.get(f"/en/figures/{figure.public_id}/").content.decode()
    assert f'href="/en/subjects/{fund.public_id}/"' in page
