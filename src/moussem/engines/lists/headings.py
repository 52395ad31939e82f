"""Which column holds what, by its heading in French, English or Arabic.

The words are those seen in lists of guests and in exports of address books; a heading that is not known is left alone.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum


class Column(StrEnum):
    """What a column of a list of people may hold."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    ORGANISATION = "organisation"
    ROLE = "role"
    PHONE = "phone"
    LANGUAGE = "language"
    GUEST_KIND = "guest_kind"


LOOKED_AT = 20
"""Among how many rows from the top the headings are looked for: titles and dates may stand above them."""
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ـ": ""})
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_APART = re.compile(r"[\W_]+")

_EXACT: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: (
        "nom", "nom prenom", "nom et prenom", "nom prenoms", "prenom nom", "prenom et nom", "nom complet",
        "noms et prenoms", "nom du contact", "nom de l invite", "invite", "invites", "contact", "participant",
        "participants", "personne", "name", "full name", "fullname", "names", "guest", "guest name", "contact name",
        "attendee", "attendee name", "person", "display name", "الاسم", "اسم", "الاسم الكامل", "الاسم والنسب",
        "الاسم الشخصي والعائلي", "المدعو", "المشارك", "الاسم و النسب",
    ),
    Column.FIRST_NAME: (
        "prenom", "prenoms", "first name", "firstname", "given name", "forename", "الاسم الشخصي", "الاسم الاول",
    ),
    Column.LAST_NAME: (
        "nom de famille", "nom famille", "last name", "lastname", "surname", "family name", "النسب", "الاسم العائلي",
        "اللقب", "اسم العائلة",
    ),
    Column.EMAIL: (
        "e mail", "email", "mail", "courriel", "mel", "adresse e mail", "adresse email", "adresse mail",
        "adresse electronique", "e mail address", "email address", "e mails", "emails", "البريد الالكتروني",
        "البريد", "بريد الكتروني", "الايميل", "عنوان البريد الالكتروني",
    ),
    Column.ORGANISATION: (
        "organisation", "organisme", "societe", "entreprise", "raison sociale", "etablissement", "structure", "firme",
        "employeur", "institution", "groupe", "denomination", "denomination sociale", "organization", "company",
        "company name", "firm", "employer", "business", "account name", "المؤسسة", "الشركة", "المنظمه", "المقاوله",
        "الهيئة", "جهه العمل", "المؤوسسه", "الجهه",
    ),
    Column.ROLE: (
        "fonction", "poste", "titre", "qualite", "role", "metier", "intitule du poste", "fonctions", "position", "job",
        "job title", "title", "function", "الوظيفه", "المنصب", "الصفه", "المهمه", "المهنه",
    ),
    Column.PHONE: (
        "telephone", "tel", "gsm", "portable", "mobile", "numero", "numero de telephone", "n de telephone", "whatsapp",
        "phone", "phone number", "mobile phone", "cell", "cell phone", "الهاتف", "رقم الهاتف", "الجوال", "المحمول",
        "النقال", "الهاتف النقال",
    ),
    Column.LANGUAGE: (
        "langue", "langues", "langue parlee", "langue de correspondance", "language", "preferred language", "اللغه",
        "لغه",
    ),
    Column.GUEST_KIND: (
        "categorie", "type", "type d invite", "type d invites", "categorie d invite", "categorie d invites", "profil",
        "genre d invite", "kind", "kind of guest", "guest kind", "guest type", "category", "profile", "الفئة",
        "نوع الضيف", "الصنف", "نوع المدعو",
    ),
}  # fmt: skip
# Words that decide for longer headings ("Adresse e-mail professionnelle"), in this order: "Nom de l'entreprise" and
# "Téléphone du contact" are no names.
_TELLING: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.EMAIL, ("mail", "email", "courriel", "البريد")),
    (Column.PHONE, ("telephone", "tel", "gsm", "mobile", "phone", "الهاتف", "whatsapp")),
    (Column.ORGANISATION, (
        "entreprise", "societe", "organisation", "organisme", "company", "organization", "etablissement", "الشركة",
        "المؤسسة",
    )),
    (Column.ROLE, ("fonction", "poste", "job", "الوظيفه")),
    (Column.LANGUAGE, ("langue", "language", "اللغه")),
    (Column.FIRST_NAME, ("prenom", "forename", "firstname")),
)  # fmt: skip


def plain(heading: str) -> str:
    """A heading as it is compared: no capitals, accents, vowel signs, brackets or marks, Arabic letters of one kind
    alike.
    """
    bare = _BRACKETS.sub(" ", heading)
    letters = unicodedata.normalize("NFKD", (bare if bare.strip() else heading).casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c)).translate(_ARABIC)
    return " ".join(_APART.sub(" ", kept.replace("œ", "oe")).split())[:120]


_BY_WORDS = {plain(words): column for column, known in _EXACT.items() for words in known}
_BY_PART = tuple((column, frozenset(map(plain, telling))) for column, telling in _TELLING)


def column_of(heading: str, remembered: Mapping[str, str] | None = None) -> Column | None:
    """What a column under this heading holds; None where nobody can tell. `remembered` are columns by plain heading
    ("": left out), as somebody said before.
    """
    words = plain(heading)
    if remembered and words in remembered:
        return Column(remembered[words]) if remembered[words] else None
    if not words:
        return None
    if found := _BY_WORDS.get(words):
        return found
    parts = set(words.split())
    return next((column for column, telling in _BY_PART if parts.intersection(telling)), None)


def columns_of(headings: Sequence[str], remembered: Mapping[str, str] | None = None) -> list[Column | None]:
    """What each column holds, each thing once: the first column that says so. Beside first names, "Nom" is the last
    name; without them a last name alone is the name.
    """
    found = [column_of(heading, remembered) for heading in headings]
    if Column.FIRST_NAME in found and Column.LAST_NAME not in found and Column.NAME in found:
        found[found.index(Column.NAME)] = Column.LAST_NAME
    elif Column.LAST_NAME in found and not {Column.FIRST_NAME, Column.NAME}.intersection(found):
        found[found.index(Column.LAST_NAME)] = Column.NAME
    seen: set[Column] = set()
    once: list[Column | None] = []
    for column in found:
        once.append(None if column in seen else column)
        if column is not None:
            seen.add(column)
    return once


def names_somebody(columns: Sequence[Column | None]) -> bool:
    """Whether a row under these columns can name a person."""
    return bool({Column.NAME, Column.LAST_NAME}.intersection(columns))


def heading_place(rows: Sequence[Sequence[str]], remembered: Mapping[str, str] | None = None) -> int | None:
    """Which of the first rows holds the headings: the one of which most are known, two at least or the name alone;
    None where none does.
    """
    best, place = 0, None
    for number, row in enumerate(rows[:LOOKED_AT]):
        columns = columns_of(row, remembered)
        known = sum(column is not None for column in columns)
        enough = known >= 2 or (known == 1 and names_somebody(columns))
        if enough and known > best:
            best, place = known, number
    return place
