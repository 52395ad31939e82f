"""Lists as text: in which encoding they are written, and what separates their cells."""

import csv
import io
import re
from collections.abc import Iterator

from moussem.core.sheets.shapes import Refused

DELIMITERS = ";,\t|"
ENCODINGS = ("utf-8", "cp1252", "latin-1", "cp1256", "mac-roman", "cp850", "utf-16-le", "utf-16-be")
"""The encodings that a person may choose, where a file is none of what it looks like."""
SAMPLE = 64_000
LOOKED_AT = 60
LARGEST_CELL = 20_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
# Arabic letters of Windows-1256 stand where Windows-1252 has capitals and accents: Arabic words are runs of them, and
# no French word is.
_ARABIC_RUN = re.compile(rb"[\x81\x8d\x8e\x90\xc0-\xdf\xe1\xe3-\xe6\xec\xed\xf0-\xf3\xf5\xf6\xf8\xfa]{3,}")
_MAC_LETTERS = frozenset(b"\x8e\x8f\x88\x8d\x90\x94\x95\x99\x9d\x9e\x89\x91\x83\xcb\xd5")
_WINDOWS_LETTERS = frozenset(
    b"\xe9\xe8\xe0\xe7\xea\xee\xef\xf4\xf9\xfb\xeb\xe2\xc9\xc8\xc0\xc7\x92\x9c\xfc\xf6\xe4\xf1\xb0"
)
_DOS_LETTERS = frozenset(b"\x82\x8a\x85\x87\x88\x8c\x8b\x93\x97\x96\x89\x83\x90\x81\x94\x84\xa4")


def decoded_as(content: bytes, encoding: str) -> tuple[str, str]:
    """The text in the encoding that a person named, without its mark. Raises `Refused` where it is none."""
    return _read(content, encoding).removeprefix("\ufeff"), encoding


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else UTF-8 where it is that, else UTF-16 by its zeros, else
    the page of letters (Windows western or Arabic, Macintosh, DOS) in which it has most letters of our languages.

    Raises `Refused` where it is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _read(content, encoding), encoding.removesuffix("-sig")
    zeros = content[:SAMPLE].count(0)
    if zeros:
        even = content[:SAMPLE:2].count(0)
        if zeros * 5 < len(content[:SAMPLE]) or len(content) % 2:
            raise Refused("unknown")
        encoding = "utf-16-be" if even * 2 > zeros else "utf-16-le"
        return _read(content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = _page_of(content)
        return _read(content, encoding), encoding


def _read(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        before = content[: wrong.start]
        row = before.count(b"\n") + 1
        raise Refused("encoding", row=row) from None


def _page_of(content: bytes) -> str:
    if len(b"".join(_ARABIC_RUN.findall(content))) * 2 > sum(byte > 127 for byte in content):
        return "cp1256"
    counts = {
        "cp1252": sum(byte in _WINDOWS_LETTERS for byte in content),
        "mac-roman": sum(byte in _MAC_LETTERS for byte in content),
        "cp850": sum(byte in _DOS_LETTERS for byte in content),
    }
    best = max(counts, key=lambda name: counts[name])
    undefined = any(byte in b"\x81\x8d\x8f\x90\x9d" for byte in content)
    return "latin-1" if best == "cp1252" and undefined else best


def delimiter_of(text: str) -> tuple[str, str]:
    """What separates the cells, and the text without the line by which Excel says so (`sep=;`)."""
    first = text[:20].split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        return first[-1], text.split("\n", 1)[1] if "\n" in text else ""
    sample = text[:SAMPLE]
    scores = {mark: _regularity(sample, mark) for mark in DELIMITERS}
    best = max(scores, key=lambda mark: scores[mark])
    return (best if scores[best] else ";"), text


def _regularity(sample: str, delimiter: str) -> int:
    """How many of the first rows have as many cells as most of them do, and more than one."""
    widths: dict[int, int] = {}
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(rows):
            if number >= LOOKED_AT:
                break
            if len(row) > 1:
                widths[len(row)] = widths.get(len(row), 0) + 1
    except csv.Error:
        pass
    return max((count * min(width, 12) for width, count in widths.items()), default=0)


def rows_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a text; raises `Refused` where a quotation mark is never closed, or a cell is endless."""
    csv.field_size_limit(LARGEST_CELL)
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise Refused("long" if "limit" in str(wrong) else "quotes", row=number) from None
