"""Columns are known by their headings in three languages, and each holds one thing once."""

import pytest

from moussem.engines.lists.headings import Column, column_of, columns_of, heading_place, plain


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nom et prénom", "name"), ("NOM & PRÉNOM", "name"), ("Full name", "name"), ("الإسم الكامل", "name"),
        ("الاسم", "name"), ("Prénom(s)", "first_name"), ("First name", "first_name"), ("الاسم الشخصي", "first_name"),
        ("Nom de famille", "last_name"), ("Surname", "last_name"), ("النسب", "last_name"),
        ("Adresse e-mail professionnelle", "email"), ("E-MAIL *", "email"), ("Courriel", "email"),
        ("البريد الإلكتروني", "email"), ("Raison sociale", "organisation"), ("Nom de l’entreprise", "organisation"),
        ("Company", "organisation"), ("الشركة", "organisation"), ("المؤسسة", "organisation"),
        ("Intitulé du poste", "role"), ("Job title", "role"), ("الوظيفة", "role"), ("Tél. (GSM)", "phone"),
        ("Téléphone du contact", "phone"), ("Mobile phone", "phone"), ("رقم الهاتف", "phone"),
        ("Langue de correspondance", "language"), ("Language", "language"), ("اللُّغة", "language"),
        ("Catégorie d'invité", "guest_kind"), ("Kind of guest", "guest_kind"), ("الفئة", "guest_kind"),
    ],
)  # fmt: skip
def test_a_heading_says_what_its_column_holds(heading, column):
    assert column_of(heading) == column


@pytest.mark.parametrize("heading", ["", "  ", "Remarques", "12", "Date d’arrivée", "—", "Montant"])
def test_a_heading_that_is_not_known_is_left_alone(heading):
    assert column_of(heading) is None


def test_beside_first_names_the_name_is_the_last_name():
    assert columns_of(["Nom", "Prénom", "E-mail"]) == [Column.LAST_NAME, Column.FIRST_NAME, Column.EMAIL]
    assert columns_of(["Nom", "E-mail"]) == [Column.NAME, Column.EMAIL]
    assert columns_of(["Nom de famille", "E-mail"]) == [Column.NAME, Column.EMAIL]


def test_the_first_of_two_columns_that_hold_the_same_is_read():
    assert columns_of(["Nom", "Tél fixe", "Tél mobile"]) == [Column.NAME, Column.PHONE, None]


def test_what_somebody_said_of_a_heading_comes_before_what_is_known():
    said = {plain("Nom"): "organisation", plain("Fonction"): ""}
    assert columns_of(["Nom", "Fonction", "Interlocuteur"], said | {plain("Interlocuteur"): "name"}) == [
        Column.ORGANISATION, None, Column.NAME,
    ]  # fmt: skip


def test_headings_stand_below_a_title_and_not_among_the_rows():
    rows = [["Liste des invités"], ["", "janvier 2026"], ["Nom", "Société", "E-mail"], ["Amal", "Atlas", "a@b.ma"]]
    assert heading_place(rows) == 2
    assert heading_place([["Amal Idrissi", "a@b.ma"], ["Brahim", "b@c.ma"]]) is None
