"""What people are told of a list from a file: why it is not read, and what is wrong where."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from moussem.directory.domain.imports.deciding import (
    DoubtsOpen,
    NobodyNamed,
    NothingToImport,
    NotWaiting,
    RowsWrong,
)
from moussem.directory.models import ImportedList
from moussem.engines.lists.cells import LONGEST, Fault
from moussem.engines.lists.headings import Column

COLUMN_LABELS: Mapping[str, Promise] = {
    Column.NAME: pgettext_lazy("column", "Name"),
    Column.FIRST_NAME: pgettext_lazy("column", "First name"),
    Column.LAST_NAME: pgettext_lazy("column", "Last name"),
    Column.EMAIL: pgettext_lazy("column", "E-mail"),
    Column.ORGANISATION: pgettext_lazy("column", "Organisation"),
    Column.ROLE: pgettext_lazy("column", "Role"),
    Column.PHONE: pgettext_lazy("column", "Telephone"),
    Column.LANGUAGE: pgettext_lazy("column", "Language"),
    Column.GUEST_KIND: pgettext_lazy("column", "Kind of guest"),
}
ENCODINGS: Mapping[str, Promise | str] = {
    "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
    "cp1252": gettext_lazy("Windows, western letters"), "latin-1": gettext_lazy("western letters"),
    "cp1256": gettext_lazy("Windows, Arabic letters"), "mac-roman": gettext_lazy("Macintosh"),
    "cp850": gettext_lazy("DOS"),
}  # fmt: skip
DELIMITERS: Mapping[str, Promise] = {
    ";": gettext_lazy("semicolons"), ",": gettext_lazy("commas"), "\t": gettext_lazy("tabulators"),
    "|": gettext_lazy("vertical bars"),
}  # fmt: skip
_REFUSALS: Mapping[str, Promise] = {
    "empty": gettext_lazy("The file is empty. Drop the one that holds the list."),
    "unknown": gettext_lazy("This is neither a spreadsheet nor a list as text. Save it as .xlsx, .xls, .ods or .csv."),
    "locked": gettext_lazy("The file is protected by a password. Save it without one, then drop it again."),
    "damaged": gettext_lazy("The file is damaged and cannot be opened. Open it in your spreadsheet and save it again."),
    "entries": gettext_lazy("The file packs more than %(most)s parts. Copy the list into a new workbook."),
    "unpacked": gettext_lazy("Unpacked, the file is larger than %(megabytes)s MB. Copy the list into a new workbook."),
    "ratio": gettext_lazy(
        "The file unpacks to more than %(most)s times its size, as no list does. Copy the list into a new workbook."
    ),
    "rows": gettext_lazy("There are more than %(most)s rows. Split the list into several files."),
    "columns": gettext_lazy("There are more than %(most)s columns. Leave out those that are not needed."),
    "sheets": gettext_lazy("There are more than %(most)s sheets. Keep those with people."),
    "long": gettext_lazy(
        "A cell holds a text longer than any name or address. Shorten it; look for a missing quotation mark."
    ),
    "quotes": gettext_lazy("A quotation mark is opened and never closed, or stands inside a cell. Correct it there."),
    "encoding": gettext_lazy("From here on the letters cannot be read. Save the file as “CSV UTF-8”."),
    "memory": gettext_lazy("The file needs more memory than a list may. Copy the list alone into a new workbook."),
    "slow": gettext_lazy("The file takes longer to read than a list may. Copy the list alone into a new workbook."),
}
_FAULTS: Mapping[str, Promise] = {
    Fault.MISSING: gettext_lazy("the name is missing"),
    Fault.FORMULA: gettext_lazy("“%(said)s” is a formula: write its value"),
    Fault.NO_VALUE: gettext_lazy("a formula without a value: open the file, save it again, or write the value"),
    Fault.ERROR: gettext_lazy("%(said)s is an error of the spreadsheet: write the value"),
    Fault.NO_NUMBER: gettext_lazy("“%(said)s” says that a number is missing: empty the cell or write the value"),
    Fault.DATE: gettext_lazy("%(said)s is a date, and no date stands here"),
    Fault.NUMBER: gettext_lazy("%(said)s is a number, and a text stands here"),
    Fault.YES_OR_NO: gettext_lazy("a yes or no, and a text stands here"),
    Fault.EMAIL: gettext_lazy("“%(said)s” is no e-mail address"),
    Fault.SEVERAL: gettext_lazy("several e-mail addresses: keep one"),
    Fault.PHONE: gettext_lazy("“%(said)s” is no telephone number"),
    Fault.LANGUAGE: gettext_lazy("“%(said)s” is no language that is known here"),
    Fault.LONG: gettext_lazy("longer than %(longest)s characters"),
    Fault.UNREADABLE: gettext_lazy("“%(said)s” holds characters that nobody can read"),
    Fault.ENCODING: gettext_lazy("“%(said)s” was saved in a wrong encoding: save the file as “CSV UTF-8”"),
    Fault.TURNED: gettext_lazy("“%(said)s” holds hidden marks that turn the reading direction around: write it anew"),
    Fault.MERGED: gettext_lazy("merged cells: write the value into each row"),
    Fault.REPEATED_EMAIL: gettext_lazy("the same e-mail stands in row %(said)s"),
    Fault.REPEATED_PERSON: gettext_lazy("the same person stands in row %(said)s"),
    Fault.SEVERAL_FIRMS: gettext_lazy(
        "several organisations are called “%(said)s”: decide under Duplicates whether they are one"
    ),
}


def refusal_of(imported: ImportedList) -> str:
    """Where and why a file was not read, and what to do; "" for a list that was read."""
    refusal = imported.refusal
    if not refusal.get("code"):
        return ""
    most = int(refusal.get("most") or 0)
    sentence = str(_REFUSALS.get(refusal["code"], _REFUSALS["damaged"]))
    words = sentence % {"most": most, "megabytes": most // 1_000_000} if "%(" in sentence else sentence
    column = int(refusal.get("column") or 0)
    place = place_of(refusal.get("sheet", ""), int(refusal.get("row") or 0), letters(column) if column else "")
    return _("%(place)s: %(sentence)s") % {"place": place or _("The whole file"), "sentence": words}


def place_of(sheet: str, row: int, column: str) -> str:
    """A place as people look for it: sheet, row, column; "" for the file as a whole."""
    parts = []
    if sheet:
        parts.append(_("sheet “%(sheet)s”") % {"sheet": sheet})
    if row:
        parts.append(_("row %(row)s") % {"row": row})
    if column:
        parts.append(_("column %(column)s") % {"column": column})
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def letters(number: int) -> str:
    """A column's letters as spreadsheets show them: 1 is A, 27 is AA."""
    said = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def faults_of(imported: ImportedList, row: Mapping[str, Any]) -> list[str]:
    """What is wrong with a row, a sentence each with sheet, row and column."""
    sheet = imported.sheets[row["sheet"]]
    return [
        _("%(place)s: %(sentence)s.")
        % {"place": place_of(sheet["name"], row["row"], _column(sheet["columns"], column)), "sentence": _fault(*fault)}
        for fault in row["faults"]
        for column in (fault[0],)
    ]


def _fault(column: str, fault: str, said: str) -> str:
    sentence = str(_FAULTS[fault])
    return sentence % {"said": said, "longest": LONGEST[Column(column)]} if "%(" in sentence else sentence


def _column(columns: Sequence[Mapping[str, str]], column: str) -> str:
    """The letters and the heading of the column that holds this; the label alone where no column does."""
    for number, known in enumerate(columns, 1):
        if known["column"] == column:
            return f"{letters(number)} ({known['heading'] or COLUMN_LABELS[column]})"
    return str(COLUMN_LABELS[column])


def _wrong(refusal: RowsWrong) -> str:
    said = ngettext(
        "%(n)s row is to be corrected. Correct the file and drop it again, or say that the row is left out.",
        "%(n)s rows are to be corrected. Correct the file and drop it again, or say that they are left out.",
        refusal.count,
    )
    return said % {"n": refusal.count}


def _doubts(refusal: DoubtsOpen) -> str:
    said = ngettext(
        "%(n)s row is doubtful. Say whom it means first.", "%(n)s rows are doubtful. Say whom they mean first.",
        refusal.count,
    )  # fmt: skip
    return said % {"n": refusal.count}


_SENTENCES: Mapping[type[Exception], Callable[[Any], str]] = {
    NotWaiting: lambda r: (
        _("The list is in another state now: %(state)s. Nothing was changed by you.")
        % {"state": r.imported.get_state_display()}
    ),
    RowsWrong: _wrong,
    DoubtsOpen: _doubts,
    NothingToImport: lambda r: _("No row of this list can be imported. Correct the file and drop it again."),
    NobodyNamed: lambda r: _("Say first which column holds the names."),
}
REFUSALS = tuple(_SENTENCES)
"""The refusals that have a sentence."""


def sentence_of(refusal: Exception) -> str:
    """The sentence for one of `REFUSALS`."""
    return _SENTENCES[type(refusal)](refusal)
