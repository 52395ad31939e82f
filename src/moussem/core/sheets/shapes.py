"""What is read from a file, what a file may hold at most, and why one is refused."""

from dataclasses import dataclass, field

Cell = None | str | list[str]
"""Nothing, a text, or [kind, text]: `n` a number, `d` a date or time, `b` yes or no, `e` an error of the spreadsheet
(`#N/A`), `f` a formula whose value the file does not keep.
"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file may hold at most, each included; `unpacked` and `memory` are bytes, `ratio` is how many times an
    archive may grow, `wait_s` and `work_s` are seconds by the clock and of the processor.
    """

    rows: int
    columns: int = 100
    sheets: int = 50
    characters: int = 5_000
    entries: int = 2_000
    unpacked: int = 300_000_000
    ratio: int = 200
    memory: int = 400_000_000
    work_s: int = 60
    wait_s: int = 120


@dataclass(frozen=True, slots=True)
class Manner:
    """How a person says that a text is to be read: its encoding and what separates its cells ("": as it looks)."""

    encoding: str = ""
    delimiter: str = ""


class Refused(Exception):
    """A file that is not read: `code` says why, `sheet` ("": the file as a whole), `row` and `column` (from one on, 0:
    none) where, `most` the bound that it passes (0: none).
    """

    def __init__(self, code: str, *, sheet: str = "", row: int = 0, column: int = 0, most: int = 0) -> None:
        """Keep why and where."""
        super().__init__(f"{code} {sheet}!{row},{column}")
        self.code, self.sheet, self.row, self.column, self.most = code, sheet, row, column, most


@dataclass(frozen=True, slots=True)
class SheetHead:
    """A sheet begins. `merged` are ranges of merged cells as first row, first column, last row, last column, from one
    on. `encoding` and `delimiter` tell how a text was read ("" for a workbook).
    """

    name: str
    merged: tuple[tuple[int, int, int, int], ...] = ()
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty: its number as the spreadsheet shows it, from one on, and its cells."""

    number: int
    cells: list[Cell] = field(default_factory=list)
