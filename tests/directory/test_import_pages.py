"""The pages of lists from files: what a person reads, does twice, and may not see."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.core.ids import uuid7
from moussem.core.queue import run_due_jobs
from moussem.directory.models import ImportedList, Person
from tests.directory.listing import fresh
from tests.factories.accounts import a_promoter, staff
from tests.factories.directory import a_person
from tests.factories.sheets import GUESTS, HEADINGS, a_workbook, text

LISTS = "/p/oriental/imports/"


@pytest.fixture
def desk(client, oriental):
    client.force_login(staff(oriental, "account_owner"))
    return client


def page(client, address, status=200, language="fr"):
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, status=302, follow=False, **fields):
    response = client.post(address, {"nonce": str(uuid7()), **fields}, follow=follow)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[-2000:])
    return response.content.decode()


def dropped(client, content=None, name="invités.xlsx"):
    """The list, read by the worker."""
    sent(client, f"{LISTS}new/", file=SimpleUploadedFile(name, a_workbook() if content is None else content))
    run_due_jobs()
    return fresh(ImportedList.objects.latest("pk"))


def of(row, place=""):
    return f"{LISTS}{row.public_id}/{place}"


def test_a_file_is_dropped_looked_at_and_imported_by_one_yes(desk):
    sent(desk, f"{LISTS}new/", file=SimpleUploadedFile("invités.xlsx", a_workbook()))
    row = ImportedList.objects.get()
    assert 'http-equiv="refresh"' in page(desk, of(row))
    assert "en cours de lecture" in page(desk, of(row))
    run_due_jobs()
    seen = page(desk, of(row))
    assert 'http-equiv="refresh"' not in seen
    assert "Amal Idrissi" in seen
    assert "Nouvelle" in seen
    assert "Oui, importer 3 personnes" in seen
    assert not Person.objects.exists()
    sent(desk, of(row, "write/"))
    assert "en cours d’écriture" in page(desk, of(row))
    run_due_jobs()
    assert "3 personnes ajoutées" in page(desk, of(row))
    sent(desk, of(row, "undo/"))
    run_due_jobs()
    assert "3 personnes retirées" in page(desk, of(row))
    assert "invités.xlsx" in page(desk, LISTS)


def test_the_same_yes_sent_twice_has_one_effect(desk):
    row = dropped(desk)
    nonce = str(uuid7())
    for _ in range(2):
        assert desk.post(of(row, "write/"), {"nonce": nonce}).status_code == 302
    sent(desk, of(row, "write/"))
    run_due_jobs()
    assert Person.objects.count() == 3


def test_the_same_file_dropped_by_one_submit_twice_is_one_list(desk):
    nonce = str(uuid7())
    for _ in range(2):
        file = SimpleUploadedFile("invités.xlsx", a_workbook())
        assert desk.post(f"{LISTS}new/", {"nonce": nonce, "file": file}).status_code == 302
    assert ImportedList.objects.count() == 1


def test_what_is_wrong_is_said_with_sheet_row_and_column_in_the_readers_language(desk):
    row = dropped(desk, a_workbook([*GUESTS, ("Driss", "", "", "pas une adresse", "")]))
    assert (
        "Feuille «\u00a0Invités\u00a0», ligne 5, colonne D (E-mail)\u00a0: «\u00a0pas une adresse\u00a0» n’est pas"
        in page(desk, of(row))
    )
    assert "Sheet “Invités”, row 5, column D (E-mail): “pas une adresse” is no e-mail address." in page(
        desk, of(row), language="en"
    )
    sent(desk, of(row, "write/"))
    assert "1 ligne est à corriger" in page(desk, of(row))
    assert not Person.objects.exists()
    sent(desk, of(row, "write/"), leave_out="yes")
    run_due_jobs()
    assert Person.objects.count() == 3


def test_a_file_that_is_no_list_says_so(desk):
    seen = page(desk, of(dropped(desk, b"%PDF-1.7", "liste.pdf")))
    assert "Le fichier entier" in seen
    assert ".xlsx, .xls, .ods ou .csv" in seen
    assert "Amal" not in seen


@pytest.mark.parametrize(("fields", "sentence"), [({}, "obligatoire"), ({"file": b""}, "vide")])
def test_no_file_and_an_empty_one_are_refused_on_the_form(desk, fields, sentence):
    given = {name: SimpleUploadedFile("vide.csv", content) for name, content in fields.items()}
    assert sentence in sent(desk, f"{LISTS}new/", 422, **given)


def test_a_file_larger_than_the_setting_is_refused_on_the_form(desk, settings):
    settings.FILE_LIMIT = 100
    assert "Le fichier dépasse" in sent(desk, f"{LISTS}new/", 422, file=SimpleUploadedFile("a.xlsx", a_workbook()))
    assert not ImportedList.objects.exists()


def test_doubtful_rows_show_whom_they_may_mean_and_are_answered(desk, editor):
    a_person(editor, "Amal Idrissi", publish=False)
    row = dropped(desk)
    seen = page(desk, of(row))
    assert "la même personne que Amal Idrissi" in seen
    assert "même nom" in seen
    assert "Oui, importer" not in seen
    sent(desk, of(row, "write/"))
    assert "1 ligne est douteuse" in page(desk, of(row))
    sent(desk, of(row, "answers/"), **{"doubt-0-2": "same", "doubt-9-9": "same", "doubt-0-3": "never"})
    assert "Oui, importer 3 personnes" in page(desk, of(row))
    sent(desk, of(row, "write/"))
    run_due_jobs()
    assert Person.objects.count() == 3


def test_columns_are_corrected_on_the_page(desk):
    row = dropped(desk, text([("Qui", "Où"), ("Amal Idrissi", "Atlas")]), "liste.csv")
    seen = page(desk, of(row))
    assert "Aucune colonne ne porte un titre connu" in seen
    assert "Lu comme texte" in seen
    twice = sent(desk, of(row, "columns/"), 422, **{"column-0-0": "name", "column-0-1": "name"})
    assert "contient déjà" in twice
    sent(desk, of(row, "columns/"), **{"column-0-0": "name", "column-0-1": "organisation"})
    run_due_jobs()
    assert "Atlas" in page(desk, of(row))


def test_cells_are_text_and_never_markup(desk):
    row = dropped(desk, a_workbook([("<script>alert(1)</script>", "<b>x</b>", "+1", "", "")]))
    seen = page(desk, of(row))
    assert "<script>alert(1)" not in seen
    assert "&lt;script&gt;alert(1)" in seen


def test_rows_come_by_fifty_and_by_what_they_are(desk):
    rows = [(f"Guest {n:03}", "", "", f"g{n}@x.example", "") for n in range(120)] + [("", "", "", "x@y.example", "")]
    row = dropped(desk, a_workbook(rows))
    assert "Guest 049" in page(desk, of(row))
    assert "Guest 050" not in page(desk, of(row))
    assert "Guest 119" in page(desk, of(row, "?rows=new&from=100"))
    wrong = page(desk, of(row, "?rows=wrong"))
    assert "le nom manque" in wrong
    assert "Guest 001" not in wrong
    for bad in ("?from=x", "?from=-1", "?from=99999999999999999999", "?rows=%00", "?rows=never&from=3"):
        page(desk, of(row, bad))


def test_a_list_costs_as_many_queries_with_three_rows_as_with_ninety(desk):
    few, many = dropped(desk), dropped(desk, a_workbook([(f"G {n}", "", "", "", "") for n in range(90)]))
    counts = []
    for row in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(desk, of(row))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_may_not_see_a_list_gets_what_does_not_exist(desk, client, oriental):
    row = dropped(desk)
    unknown = f"{LISTS}01890000-0000-7000-8000-00000000dead/"
    for user in (
        staff(oriental, "organiser"), staff(a_promoter("rival"), "account_owner"),
    ):  # fmt: skip
        client.force_login(user)
        mine = LISTS if user.email.endswith("oriental.example") else "/p/rival/imports/"
        for place in ("", "write/", "undo/", "drop/", "answers/", "columns/"):
            address = f"{mine}{row.public_id}/{place}"
            answer = client.get(address) if not place else client.post(address, {"nonce": str(uuid7())})
            assert answer.status_code == 404, address
        assert client.get(unknown).status_code == 404
    row.refresh_from_db()
    assert row.state == "ready"


def test_a_list_that_was_dropped_shows_nothing_any_more(desk):
    row = dropped(desk)
    assert "abandonnée" in sent(desk, of(row, "drop/"), 200, follow=True)
    seen = page(desk, of(row))
    assert "Amal" not in seen
    sent(desk, of(row, "write/"))
    assert "dans un autre état" in page(desk, of(row))


def test_headings_in_arabic_are_recognised(desk):
    rows = [("الاسم الكامل", "الشركة", "البريد الإلكتروني"), ("أمل الإدريسي", "الأطلس", "amal@atlas.example")]
    row = dropped(desk, text(rows, encoding="cp1256", delimiter=","), "ضيوف.csv")
    seen = page(desk, of(row))
    assert "أمل الإدريسي" in seen
    assert "amal@atlas.example" in seen
    assert "Windows, lettres arabes" in seen


def test_a_list_has_the_file_that_was_dropped_named_without_its_folder(desk):
    row = dropped(desk, text([HEADINGS, *GUESTS]), "../../etc/liste\x07.csv")
    assert row.filename == "liste.csv" or row.filename == "liste_.csv"


def preview(desk, row):
    run_due_jobs()
    return page(desk, of(row))


def test_a_text_is_read_in_the_encoding_that_a_person_names_and_nothing_is_written(desk):
    row = dropped(desk, text([HEADINGS, ("Amélie Ørsted", "Maison A", "DSI", "a@x.example", "")]), "invités.csv")
    assert "Amélie Ørsted" in page(desk, of(row))
    sent(desk, of(row, "manner/"), encoding="cp1252", delimiter="")
    shown = preview(desk, row)
    assert "AmÃ©lie" in shown
    assert '<option value="cp1252" selected>' in shown
    assert "Windows, lettres occidentales" in shown
    sent(desk, of(row, "manner/"), encoding="", delimiter="")
    assert "Amélie Ørsted" in preview(desk, row)
    assert Person.objects.count() == 0


def test_cells_are_separated_by_what_a_person_names_and_columns_are_recognised_anew(desk):
    row = dropped(desk, b"Nom|Ville;Courriel\nAmal|Oujda;a@x.example\n", "invites.csv")
    assert fresh(row).sheets[0]["delimiter"] == ";"
    sent(desk, of(row, "manner/"), encoding="", delimiter="|")
    run_due_jobs()
    assert [column["heading"] for column in fresh(row).sheets[0]["columns"]] == ["Nom", "Ville;Courriel"]
    assert Person.objects.count() == 0


def test_a_file_that_is_none_of_what_was_named_is_refused_with_its_row_and_read_again_as_it_looks(desk):
    content = text([("Nom",), ("Amal",), ("Amélie",)], encoding="cp1252")
    row = dropped(desk, content, "invités.csv")
    sent(desk, of(row, "manner/"), encoding="utf-8", delimiter="")
    refused = preview(desk, row)
    assert fresh(row).state == "refused"
    assert (fresh(row).refusal["code"], fresh(row).refusal["row"]) == ("encoding", 3)
    assert "Comment le fichier est lu" in refused
    sent(desk, of(row, "manner/"), encoding="", delimiter="")
    assert "Amélie" in preview(desk, row)


def test_what_is_no_encoding_is_told_and_a_workbook_says_itself_how_it_is_read(desk):
    row = dropped(desk, text([HEADINGS, *GUESTS]), "invités.csv")
    assert "ebcdic" in sent(desk, of(row, "manner/"), 422, encoding="ebcdic", delimiter="")
    assert fresh(row).state == "ready"
    assert "Comment le fichier est lu" not in page(desk, of(dropped(desk)))


def test_a_list_that_was_written_is_not_read_otherwise(desk):
    row = dropped(desk, text([HEADINGS, *GUESTS]), "invités.csv")
    sent(desk, of(row, "write/"))
    run_due_jobs()
    before = Person.objects.count()
    sent(desk, of(row, "manner/"), encoding="cp1252", delimiter="")
    run_due_jobs()
    assert (fresh(row).state, Person.objects.count()) == ("written", before)
