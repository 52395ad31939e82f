"""What a row says of a person, and what is wrong with which of its cells.

A cell that begins with = is refused where it stands in a column that is read; + - and @ are text. Nothing is ever
worked out.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from moussem.engines.lists.headings import Column, plain

Cell = None | str | Sequence[str]
"""Nothing, a text, or [kind, text]: number `n`, date `d`, yes or no `b`, error `e`, formula without a value `f`."""


class Fault(StrEnum):
    """What may be wrong with a cell."""

    MISSING = "missing"
    FORMULA = "formula"
    NO_VALUE = "no_value"
    ERROR = "error"
    NO_NUMBER = "no_number"
    DATE = "date"
    NUMBER = "number"
    YES_OR_NO = "yes_or_no"
    EMAIL = "email"
    SEVERAL = "several"
    PHONE = "phone"
    LANGUAGE = "language"
    LONG = "long"
    UNREADABLE = "unreadable"
    ENCODING = "encoding"
    TURNED = "turned"
    MERGED = "merged"
    REPEATED_EMAIL = "repeated_email"
    REPEATED_PERSON = "repeated_person"
    SEVERAL_FIRMS = "several_firms"


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell: its column, why, and what stands there (at most 60 characters)."""

    column: Column
    fault: Fault
    said: str = ""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """What a row says; "" where it says nothing. `language` is a code, `email` in lower case."""

    name: str = ""
    email: str = ""
    organisation: str = ""
    role: str = ""
    phone: str = ""
    language: str = ""
    guest_kind: str = ""
    faults: tuple[CellFault, ...] = ()


LONGEST: Mapping[Column, int] = {
    Column.NAME: 200, Column.FIRST_NAME: 100, Column.LAST_NAME: 100, Column.EMAIL: 254, Column.ORGANISATION: 200,
    Column.ROLE: 200, Column.PHONE: 40, Column.LANGUAGE: 40, Column.GUEST_KIND: 120,
}  # fmt: skip
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "fr": ("fr", "fra", "fre", "francais", "french", "الفرنسيه", "فرنسيه", "francophone"),
    "ar": ("ar", "ara", "arabe", "arabic", "العربيه", "عربيه", "عربي", "arabophone"),
    "en": ("en", "eng", "anglais", "english", "الانجليزيه", "انجليزيه", "الانكليزيه", "anglophone"),
    "es": ("es", "spa", "espagnol", "spanish", "espanol", "الاسبانيه", "اسبانيه"),
    "de": ("de", "ger", "deu", "allemand", "german", "deutsch", "الالمانيه"),
    "it": ("it", "ita", "italien", "italian", "italiano", "الايطاليه"),
    "nl": ("nl", "dut", "nld", "neerlandais", "dutch", "nederlands", "الهولنديه"),
    "pt": ("pt", "por", "portugais", "portuguese", "portugues", "البرتغاليه"),
}
_KINDS = {"n": Fault.NUMBER, "d": Fault.DATE, "b": Fault.YES_OR_NO, "e": Fault.ERROR, "f": Fault.NO_VALUE}
_DIRECTIONS = re.compile("[\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\u00ad]")
_TURNS = re.compile("[\u202d\u202e]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ud800-\udfff]")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf©¨ª§´®¯¢»¹«‰ˆ‡Š€™ ]|Â[«»°\u00a0]|â€[™œ“”¦]|[ØÙ][\u00a0-\u00bf§±‡ˆ†ƒ…„]")
_ERRORS = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|NOM\s?\?|VALEUR\s?!|NOMBRE\s?!|NUL\s?!|SPILL!|CALC!)$", re.I
)
_NO_NUMBERS = frozenset(
    ["nan", "-nan", "+nan", "inf", "-inf", "+inf", "infinity", "-infinity", "null", "none", "undefined"]
)
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})"
)
_NAMED_EMAIL = re.compile(r"^[^<>]*<\s*([^<>\s]+)\s*>$")
_PHONE = re.compile(r"^(?=(?:\D*\d){5})[0-9+][0-9 ().,/+xX#-]{4,39}$")
_LETTER = re.compile(r"[^\W\d_]")


class _Wrong(Exception):
    def __init__(self, fault: Fault, said: str = "") -> None:
        super().__init__(fault)
        self.fault, self.said = fault, said


def read_row(cells: Sequence[Cell], columns: Sequence[Column | None]) -> ListedPerson:
    """What a row says under these columns; every cell that is wrong is named, and then counts as empty."""
    said: dict[Column, str] = {}
    faults: list[CellFault] = []
    for place, column in enumerate(columns):
        cell = cells[place] if column is not None and place < len(cells) else None
        if column is None or cell is None:
            continue
        try:
            said[column] = _READERS[column](_text(cell, column), column)
        except _Wrong as wrong:
            faults.append(CellFault(column, wrong.fault, wrong.said[:60]))
    name = said.get(Column.NAME) or " ".join(filter(None, (said.get(Column.FIRST_NAME), said.get(Column.LAST_NAME))))
    asked = next((c for c in columns if c in (Column.NAME, Column.LAST_NAME)), Column.NAME)
    if not name and not any(fault.column in _NAMES for fault in faults):
        faults.insert(0, CellFault(asked or Column.NAME, Fault.MISSING))
    return ListedPerson(
        name=name, email=said.get(Column.EMAIL, ""), organisation=said.get(Column.ORGANISATION, ""),
        role=said.get(Column.ROLE, ""), phone=said.get(Column.PHONE, ""), language=said.get(Column.LANGUAGE, ""),
        guest_kind=said.get(Column.GUEST_KIND, ""), faults=tuple(faults),
    )  # fmt: skip


_NAMES = (Column.NAME, Column.FIRST_NAME, Column.LAST_NAME)


def _text(cell: str | Sequence[str], column: Column) -> str:
    """The cell's text on one line; a number only where a telephone stands."""
    if not isinstance(cell, str):
        kind, words = cell
        if kind == "n" and column is Column.PHONE and words.isdigit():
            return words
        raise _Wrong(Fault.NO_NUMBER if words.lower() in _NO_NUMBERS else _KINDS[kind], words)
    words = cleaned(cell)
    if words.startswith(("=", "＝")):
        raise _Wrong(Fault.FORMULA, words)
    if _ERRORS.match(words):
        raise _Wrong(Fault.ERROR, words)
    if words.casefold() in _NO_NUMBERS and words != "Nan":
        raise _Wrong(Fault.NO_NUMBER, words)
    if len(words) > LONGEST[column]:
        raise _Wrong(Fault.LONG, words)
    return words


def cleaned(words: str) -> str:
    """A text on one line without marks of direction; raises where it was read in a wrong encoding, holds characters
    that nobody can read, or turns its own direction around to look like another text.
    """
    plain = _DIRECTIONS.sub("", words)
    if _TURNS.search(plain):
        raise _Wrong(Fault.TURNED, _TURNS.sub("", plain))
    if _CONTROLS.search(plain):
        raise _Wrong(Fault.UNREADABLE, _CONTROLS.sub("?", plain))
    if _MOJIBAKE.search(plain):
        raise _Wrong(Fault.ENCODING, plain)
    return unicodedata.normalize("NFC", " ".join(plain.split()))


def _any(words: str, column: Column) -> str:
    return words


def _name(words: str, column: Column) -> str:
    if words and not _LETTER.search(words):
        raise _Wrong(Fault.NUMBER, words)
    return words


def _email(words: str, column: Column) -> str:
    address = words.strip(" ;,").lower().removeprefix("mailto:")
    if named := _NAMED_EMAIL.match(address):
        address = named[1]
    if not address or address in ("-", "/", "—", "n/a", "aucun", "néant", "none"):
        return ""
    if address.count("@") > 1:
        raise _Wrong(Fault.SEVERAL, words)
    local, at, domain = address.partition("@")
    try:
        address = f"{local}{at}{domain.encode('idna').decode('ascii')}" if domain else address
    except UnicodeError:
        raise _Wrong(Fault.EMAIL, words) from None
    if not _EMAIL.fullmatch(address) or len(local) > 64 or len(address) > LONGEST[Column.EMAIL]:
        raise _Wrong(Fault.EMAIL, words)
    return address


def _phone(words: str, column: Column) -> str:
    number = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in words)
    if number in ("", "-", "/", "—"):
        return ""
    if not _PHONE.match(number.replace("\u2011", "-").replace("\u2013", "-")):
        raise _Wrong(Fault.PHONE, words)
    return number


def _language(words: str, column: Column) -> str:
    first = re.split(r"[,;/+&]|\bet\b|\band\b", words, maxsplit=1)[0].strip()
    code = LANGUAGE_CODES.get(plain(first), "")
    if first and not code:
        raise _Wrong(Fault.LANGUAGE, words)
    return code


LANGUAGE_CODES = {plain(word): code for code, words in LANGUAGES.items() for word in words}
_READERS: Mapping[Column, Callable[[str, Column], str]] = {
    Column.NAME: _name, Column.FIRST_NAME: _any, Column.LAST_NAME: _name, Column.EMAIL: _email,
    Column.ORGANISATION: _any, Column.ROLE: _any, Column.PHONE: _phone, Column.LANGUAGE: _language,
    Column.GUEST_KIND: _any,
}  # fmt: skip
