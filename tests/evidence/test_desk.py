"""Staff record, correct and publish figures; bad input is told by its field, and nothing is saved."""

import re
from decimal import Decimal

import pytest

from moussem.audit.models import Entry
from moussem.core import navigation
from moussem.core.ids import uuid7
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.documents import attach_text
from moussem.evidence.domain.figures import replace_figure
from moussem.evidence.enums import Kind, SubjectKind, SubjectRole
from moussem.evidence.models import Document, Figure, FigureSubject, Statement
from moussem.evidence.views import desk as desk_views
from moussem.evidence.views import library
from tests.evidence import rows
from tests.factories.accounts import staff

pytestmark = pytest.mark.django_db
DESK = "/p/oriental"
SIMPLE = {
    "measure": "jobs",
    "kind": "announced",
    "bound": "over",
    "value": "3 000",
    "unit": "jobs",
    "scope": "not_stated",
    "holder": "Saccom",
    "stated_on": "2020-07",
    "horizon": "à terme",
}


@pytest.fixture
def desk(client):
    """The desk of an account owner of the Oriental, in French."""
    client.force_login(staff(rows.promoter(), "account_owner"))
    client.cookies["django_language"] = "fr"
    return client


@pytest.fixture
def saccom():
    return rows.subject("Saccom")


def send(client, address, language="fr", /, **said):
    client.cookies["django_language"] = language
    return client.post(f"{DESK}/{address}", {"nonce": str(uuid7()), **said})


def words(response):
    return response.content.decode()


def test_a_figure_is_recorded_with_its_bound_kind_horizon_and_citation(desk, saccom):
    text = rows.document()
    said = {**SIMPLE, "document": text.public_id, "quote": "plus de 3.000 emplois à terme", "paragraph": "6"}
    answer = send(desk, "figures/new/", **said)
    assert answer.status_code == 302
    figure = Figure.objects.get()
    assert (figure.value, figure.bound, figure.kind) == (3000, "over", "announced")
    assert figure.horizon.is_open
    assert str(figure.stated_on.precision) == "month"
    assert figure.citations.get().quote == "plus de 3.000 emplois à terme"
    assert not figure.is_published
    assert Entry.objects.filter(verb="record_figure", object_id=str(figure.public_id)).exists()


def test_a_joint_figure_takes_one_holder_a_line(desk, saccom):
    rows.subject("Notoriety")
    rows.subject("Eca groupe")
    send(desk, "figures/new/", **{**SIMPLE, "others": "Notoriety\nEca groupe"})
    assert Figure.objects.get().links.filter(role=SubjectRole.HOLDER).count() == 3


def test_a_park_in_the_place_of_a_place_takes_the_role_of_a_park(desk, saccom):
    rows.subject("Oujda Shore", SubjectKind.PARK)
    send(desk, "figures/new/", **{**SIMPLE, "place": "oujda shore"})
    assert Figure.objects.get().links.get(role=SubjectRole.PARK).subject.label["fr"] == "Oujda Shore"


def test_a_figure_whose_number_the_source_does_not_state_is_kept_without_one(desk, saccom):
    send(desk, "figures/new/", **{**SIMPLE, "value": "", "bound": "equal"})
    assert Figure.objects.get().value is None


BAD = [
    ({"unit": "MAD"}, "unit", "ne se compte pas en dirhams", "is not counted in dirhams"),
    ({"measure": "rank", "unit": "rank", "value": "40"}, "bound", "ne peut pas être", "cannot be"),
    (
        {"measure": "share_of_jobs", "unit": "percent", "kind": "contracted", "value": "11"},
        "kind",
        "ne peut jamais être contracté",
        "can never be contracted",
    ),
    ({"bound": "range"}, "value_max", "deux nombres", "two numbers"),
    ({"value": ""}, "bound", "ne va pas avec", "does not fit"),
    ({"value": "-5", "bound": "equal"}, "value", "jamais au-dessous de 0", "never below 0"),
    ({"measure": "occupancy", "unit": "percent", "value": "120", "bound": "equal"}, "value", "entre 0 et 100",
     "between 0 and 100"),
    ({"value": "12,5", "bound": "equal"}, "value", "décimale", "12,5"),
    ({"value": "beaucoup"}, "value", "n’est pas un nombre", "is no number"),
    ({"value": "NaN"}, "value", "n’est pas un nombre", "is no number"),
    ({"value": "1e400"}, "value", "n’est pas un nombre", "is no number"),
    ({"value": "9" * 30, "bound": "equal"}, "value", "décimale", "decimals"),
    ({"stated_on": "bientôt"}, "stated_on", "n’est pas une date", "is no date"),
    ({"stated_on": "2020-13"}, "stated_on", "n’est pas une date", "is no date"),
    ({"holder": ""}, "holder", "Dites de quoi il s’agit", "Say what it is about"),
    ({"holder": "Personne d’ici"}, "holder", "Rien ici ne s’appelle", "Nothing here is called"),
    ({"kind": "verified"}, "verified_by", "l’organisme qui l’a vérifié", "the body that verified it"),
    ({"quote": "plus de 3.000"}, "document", "Choisissez le document", "Choose the document"),
    ({"document": "x"}, "document", "", ""),
    ({"paragraph": "-1"}, "paragraph", "", ""),
    ({"measure": "happiness"}, "measure", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("change", "field", "french", "english"), BAD)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_bad_input_gets_a_sentence_at_its_field_and_saves_nothing(
    desk, saccom, change, field, french, english, language
):
    said = {**SIMPLE, **change, "note": "ce que j’ai écrit"}
    sentence = french if language == "fr" else english
    answer = send(desk, "figures/new/", language, **said)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert field in form.errors
    assert sentence in " ".join(form.errors[field])
    assert f'href="#id_{field}"' in words(answer)
    assert "ce que j’ai écrit" in words(answer)
    assert not Figure.objects.exists()
    assert not Entry.objects.filter(verb="record_figure").exists()


def test_a_thousand_written_with_a_point_is_asked_about_in_french_and_a_comma_is_read_in_english(desk, saccom):
    answer = send(desk, "figures/new/", **{**SIMPLE, "value": "3.000"})
    assert "de deux façons" in words(answer)
    send(desk, "figures/new/", "en", **{**SIMPLE, "value": "3,000", "horizon": "in time"})
    assert Figure.objects.get().value == 3000


def test_a_decimal_is_written_with_a_comma_in_french(desk):
    rows.subject("Fès Shore", SubjectKind.PARK)
    said = {"measure": "land_area", "unit": "ha", "kind": "reported", "bound": "about", "holder": "", "horizon": ""}
    send(desk, "figures/new/", **{**SIMPLE, **said, "value": "22,5", "place": "Fès Shore"})
    assert Figure.objects.get().quantity.value == Decimal("22.5")


def test_two_things_of_one_name_are_asked_about(desk, saccom):
    other = rows.subject("Saccom")
    answer = send(desk, "figures/new/", **SIMPLE)
    assert str(other.public_id)[-6:] in words(answer)
    send(desk, "figures/new/", **{**SIMPLE, "holder": f"Saccom · {str(other.public_id)[-6:]}"})
    assert Figure.objects.get().subjects.get() == other


def test_a_private_organisation_of_another_promoter_is_not_found_by_its_name(desk):
    rows.subject("Client secret", by=rows.editor(rows.promoter("rival")), published=False)
    answer = send(desk, "figures/new/", **{**SIMPLE, "holder": "Client secret"})
    assert "Rien ici ne s’appelle" in words(answer)
    assert words(desk.get(f"{DESK}/figures/new/")).count("Client secret") == 0


def test_another_promoters_document_cannot_be_cited(desk, saccom):
    foreign = rows.document("foreign", by=rows.editor(rows.promoter("rival")))
    answer = send(desk, "figures/new/", **{**SIMPLE, "document": foreign.public_id})
    assert "document" in answer.context["form"].errors
    assert not Figure.objects.exists()


def test_a_quote_of_13_words_is_refused_and_one_of_12_is_kept(desk, saccom):
    text = rows.document()
    said = {**SIMPLE, "document": text.public_id}
    assert "12 mots" in words(send(desk, "figures/new/", **said, quote=" ".join("abcdefghijklm")))
    assert not Figure.objects.exists()
    assert send(desk, "figures/new/", **said, quote=" ".join("abcdefghijkl")).status_code == 302


def test_a_quote_that_is_not_in_the_text_at_hand_is_refused(desk, saccom):
    text = attach_text(by=rows.editor(), at=rows.NOW, document=rows.document(), text="Saccom prévoit 1.000 emplois.")
    said = {**SIMPLE, "document": text.public_id}
    assert "exactement" in words(send(desk, "figures/new/", **said, quote="2.000 emplois"))
    send(desk, "figures/new/", **said, quote="1.000 emplois")
    assert Figure.objects.get().citations.get().start == 15


def test_a_form_sent_twice_records_one_figure(desk, saccom):
    said = {"nonce": str(uuid7()), **SIMPLE}
    first, second = (desk.post(f"{DESK}/figures/new/", said) for _ in range(2))
    assert first.url == second.url
    assert Figure.objects.count() == 1


def test_a_figure_without_a_citation_is_not_published_and_the_page_says_what_to_do(desk):
    figure = rows.figure(cited=False, publish=False)
    answer = desk.post(f"{DESK}/figures/{figure.public_id}/publish/", {"nonce": str(uuid7())}, follow=True)
    assert "Sans citation, rien ne peut être publié" in words(answer)
    figure.refresh_from_db()
    assert not figure.is_published


def test_a_figure_about_something_closed_is_not_published(desk):
    figure = rows.figure(rows.subject("Secret", published=False), publish=False)
    answer = desk.post(f"{DESK}/figures/{figure.public_id}/publish/", {"nonce": str(uuid7())}, follow=True)
    assert "n’est pas encore public" in words(answer)


def test_a_cited_figure_is_published_by_one_button(desk, client):
    figure = rows.figure(publish=False)
    page = words(desk.get(f"{DESK}/figures/{figure.public_id}/"))
    (address,) = re.findall(r'action="([^"]+/publish/)"', page)
    desk.post(address, {"nonce": str(uuid7())})
    desk.logout()
    assert client.get(f"/fr/figures/{figure.public_id}/").status_code == 200


def correction(figure, **said):
    return {**SIMPLE, "bound": "equal", "value": "1 200", "reason": "Erreur de lecture", **said}


def test_a_correction_starts_from_the_figure_keeps_its_citations_and_says_why(desk):
    place = rows.subject("Oujda", SubjectKind.PLACE)
    old = rows.figure(rows.subject("Saccom"), place=place, stated_on=rows.on(2020, 7, 10))
    FigureSubject.tie(old, rows.subject("Programme", SubjectKind.PROGRAMME), SubjectRole.PROGRAMME).save()
    page = words(desk.get(f"{DESK}/figures/{old.public_id}/correct/"))
    assert 'value="1000"' in page
    assert 'value="2020-07-10"' in page
    answer = send(desk, f"figures/{old.public_id}/correct/", **correction(old, place="Oujda", stated_on="2020-07-10"))
    assert answer.status_code == 302
    old.refresh_from_db()
    new = old.replaced_by
    assert (new.value, old.replaced_reason) == (1200, "Erreur de lecture")
    assert new.citations.count() == 1
    assert new.is_published
    assert set(new.links.values_list("role", flat=True)) == {"holder", "place", "programme"}


def test_a_correction_without_a_reason_is_refused(desk):
    old = rows.figure(rows.subject("Saccom"))
    answer = send(desk, f"figures/{old.public_id}/correct/", **correction(old, reason=""))
    assert "reason" in answer.context["form"].errors
    assert Figure.objects.count() == 1


def test_a_date_that_is_left_alone_keeps_the_sources_words(desk):
    said = rows.periods.year(2009, "début 2009", inferred=True)
    old = rows.figure(rows.subject("Saccom"), stated_on=said)
    send(desk, f"figures/{old.public_id}/correct/", **correction(old, stated_on="2009"))
    old.refresh_from_db()
    assert old.replaced_by.stated_on == said


def test_the_second_of_two_editors_sees_both_versions_and_what_was_typed(desk):
    old = rows.figure(rows.subject("Saccom"))
    replace_figure(by=rows.editor(), at=rows.NOW, figure=old, facts=rows.facts(value=1100), reason="Premier")
    answer = send(desk, f"figures/{old.public_id}/correct/", **correction(old))
    shown = words(answer)
    assert answer.status_code == 200
    assert "1\u202f100" in shown
    assert "1\u202f000" in shown
    assert 'value="1 200"' in shown
    assert "Premier" in shown
    assert Figure.objects.count() == 2


def test_another_promoters_figure_cannot_be_corrected_or_published(desk):
    foreign = rows.figure(by=rows.editor(rows.promoter("rival")))
    for act in ("correct", "publish"):
        assert send(desk, f"figures/{foreign.public_id}/{act}/", **correction(foreign)).status_code == 404


def test_an_observer_reads_the_desk_and_records_nothing(client, saccom):
    client.force_login(staff(rows.promoter(), "observer"))
    assert client.get(f"{DESK}/figures/").status_code == 200
    assert client.get(f"{DESK}/figures/new/").status_code == 403
    assert send(client, "figures/new/", **SIMPLE).status_code == 403
    assert not Figure.objects.exists()


def test_the_list_is_narrowed_by_measure_kind_subject_and_publication(desk, saccom):
    rows.figure(saccom, value=1111)
    rows.figure(rows.subject("Intelcia"), value=2222, publish=False)
    rows.figure(saccom, value=3333, kind=Kind.REPORTED, measure=Measure.EMPLOYEES, unit=Unit.PEOPLE)

    def listed(query):
        return {row.row.value for row in desk.get(f"{DESK}/figures/?{query}").context["listed"].rows}

    assert listed("") == {1111, 2222, 3333}
    assert listed("measure=employees") == {3333}
    assert listed("kind=announced") == {1111, 2222}
    assert listed("subject=saccom") == {1111, 3333}
    assert listed("published=no") == {2222}
    assert listed("measure=employees&published=no") == set()


def test_a_filter_that_names_nothing_says_so(desk, saccom):
    shown = words(desk.get(f"{DESK}/figures/?subject=Sacc"))
    assert "Saccom" in shown
    assert "Rien ne s’appelle exactement ainsi" in shown


def test_the_list_pages_by_its_last_row_and_shows_every_figure_once(desk, saccom):
    figures = [rows.figure(saccom, value=number + 1, publish=False) for number in range(3)]
    copies = [
        Figure(promoter=rows.promoter(), measure="jobs", unit="jobs", kind="announced", value=n, recorded_at=rows.NOW)
        for n in range(100, 160)
    ]
    Figure.objects.bulk_create(copies)
    found, address = [], f"{DESK}/figures/"
    while address:
        listed = desk.get(address).context["listed"]
        found += [row.row.pk for row in listed.rows]
        address = f"{DESK}/figures/{listed.older}" if listed.older else ""
    assert len(found) == len(set(found)) == len(figures) + len(copies)


LISTS = {
    "figures": (desk_views.figures, 3),
    "statements": (desk_views.statements, 3),
    "documents": (library.documents, 1),
}


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_the_desk_asks_as_often_for_one_row_as_for_three(
    rf, saccom, kind, count, django_assert_num_queries, monkeypatch
):
    make = {
        "figures": lambda n: rows.figure(saccom, value=n + 1),
        "statements": lambda n: rows.statement(saccom),
        "documents": lambda n: rows.document(f"text-{n}"),
    }[kind]
    for number in range(count):
        make(number)
    # The log-in and what waits in other rooms are counted by their own tests.
    monkeypatch.setattr(navigation, "_items", [])
    request = rf.get(f"{DESK}/{kind}/")
    request.actor, request.promoter = rows.editor(), rows.promoter()
    view, queries = LISTS[kind]
    with django_assert_num_queries(queries):
        assert view(request, promoter="oriental").status_code == 200


def test_a_fact_is_recorded_and_published_with_its_source(desk, saccom):
    text = rows.document()
    said = {
        "kind": "opening",
        "words_fr": "Saccom commence à Oujda Shore",
        "words_en": "Saccom starts at Oujda Shore",
        "forward": "on",
        "holder": "Saccom",
        "horizon": "2020-08",
        "document": text.public_id,
        "quote": "dès le mois prochain",
    }
    answer = send(desk, "statements/new/", **said)
    statement = Statement.objects.get()
    assert answer.url.endswith(f"{statement.public_id}/")
    assert statement.forward
    assert statement.words == {"fr": said["words_fr"], "en": said["words_en"]}
    desk.post(f"{DESK}/statements/{statement.public_id}/publish/", {"nonce": str(uuid7())})
    statement.refresh_from_db()
    assert statement.is_published


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"words_fr": ""}, "words_fr", "en une phrase"),
        ({"holder": ""}, "holder", "Dites de quoi il s’agit"),
        ({"horizon": "demain"}, "horizon", "n’est pas une date"),
    ],
)
def test_a_wrong_fact_is_told_by_its_field_and_saves_nothing(desk, saccom, change, field, sentence):
    said = {"kind": "opening", "words_fr": "Saccom ouvre", "holder": "Saccom", **change}
    answer = send(desk, "statements/new/", **said)
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert not Statement.objects.exists()


def test_a_document_is_added_closed_and_published_by_one_button(desk, client):
    said = {"title": "Offshoring", "address": "https://press.example/1", "address_kind": "publisher"}
    send(desk, "documents/new/", **said, published_on="07/2020")
    document = Document.objects.get()
    assert not document.is_published
    assert str(document.published_on.precision) == "month"
    desk.post(f"{DESK}/documents/{document.public_id}/publish/", {"nonce": str(uuid7())})
    desk.logout()
    assert client.get(f"/fr/documents/{document.public_id}/").status_code == 200


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"address_kind": "none"}, "title"),
        ({"title": "x", "address": "javascript:alert(1)", "address_kind": "publisher"}, "address"),
        ({"title": "x", "address": "https://press.example/", "address_kind": "none"}, "address_kind"),
        ({"title": "x", "address_kind": "publisher"}, "address"),
    ],
)
def test_a_wrong_document_is_told_by_its_field_and_saves_nothing(desk, said, field):
    answer = send(desk, "documents/new/", **said)
    assert field in answer.context["form"].errors
    assert not Document.objects.exists()


def test_bounds_are_kept_on_both_sides_of_a_range(desk, saccom):
    send(desk, "figures/new/", **{**SIMPLE, "bound": "range", "value": "100", "value_max": "120"})
    figure = Figure.objects.get()
    assert (figure.value, figure.value_max, figure.bound) == (100, 120, Bound.RANGE)
