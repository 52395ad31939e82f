"""Which names may be one: candidates by what they share, a score by how alike they are written.

Only rows that share a telling word, the beginning of one, or an acronym are compared (blocking), so that a hundred
thousand names are not compared each with each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from moussem.core.libraries import optional
from moussem.directory.domain.names import SHORTEST_TOKEN, initials_of, words_of

LIKENESS = optional(
    "rapidfuzz.fuzz",
    feature=_("Looking for duplicates"),
    advice="Install the package rapidfuzz again (make run does), and libstdc++6 of the system.",
)
LEAST_SCORE = 86
ACRONYM_SCORE = 90
LARGEST_BLOCK = 200
"""A word that more rows share than this tells nothing."""
PREFIX = 5


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row to compare: its key, every name it goes by, its acronym ("" where it has none)."""

    key: int
    names: tuple[str, ...]
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two rows that may be one: 0 to 100, the two names that are alike, and whether one is the other's acronym."""

    left: int
    right: int
    score: int
    names: tuple[str, str]
    by_acronym: bool = False


@dataclass(slots=True)
class _Blocks:
    rows: dict[str, list[NamedRow]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: NamedRow) -> None:
        for block in _blocks_of(row):
            self.rows[block].append(row)

    def beside(self, row: NamedRow) -> Iterator[NamedRow]:
        seen = {row.key}
        for block in _blocks_of(row):
            members = self.rows.get(block, [])
            if len(members) <= LARGEST_BLOCK:
                for other in members:
                    if other.key not in seen:
                        seen.add(other.key)
                        yield other


def _blocks_of(row: NamedRow) -> set[str]:
    words = {word for name in row.names for word in words_of(name) if len(word) >= SHORTEST_TOKEN}
    short = {a for a in (row.acronym.casefold(), *map(initials_of, row.names)) if a}
    return words | {f"{word[:PREFIX]}*" for word in words if len(word) > PREFIX} | short


def alike(rows: Sequence[NamedRow], only: Iterable[int] | None = None) -> list[Likeness]:
    """The pairs of rows that may be one, each once, the most alike first; with `only`, pairs with one of these rows."""
    blocks = _Blocks()
    for row in rows:
        blocks.add(row)
    wanted = None if only is None else set(only)
    found: dict[frozenset[int], Likeness] = {}
    for row in rows:
        if wanted is None or row.key in wanted:
            for other in blocks.beside(row):
                pair = frozenset((row.key, other.key))
                if pair not in found and (likeness := compare(row, other)):
                    found[pair] = likeness
    return sorted(found.values(), key=lambda one: (-one.score, one.left, one.right))


def compare(one: NamedRow, other: NamedRow) -> Likeness | None:
    """How alike two rows are; None where they are not enough to trouble a person. The later row is the left one."""
    left, right = sorted((one, other), key=lambda row: -row.key)
    score, names = max(
        ((_score(a, b), (a, b)) for a in left.names for b in right.names), default=(0, ("", "")), key=lambda s: s[0]
    )
    if score < ACRONYM_SCORE and (short := _acronym(left, right)):
        return Likeness(left.key, right.key, ACRONYM_SCORE, short, by_acronym=True)
    return Likeness(left.key, right.key, score, names) if score >= LEAST_SCORE else None


def _score(one: str, other: str) -> int:
    written = LIKENESS.load().token_sort_ratio(" ".join(words_of(one)), " ".join(words_of(other)))
    return round(written)


def _acronym(one: NamedRow, other: NamedRow) -> tuple[str, str] | None:
    for short, long in ((one, other), (other, one)):
        shorts = {short.acronym.casefold()} | {name.casefold() for name in short.names if " " not in name}
        for name in long.names:
            if initials_of(name) in shorts - {""}:
                return (short.acronym or short.names[0], name)
    return None
