"""The forms of lists from files: the file, what its columns hold, whom its doubtful rows mean."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moussem.core.sheets.shapes import Manner
from moussem.core.sheets.texts import ENCODINGS as TEXT_ENCODINGS
from moussem.directory.domain.imports.deciding import NEW, SAME
from moussem.directory.interfaces.import_sentences import COLUMN_LABELS, DELIMITERS, ENCODINGS, letters
from moussem.directory.models import ImportedList
from moussem.engines.lists.headings import Column

ACCEPTED = ".xlsx,.xls,.ods,.csv,.tsv,.txt"
NOT_READ = "-"
_DOUBT = re.compile(r"doubt-(\d{1,4})-(\d{1,8})")


class ListFileForm(forms.Form):
    """A file with people."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Excel, LibreOffice or CSV: one person a row, the first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class ColumnsForm(forms.Form):
    """What each column of each sheet of a list holds."""

    def __init__(self, *args: Any, imported: ImportedList, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheets = imported.sheets
        choices = [(NOT_READ, gettext_lazy("not read")), *COLUMN_LABELS.items()]
        for number, sheet in enumerate(self.sheets):
            for place, column in enumerate(sheet["columns"]):
                label = column["heading"] or _("Column %(letters)s") % {"letters": letters(place + 1)}
                label = f"{sheet['name']}, {label}" if len(self.sheets) > 1 else label
                self.fields[f"column-{number}-{place}"] = forms.ChoiceField(
                    label=label[:80], choices=choices, initial=column["column"] or NOT_READ
                )

    def clean(self) -> dict[str, Any]:
        """Refuse one thing in two columns of a sheet."""
        said: dict[str, Any] = super().clean() or {}
        for number, columns in self._chosen(said).items():
            for place, column in enumerate(columns):
                if column and column in columns[:place]:
                    self.add_error(
                        f"column-{number}-{place}",
                        _("Another column of this sheet holds this already: choose one of the two."),
                    )
                elif column == Column.LAST_NAME and Column.NAME in columns:
                    self.add_error(f"column-{number}-{place}", _("Choose either the name or the last name."))
        return said

    def _chosen(self, said: Mapping[str, Any]) -> dict[int, list[str]]:
        return {
            number: [
                said.get(f"column-{number}-{place}", NOT_READ).replace(NOT_READ, "")
                for place in range(len(sheet["columns"]))
            ]
            for number, sheet in enumerate(self.sheets)
        }

    @property
    def chosen(self) -> dict[int, list[str]]:
        """What the columns hold, by sheet, once it is valid."""
        return self._chosen(self.cleaned_data)


class MannerForm(forms.Form):
    """In which encoding a text is, and what separates its cells; left as it is, the file is read as it looks."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Cells are separated by"), required=False)

    def __init__(self, *args: Any, imported: ImportedList, **options: Any) -> None:
        super().__init__(*args, initial=imported.manner, **options)
        looks = ("", gettext_lazy("as it looks"))
        encodings: Any = self.fields["encoding"]
        encodings.choices = [looks, *((code, _encoding(code)) for code in TEXT_ENCODINGS)]
        delimiters: Any = self.fields["delimiter"]
        delimiters.choices = [looks, *DELIMITERS.items()]

    @property
    def manner(self) -> Manner:
        """What was chosen, once it is valid."""
        return Manner(**self.cleaned_data)


def _encoding(code: str) -> str:
    said = str(ENCODINGS[code])
    return f"{said} ({code[-2:].upper()})" if code.startswith("utf-16") else said


def answers_in(said: Mapping[str, str]) -> dict[tuple[int, int], str]:
    """The answers to doubtful rows, by sheet and row; what is no answer is passed over."""
    found = ((_DOUBT.fullmatch(name), said[name]) for name in said)
    return {(int(at[1]), int(at[2])): answer for at, answer in found if at and answer in (SAME, NEW)}
